// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpreply.h"
#include "transport/httprequest.h"

#include <memory>

namespace tertulia {

/// Takes the body of one upload piece by piece. Server thread.
class UploadSink
{
public:
    virtual ~UploadSink() = default;
    /// HttpReply::pauseBody() stops the pieces, resumeBody() goes on: so a slow disk slows the client, not the host.
    virtual void received(const QByteArray &piece) = 0;
    /// The whole body was received; the reply is to be sent now or later. Last call.
    virtual void finished() = 0;
    /// The client left or was too slow, or the reply was sent before the end of the body. Last call.
    virtual void aborted() = 0;
};

/// Serves HTTP requests. Called in the server thread, for one request of a connection at a time: the next request of
/// the same connection is handed over when the reply to this one is complete, so answers are always in order.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    /// The largest body that is taken for this request; more is refused with 413 from its declared length.
    virtual qint64 bodyLimit(const RequestHead &head) = 0;
    /// Asked when the head of a request with a body is there. A sink (not owned, alive until finished() or aborted())
    /// gets the body as it comes; nullptr means that handle() gets it whole. To refuse, answer by the reply at once
    /// and return nullptr: then neither is called.
    virtual UploadSink *beginUpload(const RequestHead &head, const std::shared_ptr<HttpReply> &reply) = 0;
    /// Answers by the reply, now or at any later time. Dropping the reply unanswered sends 500.
    virtual void handle(const HttpRequest &request, const std::shared_ptr<HttpReply> &reply) = 0;
};

} // namespace tertulia
