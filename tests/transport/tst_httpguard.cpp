// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpguard.h"

#include <QTest>

namespace {

using namespace tertulia;

struct Outcome {
    int status = 0; ///< 0 = passed, -1 = wants more
    QByteArray rest;
    RequestHead head;
};

Outcome feed(const QByteArray &bytes, qsizetype step)
{
    HttpGuard guard;
    QByteArrayView rest = bytes;
    while (!rest.isEmpty()) {
        QByteArrayView piece = rest.first(std::min(step, rest.size()));
        const qsizetype size = piece.size();
        const HttpGuard::State state = guard.feed(piece, {});
        rest = rest.sliced(size - piece.size());
        if (state == HttpGuard::State::Refused)
            return {httpStatus(guard.error().code), {}, {}};
        if (state == HttpGuard::State::Complete)
            return {0, rest.toByteArray(), guard.head()};
    }
    return {-1, {}, {}};
}

} // namespace

class HttpGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void passes_data();
    void passes();
    void splitsTheTarget();
    void pathsThatDeceiveAreRefused_data();
    void pathsThatDeceiveAreRefused();
    void findsCookiesTokensAndItems();
    void handshakeHidesSecrets();
};

void HttpGuardTest::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status = 400) {
        QTest::newRow(name) << request << status;
    };
    const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
    row("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n");
    row("two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n");
    row("list of lengths", post + "Content-Length: 5, 5\r\n\r\n");
    row("negative length", post + "Content-Length: -5\r\n\r\n");
    row("length with a plus", post + "Content-Length: +5\r\n\r\n");
    row("hexadecimal length", post + "Content-Length: 0x5\r\n\r\n");
    row("length with a letter", post + "Content-Length: 5a\r\n\r\n");
    row("empty length", post + "Content-Length:\r\n\r\n");
    row("length with a space inside", post + "Content-Length: 5 5\r\n\r\n");
    row("length past 64 bits", post + "Content-Length: 18446744073709551615\r\n\r\n");
    row("length and chunks", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("chunks and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n");
    row("chunks", post + "Transfer-Encoding: chunked\r\n\r\n", 411);
    row("unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n");
    row("two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n");
    row("coding twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n");
    row("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("coding behind a tab", post + "Transfer-Encoding\t: chunked\r\n\r\n");
    row("space before the colon", post + "Content-Length : 5\r\n\r\n");
    row("space before the name", post + " Content-Length: 5\r\n\r\n");
    row("folded line", post + "X: a\r\n b\r\n\r\n");
    row("line without a colon", post + "nonsense\r\n\r\n");
    row("empty name", post + ": x\r\n\r\n");
    row("NUL in a value", post + QByteArray("X: a\0b\r\n\r\n", 10));
    row("NUL in a name", post + QByteArray("X\0: a\r\n\r\n", 9));
    row("bare LF after a field", post + "X: a\n\r\n");
    row("bare LF head", "GET / HTTP/1.1\nHost: a\n\n");
    row("bare CR in a value", post + "X: a\rContent-Length: 5\r\n\r\n");
    row("no Host", "GET / HTTP/1.1\r\n\r\n");
    row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    row("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n");
    row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
    row("Host with a bad port", "GET / HTTP/1.1\r\nHost: a:99x\r\n\r\n");
    row("Host with two values", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
    row("target and Host differ", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
    row("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("tab in the request line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n");
    row("space at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n");
    row("no version", "GET /\r\nHost: a\r\n\r\n");
    row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
    row("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n");
    row("HTTPxAyB", "GET / HTTPxAyB\r\nHost: a\r\n\r\n");
    row("lower case version", "GET / http/1.1\r\nHost: a\r\n\r\n");
    row("method with a colon", "G:T / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("control in the target", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n");
    row("eight bits in the target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n");
    row("fragment in the target", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n");
    row("target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n");
    row("TLS to a plain port", "\x16\x03\x01\x02");
    row("two empty lines", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("upgrade to something", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n");
    const QByteArray upgrade = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n";
    const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    row("upgrade without Connection", upgrade + key + "Sec-WebSocket-Version: 13\r\n\r\n");
    row("upgrade without a key", upgrade + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n");
    row("upgrade with a short key",
        upgrade + "Connection: Upgrade\r\nSec-WebSocket-Key: YQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    row("upgrade of version 8", upgrade + key + "Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n");
    row("upgrade with a body",
        upgrade + key + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nContent-Length: 3\r\n\r\n");
    row("endless line", QByteArray(20000, 'a'), 431);
    row("head of 17 KiB", post + "X: " + QByteArray(17 * 1024, 'x') + "\r\n\r\n", 431);
    QByteArray many = post;
    for (int i = 0; i < 64; ++i)
        many += "X: y\r\n";
    row("65 fields", many + "\r\n", 431);
}

void HttpGuardTest::refuses()
{
    QFETCH(const QByteArray, request);
    QFETCH(const int, status);
    QCOMPARE(feed(request, request.size()).status, status);
    QCOMPARE(feed(request, 1).status, status);
}

void HttpGuardTest::passes_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<qint64>("length");
    const auto row = [](const char *name, const QByteArray &request, qint64 length = 0) {
        QTest::newRow(name) << request << length;
    };
    row("plain", "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n");
    row("IPv6 Host", "GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n");
    row("one empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("with a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:  5 \r\n\r\n", 5);
    row("absolute form", "GET http://a/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
    row("star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    row("offer of HTTP/2",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
        "AA\r\n\r\n");
    row("handshake",
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
}

void HttpGuardTest::passes()
{
    QFETCH(const QByteArray, request);
    QFETCH(const qint64, length);
    for (const qsizetype step : {request.size() + 4, qsizetype(1)}) {
        const Outcome outcome = feed(request + "REST", step);
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.rest, "REST");
        QCOMPARE(outcome.head.contentLength, length);
    }
}

void HttpGuardTest::splitsTheTarget()
{
    const Outcome outcome
        = feed("GET /api/rooms/caf%C3%A9%20x/messages?limit=5&q=a+b%2Bc HTTP/1.1\r\nHost: a\r\n\r\n", 9);
    QCOMPARE(outcome.head.segments,
        (QStringList {QStringLiteral("api"), QStringLiteral("rooms"), QString::fromUtf8("caf\xc3\xa9 x"),
            QStringLiteral("messages")}));
    QCOMPARE(outcome.head.path, QString::fromUtf8("/api/rooms/caf\xc3\xa9 x/messages"));
    QCOMPARE(outcome.head.queryItem("q"), QStringLiteral("a b+c"));
    QCOMPARE(outcome.head.queryItem("limit"), QStringLiteral("5"));
    QVERIFY(outcome.head.queryItem("before").isNull());
}

void HttpGuardTest::pathsThatDeceiveAreRefused_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path :
        {"/a/../b", "/..", "/%2e%2e/x", "/a/%2E/b", "/a%2fb", "/a%00", "/%zz", "/%4", "/%ff", "/%c0%ae", "/%ed%a0%80"})
        QTest::newRow(path) << QByteArray(path);
}

void HttpGuardTest::pathsThatDeceiveAreRefused()
{
    QFETCH(const QByteArray, path);
    QCOMPARE(feed("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", 1000).status, 400);
}

void HttpGuardTest::findsCookiesTokensAndItems()
{
    const Outcome outcome = feed("GET /?token= HTTP/1.1\r\nHost: a\r\nCookie: x=1; session=T; y=2\r\n"
                                 "AUTHORIZATION: bearer  abc\r\nConnection: Close\r\n\r\n",
        1000);
    QCOMPARE(outcome.head.cookie("session"), "T");
    QVERIFY(outcome.head.cookie("absent").isNull());
    QCOMPARE(outcome.head.bearerToken(), "abc");
    QVERIFY(outcome.head.hasQueryItem("token"));
    QVERIFY(!outcome.head.keepsAlive());
}

void HttpGuardTest::handshakeHidesSecrets()
{
    const Outcome outcome = feed("GET /ws?token=SECRET&room=a&%74icket=SECRET&join_code=SECRET HTTP/1.1\r\nHost: a\r\n"
                                 "Cookie: session=SECRET; theme=dark\r\nAuthorization: Bearer SECRET\r\n\r\n",
        1000);
    const Handshake shown = outcome.head.handshake();
    QCOMPARE(shown.query, "token=***&room=a&%74icket=***&join_code=***");
    QCOMPARE(shown.cookieNames, (QList<QByteArray> {"session", "theme"}));
    for (const auto &field : shown.headers)
        QVERIFY2(!field.second.contains("SECRET"), field.first.constData());
}

QTEST_GUILESS_MAIN(HttpGuardTest)
#include "tst_httpguard.moc"
