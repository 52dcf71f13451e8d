// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpguard.h"

#include "transport/utf8checker.h"

#include <algorithm>
#include <array>

namespace tertulia {

namespace {

constexpr qsizetype kMostLengthDigits = 15; ///< of a Content-Length: what fits a qint64 whatever the digits

constexpr std::array<bool, 256> makeTokenTable()
{
    std::array<bool, 256> table {};
    for (int c = '0'; c <= '9'; ++c)
        table[std::size_t(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c)
        table[std::size_t(c)] = table[std::size_t(c - 'a' + 'A')] = true;
    for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table[std::size_t(c)] = true;
    return table;
}
constexpr std::array<bool, 256> kTokenCharacters = makeTokenTable();

bool isTokenCharacter(char c)
{
    return kTokenCharacters[quint8(c)];
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<QByteArray> decodedSegment(QByteArrayView text)
{
    QByteArray plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            c = char(high * 16 + low);
            i += 2;
            if (c == '/' || c == '\0')
                return std::nullopt;
        }
        plain.append(c);
    }
    if (plain == "." || plain == "..")
        return std::nullopt;
    Utf8Checker checker;
    if (!checker.feed(plain) || !checker.isComplete())
        return std::nullopt;
    return plain;
}

/// host [":" port], without user information (RFC 3986 section 3.2.2).
bool isHost(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 3)
            return false;
        const QByteArrayView literal = text.sliced(1, end - 1);
        const QByteArrayView rest = text.sliced(end + 1);
        const bool isLiteral = std::all_of(
            literal.begin(), literal.end(), [](char c) { return hexDigit(c) >= 0 || c == ':' || c == '.'; });
        return isLiteral && (rest.isEmpty() || (rest.startsWith(':') && isDigits(rest.sliced(1)) && rest.size() <= 6));
    }
    const qsizetype colon = text.indexOf(':');
    const QByteArrayView name = colon < 0 ? text : text.first(colon);
    if (colon >= 0 && (!isDigits(text.sliced(colon + 1)) || text.size() - colon > 6))
        return false;
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return isTokenCharacter(c) && c != '#' && c != '^' && c != '`' && c != '|';
    });
}

} // namespace

std::optional<QStringList> decodedSegments(QByteArrayView path)
{
    QStringList segments;
    if (!path.startsWith('/'))
        return std::nullopt;
    path = path.sliced(1);
    while (true) {
        const qsizetype end = path.indexOf('/');
        const auto segment = decodedSegment(end < 0 ? path : path.first(end));
        if (!segment)
            return std::nullopt;
        segments.append(QString::fromUtf8(*segment));
        if (end < 0)
            break;
        path = path.sliced(end + 1);
    }
    if (segments.size() == 1 && segments.first().isEmpty())
        segments.clear(); // the root
    return segments;
}

bool HttpGuard::refuse(ErrorCode code, const char *detail)
{
    m_error = Error(code, QString::fromLatin1(detail));
    return false;
}

void HttpGuard::reset()
{
    *this = {};
}

HttpGuard::State HttpGuard::feed(QByteArrayView &input, const Limits &limits)
{
    while (!input.isEmpty()) {
        const qsizetype newline = input.indexOf('\n');
        const qsizetype size = newline < 0 ? input.size() : newline + 1;
        if (m_bytes.size() + size > limits.headBytes) {
            m_error = ErrorCode::HeadTooLarge;
            return State::Refused;
        }
        m_bytes.append(input.first(size));
        input = input.sliced(size);
        // What can be no request is not waited for: TLS to a plain port, or another protocol.
        if (m_lineStart == 0 && !isTokenCharacter(m_bytes.front()) && m_bytes.front() != '\r')
            return refuse(ErrorCode::BadRequest, "This is not an HTTP request."), State::Refused;
        if (newline < 0)
            return State::NeedMore;
        const QByteArrayView line = QByteArrayView(m_bytes).sliced(m_lineStart);
        if (!line.endsWith("\r\n"))
            return refuse(ErrorCode::BadRequest, "Lines of a head end with CR LF."), State::Refused;
        if (line.size() > 2) {
            m_lineStart = m_bytes.size();
        } else if (m_lineStart == 0) {
            m_bytes.clear(); // one empty line before a request is let pass (RFC 9112 section 2.2)
            if (std::exchange(m_hasSkippedLine, true))
                return refuse(ErrorCode::BadRequest, "The request line is missing."), State::Refused;
        } else {
            return parse(limits) ? State::Complete : State::Refused;
        }
    }
    return State::NeedMore;
}

bool HttpGuard::parse(const Limits &limits)
{
    QByteArrayView rest = QByteArrayView(m_bytes).chopped(2);
    bool isFirst = true;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf("\r\n");
        const QByteArrayView line = rest.first(end);
        rest = rest.sliced(end + 2);
        if (!(isFirst ? parseRequestLine(line) : parseField(line)))
            return false;
        isFirst = false;
        if (m_head.fields.size() > limits.fields)
            return refuse(ErrorCode::HeadTooLarge, "The request has too many fields.");
    }
    return checkFields();
}

bool HttpGuard::parseRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0)
        return refuse(ErrorCode::BadRequest, "The request line is not method, target and version.");
    const QByteArrayView method = line.first(first);
    const QByteArrayView version = line.sliced(second + 1);
    if (!isToken(method) || (version != "HTTP/1.1" && version != "HTTP/1.0"))
        return refuse(ErrorCode::BadRequest, "The method or the version of HTTP is not known here.");
    m_head.method = method.toByteArray();
    m_head.minorVersion = version.endsWith('1') ? 1 : 0;
    return parseTarget(line.sliced(first + 1, second - first - 1));
}

