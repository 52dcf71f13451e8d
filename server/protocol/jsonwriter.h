// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace tertulia {

/// Appends compact JSON (RFC 8259) to a byte array: about ten times cheaper than building a QJsonObject, which is
/// what an entry costs once for a whole room. Keys are ASCII literals; strings are escaped and written as UTF-8,
/// lone surrogates as U+FFFD. The caller balances begin and end; commas are put by the writer.
class JsonWriter
{
public:
    explicit JsonWriter(QByteArray &out)
        : m_out(out)
    {
    }

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(QByteArrayView name);

    JsonWriter &value(QStringView text);
    JsonWriter &value(QByteArrayView ascii); ///< ASCII that needs no escaping: slugs, timestamps
    JsonWriter &value(qint64 number);
    JsonWriter &value(quint64 number);
    JsonWriter &value(int number) { return value(qint64(number)); }
    JsonWriter &value(double number);
    JsonWriter &value(bool truth);
    JsonWriter &null();
    /// `json` is one complete JSON value, written as it is.
    JsonWriter &raw(QByteArrayView json);

    template<typename T> JsonWriter &field(QByteArrayView name, const T &content)
    {
        key(name);
        return value(content);
    }

private:
    void separate();

    QByteArray &m_out;
    bool m_first = true;
};

} // namespace tertulia
