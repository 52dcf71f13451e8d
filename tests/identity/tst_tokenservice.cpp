// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/secrets.h"
#include "identity/tokenservice.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kKey(32, 'k');
const User kAna {u"u1"_s, u"Ana María"_s, Role::Member};

QByteArray hmac(const QByteArray &text, const QByteArray &key = kKey,
    QCryptographicHash::Algorithm method = QCryptographicHash::Sha256)
{
    return QMessageAuthenticationCode::hash(text, key, method);
}

/// A token as another program would make it, signed with our key by Qt's HMAC.
QByteArray made(const QByteArray &header, const QByteArray &payload)
{
    const QByteArray text = toBase64Url(header) + '.' + toBase64Url(payload);
    return text + '.' + toBase64Url(hmac(text));
}

const auto kHeader = R"({"alg":"HS256","typ":"JWT"})"_ba;
const Timestamp kNow = fromMilliseconds(1795253400500);
const auto kPayload = R"({"sub":"u1","name":"Ana","role":"member","iat":1795253400,"exp":1795257000,"jti":"j1"})"_ba;

QByteArray payloadWith(const QByteArray &before, const QByteArray &after)
{
    return QByteArray(kPayload).replace(before, after);
}

} // namespace

class TestTokenService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void issuedTokenIsVerified();
    void tokenCarriesTheClaimsOfTheContract();
    void tokenOfAnotherProgramIsVerified();
    void badTokenIsRefused_data();
    void badTokenIsRefused();
    void everyChangedLetterIsRefused();
    void tokenEndsAtItsExpiry();
    void notBeforeHasAMinuteOfLeeway();
    void revokedTokenIsRefused();
    void revocationsAreForgottenOnceExpired();
    void loadedRevocationsHold();
    void revokingAllSparesWhatIsIssuedAfter();
    void keyIsMadeOnceAndPrivately();
    void keyOfWrongSizeIsAnError();
    void keyInMissingFolderIsAnError();
    void keyThatOthersReadIsClosed();

private:
    FakeClock m_clock;
};

void TestTokenService::initTestCase()
{
    m_clock.jump(kNow - m_clock.now());
}

void TestTokenService::issuedTokenIsVerified()
{
    const TokenService service(kKey, m_clock);
    const IssuedToken issued = service.issue(kAna, 1h);
    const auto claims = service.verify(issued.token.toLatin1());
    QVERIFY(claims.isOk());
    QCOMPARE(claims->user, kAna);
    QCOMPARE(claims->tokenId, issued.id);
    QVERIFY(claims->expiresAt == issued.expiresAt);
    QVERIFY(claims->issuedAt == m_clock.now());
    QCOMPARE(issued.issuedAt, claims->issuedAt);
    QVERIFY(service.issue(kAna, 1h).id != issued.id);
}

void TestTokenService::tokenCarriesTheClaimsOfTheContract()
{
    const TokenService service(kKey, m_clock);
    const QList<QByteArray> parts = service.issue(kAna, 1h).token.toLatin1().split('.');
    QCOMPARE(parts.size(), 3);
    QCOMPARE(QByteArray::fromBase64(parts.at(0), QByteArray::Base64UrlEncoding), kHeader);
    QCOMPARE(QByteArray::fromBase64(parts.at(2), QByteArray::Base64UrlEncoding), hmac(parts.at(0) + '.' + parts.at(1)));
    const QJsonObject claims
        = QJsonDocument::fromJson(QByteArray::fromBase64(parts.at(1), QByteArray::Base64UrlEncoding)).object();
    QCOMPARE(claims.value("sub"_L1).toString(), kAna.id);
    QCOMPARE(claims.value("name"_L1).toString(), kAna.name);
    QCOMPARE(claims.value("role"_L1).toString(), u"member"_s);
    QCOMPARE(claims.value("iat"_L1).toInteger(), 1795253400);
    QCOMPARE(claims.value("exp"_L1).toInteger(), 1795253401 + 3600);
    QVERIFY(!claims.value("jti"_L1).toString().isEmpty());
}

void TestTokenService::tokenOfAnotherProgramIsVerified()
{
    const TokenService service(kKey, m_clock);
    QVERIFY(service.verify(made(kHeader, kPayload)).isOk());
    QVERIFY(service.verify(made(R"({ "typ" : "jwt", "kid":"../../dev/null", "alg" : "HS256" })"_ba, kPayload)).isOk());
    QVERIFY(service.verify(made(R"({"alg":"HS256"})"_ba, payloadWith("\"jti\"", "\"other\":{\"sub\":\"u2\"},\"jti\"")))
                .isOk());
}

