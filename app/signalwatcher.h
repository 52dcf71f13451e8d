// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace tertulia {

/// Turns SIGINT and SIGTERM into a Qt signal by a pipe to itself. The first one asks for an orderly end; after it the
/// system's own handling is back, so that a second one ends a process that hangs. One a process.
class SignalWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void stopRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// A writer whose reader is gone gets an error, not a signal.
void prepareProcess();

} // namespace tertulia
