// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/blockqueue.h"

namespace tertulia {

void BlockQueue::append(const QByteArray &block, qsizetype offset)
{
    if (block.size() <= offset)
        return;
    if (m_blocks.isEmpty())
        m_offset = offset;
    m_blocks.append(m_blocks.isEmpty() || offset == 0 ? block : block.sliced(offset));
    m_bytes += block.size() - offset;
}

void BlockQueue::consume(qint64 size)
{
    Q_ASSERT(size <= m_bytes);
    m_bytes -= size;
    if (m_bytes == 0) {
        clear();
        return;
    }
    while (size > 0) {
        const qint64 left = m_blocks.first().size() - m_offset;
        if (size < left) {
            m_offset += qsizetype(size);
            return;
        }
        size -= left;
        m_offset = 0;
        m_blocks.removeFirst();
    }
}

void BlockQueue::clear()
{
    m_blocks = {}; // gives the memory back
    m_offset = 0;
    m_bytes = 0;
}

void BlockQueue::dropUnstarted(FrameEnd frameEnd)
{
    QByteArray rest;
    if (!m_blocks.isEmpty() && m_offset > 0) {
        const QByteArray &block = m_blocks.first();
        rest = block.sliced(m_offset, frameEnd(block, m_offset) - m_offset);
    }
    clear();
    append(rest);
}

} // namespace tertulia
