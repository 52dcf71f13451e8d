// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/markdown.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 4;
constexpr qsizetype kLongestLink = 2048;

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// One line of text, read once from left to right.
class InlineParser
{
public:
    InlineParser(QStringView line, const QStringList &mentions, const TextSpan &form, int depth, QList<TextSpan> &out)
        : m_line(line)
        , m_mentions(mentions)
        , m_form(form)
        , m_depth(depth)
        , m_out(out)
    {
    }

    void parse()
    {
        while (m_at < m_line.size()) {
            if (!code() && !emphasis() && !namedLink() && !bareLink() && !mention())
                m_plain += m_line.at(m_at++);
        }
        flush();
    }

private:
    void flush()
    {
        if (m_plain.isEmpty())
            return;
        TextSpan span = m_form;
        span.text = std::exchange(m_plain, {});
        m_out.append(span);
    }

    [[nodiscard]] bool follows(QStringView marker) const { return m_line.sliced(m_at).startsWith(marker); }

    /// Where the closing marker stands; -1 and remembered where none is left, so that no line is searched again and
    /// again.
    qsizetype closing(QStringView marker, qsizetype from, bool &isExhausted)
    {
        if (isExhausted)
            return -1;
        const qsizetype end = m_line.indexOf(marker, from);
        isExhausted = end < 0;
        return end;
    }

    bool code()
    {
        if (m_line.at(m_at) != u'`')
            return false;
        const qsizetype end = closing(u"`", m_at + 1, m_noCode);
        if (end <= m_at + 1)
            return false;
        flush();
        TextSpan span = m_form;
        span.isCode = true;
        span.text = m_line.sliced(m_at + 1, end - m_at - 1).toString();
        m_out.append(span);
        m_at = end + 1;
        return true;
    }

    bool wrapped(QStringView marker, bool TextSpan::*property, bool &isExhausted)
    {
        if (!follows(marker) || m_form.*property || m_depth >= kDeepest)
            return false;
        const qsizetype begin = m_at + marker.size();
        if (begin >= m_line.size() || m_line.at(begin).isSpace())
            return false;
        const bool isUnderscore = marker.front() == u'_';
        if (isUnderscore && m_at > 0 && isWordCharacter(m_line.at(m_at - 1)))
            return false;
        qsizetype end = closing(marker, begin + 1, isExhausted);
        if (end >= 0 && marker == u"**" && end + 2 < m_line.size() && m_line.at(end + 2) == u'*')
            ++end; // of three, the first closes what is within
        if (end < 0 || m_line.at(end - 1).isSpace())
            return false;
        const qsizetype after = end + marker.size();
        if (isUnderscore && after < m_line.size() && isWordCharacter(m_line.at(after)))
            return false;
        flush();
        TextSpan form = m_form;
        form.*property = true;
        InlineParser(m_line.sliced(begin, end - begin), m_mentions, form, m_depth + 1, m_out).parse();
        m_at = after;
        return true;
    }

    bool emphasis()
    {
        const QChar c = m_line.at(m_at);
        if (c == u'*')
            return wrapped(u"**", &TextSpan::isBold, m_noBold) || wrapped(u"*", &TextSpan::isItalic, m_noStar);
        if (c == u'_')
            return wrapped(u"_", &TextSpan::isItalic, m_noUnderscore);
        return c == u'~' && wrapped(u"~~", &TextSpan::isStruck, m_noStrike);
    }

    bool namedLink()
    {
        if (m_line.at(m_at) != u'[' || !m_form.link.isEmpty())
            return false;
        const qsizetype middle = closing(u"](", m_at + 1, m_noNamedLink);
        if (middle < 0 || middle == m_at + 1)
            return false;
        bool isExhausted = false;
        const qsizetype end = closing(u")", middle + 2, isExhausted);
        if (end < 0) {
            m_noNamedLink = true;
            return false;
        }
        const QString address = m_line.sliced(middle + 2, end - middle - 2).toString();
        if (!isHarmlessLink(address))
            return false;
        flush();
        TextSpan span = m_form;
        span.text = m_line.sliced(m_at + 1, middle - m_at - 1).toString();
        span.link = address;
        m_out.append(span);
        m_at = end + 1;
        return true;
    }

