// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace tertulia {

/// One window for each data directory: who starts the program a second time sees the window that is open already.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &dataDirectory, QObject *parent = nullptr);

    /// Whether another process has the window; it was asked to show it. Waits for at most a second.
    [[nodiscard]] bool raiseOther() const;
    /// From now on others find this process.
    void listen();

Q_SIGNALS:
    void raiseRequested();

private:
    QString m_name;
    QLocalServer m_server;
};

} // namespace tertulia
