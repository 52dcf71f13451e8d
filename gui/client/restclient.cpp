// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/restclient.h"

#include "client/trust.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QSaveFile>
#include <QUrlQuery>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTimeoutMs = 30'000;
constexpr int kPageSize = 50;

RestError errorOf(QNetworkReply *reply, const QByteArray &body)
{
    RestError error;
    error.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->error() == QNetworkReply::NoError)
        return error;
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    error.code = problem["code"_L1].toString();
    error.detail = problem["detail"_L1].toString(reply->errorString());
    if (error.detail.isEmpty())
        error.detail = reply->errorString();
    return error;
}

QJsonObject objectOf(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

QString percentEncoded(const QString &segment)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(segment));
}

} // namespace

Transfer::Transfer(QNetworkReply *reply, QObject *parent)
    : QObject(parent)
    , m_reply(reply)
{
    connect(reply, &QNetworkReply::uploadProgress, this, &Transfer::progressed);
    connect(reply, &QNetworkReply::downloadProgress, this, &Transfer::progressed);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        QString trouble;
        if (reply->error() != QNetworkReply::NoError) {
            const RestError error = errorOf(reply, reply->isOpen() ? reply->readAll() : QByteArray());
            trouble = error.code.isEmpty() ? error.detail : error.code;
        }
        Q_EMIT finished(trouble);
        deleteLater();
    });
}

void Transfer::cancel()
{
    if (m_reply)
        m_reply->abort();
}

RestClient::RestClient(QObject *parent)
    : QObject(parent)
{
    m_network.setTransferTimeout(kTimeoutMs);
}

QNetworkRequest RestClient::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    // Another host must never see the token, and a server of ours redirects nowhere.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (!m_address.token.isEmpty())
        request.setRawHeader("Authorization"_ba, "Bearer " + m_address.token.toLatin1());
    return request;
}

QUrl RestClient::roomUrl(const QString &room, const QString &what) const
{
    QUrl url = m_address.httpUrl({});
    url.setPath("/api/rooms/"_L1 % percentEncoded(room) % what, QUrl::StrictMode);
    return url;
}

QUrl RestClient::fileUrl(const FileInfo &file) const
{
    // Put together from the id: what a message claims to be a file's address is never followed.
    QUrl url = m_address.httpUrl({});
    url.setPath("/files/"_L1 % percentEncoded(file.id) % u'/' % percentEncoded(file.name), QUrl::StrictMode);
    return url;
}

void RestClient::handle(QNetworkReply *reply, QObject *context, ReplyHandler handler)
{
    trustFingerprint(reply, m_address.fingerprint);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    connect(reply, &QNetworkReply::finished, context, [reply, handler = std::move(handler)] {
        const QByteArray body = reply->isOpen() ? reply->readAll() : QByteArray();
        handler(body, errorOf(reply, body));
    });
}

void RestClient::openSession(
    const QString &path, const QJsonObject &body, QObject *context, const Answer<Session> &answer)
{
    QNetworkRequest post = request(m_address.httpUrl(path));
    post.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    handle(m_network.post(post, QJsonDocument(body).toJson(QJsonDocument::Compact)), context,
        [answer](const QByteArray &bytes, const RestError &error) {
            const QJsonObject object = objectOf(bytes);
            const auto user = readUser(object["user"_L1].toObject());
            const QString token = object["token"_L1].toString();
            if (error.status == 201 && user && !token.isEmpty())
                answer(Session {*user, token}, error);
            else
                answer(std::nullopt, error);
        });
}

void RestClient::signIn(const QString &name, const QString &password, QObject *context, Answer<Session> answer)
{
    QJsonObject body {{u"name"_s, name}};
    if (!password.isEmpty())
        body.insert("password"_L1, password);
    if (!m_address.joinCode.isEmpty())
        body.insert("join_code"_L1, m_address.joinCode);
    openSession(u"/api/session"_s, body, context, answer);
}

void RestClient::createAccount(const QString &name, const QString &password, QObject *context, Answer<Session> answer)
{
    openSession(u"/api/users"_s, {{u"name"_s, name}, {u"password"_s, password}}, context, answer);
}

void RestClient::fetchRooms(QObject *context, Answer<QList<RoomInfo>> answer)
{
    handle(m_network.get(request(m_address.httpUrl(u"/api/rooms"_s))), context,
        [answer = std::move(answer)](const QByteArray &bytes, const RestError &error) {
            if (error.status != 200)
                return answer(std::nullopt, error);
            QList<RoomInfo> rooms;
            const QJsonArray array = objectOf(bytes)["rooms"_L1].toArray();
            for (const QJsonValue &value : array) {
                if (const auto room = readRoom(value.toObject()))
                    rooms.append(*room);
            }
            answer(rooms, error);
        });
}