    bool bareLink()
    {
        if (m_at > 0 && isWordCharacter(m_line.at(m_at - 1)))
            return false;
        const QChar first = m_line.at(m_at).toLower();
        if (first != u'h' && first != u'm')
            return false;
        const QStringView rest = m_line.sliced(m_at);
        const std::array<QStringView, 3> schemes = {u"https://", u"http://", u"mailto:"};
        if (std::none_of(schemes.begin(), schemes.end(),
                [&](QStringView scheme) { return rest.startsWith(scheme, Qt::CaseInsensitive); }))
            return false;
        qsizetype length = 0;
        while (length < rest.size() && !rest.at(length).isSpace() && rest.at(length) != u'<' && rest.at(length) != u'>'
            && rest.at(length) != u'"')
            ++length;
        while (length > 0 && u".,;:!?)'*_~"_s.contains(rest.at(length - 1))) // a sentence's, not the address's
            --length;
        const QString address = rest.first(length).toString();
        if (!isHarmlessLink(address))
            return false;
        flush();
        TextSpan span = m_form;
        span.text = address;
        span.link = address;
        m_out.append(span);
        m_at += length;
        return true;
    }

    bool mention()
    {
        if (m_line.at(m_at) != u'@' || (m_at > 0 && isWordCharacter(m_line.at(m_at - 1))))
            return false;
        const QStringView rest = m_line.sliced(m_at + 1);
        qsizetype longest = 0;
        for (const QString &name : m_mentions) {
            const bool ends = name.size() == rest.size()
                || (name.size() < rest.size() && !rest.at(name.size()).isLetterOrNumber());
            if (name.size() > longest && ends && rest.startsWith(name, Qt::CaseInsensitive))
                longest = name.size();
        }
        if (longest == 0)
            return false;
        flush();
        TextSpan span = m_form;
        span.isMention = true;
        span.text = m_line.sliced(m_at, longest + 1).toString();
        m_out.append(span);
        m_at += longest + 1;
        return true;
    }

    QStringView m_line;
    const QStringList &m_mentions;
    const TextSpan m_form;
    const int m_depth;
    QList<TextSpan> &m_out;
    qsizetype m_at = 0;
    QString m_plain;
    bool m_noCode = false;
    bool m_noBold = false;
    bool m_noStar = false;
    bool m_noUnderscore = false;
    bool m_noStrike = false;
    bool m_noNamedLink = false;
};

/// How many characters of "12. " stand at the beginning; 0 where the line is no item.
qsizetype numberedPrefix(QStringView line)
{
    qsizetype digits = 0;
    while (digits < line.size() && digits < 4 && line.at(digits) >= u'0' && line.at(digits) <= u'9')
        ++digits;
    return digits > 0 && line.sliced(digits).startsWith(u". ") ? digits + 2 : 0;
}

TextBlock lineBlock(QStringView line, const QStringList &mentions)
{
    TextBlock block;
    if (line.startsWith(u"> ")) {
        block.kind = TextBlock::Kind::Quote;
        line = line.sliced(2);
    } else if (line.startsWith(u"- ") || line.startsWith(u"* ")) {
        block.kind = TextBlock::Kind::Bullet;
        line = line.sliced(2);
    } else if (const qsizetype prefix = numberedPrefix(line); prefix > 0) {
        block.kind = TextBlock::Kind::Numbered;
        block.number = line.first(prefix - 2).toInt();
        line = line.sliced(prefix);
    }
    InlineParser(line, mentions, {}, 0, block.spans).parse();
    return block;
}

} // namespace

bool isHarmlessLink(const QString &address)
{
    if (address.size() > kLongestLink
        || std::any_of(address.cbegin(), address.cend(), [](QChar c) { return !c.isPrint() || c.isSpace(); }))
        return false;
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid())
        return false;
    if (url.scheme() == "mailto"_L1)
        return url.path().contains(u'@');
    return (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

QList<TextBlock> parseMarkdown(const QString &text, const QStringList &mentions)
{
    QList<TextBlock> blocks;
    QStringList code;
    bool isInCode = false;
    const auto closeCode = [&] {
        TextBlock block;
        block.kind = TextBlock::Kind::Code;
        TextSpan span;
        span.isCode = true;
        span.text = code.join(u'\n');
        block.spans = {span};
        blocks.append(block);
        code.clear();
    };
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith("```"_L1)) {
            if (isInCode)
                closeCode();
            isInCode = !isInCode;
        } else if (isInCode) {
            code.append(line);
        } else {
            blocks.append(lineBlock(line, mentions));
        }
    }
    if (isInCode)
        closeCode();
    return blocks;
}

} // namespace tertulia
