// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/frame.h"
#include "protocol/command.h"
#include "protocol/servermessage.h"
#include "transport/framereader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tertulia;

/// What one message costs on its way through the codecs: once for the sender, once for all who hear it.
class BenchCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesCommand_data();
    void decodesCommand();
    void encodesEntry_data();
    void encodesEntry();
    void encodesAck();
    void makesFrame_data();
    void makesFrame();
    void joinsBlock();
    void readsFrames_data();
    void readsFrames();

private:
    static void addTexts();
};

namespace {

Entry entryWith(const QString &content)
{
    Entry entry;
    entry.room = u"general"_s;
    entry.id = 123456;
    entry.user = u"Ana"_s;
    entry.content = content;
    entry.timestamp = fromMilliseconds(1795253400123);
    return entry;
}

QByteArray maskedFrame(const QByteArray &payload)
{
    QByteArray frame(1, char(0x81));
    if (payload.size() < 126) {
        frame.append(char(0x80 | payload.size()));
    } else {
        frame.append(char(0x80 | 126));
        frame.append(char(payload.size() >> 8)).append(char(payload.size() & 0xff));
    }
    const QByteArray mask("\x37\xfa\x21\x3d", 4);
    frame.append(mask);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(char(payload.at(i) ^ mask.at(i % 4)));
    return frame;
}

} // namespace

void BenchCodec::addTexts()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("100 letters") << QString(100, u'x');
    QTest::newRow("100 letters with accents") << u"Übermäßig schöne Grüße – "_s.repeated(4);
    QTest::newRow("100 quotes") << QString(100, u'"');
    QTest::newRow("16000 letters") << QString(16000, u'x');
}

void BenchCodec::decodesCommand_data()
{
    addTexts();
}

void BenchCodec::decodesCommand()
{
    QFETCH(QString, content);
    const QByteArray text = R"({"type":"chat","room":"general","ref":"r-1","content":")"
        + content.toUtf8().replace('"', "\\\"") + "\"}";
    QBENCHMARK {
        const auto decoded = decodeCommand(text);
        Q_ASSERT(std::holds_alternative<Command>(decoded));
    }
    QVERIFY(std::holds_alternative<Command>(decodeCommand(text)));
}

void BenchCodec::encodesEntry_data()
{
    addTexts();
}

void BenchCodec::encodesEntry()
{
    QFETCH(QString, content);
    const Entry entry = entryWith(content);
    QByteArray text;
    QBENCHMARK {
        text = encodeEntry(entry);
    }
    QVERIFY(text.size() > content.size());
}

void BenchCodec::encodesAck()
{
    QByteArray text;
    QBENCHMARK {
        text = encodeAck(u"general"_s, 123456, fromMilliseconds(1795253400123), u"r-1"_s);
    }
    QVERIFY(!text.isEmpty());
}

void BenchCodec::makesFrame_data()
{
    QTest::addColumn<int>("wire");
    QTest::newRow("websocket") << int(Wire::WebSocket);
    QTest::newRow("event stream") << int(Wire::EventStream);
}

void BenchCodec::makesFrame()
{
    QFETCH(int, wire);
    const QByteArray json = encodeEntry(entryWith(QString(100, u'x')));
    qsizetype size = 0;
    QBENCHMARK {
        const Frame frame(json, "chat"_ba, "123456"_ba);
        size = frame.bytes(Wire(wire)).size();
    }
    QVERIFY(size > json.size());
}

void BenchCodec::joinsBlock()
{
    const Frame frame(encodeEntry(entryWith(QString(100, u'x'))));
    const qsizetype one = frame.bytes(Wire::WebSocket).size();
    qsizetype size = 0;
    QBENCHMARK {
        FrameBlock block;
        for (int i = 0; i < 16; ++i)
            block.append(frame);
        size = block.bytes(Wire::WebSocket).size();
    }
    QCOMPARE(size, 16 * one);
}

void BenchCodec::readsFrames_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("count");
    QTest::newRow("16 of 150 bytes") << 150 << 16;
    QTest::newRow("one of 60000 bytes") << 60000 << 1;
}

void BenchCodec::readsFrames()
{
    QFETCH(int, size);
    QFETCH(int, count);
    const QByteArray bytes = maskedFrame(QByteArray(size, 'x')).repeated(count);
    int texts = 0;
    QBENCHMARK {
        FrameReader reader;
        QByteArrayView input = bytes;
        texts = 0;
        while (reader.next(input, {}) == FrameReader::Event::Text) {
            ++texts;
            [[maybe_unused]] const QByteArray payload = reader.takePayload();
        }
    }
    QCOMPARE(texts, count);
}

QTEST_APPLESS_MAIN(BenchCodec)
#include "bench_codec.moc"