void TestTokenService::badTokenIsRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray good = made(kHeader, kPayload);
    const QByteArray signedPart = good.first(good.lastIndexOf('.'));
    const auto row = [](const char *name, const QByteArray &token) { QTest::newRow(name) << token; };
    const auto algorithm
        = [&](const char *name) { row(name, made("{\"alg\":\""_ba + name + "\",\"typ\":\"JWT\"}", kPayload)); };
    row("empty", {});
    row("no dots", "abc"_ba);
    row("dots alone", ".."_ba);
    row("two parts", signedPart);
    row("four parts", good + ".x");
    row("five parts, encrypted", good + "..");
    row("huge", made(kHeader, payloadWith("Ana", QByteArray(5000, 'a'))));
    row("binary", QByteArray("\xff\x00.\x01.\x02", 6));
    row("empty signature", signedPart + '.');
    row("short signature", good.chopped(4));
    row("padded signature", good + '=');
    row("signature in the other alphabet", signedPart + '.' + hmac(signedPart).toBase64());
    row("signature in hex", signedPart + '.' + hmac(signedPart).toHex());
    row("other key", signedPart + '.' + toBase64Url(hmac(signedPart, QByteArray(32, 'x'))));
    row("empty key", signedPart + '.' + toBase64Url(hmac(signedPart, {})));
    row("really HS384", signedPart + '.' + toBase64Url(hmac(signedPart, kKey, QCryptographicHash::Sha384)));
    row("space before", ' ' + good);
    row("space after", good + ' ');
    row("line feed after", good + '\n');
    row("quoted", '"' + good + '"');
    row("payload with padding", [&]() -> QByteArray {
        const QByteArray text = toBase64Url(kHeader) + '.' + toBase64Url(kPayload) + '=';
        return text + '.' + toBase64Url(hmac(text));
    }());
    for (const char *name :
        {"none", "None", "NONE", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "HS256 ", ""})
        algorithm(name);
    row("none, unsigned", toBase64Url(R"({"alg":"none"})"_ba) + '.' + toBase64Url(kPayload) + '.');
    row("no alg", made(R"({"typ":"JWT"})"_ba, kPayload));
    row("alg of a list", made(R"({"alg":["HS256"]})"_ba, kPayload));
    row("alg twice", made(R"({"alg":"none","alg":"HS256"})"_ba, kPayload));
    row("alg twice, escaped", made(R"({"alg":"none","\u0061lg":"HS256"})"_ba, kPayload));
    row("crit", made(R"({"alg":"HS256","crit":["exp"]})"_ba, kPayload));
    row("empty crit", made(R"({"alg":"HS256","crit":[]})"_ba, kPayload));
    row("other type", made(R"({"alg":"HS256","typ":"at+jwt"})"_ba, kPayload));
    row("header no object", made("[]"_ba, kPayload));
    row("header no JSON", made("HS256"_ba, kPayload));
    row("payload no JSON", made(kHeader, "{"_ba));
    row("payload a list", made(kHeader, "[" + kPayload + "]"));
    row("payload twice", made(kHeader, kPayload + kPayload));
    row("sub twice", made(kHeader, payloadWith("\"role\"", "\"sub\":\"u2\",\"role\"")));
    row("role twice", made(kHeader, payloadWith("\"iat\"", "\"role\":\"admin\",\"iat\"")));
    row("no sub", made(kHeader, payloadWith("\"sub\":\"u1\",", "")));
    row("empty sub", made(kHeader, payloadWith("\"u1\"", "\"\"")));
    row("sub a number", made(kHeader, payloadWith("\"u1\"", "1")));
    row("no name", made(kHeader, payloadWith("\"name\":\"Ana\",", "")));
    row("no role", made(kHeader, payloadWith("\"role\":\"member\",", "")));
    row("unknown role", made(kHeader, payloadWith("member", "root")));
    row("role in capitals", made(kHeader, payloadWith("member", "ADMIN")));
    row("no iat", made(kHeader, payloadWith("\"iat\":1795253400,", "")));
    row("no jti", made(kHeader, payloadWith(",\"jti\":\"j1\"", "")));
    row("no exp", made(kHeader, payloadWith("\"exp\":1795257000,", "")));
    for (const char *value :
        {"1795253400", "0", "-1", "null", "true", "\"1795257000\"", "1e300", "-1e300", "99999999999999", "{}"})
        QTest::addRow("exp %s", value) << made(kHeader, payloadWith("1795257000", value));
    for (const char *value : {"1795253462", "null", "\"0\"", "1e300", "-5"})
        QTest::addRow("nbf %s", value) << made(kHeader, payloadWith("\"jti\"", "\"nbf\":"_ba + value + ",\"jti\""));
}

void TestTokenService::badTokenIsRefused()
{
    QFETCH(const QByteArray, token);
    const TokenService service(kKey, m_clock);
    const auto claims = service.verify(token);
    QVERIFY(!claims.isOk());
    QCOMPARE(claims.error().code, ErrorCode::Unauthorized);
}