bool HttpGuard::parseTarget(QByteArrayView target)
{
    const bool isPrintable
        = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (target.isEmpty() || !isPrintable)
        return refuse(ErrorCode::BadRequest, "The target holds a character that is not allowed.");
    if (target == "*" && m_head.method == "OPTIONS") {
        m_head.target = m_head.rawPath = "*";
        m_head.path = QString(QLatin1Char('*'));
        return true;
    }
    constexpr QByteArrayView kScheme("http://");
    constexpr QByteArrayView kSecureScheme("https://");
    for (const QByteArrayView scheme : {kScheme, kSecureScheme}) {
        if (target.size() > scheme.size() && target.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0) {
            const QByteArrayView rest = target.sliced(scheme.size());
            const qsizetype slash = rest.indexOf('/');
            m_authority = (slash < 0 ? rest : rest.first(slash)).toByteArray();
            target = slash < 0 ? QByteArrayView("/") : rest.sliced(slash);
            break;
        }
    }
    m_head.target = target.toByteArray();
    const qsizetype question = target.indexOf('?');
    const QByteArrayView path = question < 0 ? target : target.first(question);
    m_head.rawPath = path.toByteArray();
    m_head.rawQuery = question < 0 ? QByteArray() : target.sliced(question + 1).toByteArray();
    const auto segments = decodedSegments(path);
    if (!segments)
        return refuse(ErrorCode::BadRequest, "The path is not a plain, well-encoded one.");
    m_head.segments = *segments;
    m_head.path = QLatin1Char('/') + segments->join(QLatin1Char('/'));
    return true;
}

bool HttpGuard::parseField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon))) // a folded line begins with a space and ends here too
        return refuse(ErrorCode::BadRequest, "A field's name is not a token followed by a colon.");
    const QByteArrayView value = line.sliced(colon + 1);
    const bool isClean
        = std::all_of(value.begin(), value.end(), [](char c) { return (quint8(c) >= 0x20 && c != 0x7f) || c == '\t'; });
    if (!isClean)
        return refuse(ErrorCode::BadRequest, "A field's value holds a control character.");
    m_head.fields.emplaceBack(line.first(colon).toByteArray(), value.trimmed().toByteArray());
    return true;
}

qsizetype HttpGuard::count(QByteArrayView name) const
{
    return std::count_if(m_head.fields.begin(), m_head.fields.end(),
        [name](const auto &field) { return name.compare(field.first, Qt::CaseInsensitive) == 0; });
}

bool HttpGuard::checkFields()
{
    return checkHost() && checkBody() && checkUpgrade();
}

bool HttpGuard::checkHost()
{
    const qsizetype hosts = count("host");
    if (hosts > 1 || (hosts == 0 && m_head.minorVersion > 0))
        return refuse(ErrorCode::BadRequest, "A request names one Host.");
    const QByteArray host = m_head.header("host");
    if (hosts == 1 && !isHost(host))
        return refuse(ErrorCode::BadRequest, "The Host is not well-formed.");
    if (!m_authority.isEmpty() && hosts == 1 && m_authority.compare(host, Qt::CaseInsensitive) != 0)
        return refuse(ErrorCode::BadRequest, "The target and the Host differ.");
    if (!m_authority.isEmpty() && !isHost(m_authority))
        return refuse(ErrorCode::BadRequest, "The target is not well-formed.");
    if (!m_authority.isEmpty() && hosts == 0)
        m_head.fields.emplaceBack(QByteArray("Host"), m_authority);
    return true;
}

bool HttpGuard::checkBody()
{
    const qsizetype lengths = count("content-length");
    if (const qsizetype encodings = count("transfer-encoding"); encodings > 0) {
        const bool isChunked = encodings == 1
            && m_head.header("transfer-encoding").compare("chunked", Qt::CaseInsensitive) == 0;
        if (lengths > 0 || m_head.minorVersion == 0 || !isChunked)
            return refuse(ErrorCode::BadRequest, "The length of the body is ambiguous.");
        m_error = ErrorCode::LengthRequired;
        return false;
    }
    if (lengths > 1)
        return refuse(ErrorCode::BadRequest, "The length of the body is ambiguous.");
    if (lengths == 0)
        return true;
    const QByteArray length = m_head.header("content-length");
    if (!isDigits(length) || length.size() > kMostLengthDigits)
        return refuse(ErrorCode::BadRequest, "The length of the body is not a number.");
    m_head.contentLength = length.toLongLong();
    return true;
}

// RFC 6455 section 4.2.1. HTTP/2's "h2c" is offered by common clients and may be ignored (RFC 9110 section 7.8).
bool HttpGuard::checkUpgrade()
{
    const qsizetype upgrades = count("upgrade");
    if (upgrades == 0)
        return true;
    if (upgrades == 1 && m_head.header("upgrade").compare("h2c", Qt::CaseInsensitive) == 0)
        return true;
    const QByteArray key = m_head.header("sec-websocket-key");
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    const bool isGood = upgrades == 1 && m_head.header("upgrade").compare("websocket", Qt::CaseInsensitive) == 0
        && m_head.headerHasToken("connection", "upgrade") && m_head.method == "GET" && m_head.minorVersion == 1
        && m_head.contentLength == 0 && count("sec-websocket-key") == 1 && count("sec-websocket-version") == 1
        && decoded && (*decoded).size() == 16;
    if (!isGood)
        return refuse(ErrorCode::BadRequest, "The upgrade is no WebSocket handshake.");
    if (m_head.header("sec-websocket-version") != "13")
        return refuse(ErrorCode::BadRequest, "Version 13 of WebSocket is spoken here.");
    return true;
}

} // namespace tertulia
