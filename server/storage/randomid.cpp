// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/randomid.h"

#include <QByteArray>
#include <QRandomGenerator>

namespace tertulia {

QString randomId(int bytes)
{
    QByteArray id;
    id.reserve(bytes);
    while (id.size() < bytes)
        id.append(char(QRandomGenerator::system()->bounded(256)));
    return QString::fromLatin1(id.toHex());
}

} // namespace tertulia
