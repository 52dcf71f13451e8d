// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connection.h"
#include "domain/principal.h"
#include "metrics/metrics.h"
#include "protocol/hostvalues.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace tertulia {

class Clock;

/// How a client is connected; transportName() of metrics.h names it.
using TransportKind = Transport;

/// One live connection and what the server knows of it.
struct ConnectionRecord {
    QString id; ///< opaque, stable while it lives
    Connection *connection = nullptr; ///< null for a long poll
    TransportKind transport = TransportKind::WebSocket;
    std::optional<Principal> principal;
    Handshake handshake; ///< of a long poll; else the connection's
    Timestamp connectedAt;
    std::function<QStringList()> rooms; ///< may be empty
    bool changed = true; ///< since the dashboard was told

    [[nodiscard]] const Handshake &shake() const { return connection ? connection->handshake() : handshake; }
};

/// All live connections of this server: lists, limits by user and by address, kicks. Server thread.
/// Entries are made and removed by the sessions that own them.
class ConnectionRegistry final : public QObject
{
    Q_OBJECT

public:
    explicit ConnectionRegistry(Clock &clock, QObject *parent = nullptr);
    ~ConnectionRegistry() override;

    /// The record stays valid until remove().
    ConnectionRecord &add(Connection &connection, TransportKind transport, std::optional<Principal> principal,
        std::function<QStringList()> rooms = {});
    ConnectionRecord &addLongPoll(const Handshake &handshake, const Principal &principal);
    void remove(ConnectionRecord &record, int closeCode);
    /// A guest is named after the upgrade: the record of its connection learns who it is.
    void identify(ConnectionRecord &record, const Principal &principal);

    [[nodiscard]] qsizetype count() const { return m_records.size(); }
    [[nodiscard]] int countOfUser(const QString &userId) const { return int(m_byUser.value(userId).size()); }
    [[nodiscard]] int countOfAddress(const QString &address) const { return m_byAddress.value(address); }
    [[nodiscard]] int usersOnline() const { return int(m_byUser.size()); }
    [[nodiscard]] int countOf(TransportKind transport) const;
    [[nodiscard]] qint64 queuedBytes() const; ///< summed over all; O(n)

    [[nodiscard]] ConnectionRecord *find(const QString &id) const;
    [[nodiscard]] ConnectionRecord *findBy(const Connection &connection) const
    {
        return m_byConnection.value(&connection);
    }
    [[nodiscard]] QList<ConnectionRecord *> all() const;
    [[nodiscard]] QList<ConnectionRecord *> ofUser(const QString &userId) const;

    /// Closes what matches; the number closed.
    int closeWhere(
        const std::function<bool(const ConnectionRecord &)> &matches, CloseCode code, const QByteArray &reason);

    [[nodiscard]] ConnectionRow row(const ConnectionRecord &record) const;

Q_SIGNALS:
    void added(const tertulia::ConnectionRecord &record);
    void removed(const tertulia::ConnectionRecord &record, int closeCode);

private:
    ConnectionRecord &insert(std::unique_ptr<ConnectionRecord> record);

    Clock &m_clock;
    QString m_prefix; ///< random, so that ids of two runs differ
    quint64 m_next = 0;
    std::unordered_map<QString, std::unique_ptr<ConnectionRecord>> m_records;
    QHash<QString, QSet<ConnectionRecord *>> m_byUser;
    QHash<const Connection *, ConnectionRecord *> m_byConnection;
    QHash<QString, int> m_byAddress;
    std::array<int, 3> m_byTransport {};
};

} // namespace tertulia
