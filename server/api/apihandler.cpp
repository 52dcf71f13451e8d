// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apihandler.h"

#include "api/adminapi.h"
#include "api/exportapi.h"
#include "api/filesapi.h"
#include "api/healthapi.h"
#include "api/messagesapi.h"
#include "api/notificationsapi.h"
#include "api/pagesapi.h"
#include "api/roomsapi.h"
#include "api/sessionapi.h"
#include "api/streamsapi.h"
#include "identity/originpolicy.h"
#include "metrics/metrics.h"
#include "settings/serversettings.h"

#include <algorithm>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

bool isChange(const QByteArray &method)
{
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// application/json, with or without parameters.
bool isJson(const QByteArray &contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    return contentType.left(semicolon < 0 ? contentType.size() : semicolon).trimmed().toLower() == "application/json";
}

} // namespace

ApiHandler::ApiHandler(const ApiServices &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_gate(services)
    , m_files(new FilesApi(services, m_gate, m_router, this))
{
    new PagesApi(m_router, this);
    new HealthApi(services, m_gate, m_router, this);
    new SessionApi(services, m_router, this);
    new RoomsApi(services, m_gate, m_router, this);
    new MessagesApi(services, m_gate, m_router, this);
    new ExportApi(services, m_router, this);
    auto *notifications = new NotificationsApi(services, m_gate, m_router, this);
    auto *admin = new AdminApi(services, m_router, this);
    new StreamsApi(services, m_gate, m_router, this);
    connect(admin, &AdminApi::longPollKicked, notifications, &NotificationsApi::endPoll);
}

ApiHandler::~ApiHandler() = default;

qint64 ApiHandler::bodyLimit(const RequestHead &head)
{
    const auto match = m_router.match(head.method, head.segments);
    if (match && match->route && match->route->body == BodyKind::Upload)
        return m_services.settings.uploadBytes;
    // Content may be escaped throughout (\u00e9 is six bytes), and has a few fields around it.
    return std::max<qint64>(256 * 1024, 6 * m_services.settings.messageBytes + 4096);
}

void ApiHandler::addCorsHeaders(const RequestHead &head, HttpReply &reply) const
{
    const QByteArray origin = head.header("Origin");
    if (origin.isEmpty() || !m_services.origins.isListed(origin))
        return;
    reply.addHeader("Access-Control-Allow-Origin"_ba, origin);
    reply.addHeader("Access-Control-Allow-Credentials"_ba, "true"_ba);
    reply.addHeader("Access-Control-Expose-Headers"_ba, "Content-Disposition, ETag, Location, Retry-After"_ba);
    reply.addHeader("Vary"_ba, "Origin"_ba);
}

void ApiHandler::answerOptions(const RequestHead &head, const QList<QByteArray> &methods, HttpReply &reply) const
{
    const QByteArray allowed = methods.join(", ");
    HttpFields headers {{"Allow"_ba, allowed}};
    const QByteArray origin = head.header("Origin");
    if (!origin.isEmpty() && m_services.origins.isListed(origin) && head.hasHeader("Access-Control-Request-Method")) {
        headers.append({"Access-Control-Allow-Methods"_ba, allowed});
        headers.append({"Access-Control-Allow-Headers"_ba, "Authorization, Content-Type, Last-Event-ID, Range"_ba});
        headers.append({"Access-Control-Max-Age"_ba, "600"_ba});
    }
    reply.send(204, headers, {});
}

void ApiHandler::refuse(const Error &error, HttpReply &reply, const HttpFields &headers)
{
    m_services.metrics.refused(errorSlug(error.code));
    reply.sendProblem(asHttpError(error), headers);
}

std::optional<ApiHandler::Routed> ApiHandler::route(const RequestHead &head, const std::shared_ptr<HttpReply> &reply)
{
    addCorsHeaders(head, *reply);
    if (head.target == "*" && head.method == "OPTIONS") {
        answerOptions(head, m_router.allMethods(), *reply);
        return std::nullopt;
    }
    const auto match = m_router.match(head.method, head.segments);
    if (!match) {
        reply->sendProblem(ErrorCode::NotFound);
        return std::nullopt;
    }
    if (head.method == "OPTIONS") {
        answerOptions(head, match->methods, *reply);
        return std::nullopt;
    }
    if (!match->route) {
        reply->sendProblem(ErrorCode::MethodNotAllowed, {{"Allow"_ba, match->methods.join(", ")}});
        return std::nullopt;
    }
    if (isChange(head.method)) {
        if (const auto outcome = m_gate.checkOrigin(head); !outcome) {
            refuse(outcome.error(), *reply);
            return std::nullopt;
        }
    }
    Result<Principal> principal = m_gate.admit(head, *match->route);
    if (!principal) {
        const bool unauthorized = principal.error().code == ErrorCode::Unauthorized;
        refuse(
            principal.error(), *reply, unauthorized ? HttpFields {{"WWW-Authenticate"_ba, "Bearer"_ba}} : HttpFields());
        return std::nullopt;
    }
    return Routed {match->route, ApiCall {head, {}, match->parameters, reply, std::move(*principal)}};
}

UploadSink *ApiHandler::beginUpload(const RequestHead &head, const std::shared_ptr<HttpReply> &reply)
{
    const auto match = m_router.match(head.method, head.segments);
    if (!match || !match->route || match->route->body != BodyKind::Upload)
        return nullptr;
    const auto routed = route(head, reply);
    return routed ? m_files->beginUpload(routed->call) : nullptr;
}

void ApiHandler::handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply)
{
    auto routed = route(request.head, reply);
    if (!routed)
        return;
    const bool hasBody = !request.body.isEmpty() || request.head.contentLength > 0;
    if (hasBody && routed->route->body == BodyKind::Json && !isJson(request.head.header("Content-Type")))
        return reply->sendProblem(ErrorCode::UnsupportedMediaType);
    routed->call.body = request.body;
    routed->route->handler(routed->call);
}

} // namespace tertulia
