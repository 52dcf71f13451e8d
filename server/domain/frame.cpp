// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/frame.h"

#include <QtEndian>

namespace tertulia {

struct Frame::Content {
    QByteArray json;
    QByteArray event;
    QByteArray eventId;
    QByteArray eventData; ///< null = json
    std::array<QByteArray, 2> bytes;
};

Frame::Frame(QByteArray json, QByteArray event, QByteArray eventId)
    : m_content(std::make_shared<Content>(Content {std::move(json), std::move(event), std::move(eventId), {}, {}}))
{
}

Frame Frame::withEventData(QByteArray json, QByteArray event, QByteArray eventData)
{
    Frame frame(std::move(json), std::move(event));
    frame.m_content->eventData = std::move(eventData);
    return frame;
}

const QByteArray &Frame::json() const
{
    return m_content->json;
}

const QByteArray &Frame::event() const
{
    return m_content->event;
}

const QByteArray &Frame::bytes(Wire wire) const
{
    QByteArray &cached = m_content->bytes[std::size_t(wire)];
    if (cached.isNull()) {
        const Content &content = *m_content;
        if (wire == Wire::WebSocket)
            cached = webSocketTextFrame(content.json);
        else if (content.event.isEmpty())
            cached = QByteArray(""); // made, and nothing
        else
            cached = eventStreamChunk(
                content.event, content.eventId, content.eventData.isNull() ? content.json : content.eventData);
    }
    return cached;
}

void FrameBlock::append(const Frame &frame)
{
    m_frames.append(frame);
    m_bytes = {};
}

void FrameBlock::clear()
{
    m_frames.clear();
    m_bytes = {};
}

const QByteArray &FrameBlock::bytes(Wire wire) const
{
    if (m_frames.size() == 1)
        return m_frames.first().bytes(wire);
    QByteArray &cached = m_bytes[std::size_t(wire)];
    if (cached.isNull()) {
        for (const Frame &frame : m_frames)
            cached.append(frame.bytes(wire));
    }
    return cached;
}

QByteArray webSocketTextFrame(const QByteArray &payload)
{
    QByteArray frame;
    frame.reserve(payload.size() + 10);
    frame.append(char(0x81));
    if (payload.size() < 126) {
        frame.append(char(payload.size()));
    } else if (payload.size() <= 0xffff) {
        char length[2];
        qToBigEndian(quint16(payload.size()), length);
        frame.append(char(126)).append(length, 2);
    } else {
        char length[8];
        qToBigEndian(quint64(payload.size()), length);
        frame.append(char(127)).append(length, 8);
    }
    return frame.append(payload);
}

QByteArray eventStreamChunk(const QByteArray &event, const QByteArray &id, const QByteArray &data)
{
    QByteArray body;
    body.reserve(event.size() + id.size() + data.size() + 32);
    if (!event.isEmpty())
        body.append("event: ").append(event).append('\n');
    if (!id.isEmpty())
        body.append("id: ").append(id).append('\n');
    body.append("data: ").append(data).append("\n\n");
    return QByteArray::number(body.size(), 16).append("\r\n").append(body).append("\r\n");
}

} // namespace tertulia
