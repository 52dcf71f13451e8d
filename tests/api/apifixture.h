// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hostcore.h"
#include "settings/settings.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

namespace tertulia {

/// What came back of one call.
struct Answer {
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QString code() const { return json().value(QLatin1StringView("code")).toString(); }
};

/// A whole server over a temporary directory, on a port of its own, and a client for it.
class ApiFixture
{
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    /// Settings by the names that they have in the file.
    explicit ApiFixture(const QList<std::pair<QString, QString>> &overrides = {})
    {
        using namespace Qt::StringLiterals;
        const auto set = [this](const QString &key, const QString &text) {
            if (!settings.setForThisRun(key, text))
                qFatal("%s is no setting", qPrintable(key));
        };
        set(u"server.host"_s, u"127.0.0.1"_s);
        set(u"server.port"_s, u"0"_s);
        for (const auto &[key, text] : overrides)
            set(key, text);
        auto foundation = HostCore::lay(folder.path());
        if (!foundation)
            qFatal("%s", qPrintable(foundation.error().detail));
        core = std::move(*HostCore::make(std::move(*foundation), settings.values()));
        bool isLoaded = false;
        core->load([&isLoaded](const Result<void> &done) { isLoaded = done.isOk(); });
        if (!QTest::qWaitFor([&isLoaded] { return isLoaded; }) || !core->listen())
            qFatal("The server did not start.");
    }

    ~ApiFixture()
    {
        bool isClosed = false;
        core->closeClients([&isClosed] { isClosed = true; });
        (void)QTest::qWaitFor([&isClosed] { return isClosed; });
    }

    [[nodiscard]] QByteArray token(const QString &name, Role role = Role::Member)
    {
        return core->tokens.issue({u"id-" + name, name, role}, std::chrono::hours(1)).token.toLatin1();
    }
    [[nodiscard]] QByteArray admin() { return token(QStringLiteral("Host"), Role::Admin); }

    Answer call(const QByteArray &method, const QString &path, const QByteArray &token = {},
        const QByteArray &body = {}, const Headers &headers = {})
    {
        QNetworkRequest request = requestTo(path, token, headers);
        if (!body.isEmpty() && !request.hasRawHeader("Content-Type"))
            request.setRawHeader("Content-Type", "application/json");
        // As a custom method, HEAD would make the client wait for a body.
        const std::unique_ptr<QNetworkReply> reply(
            method == "HEAD" ? network.head(request) : network.sendCustomRequest(request, method, body));
        return await(*reply);
    }
    Answer get(const QString &path, const QByteArray &token = {}, const Headers &headers = {})
    {
        return call("GET", path, token, {}, headers);
    }

    [[nodiscard]] QNetworkRequest requestTo(
        const QString &path, const QByteArray &token, const Headers &headers = {}) const
    {
        QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(core->port()).arg(path)));
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return request;
    }

    static Answer await(QNetworkReply &reply)
    {
        // A loop of its own: qWaitFor() sleeps between two turns, and the server runs in this thread.
        QEventLoop loop;
        QObject::connect(&reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(std::chrono::seconds(10), &loop, &QEventLoop::quit);
        if (!reply.isFinished())
            loop.exec();
        Answer answer;
        answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const auto pairs = reply.rawHeaderPairs();
        for (const auto &[name, value] : pairs)
            answer.headers.insert(name.toLower(), value);
        answer.body = reply.readAll();
        return answer;
    }

    QTemporaryDir folder;
    Settings settings;
    std::unique_ptr<HostCore> core;
    QNetworkAccessManager network;
};

/// An event stream as it comes over the wire, chunks taken apart.
class StreamReader
{
public:
    StreamReader(
        const ApiFixture &fixture, const QByteArray &target, const QByteArray &token, const QByteArray &fields = {})
    {
        socket.connectToHost(QStringLiteral("127.0.0.1"), fixture.core->port());
        socket.write("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") + fields + "\r\n");
    }

    /// Waits until `text` was received, and takes all up to its end away.
    bool waitFor(const QByteArray &text)
    {
        const bool came = QTest::qWaitFor([&] {
            received.append(socket.readAll());
            return received.contains(text);
        });
        if (came)
            taken = received.first(received.indexOf(text) + text.size());
        received.remove(0, taken.size());
        return came;
    }
    bool waitForEnd()
    {
        return QTest::qWaitFor([this] {
            received.append(socket.readAll());
            return received.endsWith("0\r\n\r\n") || socket.state() == QAbstractSocket::UnconnectedState;
        });
    }

    QTcpSocket socket;
    QByteArray received;
    QByteArray taken; ///< by the last waitFor()
};

} // namespace tertulia
