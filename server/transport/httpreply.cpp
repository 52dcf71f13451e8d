// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpreply.h"

#include "protocol/jsonwriter.h"
#include "transport/eventstreamconnection.h"
#include "transport/httpchannel.h"
#include "transport/httptext.h"

#include <QIODevice>

#include <algorithm>

namespace tertulia {

namespace {

constexpr qint64 kPiece = 64 * 1024;
constexpr qint64 kUnknownLength = -1;
constexpr qint64 kNoBody = -2;

bool hasField(const HttpFields &fields, QByteArrayView name)
{
    return std::any_of(fields.begin(), fields.end(),
        [name](const auto &field) { return name.compare(field.first, Qt::CaseInsensitive) == 0; });
}

QByteArray fieldValue(const HttpFields &fields, QByteArrayView name)
{
    for (const auto &[field, value] : fields) {
        if (name.compare(field, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray chunk(const QByteArray &piece)
{
    return QByteArray::number(piece.size(), 16).append("\r\n").append(piece).append("\r\n");
}

} // namespace

HttpReply::HttpReply(HttpChannel &channel, const RequestHead &head)
    : m_channel(&channel)
    , m_range(head.header("range"))
    , m_ifRange(head.header("if-range"))
    , m_isHead(head.method == "HEAD")
    , m_isHttp10(head.minorVersion == 0)
    , m_keepsAlive(head.keepsAlive())
{
}

HttpReply::~HttpReply()
{
    HttpChannel *const channel = std::exchange(m_channel, nullptr);
    if (!channel)
        return;
    if (m_state == State::Open)
        channel->replyAbandoned();
    else if (m_state == State::Streaming)
        channel->replyCut();
}

void HttpReply::addHeader(const QByteArray &name, const QByteArray &value)
{
    m_added.emplaceBack(name, value);
}

QByteArray HttpReply::headBytes(int status, const HttpFields &headers, qint64 length) const
{
    QByteArray bytes;
    bytes.reserve(512);
    bytes.append("HTTP/1.1 ").append(QByteArray::number(status)).append(' ').append(httpReason(status)).append("\r\n");
    bytes.append("Date: ").append(httpDate(std::chrono::system_clock::now())).append("\r\n");
    for (const HttpFields *fields : {&headers, &m_added}) {
        for (const auto &[name, value] : *fields)
            bytes.append(name).append(": ").append(value).append("\r\n");
    }
    bytes.append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n");
    if (length >= 0)
        bytes.append("Content-Length: ").append(QByteArray::number(length)).append("\r\n");
    else if (length == kUnknownLength && !m_isHttp10)
        bytes.append("Transfer-Encoding: chunked\r\n");
    const bool goesOn = m_keepsAlive && !m_channel->mustClose() && !(m_isHttp10 && length == kUnknownLength);
    if (!goesOn)
        bytes.append("Connection: close\r\n");
    else if (m_isHttp10)
        bytes.append("Connection: keep-alive\r\n");
    return bytes.append("\r\n");
}

void HttpReply::send(int status, const HttpFields &headers, const QByteArray &body)
{
    if (!isOpen())
        return;
    const bool hasBody = status != 204 && status != 304;
    m_channel->write(
        headBytes(status, headers, hasBody ? body.size() : kNoBody), m_isHead || !hasBody ? QByteArray() : body);
    finish();
}

void HttpReply::sendJson(int status, const QByteArray &json, const HttpFields &headers)
{
    HttpFields fields = headers;
    fields.emplaceBack("Content-Type", "application/json");
    if (!hasField(fields, "cache-control"))
        fields.emplaceBack("Cache-Control", "no-store");
    send(status, fields, json);
}

void HttpReply::sendProblem(const Error &error, const HttpFields &headers)
{
    const int status = httpStatus(error.code);
    QByteArray json;
    JsonWriter(json)
        .beginObject()
        .field("type", QByteArrayView("about:blank"))
        .field("title", QByteArrayView(httpReason(status)))
        .field("status", status)
        .field("detail", QStringView(error.detail))
        .field("code", QByteArrayView(errorSlug(error.code)))
        .endObject();
    HttpFields fields = headers;
    fields.emplaceBack("Content-Type", "application/problem+json");
    fields.emplaceBack("Cache-Control", "no-store");
    if (error.retryAfterMs > 0)
        fields.emplaceBack("Retry-After", QByteArray::number((error.retryAfterMs + 999) / 1000));
    send(status, fields, json);
}

void HttpReply::beginChunked(int status, const HttpFields &headers, std::function<void()> drained)
{
    if (!isOpen())
        return;
    m_drained = std::move(drained);
    m_channel->write(headBytes(status, headers, kUnknownLength), {});
    m_state = State::Streaming;
    if (m_isHttp10)
        m_keepsAlive = false;
}

bool HttpReply::write(const QByteArray &piece)
{
    if (!m_channel || m_state != State::Streaming)
        return false;
    if (!m_isHead && !piece.isEmpty())
        m_channel->write({}, m_isHttp10 ? piece : chunk(piece));
    return m_channel->isWritable();
}

void HttpReply::end()
{
    if (!m_channel || m_state != State::Streaming)
        return;
    if (!m_isHead && !m_isHttp10)
        m_channel->write({}, "0\r\n\r\n");
    finish();
}

void HttpReply::sendDevice(std::unique_ptr<QIODevice> device, const HttpFields &headers)
{
    if (!isOpen())
        return;
    const qint64 size = device->size();
    HttpFields fields = headers;
    fields.emplaceBack("Accept-Ranges", "bytes");
    const bool isRangeWanted = !m_range.isEmpty() && (m_ifRange.isEmpty() || m_ifRange == fieldValue(headers, "etag"));
    const std::optional<ByteRange> range = isRangeWanted ? parseByteRange(m_range, size) : std::nullopt;
    if (range && range->length == 0) {
        sendProblem(ErrorCode::RangeNotSatisfiable, {{"Content-Range", "bytes */" + QByteArray::number(size)}});
        return;
    }
    const qint64 first = range ? range->first : 0;
    m_deviceLeft = range ? range->length : size;
    if (range) {
        fields.emplaceBack("Content-Range",
            "bytes " + QByteArray::number(first) + '-' + QByteArray::number(first + m_deviceLeft - 1) + '/'
                + QByteArray::number(size));
    }
    m_channel->write(headBytes(range ? 206 : 200, fields, m_deviceLeft), {});
    m_state = State::Streaming;
    if (m_isHead || m_deviceLeft == 0)
        return finish();
    m_device = std::move(device);
    if (!m_device->seek(first))
        return m_channel->cut();
    m_channel->keepReply(shared_from_this());
    pumpDevice();
}

void HttpReply::pumpDevice()
{
    while (m_deviceLeft > 0 && m_channel && m_channel->isWritable()) {
        const QByteArray piece = m_device->read(std::min(m_deviceLeft, kPiece));
        if (piece.isEmpty())
            return m_channel->cut(); // the file is shorter than it was: the client must see that
        m_deviceLeft -= piece.size();
        m_channel->write({}, piece);
    }
    if (m_deviceLeft == 0 && m_channel) {
        m_device.reset();
        finish();
    }
}

EventStreamConnection *HttpReply::startEventStream(const HttpFields &headers)
{
    if (!isOpen())
        return nullptr;
    HttpFields fields = headers;
    fields.emplaceBack("Content-Type", "text/event-stream");
    fields.emplaceBack("Cache-Control", "no-store");
    fields.emplaceBack("X-Accel-Buffering", "no");
    if (m_isHead) {
        m_keepsAlive = false;
        m_channel->write(headBytes(200, fields, kUnknownLength), {});
        finish();
        return nullptr;
    }
    const QByteArray head = headBytes(200, fields, kUnknownLength);
    m_state = State::Done;
    m_gone = nullptr;
    return m_channel->becomeEventStream(head);
}

void HttpReply::pauseBody()
{
    if (m_channel)
        m_channel->setBodyPaused(true);
}

void HttpReply::resumeBody()
{
    if (m_channel)
        m_channel->setBodyPaused(false);
}

void HttpReply::finish()
{
    m_state = State::Done;
    m_gone = nullptr;
    m_drained = nullptr;
    m_channel->replyFinished(m_keepsAlive);
}

void HttpReply::channelDrained()
{
    const auto alive = weak_from_this().lock(); // a callback may drop the last other owner
    if (m_device)
        pumpDevice();
    else if (const auto drained = m_drained)
        drained();
}

void HttpReply::channelGone()
{
    m_channel = nullptr;
    m_device.reset();
    m_drained = nullptr;
    if (const auto gone = std::exchange(m_gone, nullptr); gone && m_state != State::Done)
        gone();
}

} // namespace tertulia
