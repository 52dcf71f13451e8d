// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/benchoptions.h"
#include "bench/client.h"

#include <functional>
#include <memory>
#include <vector>

namespace tertulia::bench {

/// The connections of a run: opens them, a bounded number at a time, signs them in as guests and joins them to their
/// rooms. Publishers are the first. A client that is ready gets the listener that was given.
class Crowd final : public ClientListener
{
public:
    Crowd(Reactor &reactor, const Endpoint &endpoint, const BenchOptions &options, const std::string &tag);

    /// Called when a client is ready, after the listener was set.
    std::function<void(Client &, Moment)> onReady;
    void setListener(ClientListener &listener) { m_listener = &listener; }

    /// Opens more, as many as may be under way.
    void advance(Moment now);
    /// Opens one again, under a new name.
    void enter(Client &client, Moment now);

    [[nodiscard]] const std::vector<std::unique_ptr<Client>> &clients() const { return m_clients; }
    [[nodiscard]] std::size_t readyCount() const { return m_ready; }
    [[nodiscard]] bool isComplete() const { return m_ready == m_clients.size(); }
    [[nodiscard]] std::size_t failedCount() const { return m_failed; }
    [[nodiscard]] const std::string &firstFailure() const { return m_firstFailure; }
    /// The room's name as the server knows it.
    [[nodiscard]] static std::string roomName(int room);

    void connected(Client &client) override;
    void opened(Client &client) override;
    void textReceived(Client &client, std::string_view text, Moment now) override;
    void answered(Client &client, int status, std::string_view body, Moment now) override;
    void lost(Client &client, const std::string &why) override;

private:
    enum class Seat : quint8 { Chat, Echo, Stream, Poll, Announcer };

    [[nodiscard]] Seat seatOf(const Client &client) const;
    [[nodiscard]] std::string chatTarget(const Client &client);
    [[nodiscard]] std::string makeName();
    void ready(Client &client, Moment now);
    void failed(const std::string &why);

    const BenchOptions &m_options;
    const std::string m_tag;
    const std::string m_joinCode;
    ClientListener *m_listener = nullptr;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::size_t m_started = 0;
    std::size_t m_ready = 0;
    std::size_t m_failed = 0;
    std::uint64_t m_names = 0;
    std::string m_firstFailure;
};

} // namespace tertulia::bench
