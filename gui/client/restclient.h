// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/serveraddress.h"
#include "client/servermessagereader.h"
#include "protocol/result.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

#include <functional>

class QIODevice;
class QNetworkReply;

namespace tertulia {

/// A call that was refused or did not arrive. `code` is the server's slug, empty where no server answered.
struct RestError {
    int status = 0;
    QString code;
    QString detail;
};

struct Session {
    User user;
    QString token;
};

struct HistoryPage {
    QList<Message> messages; ///< oldest first
    bool hasMore = false;
};

/// A file under way, up or down. Deletes itself after finished().
class Transfer final : public QObject
{
    Q_OBJECT
public:
    Transfer(QNetworkReply *reply, QObject *parent);
    void cancel();

Q_SIGNALS:
    void progressed(qint64 bytes, qint64 total);
    /// `error` is empty on success.
    void finished(const QString &error);

private:
    QPointer<QNetworkReply> m_reply;
};

/// The HTTP half of a chat client. Answers come as callbacks in the caller's thread and never after `context` is gone.
class RestClient final : public QObject
{
    Q_OBJECT
public:
    template<typename T> using Answer = std::function<void(const std::optional<T> &value, const RestError &error)>;

    explicit RestClient(QObject *parent = nullptr);

    void setAddress(const ServerAddress &address) { m_address = address; }

    void signIn(const QString &name, const QString &password, QObject *context, Answer<Session> answer);
    void createAccount(const QString &name, const QString &password, QObject *context, Answer<Session> answer);
    void fetchRooms(QObject *context, Answer<QList<RoomInfo>> answer);
    void fetchMembers(const QString &room, QObject *context, Answer<QList<Member>> answer);
    /// The page before entry `before`; 0 = the newest.
    void fetchHistory(const QString &room, EntryId before, QObject *context, Answer<HistoryPage> answer);
    void search(const QString &room, const QString &text, QObject *context, Answer<HistoryPage> answer);
    /// Fetches a file of the server's into memory; refused where it turns out larger than `mostBytes`.
    void fetchBytes(const FileInfo &file, qint64 mostBytes, QObject *context, Answer<QByteArray> answer);

    /// Streams the file from disk. Null where it cannot be read.
    Transfer *upload(const QString &room, const QString &path);
    /// Streams to `path`, which appears only when all of it has arrived. Null where it cannot be written.
    Transfer *download(const FileInfo &file, const QString &path);

private:
    using ReplyHandler = std::function<void(const QByteArray &body, const RestError &error)>;

    [[nodiscard]] QNetworkRequest request(const QUrl &url) const;
    [[nodiscard]] QUrl roomUrl(const QString &room, const QString &what) const;
    [[nodiscard]] QUrl fileUrl(const FileInfo &file) const;
    void openSession(const QString &path, const QJsonObject &body, QObject *context, const Answer<Session> &answer);
    void handle(QNetworkReply *reply, QObject *context, ReplyHandler handler);
    void fetchPage(const QUrl &url, QObject *context, const Answer<HistoryPage> &answer);

    ServerAddress m_address;
    QNetworkAccessManager m_network;
};

} // namespace tertulia
