// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/healthapi.h"

#include "api/apigate.h"
#include "api/router.h"
#include "metrics/metrics.h"
#include "metrics/metricsticker.h"
#include "protocol/jsonwriter.h"
#include "settings/serversettings.h"
#include "storage/store.h"

#include <utility>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A store that takes longer to answer one look-up is not well.
constexpr auto kStorePatience = 2s;

QByteArray healthJson(const QString &serverName)
{
    QByteArray out;
    JsonWriter json(out);
    json.beginObject()
        .field("status", QByteArrayView("ok"))
        .field("version", QByteArrayView(TERTULIA_VERSION))
        .field("name", QStringView(serverName))
        .endObject();
    return out;
}

/// The peer itself, not somebody behind a proxy on this machine.
bool isLocalPeer(const RequestHead &head)
{
    return head.peerAddress.isLoopback() && !head.hasHeader("X-Forwarded-For") && !head.hasHeader("Forwarded");
}

} // namespace

HealthApi::HealthApi(const ApiServices &services, ApiGate &gate, Router &router, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(gate)
{
    router.add({"GET"_ba, u"/healthz"_s, Access::Anyone, [this](const ApiCall &call) { showHealth(call); }});
    router.add({"GET"_ba, u"/metrics"_s, Access::Anyone, [this](const ApiCall &call) { showMetrics(call); }});
    m_patience.setSingleShot(true);
    m_patience.setInterval(kStorePatience);
    connect(&m_patience, &QTimer::timeout, this, [this] { answerWaiting(false); });
}

void HealthApi::showHealth(const ApiCall &call)
{
    if (!m_services.store.isHealthy())
        return call.fail(ErrorCode::StoreUnavailable);
    // Many may ask; the store is asked once at a time.
    m_waiting.append(call);
    if (m_patience.isActive())
        return;
    m_patience.start();
    readFrom<QByteArray>(
        m_services.store, this, [](Storage &storage) { return storage.meta().value(u"health"_s); },
        [this](const Result<QByteArray> &value) { answerWaiting(value.isOk()); });
}

void HealthApi::answerWaiting(bool isWell)
{
    m_patience.stop();
    const QList<ApiCall> waiting = std::exchange(m_waiting, {});
    for (const ApiCall &call : waiting) {
        if (isWell)
            call.reply->sendJson(200, healthJson(m_services.settings.name));
        else
            call.fail(ErrorCode::StoreUnavailable);
    }
}

void HealthApi::showMetrics(const ApiCall &call)
{
    if (!isLocalPeer(call.head)) {
        const Route admins {{}, {}, Access::Admin, {}};
        if (const auto admitted = m_gate.admit(call.head, admins); !admitted)
            return call.fail(admitted.error());
    }
    m_services.ticker.refresh();
    call.reply->send(200,
        {{"Content-Type"_ba, "text/plain; version=0.0.4; charset=utf-8"_ba}, {"Cache-Control"_ba, "no-store"_ba}},
        m_services.metrics.prometheusText());
}

} // namespace tertulia
