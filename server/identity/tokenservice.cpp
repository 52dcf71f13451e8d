// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/tokenservice.h"

#include "identity/secrets.h"
#include "protocol/jsonwriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <sodium.h>

#include <cmath>
#include <optional>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

static_assert(TokenService::kKeyBytes == crypto_auth_hmacsha256_KEYBYTES);

constexpr qsizetype kIdBytes = 16;
// Clocks of machines differ a little; a token is not refused for that (RFC 7519 section 4.1.5).
constexpr auto kLeeway = 60s;
// 9999-12-31T23:59:59Z: later moments cannot be told in ISO 8601 and only serve to overflow something.
constexpr double kLastSecond = 253402300799.0;

Error invalid(const QString &why)
{
    return Error(ErrorCode::Unauthorized, why);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const QByteArray raw = QByteArray::fromRawData(text.data(), text.size());
    const auto decoded = QByteArray::fromBase64Encoding(
        raw, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    // Encoding it again refuses padding and stray bits in the last letter: one token has one text.
    if (!decoded || toBase64Url(decoded.decoded) != text)
        return std::nullopt;
    return decoded.decoded;
}

/// Counts the names of the outermost object, repeated ones too. `json` is valid JSON.
qsizetype countOuterNames(const QByteArray &json)
{
    qsizetype names = 0;
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char letter = json.at(i);
        if (inString) {
            if (letter == '\\')
                ++i;
            else if (letter == '"')
                inString = false;
        } else if (letter == '"') {
            inString = true;
        } else if (letter == '{' || letter == '[') {
            ++depth;
        } else if (letter == '}' || letter == ']') {
            --depth;
        } else if (letter == ':' && depth == 1) {
            ++names;
        }
    }
    return names;
}

/// A part of the token as a JSON object in which no name comes twice: readers differ in which of the two they take.
std::optional<QJsonObject> objectOf(QByteArrayView part)
{
    const auto json = fromBase64Url(part);
    if (!json)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(*json);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    if (countOuterNames(*json) != object.size())
        return std::nullopt;
    return object;
}

std::optional<Timestamp> momentOf(const QJsonValue &seconds)
{
    if (!seconds.isDouble())
        return std::nullopt;
    const double value = seconds.toDouble();
    if (!(value >= 0 && value <= kLastSecond))
        return std::nullopt;
    return fromMilliseconds(qint64(std::floor(value * 1000)));
}

bool headerIsOurs(const QJsonObject &header)
{
    // A critical extension must be understood, and none is (RFC 7515 section 4.1.11).
    if (header.contains("crit"_L1) || header.value("alg"_L1).toString() != "HS256"_L1)
        return false;
    const QJsonValue type = header.value("typ"_L1);
    return type.isUndefined() || type.toString().compare("JWT"_L1, Qt::CaseInsensitive) == 0;
}

Result<TokenClaims> claimsOf(const QJsonObject &object, Timestamp now)
{
    const auto expiresAt = momentOf(object.value("exp"_L1));
    const auto issuedAt = momentOf(object.value("iat"_L1));
    const QJsonValue notBefore = object.value("nbf"_L1);
    const auto role = roleFromName(object.value("role"_L1).toString());
    TokenClaims claims;
    claims.user.id = object.value("sub"_L1).toString();
    claims.user.name = object.value("name"_L1).toString();
    claims.tokenId = object.value("jti"_L1).toString();
    if (!expiresAt || !issuedAt || !role || claims.user.id.isEmpty() || claims.user.name.isEmpty()
        || claims.tokenId.isEmpty())
        return invalid(u"The token lacks a claim."_s);
    if (*expiresAt <= now)
        return invalid(u"The token has expired."_s);
    if (!notBefore.isUndefined()) {
        const auto from = momentOf(notBefore);
        if (!from || *from > now + kLeeway)
            return invalid(u"The token is not valid yet."_s);
    }
    claims.user.role = *role;
    claims.expiresAt = *expiresAt;
    claims.issuedAt = *issuedAt;
    // `iat` has whole seconds, as other readers expect; ours are told apart by the millisecond, for a new token must
    // stand that is issued in the second in which all older ones were revoked.
    const double milliseconds = object.value("iat_ms"_L1).toDouble(-1);
    if (milliseconds >= 0 && milliseconds < 1000)
        claims.issuedAt += std::chrono::milliseconds(int(milliseconds));
    return claims;
}

} // namespace

TokenService::TokenService(QByteArray key, const Clock &clock)
    : m_key(std::move(key))
    , m_clock(clock)
{
    Q_ASSERT(m_key.size() == kKeyBytes);
    ensureSodium();
}

QByteArray TokenService::sign(QByteArrayView signedPart) const
{
    QByteArray signature(qsizetype(crypto_auth_hmacsha256_BYTES), Qt::Uninitialized);
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char *>(signature.data()),
        reinterpret_cast<const unsigned char *>(signedPart.data()), static_cast<unsigned long long>(signedPart.size()),
        reinterpret_cast<const unsigned char *>(m_key.constData()));
    return signature;
}

