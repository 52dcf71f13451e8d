// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/command.h"
#include "protocol/servermessage.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

/// The AsyncAPI document against the message types that exist, both ways.
class TestAsyncApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TERTULIA_SOURCE_DIR "/resources/web/asyncapi.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_document = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!m_document.isEmpty());
    }

    void commandsOfTheChatAreThoseOfTheDecoder()
    {
        QSet<QString> described;
        const QJsonArray messages = operation(u"chatReceive"_s);
        for (const QJsonValue &reference : messages)
            described.insert(typeOf(reference));
        const QStringList known = commandTypes();
        QCOMPARE(described, QSet<QString>(known.cbegin(), known.cend()));
    }

    void whatTheServerSaysIsDescribed()
    {
        QSet<QString> described;
        const QStringList sockets {u"chatSend"_s, u"echoSend"_s, u"notificationsSend"_s, u"gameSend"_s};
        for (const QString &name : sockets) {
            const QJsonArray messages = operation(name);
            for (const QJsonValue &reference : messages) {
                if (const QString type = typeOf(reference); !type.isEmpty())
                    described.insert(type);
            }
        }
        QCOMPARE(described, typesInTheSources());
    }

private:
    QJsonArray operation(const QString &name) const
    {
        return m_document.value("operations"_L1).toObject().value(name).toObject().value("messages"_L1).toArray();
    }

    /// The constant "type" of the message that the operation's reference leads to; empty for frames of any content.
    QString typeOf(const QJsonValue &reference) const
    {
        const QString key = reference.toObject().value("$ref"_L1).toString().section(u'/', -1);
        const QJsonObject message
            = m_document.value("components"_L1).toObject().value("messages"_L1).toObject().value(key).toObject();
        const QJsonObject properties = message.value("payload"_L1).toObject().value("properties"_L1).toObject();
        return properties.value("type"_L1).toObject().value("const"_L1).toString();
    }

    /// Every type that a message of the server is given in its sources.
    static QSet<QString> typesInTheSources()
    {
        QSet<QString> types;
        for (const EntryKind kind : {EntryKind::Chat, EntryKind::Edit, EntryKind::Delete, EntryKind::Reaction})
            types.insert(QString::fromLatin1(entryKindName(kind)));
        static const QRegularExpression written(
            uR"re("type", QByteArrayView\("([a-z_]+)"\)|\\"type\\":\\"([a-z_]+)\\")re"_s);
        QDirIterator sources(
            QStringLiteral(TERTULIA_SOURCE_DIR "/server"), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            QFile file(sources.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            auto matches = written.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext()) {
                const auto match = matches.next();
                types.insert(match.captured(1).isEmpty() ? match.captured(2) : match.captured(1));
            }
        }
        // Problem documents begin with "type":"about:blank", which no pattern above takes.
        return types;
    }

    QJsonObject m_document;
};

QTEST_GUILESS_MAIN(TestAsyncApi)
#include "tst_asyncapi.moc"
