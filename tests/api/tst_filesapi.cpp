// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apifixture.h"
#include "transport/frontserver.h"

#include <QDirIterator>
#include <QJsonArray>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestFilesApi final : public QObject
{
    Q_OBJECT

private:
    static Answer upload(ApiFixture &server, const QByteArray &token, const QString &name, const QByteArray &bytes,
        const QString &room = u"general"_s)
    {
        const QString path
            = u"/api/rooms/"_s % room % u"/files?name=" % QString::fromLatin1(QUrl::toPercentEncoding(name));
        return server.call("POST", path, token, bytes, {{"Content-Type", "application/octet-stream"}});
    }
    static QString urlOf(const Answer &answer)
    {
        return answer.json().value("file"_L1).toObject().value("url"_L1).toString();
    }
    static int filesOnDisk(const ApiFixture &server)
    {
        int count = 0;
        QDirIterator files(server.core->directory->filesPath(), QDir::Files, QDirIterator::Subdirectories);
        for (; files.hasNext(); ++count)
            files.next();
        return count;
    }

private Q_SLOTS:
    void whatWasSentIsFetched()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        QByteArray bytes(3'000'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i * 7 + i / 251);
        const Answer sent = upload(server, ana, u"../año.bin"_s, bytes);
        QCOMPARE(sent.status, 201);
        const QJsonObject file = sent.json().value("file"_L1).toObject();
        QCOMPARE(file.value("name"_L1).toString(), u"año.bin"_s);
        QCOMPARE(file.value("size"_L1).toInteger(), bytes.size());

        const Answer fetched = server.get(urlOf(sent), ana);
        QCOMPARE(fetched.status, 200);
        QCOMPARE(fetched.body, bytes);
        QCOMPARE(fetched.headers.value("content-disposition"),
            "attachment; filename=\"a_o.bin\"; filename*=UTF-8''a%C3%B1o.bin"_ba);
        QCOMPARE(fetched.headers.value("x-content-type-options"), "nosniff"_ba);
        const Answer list = server.get(u"/api/rooms/general/messages"_s, ana);
        QCOMPARE(list.json().value("messages"_L1).toArray().at(0).toObject().value("file"_L1).toObject(), file);
        QCOMPARE(server.get(urlOf(sent)).status, 401);
    }

    void rangesAndTagsAreHonoured()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QString url = urlOf(upload(server, ana, u"a.txt"_s, "0123456789"));
        const Answer part = server.get(url, ana, {{"Range", "bytes=2-4"}});
        QCOMPARE(part.status, 206);
        QCOMPARE(part.body, "234"_ba);
        QCOMPARE(part.headers.value("content-range"), "bytes 2-4/10"_ba);
        QCOMPARE(server.get(url, ana, {{"Range", "bytes=-3"}}).body, "789"_ba);
        QCOMPARE(server.get(url, ana, {{"Range", "bytes=10-"}}).status, 416);
        QCOMPARE(server.get(url, ana, {{"If-None-Match", part.headers.value("etag")}}).status, 304);
    }

    void onlyPicturesAreShownInPlace()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray png = QByteArray::fromHex("89504e470d0a1a0a0000000d49484452");
        const auto disposition = [&](const QString &name, const QByteArray &bytes) {
            return server.get(urlOf(upload(server, ana, name, bytes)), ana).headers.value("content-disposition");
        };
        QVERIFY(disposition(u"a.png"_s, png).startsWith("inline;"));
        QVERIFY(disposition(u"a.html"_s, "<script>alert(1)</script>").startsWith("attachment;"));
        QVERIFY(disposition(u"b.png"_s, "<html><script>alert(1)</script></html>").startsWith("attachment;"));
    }

    void emptyFilesAreFilesToo()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const Answer sent = upload(server, ana, u"nothing.txt"_s, {});
        QCOMPARE(sent.status, 201);
        const Answer fetched = server.get(urlOf(sent), ana);
        QCOMPARE(fetched.status, 200);
        QVERIFY(fetched.body.isEmpty());
    }

    void refusedUploadsLeaveNothing()
    {
        ApiFixture server({{u"limits.upload_bytes"_s, u"1000"_s}});
        const QByteArray ana = server.token(u"Ana"_s);
        QCOMPARE(server.call("POST", u"/api/rooms/general/files"_s, ana, "x", {{"Content-Type", "text/plain"}}).code(),
            u"invalid_field"_s);
        QCOMPARE(upload(server, ana, u"a"_s, QByteArray(1001, 'x')).status, 413);
        QCOMPARE(upload(server, ana, u"a"_s, "x", u"nowhere"_s).code(), u"no_such_room"_s);
        QCOMPARE(upload(server, {}, u"a"_s, "x").status, 401);
        QCOMPARE(filesOnDisk(server), 0);
        QCOMPARE(upload(server, ana, u"a"_s, QByteArray(1000, 'x')).status, 201);
    }

    void brokenOffUploadLeavesNothing()
    {
        ApiFixture server;
        QTcpSocket client;
        client.connectToHost(u"127.0.0.1"_s, server.core->port());
        client.write("POST /api/rooms/general/files?name=a HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + server.token(u"Ana"_s) + "\r\nContent-Length: 100000\r\n\r\n" + QByteArray(50000, 'x'));
        QTRY_VERIFY(server.core->front->counters().bytesIn > 50000);
        client.abort();
        QTRY_COMPARE(server.core->front->counters().sockets, 0);
        // The same bytes again: what was begun must not stand in their way.
        QCOMPARE(upload(server, server.token(u"Ana"_s), u"a"_s, QByteArray(50000, 'x')).status, 201);
        QCOMPARE(filesOnDisk(server), 1);
    }

    void bytesGoWithTheLastMessageThatNamesThem()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        const QByteArray body = R"({"name":"den"})";
        QCOMPARE(server.call("POST", u"/api/rooms"_s, ana, body).status, 201);
        const QString first = urlOf(upload(server, ana, u"a.txt"_s, "same bytes"));
        const QString second = urlOf(upload(server, ana, u"b.txt"_s, "same bytes", u"den"_s));
        QVERIFY(first != second);
        QCOMPARE(filesOnDisk(server), 1);

        PublishRequest remove;
        remove.kind = EntryKind::Delete;
        remove.room = u"general"_s;
        remove.target = 1;
        Principal author;
        author.user = {u"id-Ana"_s, u"Ana"_s, Role::Member};
        bool isRemoved = false;
        server.core->hub->publish(
            author, remove, server.core.get(), [&isRemoved](const Result<Appended> &done) { isRemoved = done.isOk(); });
        QTRY_VERIFY(isRemoved);
        QTRY_COMPARE(server.get(first, ana).status, 404);
        QCOMPARE(server.get(second, ana).body, "same bytes"_ba);
        QCOMPARE(server.call("DELETE", u"/api/rooms/den"_s, ana).status, 204);
        QTRY_COMPARE(filesOnDisk(server), 0);
    }

    void privateRoomsKeepTheirFiles()
    {
        ApiFixture server;
        const QByteArray ana = server.token(u"Ana"_s);
        QCOMPARE(server.call("POST", u"/api/rooms"_s, ana, R"({"name":"den","private":true})").status, 201);
        const QString url = urlOf(upload(server, ana, u"a.txt"_s, "secret", u"den"_s));
        QCOMPARE(server.get(url, ana).status, 200);
        QCOMPARE(server.get(url, server.token(u"Luis"_s)).code(), u"not_found"_s);
    }
};

QTEST_GUILESS_MAIN(TestFilesApi)
#include "tst_filesapi.moc"
