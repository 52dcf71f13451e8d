// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/framereader.h"
#include "transport/wireframes.h"

#include <QTest>

namespace {

using namespace tertulia;
using namespace tertulia::test;
using Event = FrameReader::Event;

/// All events of `input`, fed in pieces of `step` bytes, as a line each.
QByteArrayList eventsOf(const QByteArray &bytes, qsizetype step, const FrameReader::Limits &limits = {})
{
    QByteArrayView input = bytes;
    FrameReader reader;
    QByteArrayList events;
    while (!input.isEmpty()) {
        QByteArrayView piece = input.first(std::min(step, input.size()));
        input = input.sliced(piece.size());
        Event event = Event::NeedMore;
        while ((event = reader.next(piece, limits)) != Event::NeedMore) {
            const QByteArray payload = reader.takePayload();
            switch (event) {
            case Event::Text:
                events << "text " + payload;
                break;
            case Event::Binary:
                events << "binary " + payload.toHex();
                break;
            case Event::Ping:
                events << "ping " + payload;
                break;
            case Event::Pong:
                events << "pong " + payload;
                break;
            case Event::Close:
                events << "close " + QByteArray::number(reader.closeCode()) + ' ' + payload;
                break;
            case Event::Error:
                events << "error " + QByteArray::number(int(reader.errorCode()));
                return events;
            case Event::NeedMore:
                break;
            }
        }
    }
    if (reader.isMidMessage())
        events << "more";
    return events;
}

} // namespace

class FrameReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFrames_data();
    void readsFrames();
    void badUtf8IsRefusedBeforeTheFrameEnds();
    void tooBigIsRefusedFromTheDeclaredLength();
    void everyLengthSurvivesUnmasking();
    void keepsNoBufferBetweenMessages();
};

void FrameReaderTest::readsFrames_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArrayList>("events");
    const auto row = [](const char *name, const QByteArray &input, const QByteArrayList &events) {
        QTest::newRow(name) << input << events;
    };
    row("text", textFrame("hello"), {"text hello"});
    row("empty text", textFrame(""), {"text "});
    row("binary", maskedFrame(Final | Binary, "\x01\xff"), {"binary 01ff"});
    row("two in one read", textFrame("a") + textFrame("b"), {"text a", "text b"});
    row("126 bytes", textFrame(QByteArray(126, 'x')), {"text " + QByteArray(126, 'x')});
    row("65536 bytes", textFrame(QByteArray(65536, 'x')), {"text " + QByteArray(65536, 'x')});
    row("half a header", textFrame("a").first(1), {"more"});
    row("half a payload", textFrame("abc").chopped(1), {"more"});
    row("ping", maskedFrame(Final | Ping, "p"), {"ping p"});
    row("pong of 125", maskedFrame(Final | Pong, QByteArray(125, 'p')), {"pong " + QByteArray(125, 'p')});
    row("fragments", maskedFrame(Text, "a") + maskedFrame(Continuation, "b") + maskedFrame(Final | Continuation, "c"),
        {"text abc"});
    row("ping between fragments",
        maskedFrame(Text, "a") + maskedFrame(Final | Ping, "p") + maskedFrame(Final | Continuation, "b"),
        {"ping p", "text ab"});
    row("empty fragments",
        maskedFrame(Text, "") + maskedFrame(Continuation, "") + maskedFrame(Final | Continuation, ""), {"text "});
    row("character across fragments", maskedFrame(Text, "\xc3") + maskedFrame(Final | Continuation, "\xa4"),
        {"text \xc3\xa4"});
    row("close", maskedFrame(Final | Close, closePayload(1000, "bye")), {"close 1000 bye"});
    row("close without a code", maskedFrame(Final | Close, ""), {"close 1005 "});
    row("close 4999", maskedFrame(Final | Close, closePayload(4999)), {"close 4999 "});

    row("unmasked", QByteArray("\x81\x01x"), {"error 1002"});
    for (const int bit : {0x40, 0x20, 0x10})
        row("reserved bit", maskedFrame(Final | Text | bit, "x"), {"error 1002"});
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        row("reserved opcode", maskedFrame(Final | opcode, ""), {"error 1002"});
    row("fragmented ping", maskedFrame(Ping, "x"), {"error 1002"});
    row("ping of 126", maskedFrame(Final | Ping, QByteArray(126, 'x')), {"error 1002"});
    row("continuation of nothing", maskedFrame(Final | Continuation, "x"), {"error 1002"});
    row("text inside a message", maskedFrame(Text, "a") + textFrame("b"), {"error 1002"});
    row("length not shortest, 16 bit", QByteArray("\x81\xfe\x00\x05", 4) + QByteArray(9, '\0'), {"error 1002"});
    row("length not shortest, 64 bit", QByteArray("\x81\xff\0\0\0\0\0\0\0\x05", 10) + QByteArray(9, '\0'),
        {"error 1002"});
    row("length with the top bit", QByteArray("\x81\xff\x80\0\0\0\0\0\0\x05", 10) + QByteArray(9, '\0'),
        {"error 1002"});
    row("close of one byte", maskedFrame(Final | Close, "x"), {"error 1002"});
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        row("forbidden close code", maskedFrame(Final | Close, closePayload(code)), {"error 1002"});
    row("close with bad UTF-8", maskedFrame(Final | Close, closePayload(1000, "\xce\xba\xff")), {"error 1007"});
    row("overlong", textFrame("\xc0\xaf"), {"error 1007"});
    row("surrogate", textFrame("\xed\xa0\x80"), {"error 1007"});
    row("past the last character", textFrame("\xf4\x90\x80\x80"), {"error 1007"});
    row("lone continuation byte", textFrame("abcdefgh\x80"), {"error 1007"});
    row("character cut off at the end", textFrame("\xf0\x9f\x98"), {"error 1007"});
    row("fine, then bad", textFrame("ok") + QByteArray("\x81\x01x"), {"text ok", "error 1002"});
}

