// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

namespace tertulia {

/// Calls its clients once at the end of the loop's turn in which they were added: what many send() calls have queued
/// leaves in one write. Server thread.
class TurnFlusher final : public QObject
{
public:
    class Client
    {
    public:
        Client() = default;
        Q_DISABLE_COPY_MOVE(Client)

    protected:
        virtual ~Client() = default;
        virtual void turnEnded() = 0;

    private:
        friend class TurnFlusher;
        static constexpr std::size_t kAbsent = ~std::size_t(0);
        std::size_t m_place = kAbsent;
    };

    using QObject::QObject;

    void add(Client &client);
    /// To be called before a client is destroyed.
    void remove(Client &client);

protected:
    bool event(QEvent *event) override;

private:
    std::vector<Client *> m_clients; ///< null = removed since
    bool m_isPosted = false;
};

} // namespace tertulia
