// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/echosession.h"

#include "domain/clock.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

/// Any JSON value as text; QJsonDocument writes only arrays and objects.
QByteArray valueJson(const QJsonValue &value)
{
    return QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

/// Whether the text is one JSON value; QJsonDocument reads only arrays and objects.
bool isJsonValue(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    return document.isArray() && document.array().size() == 1;
}

QByteArray withoutLeadingZeros(const QByteArray &digits)
{
    const auto first = std::find_if(digits.cbegin(), digits.cend() - 1, [](char digit) { return digit != '0'; });
    return digits.sliced(first - digits.cbegin());
}

} // namespace

EchoSession::EchoSession(
    Connection &connection, EchoKind kind, const QByteArray &clientId, const Clock &clock, const MessageGate &gate)
    : m_connection(connection)
    , m_kind(kind)
    , m_clock(clock)
    , m_gate(gate)
{
    if (m_kind == EchoKind::Service)
        welcome(clientId);
}

void EchoSession::welcome(const QByteArray &clientId)
{
    QByteArray json;
    JsonWriter writer(json);
    writer.beginObject().field("type", QByteArrayView("welcome"));
    if (!clientId.isEmpty())
        writer.key("client_id").raw(withoutLeadingZeros(clientId));
    writer.field("message", QStringView(u"This is Tertulia's echo service."))
        .field("timestamp", QByteArrayView(toWire(m_clock.now())))
        .endObject();
    m_connection.send(Frame(json));
}

void EchoSession::textReceived(const QByteArray &utf8)
{
    if (!m_gate.letsPass(m_connection))
        return;
    if (m_kind == EchoKind::Mirror) {
        m_connection.send(Frame(utf8));
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(utf8);
    if (document.isObject())
        answer(document.object());
    else if (document.isArray() || isJsonValue(utf8))
        m_connection.send(Frame(encodeError(ErrorCode::InvalidMessage)));
    else
        m_connection.send(Frame(encodeError(ErrorCode::InvalidJson)));
}

void EchoSession::answer(const QJsonObject &message)
{
    const QJsonValue type = message.value("type"_L1);
    if (!type.isString()) {
        m_connection.send(Frame(encodeError(ErrorCode::InvalidMessage)));
    } else if (type.toString() == "ping"_L1) {
        m_connection.send(Frame(encodePong(m_clock.now())));
    } else if (type.toString() != "message"_L1) {
        m_connection.send(Frame(encodeError(ErrorCode::UnknownType)));
    } else if (!message.contains("content"_L1)) {
        m_connection.send(Frame(encodeError(Error(ErrorCode::InvalidField, u"The field content is missing."_s))));
    } else {
        QByteArray json;
        JsonWriter(json)
            .beginObject()
            .field("type", QByteArrayView("echo"))
            .key("data")
            .raw(valueJson(message.value("content"_L1)))
            .field("timestamp", QByteArrayView(toWire(m_clock.now())))
            .endObject();
        m_connection.send(Frame(json));
    }
}

void EchoSession::binaryReceived(const QByteArray &bytes)
{
    if (m_gate.letsPass(m_connection))
        m_connection.sendBinary(bytes);
}

void EchoSession::ended(const ConnectionEnd &)
{
}

} // namespace tertulia
