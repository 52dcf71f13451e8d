// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/transportshared.h"

namespace tertulia {

namespace {

constexpr std::size_t kReadBuffer = 64 * 1024;

} // namespace

TransportShared::TransportShared(const TransportLimits &transportLimits)
    : limits(transportLimits)
    , m_readBuffer(kReadBuffer)
{
}

TransportShared::~TransportShared()
{
    destroyAll();
    flusher.remove(*this);
}

void TransportShared::adopt(std::unique_ptr<TransportClient> client)
{
    TransportClient *const key = client.get();
    m_clients.emplace(key, std::move(client));
}

void TransportShared::release(TransportClient &client)
{
    const auto found = m_clients.find(&client);
    if (found == m_clients.end())
        return;
    m_released.push_back(std::move(found->second));
    m_clients.erase(found);
    flusher.add(*this);
}

void TransportShared::turnEnded()
{
    m_released.clear();
    if (m_clients.empty() && m_empty)
        m_empty();
}

void TransportShared::shutDown(CloseCode code)
{
    std::vector<TransportClient *> clients; // a client that ends at once leaves the map
    clients.reserve(m_clients.size());
    for (const auto &entry : m_clients)
        clients.push_back(entry.first);
    for (TransportClient *client : clients) {
        if (m_clients.contains(client))
            client->shutDown(code);
    }
    if (m_clients.empty())
        flusher.add(*this);
}

void TransportShared::destroyAll()
{
    while (!m_clients.empty()) {
        const auto first = m_clients.begin();
        const std::unique_ptr<TransportClient> client = std::move(first->second);
        m_clients.erase(first);
    }
    m_released.clear();
}

} // namespace tertulia
