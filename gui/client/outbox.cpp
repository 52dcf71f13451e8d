// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/outbox.h"

#include <algorithm>

namespace tertulia {

void Outbox::append(Item item)
{
    m_items.append(std::move(item));
}

void Outbox::prepend(Item item)
{
    m_items.prepend(std::move(item));
}

bool Outbox::contains(const QString &ref) const
{
    return std::any_of(m_items.cbegin(), m_items.cend(), [&](const Item &item) { return item.ref == ref; });
}

std::optional<Outbox::Item> Outbox::settle(const QString &ref)
{
    if (m_underWay == ref)
        m_underWay.clear();
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items.at(i).ref == ref)
            return m_items.takeAt(i);
    }
    return std::nullopt;
}

void Outbox::postpone(const QString &ref)
{
    if (m_underWay == ref)
        m_underWay.clear();
}

} // namespace tertulia
