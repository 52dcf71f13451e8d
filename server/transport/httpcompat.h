// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>

QT_BEGIN_NAMESPACE
class QHttpServer;
class QObject;
class QTcpServer;
QT_END_NAMESPACE

// All that differs between the QHttpServer of Qt 6.4 (a technology preview) and of Qt 6.8.
namespace tertulia::httpcompat {

/// Binds the server to a QTcpServer that listens already.
[[nodiscard]] bool bind(QHttpServer &server, QTcpServer &listener);

/// Gives the body of every request to `received`, whatever its path; the server answers nothing itself.
void setCatchAll(QHttpServer &server, QObject &context, std::function<void(const QByteArray &body)> received);

} // namespace tertulia::httpcompat
