// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/hostpolicy.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestHostPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ownHostIsAllowed_data();
    void ownHostIsAllowed();
    void otherHostIsRefused_data();
    void otherHostIsRefused();
    void addressesAreRefreshed();
    void hostIsTakenApart();
    void settingIsChecked_data();
    void settingIsChecked();

private:
    HostPolicy m_policy;
};

void TestHostPolicy::initTestCase()
{
    m_policy.setLocalAddresses({u"192.168.1.34"_s, u"2001:db8::7"_s, u"fe80::1%eth0"_s, u"127.0.0.1"_s});
    m_policy.setMachineName(u"Aula-3.school.example"_s);
    m_policy.setAllowedHosts({u"Chat.Example"_s, u"10.9.8.7"_s, u"[2001:db8::9]"_s, u"münchen.example"_s, u" "_s});
}

void TestHostPolicy::ownHostIsAllowed_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const char *host :
        {"192.168.1.34", "192.168.1.34:8000", "192.168.1.34:1", "192.168.1.34:65535", "127.0.0.1:8000", "127.0.0.2",
            "127.255.255.254:80", "[::1]:8000", "[::1]", "[0:0:0:0:0:0:0:1]:8000", "[2001:db8::7]:8000",
            "[2001:DB8:0::7]", "[fe80::1]:8000", "[::ffff:192.168.1.34]:8000", "[::ffff:127.0.0.1]", "localhost",
            "localhost:8000", "LOCALHOST:8000", "LocalHost.", "localhost.:8000", "aula-3", "AULA-3:8000",
            "aula-3.local", "Aula-3.Local:8000", "aula-3.local.:8000", "aula-3.school.example:8000", "chat.example",
            "CHAT.example:443", "10.9.8.7:8000", "[2001:db8::9]:8000", "xn--mnchen-3ya.example"})
        QTest::newRow(host) << QByteArray(host);
}

void TestHostPolicy::ownHostIsAllowed()
{
    QFETCH(const QByteArray, host);
    QVERIFY(m_policy.allows(host));
}

void TestHostPolicy::otherHostIsRefused_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const char *host :
        {"", " ", ".", ":8000", "evil.example", "evil.example:8000", "192.168.1.35", "192.168.1.34.evil.example",
            "192.168.1.34.nip.io:8000", "localhost.evil.example", "evil.localhost", "notlocalhost", "localhost..",
            ".localhost", "local host", "localhost ", " localhost", "localhost\t", "localhost\r\nX: y",
            "localhost,evil.example", "localhost/", "localhost/path", "localhost?x", "localhost#x", "localhost\\",
            "localhost@evil.example", "evil.example@localhost", "user:password@localhost:8000", "http://localhost",
            "//localhost", "localhost:", "localhost:0", "localhost:65536", "localhost:99999999999",
            "localhost:8000:8000", "localhost:80x", "localhost:+80", "localhost:-1", "localhost: 80", "localhost:08000",
            "localhost%00", "%6cocalhost", "\xc2\xadlocalhost", "loc\xc3\xa1lhost", "127.1", "127.0.1", "2130706433",
            "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "127.0.0.1.", "127.0.0.256", "127.0.0.1.1", "1.2.3",
            "0", "0.0.0.0", "::1", "::1:8000", "[::1", "::1]", "[::1]8000", "[::1]:", "[::1]:x", "[::1].", "[]",
            "[]:80", "[127.0.0.1]", "[localhost]", "[::1%25lo]", "[fe80::1%eth0]", "[v1.x]", "[::]", "[2001:db8::8]",
            "[:::1]", "[::1]]", "[[::1]]", "[::ffff:192.168.1.35]", "-localhost", "localhost-", "a..b", "aula-3.locale",
            "aula-4.local", "school.example", "_", "*", "*.example", "x.0x1", "aula-3.local.."})
        QTest::newRow(host) << QByteArray(host);
    QTest::newRow("nul inside") << QByteArray("localhost\0.evil.example", 23);
    QTest::newRow("nul at the end of an address") << QByteArray("127.0.0.1\0", 10);
    QTest::newRow("label of 64") << QByteArray(64, 'a');
    QTest::newRow("name of 300") << "a."_ba.repeated(150) + 'a';
    QTest::newRow("huge") << QByteArray(100000, '1');
}

void TestHostPolicy::otherHostIsRefused()
{
    QFETCH(const QByteArray, host);
    QVERIFY(!m_policy.allows(host));
}

void TestHostPolicy::addressesAreRefreshed()
{
    HostPolicy policy;
    QVERIFY(!policy.allows("192.168.1.34:8000"));
    QVERIFY(policy.allows("127.0.0.1:8000"));
    policy.setLocalAddresses({u"192.168.1.34"_s});
    QVERIFY(policy.allows("192.168.1.34:8000"));
    policy.setLocalAddresses({u"10.0.0.5"_s});
    QVERIFY(!policy.allows("192.168.1.34:8000"));
    QVERIFY(policy.allows("10.0.0.5:8000"));
    policy.setAllowedHosts({u"chat.example"_s});
    QVERIFY(policy.allows("chat.example"));
    policy.setAllowedHosts({});
    QVERIFY(!policy.allows("chat.example"));
}

void TestHostPolicy::hostIsTakenApart()
{
    const auto host = parseHost("Chat.Example.:8000");
    QVERIFY(host.has_value());
    QCOMPARE(host->host, "chat.example."_ba);
    QCOMPARE(host->port.value_or(0), 8000);
    QVERIFY(!host->address);
    const auto address = parseHost("[2001:DB8::1]");
    QVERIFY(address.has_value());
    QVERIFY(!address->port);
    QVERIFY(address->address == IpAddress::fromText("2001:db8:0:0::1"));
}

void TestHostPolicy::settingIsChecked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isHost");
    QTest::newRow("name") << u"chat.example"_s << true;
    QTest::newRow("international") << u"münchen.example"_s << true;
    QTest::newRow("IPv4") << u"10.0.0.1"_s << true;
    QTest::newRow("IPv6") << u"2001:db8::1"_s << true;
    QTest::newRow("IPv6 in brackets") << u"[2001:db8::1]"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("port") << u"chat.example:8000"_s << false;
    QTest::newRow("address") << u"https://chat.example"_s << false;
    QTest::newRow("star") << u"*"_s << false;
    QTest::newRow("range") << u"10.0.0.0/8"_s << false;
    QTest::newRow("space") << u"chat example"_s << false;
    QTest::newRow("number") << u"127.1"_s << false;
}

void TestHostPolicy::settingIsChecked()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isHost);
    QCOMPARE(HostPolicy::isHostName(text), isHost);
}

QTEST_GUILESS_MAIN(TestHostPolicy)
#include "tst_hostpolicy.moc"