void TestTokenService::everyChangedLetterIsRefused()
{
    const TokenService service(kKey, m_clock);
    const QByteArray good = service.issue(kAna, 1h).token.toLatin1();
    for (qsizetype i = 0; i < good.size(); ++i) {
        for (const char letter : {'A', 'B', '-', '.', '='}) {
            QByteArray changed = good;
            changed[i] = letter;
            QVERIFY2(changed == good || !service.verify(changed).isOk(), changed.constData());
        }
    }
}

void TestTokenService::tokenEndsAtItsExpiry()
{
    FakeClock clock;
    const TokenService service(kKey, clock);
    const IssuedToken issued = service.issue(kAna, 10s);
    clock.advance(issued.expiresAt - clock.now() - 1ms);
    const auto claims = service.verify(issued.token.toLatin1());
    QVERIFY(claims.isOk());
    clock.advance(1ms);
    QVERIFY(!service.verify(issued.token.toLatin1()).isOk());
    QVERIFY(!service.stillHolds(*claims));
}

void TestTokenService::notBeforeHasAMinuteOfLeeway()
{
    const TokenService service(kKey, m_clock);
    QVERIFY(service.verify(made(kHeader, payloadWith("\"jti\"", "\"nbf\":1795253460,\"jti\""))).isOk());
}

void TestTokenService::revokedTokenIsRefused()
{
    TokenService service(kKey, m_clock);
    const IssuedToken first = service.issue(kAna, 1h);
    const IssuedToken second = service.issue(kAna, 1h);
    const auto claims = service.verify(first.token.toLatin1());
    service.revoke(first.id, first.expiresAt);
    QVERIFY(!service.verify(first.token.toLatin1()).isOk());
    QVERIFY(!service.stillHolds(*claims));
    QVERIFY(service.verify(second.token.toLatin1()).isOk());
}

void TestTokenService::revocationsAreForgottenOnceExpired()
{
    FakeClock clock;
    TokenService service(kKey, clock);
    const IssuedToken lasting = service.issue(kAna, 24h);
    service.revoke(lasting.id, lasting.expiresAt);
    for (int i = 0; i < 3000; ++i) {
        service.revoke(QString::number(i), clock.now() + 1s);
        clock.advance(10ms);
    }
    QVERIFY(!service.verify(lasting.token.toLatin1()).isOk());
}

void TestTokenService::loadedRevocationsHold()
{
    TokenService service(kKey, m_clock);
    const IssuedToken issued = service.issue(kAna, 1h);
    service.loadRevocations({{issued.id, issued.expiresAt}, {u"old"_s, m_clock.now() - 1h}});
    QVERIFY(!service.verify(issued.token.toLatin1()).isOk());
}

void TestTokenService::revokingAllSparesWhatIsIssuedAfter()
{
    FakeClock clock;
    TokenService service(kKey, clock);
    const IssuedToken before = service.issue(kAna, 1h);
    const IssuedToken other = service.issue({u"u2"_s, u"Bo"_s, Role::Admin}, 1h);
    clock.advance(1ms);
    service.revokeAllOf(kAna.id, clock.now());
    service.revokeAllOf(kAna.id, clock.now() - 1h); // an older moment brings nothing back
    const IssuedToken after = service.issue(kAna, 1h);
    QVERIFY(!service.verify(before.token.toLatin1()).isOk());
    QVERIFY(service.verify(after.token.toLatin1()).isOk());
    QVERIFY(service.verify(other.token.toLatin1()).isOk());
}

void TestTokenService::keyIsMadeOnceAndPrivately()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"token.key"_s);
    const auto first = TokenService::loadOrMakeKey(path);
    QVERIFY(first.isOk());
    QCOMPARE(first->size(), 32);
    const auto second = TokenService::loadOrMakeKey(path);
    QVERIFY(second.isOk());
    QCOMPARE(*second, *first);
    QCOMPARE(int(QFile::permissions(path)) & 0x0077, 0); // nobody but the owner
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestTokenService::keyOfWrongSizeIsAnError()
{
    const QTemporaryDir directory;
    for (const int size : {0, 31, 33, 100000}) {
        const QString path = directory.filePath(QString::number(size));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(size, 'x'));
        file.close();
        const auto key = TokenService::loadOrMakeKey(path);
        QVERIFY(!key.isOk());
        QVERIFY(key.error().detail.contains(path));
        QCOMPARE(QFile(path).size(), size);
    }
}

void TestTokenService::keyInMissingFolderIsAnError()
{
    const QTemporaryDir directory;
    QVERIFY(!TokenService::loadOrMakeKey(directory.filePath(u"missing/token.key"_s)).isOk());
    QVERIFY(!TokenService::loadOrMakeKey(directory.path()).isOk());
}

void TestTokenService::keyThatOthersReadIsClosed()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"token.key"_s);
    QVERIFY(TokenService::loadOrMakeKey(path).isOk());
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
    QVERIFY(TokenService::loadOrMakeKey(path).isOk());
    QVERIFY(!(QFile::permissions(path) & QFileDevice::ReadOther));
}

QTEST_GUILESS_MAIN(TestTokenService)
#include "tst_tokenservice.moc"
