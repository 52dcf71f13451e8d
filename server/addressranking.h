// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

namespace tertulia {

/// One address of one of this machine's interfaces that is up.
struct InterfaceAddress {
    QHostAddress address;
    QString interfaceName;
    bool isLoopback = false;
};

/// This machine's addresses now. Link-local ones are left out: they need a scope, which no link can carry.
[[nodiscard]] QList<InterfaceAddress> localAddresses();
/// The interface of the default route with the lowest metric, from /proc/net/route or, where IPv4 has none, from
/// /proc/net/ipv6_route; empty where the system does not tell.
[[nodiscard]] QString defaultInterface();
/// The same from the text of those files.
[[nodiscard]] QString defaultInterfaceOf(const QByteArray &ipv4Routes, const QByteArray &ipv6Routes);
/// Bridges, containers, virtual machines and tunnels: guests on the network hardly ever come in through them.
[[nodiscard]] bool isVirtualInterface(const QString &name);

/// The addresses in order of the hope that a guest can use them: those of the default route's interface, of other real
/// ones, of virtual ones; in each, IPv4 before IPv6 and private before public. Loopback only where there is no other.
[[nodiscard]] QList<InterfaceAddress> rankAddresses(
    QList<InterfaceAddress> addresses, const QString &preferredInterface);

/// "http://192.168.1.34:8000/".
[[nodiscard]] QString hostUrl(const QHostAddress &address, quint16 port, bool isEncrypted);
/// Where guests reach a server that listens on `listening`: all addresses where that is "any", else it alone.
[[nodiscard]] QList<HostAddress> hostAddresses(const QHostAddress &listening, quint16 port, bool isEncrypted,
    const QList<InterfaceAddress> &addresses, const QString &preferredInterface);

} // namespace tertulia
