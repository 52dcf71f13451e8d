// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace tertulia {

/// Rows with a key each, in order of arrival: what the table models hold. `KeyOf` gives a row's key.
template<typename Row, auto KeyOf> class KeyedRows
{
public:
    [[nodiscard]] qsizetype size() const { return m_rows.size(); }
    [[nodiscard]] const Row &at(qsizetype index) const { return m_rows.at(index); }
    /// -1 = no such row.
    [[nodiscard]] qsizetype indexOf(const QString &key) const { return m_index.value(key, -1); }

    void append(const Row &row)
    {
        m_index.insert(row.*KeyOf, m_rows.size());
        m_rows.append(row);
    }
    void replace(qsizetype index, const Row &row) { m_rows[index] = row; }
    void removeAt(qsizetype index)
    {
        m_index.remove(m_rows.at(index).*KeyOf);
        m_rows.removeAt(index);
        for (qsizetype i = index; i < m_rows.size(); ++i)
            m_index[m_rows.at(i).*KeyOf] = i;
    }
    void clear()
    {
        m_rows.clear();
        m_index.clear();
    }

private:
    QList<Row> m_rows;
    QHash<QString, qsizetype> m_index;
};

} // namespace tertulia
