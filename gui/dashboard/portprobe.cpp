// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/portprobe.h"

#include <QTcpServer>

namespace tertulia {

bool isPortTaken(quint16 port)
{
    QTcpServer probe;
    return !probe.listen(QHostAddress::Any, port);
}

quint16 nextFreePort(quint16 port)
{
    for (int candidate = port + 1; candidate <= port + 100 && candidate <= 65535; ++candidate) {
        if (!isPortTaken(quint16(candidate)))
            return quint16(candidate);
    }
    return 0;
}

} // namespace tertulia
