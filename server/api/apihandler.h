// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apigate.h"
#include "api/apiservices.h"
#include "api/router.h"
#include "transport/httphandler.h"

#include <QObject>

namespace tertulia {

class FilesApi;

/// The one entry of all HTTP requests: finds the route, asks the gate, reads what every call has in common, and leaves
/// the rest to the class of the route. Server thread; lives longer than the front.
class ApiHandler final : public QObject, public HttpHandler
{
    Q_OBJECT

public:
    explicit ApiHandler(const ApiServices &services, QObject *parent = nullptr);
    ~ApiHandler() override;

    [[nodiscard]] const Router &router() const { return m_router; }

    qint64 bodyLimit(const RequestHead &head) override;
    UploadSink *beginUpload(const RequestHead &head, const std::shared_ptr<HttpReply> &reply) override;
    void handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply) override;

private:
    void addCorsHeaders(const RequestHead &head, HttpReply &reply) const;
    void answerOptions(const RequestHead &head, const QList<QByteArray> &methods, HttpReply &reply) const;
    /// Up to the gate; a call without a reply means that it was answered.
    struct Routed {
        const Route *route = nullptr;
        ApiCall call;
    };
    [[nodiscard]] std::optional<Routed> route(const RequestHead &head, const std::shared_ptr<HttpReply> &reply);
    void refuse(const Error &error, HttpReply &reply, const HttpFields &headers = {});

    ApiServices m_services;
    Router m_router;
    ApiGate m_gate;
    FilesApi *m_files;
};

} // namespace tertulia