void FrameReaderTest::readsFrames()
{
    QFETCH(const QByteArray, input);
    QFETCH(const QByteArrayList, events);
    QCOMPARE(eventsOf(input, input.size()), events);
    QCOMPARE(eventsOf(input, 1), events);
    QCOMPARE(eventsOf(input, 7), events);
}

void FrameReaderTest::badUtf8IsRefusedBeforeTheFrameEnds()
{
    const QByteArray whole = textFrame("\xce\xba\xe1\xbd\xb9\xf4\x90\x80\x80 and more that never comes");
    QCOMPARE(eventsOf(whole.first(6 + 7), 1), QByteArrayList {"error 1007"});
}

void FrameReaderTest::tooBigIsRefusedFromTheDeclaredLength()
{
    FrameReader::Limits limits;
    limits.messageBytes = 1000;
    limits.fragments = 3;
    QCOMPARE(eventsOf(maskedFrame(Final | Binary, {}, 1001), 64, limits), QByteArrayList {"error 1009"});
    QCOMPARE(eventsOf(maskedFrame(Final | Binary, {}, 0x7fffffffffffffff), 64, limits), QByteArrayList {"error 1009"});
    QCOMPARE(
        eventsOf(maskedFrame(Binary, QByteArray(600, 'x')) + maskedFrame(Final | Continuation, {}, 401), 64, limits),
        QByteArrayList {"error 1009"});
    const QByteArray fragment = maskedFrame(Continuation, "x");
    QCOMPARE(
        eventsOf(maskedFrame(Text, "x") + fragment + fragment + fragment, 64, limits), QByteArrayList {"error 1008"});
}

void FrameReaderTest::everyLengthSurvivesUnmasking()
{
    QByteArray content;
    for (int i = 0; i < 300; ++i)
        content.append(char(i * 7));
    for (qsizetype size = 0; size <= content.size(); ++size) {
        const QByteArrayList expected {"binary " + content.first(size).toHex()};
        for (const qsizetype step : {1, 3, 8, 13, 1000})
            QCOMPARE(eventsOf(maskedFrame(Final | Binary, content.first(size)), step), expected);
    }
}

void FrameReaderTest::keepsNoBufferBetweenMessages()
{
    FrameReader reader;
    const QByteArray frame = textFrame(QByteArray(100000, 'x'));
    QByteArrayView input = frame;
    QCOMPARE(reader.next(input, {}), Event::Text);
    QCOMPARE(reader.takePayload().size(), 100000);
    QVERIFY(!reader.isMidMessage());
    QCOMPARE(reader.declaredBytes(), 0);
}

QTEST_GUILESS_MAIN(FrameReaderTest)
#include "tst_framereader.moc"
