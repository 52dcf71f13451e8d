// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"

#include <QtGlobal>

namespace tertulia {

/// One client's socket and what speaks over it. Owned by a TransportShared.
class TransportClient
{
public:
    TransportClient() = default;
    virtual ~TransportClient() = default;
    Q_DISABLE_COPY_MOVE(TransportClient)

    /// The server stops: end soon, with the code where the wire has one.
    virtual void shutDown(CloseCode code) = 0;
};

} // namespace tertulia
