// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "addressranking.h"

#include <QFile>
#include <QNetworkInterface>
#include <QUrl>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isIpv4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

/// RFC 1918 and RFC 4193: what home and office networks use.
bool isPrivate(const QHostAddress &address)
{
    static const QList<std::pair<QHostAddress, int>> kPrivate {QHostAddress::parseSubnet(u"10.0.0.0/8"_s),
        QHostAddress::parseSubnet(u"172.16.0.0/12"_s), QHostAddress::parseSubnet(u"192.168.0.0/16"_s),
        QHostAddress::parseSubnet(u"fc00::/7"_s)};
    return std::any_of(kPrivate.cbegin(), kPrivate.cend(),
        [&address](const std::pair<QHostAddress, int> &network) { return address.isInSubnet(network); });
}

struct Route {
    QString interfaceName;
    uint metric = std::numeric_limits<uint>::max();
};

/// Lines of nine and more columns; `isDefault` and `metricColumn` say how they are read.
template<typename IsDefault> Route bestRoute(
    const QByteArray &routes, qsizetype interfaceColumn, qsizetype metricColumn, int base, IsDefault isDefault)
{
    Route best;
    const QList<QByteArray> lines = routes.split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> columns = line.simplified().split(' ');
        if (columns.size() <= std::max(interfaceColumn, metricColumn) || !isDefault(columns))
            continue;
        bool isNumber = false;
        const uint metric = columns.at(metricColumn).toUInt(&isNumber, base);
        const QString name = QString::fromUtf8(columns.at(interfaceColumn));
        if (isNumber && name != u"lo" && (best.interfaceName.isEmpty() || metric < best.metric))
            best = {name, metric};
    }
    return best;
}

} // namespace

QList<InterfaceAddress> localAddresses()
{
    QList<InterfaceAddress> found;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        if (!interface.flags().testFlag(QNetworkInterface::IsUp))
            continue;
        const bool isLoopback = interface.flags().testFlag(QNetworkInterface::IsLoopBack);
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            if (!entry.ip().isLinkLocal())
                found.append({entry.ip(), interface.name(), isLoopback});
        }
    }
    return found;
}

QString defaultInterface()
{
    return defaultInterfaceOf(contentOf(u"/proc/net/route"_s), contentOf(u"/proc/net/ipv6_route"_s));
}

QString defaultInterfaceOf(const QByteArray &ipv4Routes, const QByteArray &ipv6Routes)
{
    // Iface Destination Gateway Flags RefCnt Use Metric Mask ...
    const Route ipv4 = bestRoute(ipv4Routes, 0, 6, 10,
        [](const QList<QByteArray> &columns) { return columns.at(1) == "00000000" && columns.value(7) == "00000000"; });
    if (!ipv4.interfaceName.isEmpty())
        return ipv4.interfaceName;
    // destination prefix source prefix next-hop metric references use flags interface; numbers in hexadecimal
    return bestRoute(ipv6Routes, 9, 5, 16, [](const QList<QByteArray> &columns) {
        return columns.at(0) == QByteArray(32, '0') && columns.at(1) == "00";
    }).interfaceName;
}

bool isVirtualInterface(const QString &name)
{
    static constexpr QLatin1StringView kBeginnings[] {"docker"_L1, "veth"_L1, "br-"_L1, "virbr"_L1, "vnet"_L1, "tun"_L1,
        "tap"_L1, "utun"_L1, "wg"_L1, "vbox"_L1, "vmnet"_L1, "lxc"_L1, "lxdbr"_L1, "podman"_L1, "cni"_L1, "flannel"_L1,
        "cali"_L1, "zt"_L1, "tailscale"_L1, "ppp"_L1, "vethernet"_L1};
    return std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
        [&name](QLatin1StringView beginning) { return name.startsWith(beginning, Qt::CaseInsensitive); });
}

QList<InterfaceAddress> rankAddresses(QList<InterfaceAddress> addresses, const QString &preferredInterface)
{
    const bool hasOther = std::any_of(
        addresses.cbegin(), addresses.cend(), [](const InterfaceAddress &each) { return !each.isLoopback; });
    if (hasOther)
        addresses.removeIf([](const InterfaceAddress &each) { return each.isLoopback; });
    const auto rank = [&preferredInterface](const InterfaceAddress &each) {
        const bool isPreferred = !preferredInterface.isEmpty() && each.interfaceName == preferredInterface;
        // A VPN may hold the default route, and guests still do not come through it.
        return std::tuple(
            isVirtualInterface(each.interfaceName), !isPreferred, !isIpv4(each.address), !isPrivate(each.address));
    };
    std::stable_sort(addresses.begin(), addresses.end(),
        [&rank](const InterfaceAddress &left, const InterfaceAddress &right) { return rank(left) < rank(right); });
    return addresses;
}

QString hostUrl(const QHostAddress &address, quint16 port, bool isEncrypted)
{
    const QString host = isIpv4(address) ? address.toString() : u'[' + address.toString() + u']';
    return (isEncrypted ? u"https://"_s : u"http://"_s) + host + u':' + QString::number(port) + u'/';
}

QList<HostAddress> hostAddresses(const QHostAddress &listening, quint16 port, bool isEncrypted,
    const QList<InterfaceAddress> &addresses, const QString &preferredInterface)
{
    QList<InterfaceAddress> usable = addresses;
    const bool listensOnAll = listening == QHostAddress::Any || listening == QHostAddress::AnyIPv4
        || listening == QHostAddress::AnyIPv6;
    if (!listensOnAll) {
        usable.removeIf([&listening](const InterfaceAddress &each) { return !each.address.isEqual(listening); });
        if (usable.isEmpty()) // 127.0.0.2 and the like are on no interface's list
            usable.append({listening, QString(), listening.isLoopback()});
    }
    QList<HostAddress> found;
    const QList<InterfaceAddress> ranked = rankAddresses(usable, preferredInterface);
    for (const InterfaceAddress &each : ranked) {
        HostAddress address;
        address.url = hostUrl(each.address, port, isEncrypted);
        address.interfaceName = each.interfaceName;
        address.isLoopback = each.isLoopback;
        address.isVirtual = isVirtualInterface(each.interfaceName);
        address.isRecommended = found.isEmpty() && !each.isLoopback;
        found.append(address);
    }
    return found;
}

} // namespace tertulia
