// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chathost.h"

#include <QObject>
#include <QThread>

namespace tertulia {

/// The server in a thread of its own, so that neither painting nor a dialog delays a client. Used from the main thread;
/// connect to host() with queued connections, which automatic ones are.
class ServerThread final : public QObject
{
    Q_OBJECT

public:
    explicit ServerThread(const HostOptions &options, QObject *parent = nullptr);
    /// Ends the thread. The host should have stopped by then; if not, its clients see a lost connection.
    ~ServerThread() override;

    [[nodiscard]] ChatHost &host() { return *m_host; }

private:
    QThread m_thread;
    ChatHost *m_host; ///< lives and dies in m_thread
};

} // namespace tertulia
