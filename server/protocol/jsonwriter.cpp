// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonwriter.h"

#include <cmath>

namespace tertulia {

namespace {

void appendCodePoint(QByteArray &out, char32_t c)
{
    if (c < 0x800) {
        out.append(char(0xc0 | (c >> 6)));
    } else {
        if (c < 0x10000) {
            out.append(char(0xe0 | (c >> 12)));
        } else {
            out.append(char(0xf0 | (c >> 18)));
            out.append(char(0x80 | ((c >> 12) & 0x3f)));
        }
        out.append(char(0x80 | ((c >> 6) & 0x3f)));
    }
    out.append(char(0x80 | (c & 0x3f)));
}

void appendEscaped(QByteArray &out, char16_t c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
    case u'"':
        out.append("\\\"", 2);
        break;
    case u'\\':
        out.append("\\\\", 2);
        break;
    case u'\n':
        out.append("\\n", 2);
        break;
    case u'\r':
        out.append("\\r", 2);
        break;
    case u'\t':
        out.append("\\t", 2);
        break;
    default:
        out.append("\\u00", 4);
        out.append(kHex[(c >> 4) & 0xf]);
        out.append(kHex[c & 0xf]);
    }
}

} // namespace

void JsonWriter::separate()
{
    if (!m_first)
        m_out.append(',');
    m_first = false;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_out.append('{');
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_out.append('}');
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_out.append('[');
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_out.append(']');
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::key(QByteArrayView name)
{
    separate();
    m_out.append('"').append(name).append("\":", 2);
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::value(QStringView text)
{
    separate();
    m_out.reserve(m_out.size() + text.size() + 16);
    m_out.append('"');
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c < 0x20 || c == u'"' || c == u'\\') {
            appendEscaped(m_out, c);
        } else if (c < 0x80) {
            m_out.append(char(c));
        } else if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            appendCodePoint(m_out, QChar::surrogateToUcs4(c, text[++i].unicode()));
        } else {
            appendCodePoint(m_out, QChar::isSurrogate(c) ? char32_t(QChar::ReplacementCharacter) : char32_t(c));
        }
    }
    m_out.append('"');
    return *this;
}

JsonWriter &JsonWriter::value(QByteArrayView ascii)
{
    separate();
    m_out.append('"').append(ascii).append('"');
    return *this;
}

JsonWriter &JsonWriter::value(qint64 number)
{
    separate();
    m_out.append(QByteArray::number(number));
    return *this;
}

JsonWriter &JsonWriter::value(quint64 number)
{
    separate();
    m_out.append(QByteArray::number(number));
    return *this;
}

JsonWriter &JsonWriter::value(double number)
{
    separate();
    // JSON has no infinity and no NaN.
    m_out.append(std::isfinite(number) ? QByteArray::number(number, 'g', 10) : QByteArray("0"));
    return *this;
}

JsonWriter &JsonWriter::value(bool truth)
{
    separate();
    m_out.append(truth ? "true" : "false");
    return *this;
}

JsonWriter &JsonWriter::null()
{
    separate();
    m_out.append("null");
    return *this;
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_out.append(json);
    return *this;
}

} // namespace tertulia
