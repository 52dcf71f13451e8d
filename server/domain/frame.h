// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <array>
#include <memory>

namespace tertulia {

/// How a message is put on a wire. A Connection has exactly one.
enum class Wire : quint8 {
    WebSocket, ///< one unmasked text frame (RFC 6455 section 5.2)
    EventStream, ///< one event as one HTTP chunk (WHATWG HTML section 9.2, RFC 9112 section 7.1)
};

/// One message to any number of connections: encoded at most once for each wire, the bytes shared by all.
/// A value with shared content; copying is cheap. Server thread.
class Frame
{
public:
    Frame() = default;
    /// `json` is one line of JSON. `event` and `eventId` (empty = no id line) are for event streams only; a frame
    /// without an event name is not for event streams and has no bytes there.
    explicit Frame(QByteArray json, QByteArray event = {}, QByteArray eventId = {});
    /// The same with other data for event streams.
    static Frame withEventData(QByteArray json, QByteArray event, QByteArray eventData);

    [[nodiscard]] bool isNull() const { return !m_content; }
    [[nodiscard]] const QByteArray &json() const;
    [[nodiscard]] const QByteArray &event() const;
    /// The bytes for that wire, made at the first call.
    [[nodiscard]] const QByteArray &bytes(Wire wire) const;

private:
    struct Content;
    std::shared_ptr<Content> m_content;
};

/// Frames of one loop turn for one room, joined so that each member costs one write. Server thread.
class FrameBlock
{
public:
    void append(const Frame &frame);
    void clear();
    [[nodiscard]] bool isEmpty() const { return m_frames.isEmpty(); }
    [[nodiscard]] qsizetype count() const { return m_frames.size(); }
    [[nodiscard]] const QList<Frame> &frames() const { return m_frames; }
    /// All frames, one after the other; made at the first call after the last append.
    [[nodiscard]] const QByteArray &bytes(Wire wire) const;

private:
    QList<Frame> m_frames;
    mutable std::array<QByteArray, 2> m_bytes;
};

/// One text frame, header and payload, unmasked.
[[nodiscard]] QByteArray webSocketTextFrame(const QByteArray &payload);
/// "event: ...\nid: ...\ndata: ...\n\n" as one chunk; event and id are left out where empty.
[[nodiscard]] QByteArray eventStreamChunk(const QByteArray &event, const QByteArray &id, const QByteArray &data);

} // namespace tertulia
