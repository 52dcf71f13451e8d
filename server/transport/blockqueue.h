// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace tertulia {

/// Bytes that wait to be written: shared blocks, none of them copied. Takes no memory of its own while empty.
class BlockQueue
{
public:
    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qsizetype count() const { return m_blocks.size(); }
    /// The unwritten part of the block at that place.
    [[nodiscard]] QByteArrayView at(qsizetype place) const
    {
        return QByteArrayView(m_blocks.at(place)).sliced(place == 0 ? m_offset : 0);
    }

    void append(const QByteArray &block, qsizetype offset = 0);
    /// `size` bytes were written.
    void consume(qint64 size);
    void clear();

    /// Where the frame ends in which `offset` lies; offset itself where it lies between two frames.
    using FrameEnd = qsizetype (*)(QByteArrayView block, qsizetype offset);
    /// Drops all but the rest of a frame that is half written, so that what is written next stands at its start.
    void dropUnstarted(FrameEnd frameEnd);

private:
    QList<QByteArray> m_blocks;
    qsizetype m_offset = 0; ///< written bytes of the first block
    qint64 m_bytes = 0;
};

} // namespace tertulia
