// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <map>

namespace tertulia {

class Clock;

/// The waiting room: with access.door, who comes for the first time waits for the host's answer. Whoever was admitted
/// may come again while the server runs, and admins never wait. Server thread.
class Door final : public QObject
{
    Q_OBJECT

public:
    explicit Door(Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] bool isAdmitted(const QString &userId) const { return m_admitted.contains(userId); }
    void admit(const QString &userId) { m_admitted.insert(userId); }
    /// `answer` is called once, with the host's decision. Returns the id of the knock.
    QString knock(const QString &userId, const DoorKnock &draft, std::function<void(bool)> answer);
    void withdraw(const QString &knockId); ///< the newcomer went away
    [[nodiscard]] QList<DoorKnock> waiting() const;
    /// False where nobody waits under that id.
    bool answer(const QString &knockId, bool admit);

Q_SIGNALS:
    void knocked(const tertulia::DoorKnock &knock);
    void gone(const QString &knockId);

private:
    struct Newcomer {
        QString userId;
        DoorKnock knock;
        std::function<void(bool)> answer;
    };
    Clock &m_clock;
    QSet<QString> m_admitted;
    std::map<QString, Newcomer> m_waiting;
    quint64 m_next = 1;
};

} // namespace tertulia
