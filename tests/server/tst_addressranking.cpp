// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "addressranking.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestAddressRanking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultRouteIsRead_data();
    void defaultRouteIsRead();
    void guestsFindTheBestFirst();
    void loopbackOnlyWhereNothingElseIs();
    void listeningOnOneAddressShowsIt();
    void urlOfIpv6HasBrackets();
};

void TestAddressRanking::defaultRouteIsRead_data()
{
    QTest::addColumn<QByteArray>("ipv4");
    QTest::addColumn<QByteArray>("ipv6");
    QTest::addColumn<QString>("name");
    const QByteArray head = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
    const QByteArray lan = "wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n";
    const QByteArray slow = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
    const QByteArray fast = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
    const QByteArray zeros(32, '0');
    const QByteArray six = zeros + " 00 " + zeros + " 00 fe800000000000000000000000000001 00000400 1 0 00000003 eth1\n"
        + zeros + " 00 " + zeros + " 00 " + zeros + " ffffffff 1 0 00200200 lo\n";
    QTest::newRow("lowest metric") << head + lan + slow + fast << QByteArray() << u"eth0"_s;
    QTest::newRow("no default route") << head + lan << QByteArray() << QString();
    QTest::newRow("IPv6 alone") << head << six << u"eth1"_s;
    QTest::newRow("no files") << QByteArray() << QByteArray() << QString();
    QTest::newRow("garbage") << "\n\n x y\n"_ba
                             << "00 00\n"_ba << QString();
}

void TestAddressRanking::defaultRouteIsRead()
{
    QFETCH(const QByteArray, ipv4);
    QFETCH(const QByteArray, ipv6);
    QFETCH(const QString, name);
    QCOMPARE(defaultInterfaceOf(ipv4, ipv6), name);
}

void TestAddressRanking::guestsFindTheBestFirst()
{
    const QList<InterfaceAddress> ranked = rankAddresses(
        {{QHostAddress(u"127.0.0.1"_s), u"lo"_s, true}, {QHostAddress(u"172.17.0.1"_s), u"docker0"_s, false},
            {QHostAddress(u"10.8.0.2"_s), u"tun0"_s, false}, {QHostAddress(u"fd00::7"_s), u"wlan0"_s, false},
            {QHostAddress(u"192.168.7.2"_s), u"eth1"_s, false}, {QHostAddress(u"192.168.1.34"_s), u"wlan0"_s, false}},
        u"wlan0"_s);
    QStringList order;
    for (const InterfaceAddress &each : ranked)
        order.append(each.address.toString());
    QCOMPARE(order, QStringList({u"192.168.1.34"_s, u"fd00::7"_s, u"192.168.7.2"_s, u"172.17.0.1"_s, u"10.8.0.2"_s}));
}

void TestAddressRanking::loopbackOnlyWhereNothingElseIs()
{
    const QList<HostAddress> found
        = hostAddresses(QHostAddress::Any, 8000, false, {{QHostAddress(u"127.0.0.1"_s), u"lo"_s, true}}, QString());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().url, u"http://127.0.0.1:8000/"_s);
    QVERIFY(found.constFirst().isLoopback && !found.constFirst().isRecommended);
}

void TestAddressRanking::listeningOnOneAddressShowsIt()
{
    const QList<InterfaceAddress> here {
        {QHostAddress(u"127.0.0.1"_s), u"lo"_s, true}, {QHostAddress(u"192.168.1.34"_s), u"wlan0"_s, false}};
    QCOMPARE(
        hostAddresses(QHostAddress(u"127.0.0.1"_s), 80, true, here, {}).constFirst().url, u"https://127.0.0.1:80/"_s);
    QCOMPARE(
        hostAddresses(QHostAddress(u"127.0.0.2"_s), 80, false, here, {}).constFirst().url, u"http://127.0.0.2:80/"_s);
    const QList<HostAddress> all = hostAddresses(QHostAddress::Any, 80, false, here, {});
    QCOMPARE(all.size(), 1);
    QVERIFY(all.constFirst().isRecommended);
}

void TestAddressRanking::urlOfIpv6HasBrackets()
{
    QCOMPARE(hostUrl(QHostAddress(u"fd00::7"_s), 8000, false), u"http://[fd00::7]:8000/"_s);
}

QTEST_APPLESS_MAIN(TestAddressRanking)
#include "tst_addressranking.moc"
