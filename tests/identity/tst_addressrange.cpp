// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/addressrange.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestAddressRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangeContains_data();
    void rangeContains();
    void textHasOneForm_data();
    void textHasOneForm();
    void badTextIsRefused_data();
    void badTextIsRefused();
    void loopbackIsTold();
};

void TestAddressRange::rangeContains_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<QString>("outside");
    QTest::newRow("one") << u"192.168.1.7"_s << u"192.168.1.7"_s << u"192.168.1.8"_s;
    QTest::newRow("one, mapped") << u"192.168.1.7"_s << u"::ffff:192.168.1.7"_s << u"::192.168.1.7"_s;
    QTest::newRow("mapped one") << u"::ffff:192.168.1.7"_s << u"192.168.1.7"_s << u"192.168.1.6"_s;
    QTest::newRow("/24 first") << u"192.168.1.0/24"_s << u"192.168.1.0"_s << u"192.168.0.255"_s;
    QTest::newRow("/24 last") << u"192.168.1.0/24"_s << u"192.168.1.255"_s << u"192.168.2.0"_s;
    QTest::newRow("host bits") << u"192.168.1.77/24"_s << u"192.168.1.1"_s << u"192.168.2.77"_s;
    QTest::newRow("/23") << u"10.0.2.0/23"_s << u"10.0.3.255"_s << u"10.0.4.0"_s;
    QTest::newRow("/32") << u"10.0.0.1/32"_s << u"10.0.0.1"_s << u"10.0.0.2"_s;
    QTest::newRow("/31") << u"10.0.0.0/31"_s << u"10.0.0.1"_s << u"10.0.0.2"_s;
    QTest::newRow("all IPv4") << u"0.0.0.0/0"_s << u"8.8.8.8"_s << u"2001:db8::1"_s;
    QTest::newRow("all IPv6") << u"::/0"_s << u"2001:db8::1"_s << u"8.8.8.8"_s;
    QTest::newRow("IPv6 one") << u"2001:db8::1"_s << u"2001:DB8:0:0::1"_s << u"2001:db8::2"_s;
    QTest::newRow("IPv6 /32") << u"2001:db8::/32"_s << u"2001:db8:ffff::1"_s << u"2001:db9::1"_s;
    QTest::newRow("IPv6 /65") << u"2001:db8:0:0:8000::/65"_s << u"2001:db8::ffff:0:0:1"_s << u"2001:db8::7fff:0:0:1"_s;
    QTest::newRow("scope") << u"fe80::/10"_s << u"fe80::1%eth0"_s << u"fec0::1%eth0"_s;
    QTest::newRow("no address") << u"0.0.0.0/0"_s << u"1.2.3.4"_s << u"somebody"_s;
    QTest::newRow("empty") << u"0.0.0.0/0"_s << u"1.2.3.4"_s << QString();
}

void TestAddressRange::rangeContains()
{
    QFETCH(const QString, range);
    QFETCH(const QString, inside);
    QFETCH(const QString, outside);
    const auto parsed = AddressRange::fromText(range);
    QVERIFY(parsed.isOk());
    QVERIFY(parsed->contains(inside));
    QVERIFY(!parsed->contains(outside));
}

void TestAddressRange::textHasOneForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("form");
    QTest::newRow("IPv4") << u" 10.0.0.1 "_s << u"10.0.0.1"_s;
    QTest::newRow("/32") << u"10.0.0.1/32"_s << u"10.0.0.1"_s;
    QTest::newRow("/8") << u"10.1.2.3/8"_s << u"10.0.0.0/8"_s;
    QTest::newRow("mapped") << u"::ffff:10.1.2.3/104"_s << u"10.0.0.0/8"_s;
    QTest::newRow("IPv6") << u"2001:0DB8:0:0:0:0:0:1"_s << u"2001:db8::1"_s;
    QTest::newRow("IPv6 /48") << u"2001:db8::1/48"_s << u"2001:db8::/48"_s;
    QTest::newRow("all") << u"::/0"_s << u"::/0"_s;
}

void TestAddressRange::textHasOneForm()
{
    QFETCH(const QString, text);
    QFETCH(const QString, form);
    const auto range = AddressRange::fromText(text);
    QVERIFY(range.isOk());
    QCOMPARE(range->toText(), form);
    QVERIFY(*AddressRange::fromText(form) == *range);
}

void TestAddressRange::badTextIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
        {"", " ", "/", "/24", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/+8", "10.0.0.1/08", "10.0.0.1/8/8",
            "10.0.0.1/8x", "10.0.0.1/ 8", "10.0.0.1/255.0.0.0", "10.0.0.1/1000", "10.0.0", "10.1", "10.0.0.256",
            "010.0.0.1", "0x0a.0.0.1", "167772161", "10.0.0.1.", "10.0.0.1:80", "10.0.0.*", "10.0.0.1-10.0.0.9",
            "::1/129", "[::1]", ":::", "1::2::3", "12345::", "::1%eth0", "fe80::/10%eth0", "g::1", "localhost", "Ana"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("nul") << QString(u"10.0.0.1"_s + QChar::Null);
    QTest::newRow("huge") << u"1"_s.repeated(100000);
}

void TestAddressRange::badTextIsRefused()
{
    QFETCH(const QString, text);
    const auto range = AddressRange::fromText(text);
    QVERIFY(!range.isOk());
    QCOMPARE(range.error().code, ErrorCode::InvalidField);
}

void TestAddressRange::loopbackIsTold()
{
    for (const char *text : {"127.0.0.1", "127.255.0.1", "::1", "::ffff:127.0.0.1"})
        QVERIFY(IpAddress::fromText(text)->isLoopback());
    for (const char *text : {"128.0.0.1", "0.0.0.0", "::", "::2", "::127.0.0.1", "1::1"})
        QVERIFY(!IpAddress::fromText(text)->isLoopback());
}

QTEST_GUILESS_MAIN(TestAddressRange)
#include "tst_addressrange.moc"
