// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/completionbox.h"

#include <QCoreApplication>

#include <iterator>

namespace tertulia {

CompletionBox::CompletionBox() = default;

CompletionBox::~CompletionBox() = default;

void CompletionBox::post(std::vector<Delivery> deliveries)
{
    if (deliveries.empty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        const bool isUnderWay = !m_waiting.empty();
        m_waiting.insert(
            m_waiting.end(), std::make_move_iterator(deliveries.begin()), std::make_move_iterator(deliveries.end()));
        if (isUnderWay)
            return;
    }
    QMetaObject::invokeMethod(
        &m_receiver, [this] { deliver(); }, Qt::QueuedConnection);
}

void CompletionBox::deliver()
{
    std::vector<Delivery> deliveries;
    {
        const std::lock_guard lock(m_mutex);
        deliveries.swap(m_waiting);
    }
    for (const Delivery &delivery : deliveries)
        delivery();
}

} // namespace tertulia