void RestClient::fetchMembers(const QString &room, QObject *context, Answer<QList<Member>> answer)
{
    handle(m_network.get(request(roomUrl(room, u"/members"_s))), context,
        [answer = std::move(answer)](const QByteArray &bytes, const RestError &error) {
            if (error.status != 200)
                return answer(std::nullopt, error);
            QList<Member> members;
            const QJsonArray array = objectOf(bytes)["members"_L1].toArray();
            for (const QJsonValue &value : array) {
                if (const auto member = readMember(value.toObject()))
                    members.append(*member);
            }
            answer(members, error);
        });
}

void RestClient::fetchPage(const QUrl &url, QObject *context, const Answer<HistoryPage> &answer)
{
    handle(m_network.get(request(url)), context, [answer](const QByteArray &bytes, const RestError &error) {
        if (error.status != 200)
            return answer(std::nullopt, error);
        const QJsonObject object = objectOf(bytes);
        HistoryPage page;
        page.hasMore = object["has_more"_L1].toBool(false);
        const QJsonArray array = object["messages"_L1].toArray();
        for (const QJsonValue &value : array) {
            if (const auto message = readMessage(value.toObject()))
                page.messages.append(*message);
        }
        answer(page, error);
    });
}

void RestClient::fetchHistory(const QString &room, EntryId before, QObject *context, Answer<HistoryPage> answer)
{
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(kPageSize));
    if (before != 0)
        query.addQueryItem(u"before"_s, QString::number(before));
    QUrl url = roomUrl(room, u"/messages"_s);
    url.setQuery(query);
    fetchPage(url, context, answer);
}

void RestClient::search(const QString &room, const QString &text, QObject *context, Answer<HistoryPage> answer)
{
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(kPageSize));
    query.addQueryItem(u"q"_s, percentEncoded(text));
    QUrl url = roomUrl(room, u"/messages"_s);
    url.setQuery(query);
    fetchPage(url, context, answer);
}

void RestClient::fetchBytes(const FileInfo &file, qint64 mostBytes, QObject *context, Answer<QByteArray> answer)
{
    QNetworkReply *reply = m_network.get(request(fileUrl(file)));
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply, mostBytes](qint64 received, qint64 total) {
        if (received > mostBytes || total > mostBytes)
            reply->abort();
    });
    handle(reply, context, [answer = std::move(answer)](const QByteArray &bytes, const RestError &error) {
        if (error.status == 200 && error.detail.isEmpty())
            answer(bytes, error);
        else
            answer(std::nullopt, error);
    });
}

Transfer *RestClient::upload(const QString &room, const QString &path)
{
    auto *file = new QFile(path);
    if (!file->open(QIODevice::ReadOnly)) {
        delete file;
        return nullptr;
    }
    QUrl url = roomUrl(room, u"/files"_s);
    QUrlQuery query;
    query.addQueryItem(u"name"_s, percentEncoded(QFileInfo(path).fileName()));
    url.setQuery(query);
    QNetworkRequest post = request(url);
    post.setHeader(QNetworkRequest::ContentTypeHeader, u"application/octet-stream"_s);
    QNetworkReply *reply = m_network.post(post, file);
    file->setParent(reply);
    trustFingerprint(reply, m_address.fingerprint);
    return new Transfer(reply, this);
}

Transfer *RestClient::download(const FileInfo &file, const QString &path)
{
    auto *target = new QSaveFile(path);
    if (!target->open(QIODevice::WriteOnly)) {
        delete target;
        return nullptr;
    }
    QNetworkReply *reply = m_network.get(request(fileUrl(file)));
    target->setParent(reply);
    trustFingerprint(reply, m_address.fingerprint);
    connect(reply, &QNetworkReply::readyRead, target, [reply, target] {
        if (reply->error() == QNetworkReply::NoError && target->write(reply->readAll()) < 0)
            reply->abort(); // the disk is full
    });
    connect(reply, &QNetworkReply::finished, target, [reply, target] {
        if (reply->error() == QNetworkReply::NoError) {
            target->write(reply->readAll());
            target->commit();
        }
    });
    return new Transfer(reply, this);
}

} // namespace tertulia