IssuedToken TokenService::issue(const User &user, std::chrono::seconds lifetime) const
{
    const Timestamp now = m_clock.now();
    const auto issuedAt = std::chrono::floor<std::chrono::seconds>(now);
    // `exp` has whole seconds as well: rounded up, so that the token lives no shorter than was asked.
    const auto expiresAt = std::chrono::ceil<std::chrono::seconds>(now) + lifetime;
    const QByteArray id = toBase64Url(randomBytes(kIdBytes));

    QByteArray payload;
    JsonWriter(payload)
        .beginObject()
        .field("sub", QStringView(user.id))
        .field("name", QStringView(user.name))
        .field("role", QByteArrayView(roleName(user.role)))
        .field("iat", qint64(issuedAt.time_since_epoch().count()))
        .field("iat_ms", qint64((now - issuedAt).count()))
        .field("exp", qint64(expiresAt.time_since_epoch().count()))
        .field("jti", QByteArrayView(id))
        .endObject();
    const QByteArray signedPart = toBase64Url(R"({"alg":"HS256","typ":"JWT"})"_ba) + '.' + toBase64Url(payload);
    const QByteArray token = signedPart + '.' + toBase64Url(sign(signedPart));
    return {QString::fromLatin1(token), QString::fromLatin1(id), now, Timestamp(expiresAt)};
}

Result<TokenClaims> TokenService::verify(QByteArrayView token) const
{
    if (token.isEmpty() || token.size() > kLongestToken)
        return invalid(u"The token has no possible length."_s);
    const qsizetype firstDot = token.indexOf('.');
    const qsizetype lastDot = token.lastIndexOf('.');
    if (firstDot <= 0 || lastDot <= firstDot + 1 || token.sliced(firstDot + 1, lastDot - firstDot - 1).contains('.'))
        return invalid(u"The token has not three parts."_s);
    const auto signature = fromBase64Url(token.sliced(lastDot + 1));
    if (!signature || !equalInConstantTime(*signature, sign(token.first(lastDot))))
        return invalid(u"The token's signature is wrong."_s);

    const auto header = objectOf(token.first(firstDot));
    if (!header || !headerIsOurs(*header))
        return invalid(u"The token's header is not ours."_s);
    const auto payload = objectOf(token.sliced(firstDot + 1, lastDot - firstDot - 1));
    if (!payload)
        return invalid(u"The token's claims are no JSON object."_s);
    auto claims = claimsOf(*payload, m_clock.now());
    if (claims && !stillHolds(*claims))
        return invalid(u"The token is revoked."_s);
    return claims;
}

bool TokenService::stillHolds(const TokenClaims &claims) const
{
    if (claims.expiresAt <= m_clock.now() || m_revoked.contains(claims.tokenId))
        return false;
    const auto validFrom = m_validFrom.constFind(claims.user.id);
    return validFrom == m_validFrom.cend() || claims.issuedAt >= *validFrom;
}

void TokenService::revoke(const QString &tokenId, Timestamp expiresAt)
{
    if (expiresAt <= m_clock.now())
        return;
    m_revoked.insert(tokenId, expiresAt);
    if (m_revoked.size() >= m_sweepAt)
        dropExpiredRevocations();
}

void TokenService::revokeAllOf(const QString &userId, Timestamp moment)
{
    Timestamp &validFrom = m_validFrom[userId];
    validFrom = std::max(validFrom, moment);
}

void TokenService::loadRevocations(const QList<Revocation> &revocations)
{
    for (const Revocation &revocation : revocations)
        revoke(revocation.tokenId, revocation.expiresAt);
}

void TokenService::dropExpiredRevocations()
{
    m_revoked.removeIf([now = m_clock.now()](const auto &revoked) { return revoked.value() <= now; });
    // Doubling keeps the cost of sweeping constant for each revocation.
    m_sweepAt = std::max<qsizetype>(1024, m_revoked.size() * 2);
}

QByteArray TokenService::makeKey()
{
    return randomBytes(kKeyBytes);
}

namespace {

Error keyFileError(const QString &path, const QString &why)
{
    return Error(
        ErrorCode::Internal, u"The token key %1 cannot be used: %2."_s.arg(QDir::toNativeSeparators(path), why));
}

Result<QByteArray> readKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return keyFileError(path, file.errorString());
    const QByteArray key = file.read(TokenService::kKeyBytes + 1);
    if (key.size() != TokenService::kKeyBytes)
        return keyFileError(path, u"it has not %1 bytes"_s.arg(TokenService::kKeyBytes));
    // Whoever can read it can be anyone; a copy or a restored backup may have lost its mode.
    constexpr auto othersMay = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther;
    if ((file.permissions() & othersMay) && !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return keyFileError(path, u"others can read it"_s);
    return key;
}

} // namespace

Result<QByteArray> TokenService::loadOrMakeKey(const QString &path)
{
    if (QFileInfo::exists(path))
        return readKey(path);
    const QByteArray key = makeKey();
    QFile draft(path + u'.' + QString::fromLatin1(randomBytes(8).toHex()));
    if (!draft.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return keyFileError(path, draft.errorString());
    bool written = draft.write(key) == key.size() && draft.flush();
#ifdef Q_OS_UNIX
    written = written && ::fsync(draft.handle()) == 0;
#endif
    draft.close();
    // rename() never replaces: where another process was faster, its key is the key.
    const bool ours = written && draft.rename(path);
    const QString failure = draft.errorString();
    if (!ours)
        draft.remove();
    if (!ours && !(written && QFileInfo::exists(path)))
        return keyFileError(path, failure);
    return readKey(path);
}

} // namespace tertulia
