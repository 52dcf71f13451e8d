// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/signinthrottle.h"

#include "identity/ipaddress.h"
#include "protocol/names.h"

namespace tertulia {

namespace {

// No name and no address contains these: the two kinds of key cannot meet.
QString nameKey(const QString &name)
{
    return name.isEmpty() ? QString() : u'@' + foldName(name);
}

QString addressKey(const QString &address)
{
    if (address.isEmpty())
        return {};
    const auto ip = IpAddress::fromScopedText(address);
    if (!ip)
        return u'#' + address;
    return u'#'
        + QString::fromLatin1(reinterpret_cast<const char *>(ip->bytes().data()), qsizetype(ip->bytes().size()));
}

} // namespace

SignInThrottle::SignInThrottle(const Clock &clock, qsizetype capacity)
    : m_clock(clock)
    , m_capacity(capacity)
{
}

std::chrono::milliseconds SignInThrottle::waitFor(const QString &key) const
{
    const auto found = m_index.constFind(key);
    if (key.isEmpty() || found == m_index.cend() || (*found)->count < kFailures)
        return std::chrono::milliseconds(0);
    const Record &record = **found;
    const auto free = record.failures[std::size_t(record.next)] + kWindow;
    const auto wait = std::chrono::ceil<std::chrono::seconds>(free - m_clock.steadyNow());
    return std::max(wait, std::chrono::seconds(0));
}

Result<void> SignInThrottle::check(const QString &name, const QString &address) const
{
    const auto wait = std::max(waitFor(nameKey(name)), waitFor(addressKey(address)));
    if (wait.count() > 0)
        return Error(ErrorCode::TooManyRequests, defaultDetail(ErrorCode::TooManyRequests), wait.count());
    return {};
}

void SignInThrottle::failed(const QString &name, const QString &address)
{
    remember(nameKey(name));
    remember(addressKey(address));
}

void SignInThrottle::remember(const QString &key)
{
    if (key.isEmpty())
        return;
    const auto found = m_index.constFind(key);
    if (found != m_index.cend()) {
        m_records.splice(m_records.begin(), m_records, *found);
    } else {
        m_records.push_front(Record {key, {}, 0, 0});
        m_index.insert(key, m_records.begin());
    }
    Record &record = m_records.front();
    record.failures[std::size_t(record.next)] = m_clock.steadyNow();
    record.next = (record.next + 1) % kFailures;
    record.count = std::min(record.count + 1, kFailures);
    if (m_index.size() > m_capacity) {
        m_index.remove(m_records.back().key);
        m_records.pop_back();
    }
}

} // namespace tertulia
