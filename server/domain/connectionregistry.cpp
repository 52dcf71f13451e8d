// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectionregistry.h"

#include "domain/clock.h"

#include <QRandomGenerator>

namespace tertulia {

using namespace Qt::StringLiterals;

ConnectionRegistry::ConnectionRegistry(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_prefix(QString::number(QRandomGenerator::system()->generate(), 36))
{
}

ConnectionRegistry::~ConnectionRegistry() = default;

ConnectionRecord &ConnectionRegistry::add(Connection &connection, TransportKind transport,
    std::optional<Principal> principal, std::function<QStringList()> rooms)
{
    auto record = std::make_unique<ConnectionRecord>();
    record->connection = &connection;
    record->transport = transport;
    record->principal = std::move(principal);
    record->rooms = std::move(rooms);
    return insert(std::move(record));
}

ConnectionRecord &ConnectionRegistry::addLongPoll(const Handshake &handshake, const Principal &principal)
{
    auto record = std::make_unique<ConnectionRecord>();
    record->transport = TransportKind::LongPoll;
    record->handshake = handshake;
    record->principal = principal;
    return insert(std::move(record));
}

ConnectionRecord &ConnectionRegistry::insert(std::unique_ptr<ConnectionRecord> record)
{
    record->id = m_prefix % u'-' % QString::number(++m_next);
    record->connectedAt = m_clock.now();
    ++m_byTransport[std::size_t(record->transport)];
    ++m_byAddress[record->shake().address];
    if (record->principal)
        m_byUser[record->principal->user.id].insert(record.get());
    if (record->connection)
        m_byConnection.insert(record->connection, record.get());
    ConnectionRecord &kept = *record;
    m_records.emplace(kept.id, std::move(record));
    Q_EMIT added(kept);
    return kept;
}

void ConnectionRegistry::remove(ConnectionRecord &record, int closeCode)
{
    const auto found = m_records.find(record.id);
    if (found == m_records.end())
        return;
    Q_EMIT removed(record, closeCode);
    --m_byTransport[std::size_t(record.transport)];
    const auto address = m_byAddress.find(record.shake().address);
    if (address != m_byAddress.end() && --*address <= 0)
        m_byAddress.erase(address);
    if (record.principal) {
        const auto user = m_byUser.find(record.principal->user.id);
        if (user != m_byUser.end()) {
            user->remove(&record);
            if (user->isEmpty())
                m_byUser.erase(user);
        }
    }
    m_byConnection.remove(record.connection);
    m_records.erase(found);
}

void ConnectionRegistry::identify(ConnectionRecord &record, const Principal &principal)
{
    Q_ASSERT(!record.principal);
    record.principal = principal;
    record.changed = true;
    m_byUser[principal.user.id].insert(&record);
}

int ConnectionRegistry::countOf(TransportKind transport) const
{
    return m_byTransport[std::size_t(transport)];
}

qint64 ConnectionRegistry::queuedBytes() const
{
    qint64 sum = 0;
    for (const auto &[id, record] : m_records) {
        if (record->connection)
            sum += record->connection->pendingBytes();
    }
    return sum;
}

ConnectionRecord *ConnectionRegistry::find(const QString &id) const
{
    const auto found = m_records.find(id);
    return found == m_records.end() ? nullptr : found->second.get();
}

QList<ConnectionRecord *> ConnectionRegistry::all() const
{
    QList<ConnectionRecord *> records;
    records.reserve(qsizetype(m_records.size()));
    for (const auto &[id, record] : m_records)
        records.append(record.get());
    return records;
}

QList<ConnectionRecord *> ConnectionRegistry::ofUser(const QString &userId) const
{
    return m_byUser.value(userId).values();
}

int ConnectionRegistry::closeWhere(
    const std::function<bool(const ConnectionRecord &)> &matches, CloseCode code, const QByteArray &reason)
{
    int closed = 0;
    for (ConnectionRecord *record : all()) {
        // Closing one may take others with it: each is looked up again by nobody but its own id.
        if (!matches(*record) || !record->connection || record->connection->isClosing())
            continue;
        record->connection->close(code, reason);
        ++closed;
    }
    return closed;
}

ConnectionRow ConnectionRegistry::row(const ConnectionRecord &record) const
{
    const Handshake &shake = record.shake();
    ConnectionRow row;
    row.id = record.id;
    if (record.principal) {
        row.user = record.principal->user.name;
        row.role = record.principal->user.role;
    }
    row.transport = QString::fromLatin1(transportName(record.transport));
    row.address = shake.address;
    row.port = shake.port;
    row.path = QString::fromUtf8(shake.path);
    row.userAgent = QString::fromUtf8(shake.userAgent);
    if (record.rooms)
        row.rooms = record.rooms();
    row.connectedAt = record.connectedAt;
    if (record.connection) {
        const ConnectionTraffic &traffic = record.connection->traffic();
        row.roundTripMs = traffic.roundTripMs;
        row.messagesIn = traffic.messagesIn;
        row.messagesOut = traffic.messagesOut;
        row.bytesIn = traffic.bytesIn;
        row.bytesOut = traffic.bytesOut;
        row.queuedBytes = record.connection->pendingBytes();
    }
    return row;
}

} // namespace tertulia
