// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/logbook.h"

#include <QMutexLocker>
#include <QRegularExpression>

#include <atomic>
#include <cstdio>
#include <utility>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

// The message handler is one for the process, so what it writes into must be reachable without a parameter.
std::atomic<LogBook *> g_installed {nullptr};
std::atomic<QtMessageHandler> g_previous {nullptr};

QByteArray levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_ba;
    case QtInfoMsg:
        return "info"_ba;
    case QtWarningMsg:
        return "warning"_ba;
    case QtCriticalMsg:
        return "critical"_ba;
    case QtFatalMsg:
        return "fatal"_ba;
    }
    return "info"_ba;
}

} // namespace

QString withoutSecrets(const QString &message)
{
    static const QRegularExpression jwt(u"\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"_s);
    static const QRegularExpression named(
        u"\\b(token|ticket|password|join_code|session)=[^&;\\s\"]+"_s, QRegularExpression::CaseInsensitiveOption);
    QString clean = message;
    clean.replace(jwt, u"***"_s);
    clean.replace(named, u"\\1=***"_s);
    return clean;
}

LogBook::LogBook(QObject *parent)
    : QObject(parent)
{
}

LogBook::~LogBook()
{
    LogBook *self = this;
    if (g_installed.compare_exchange_strong(self, nullptr))
        qInstallMessageHandler(g_previous.exchange(nullptr));
}

void LogBook::install()
{
    LogBook *none = nullptr;
    if (g_installed.compare_exchange_strong(none, this))
        g_previous = qInstallMessageHandler(&LogBook::handle);
}

void LogBook::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (LogBook *book = g_installed.load())
        book->append(type, context.category, message);
    if (const QtMessageHandler previous = g_previous.load()) {
        previous(type, context, message);
    } else {
        const QByteArray line = qFormatLogMessage(type, context, message).toLocal8Bit() + '\n';
        std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
        std::fflush(stderr);
    }
}

void LogBook::append(QtMsgType type, const char *category, const QString &message)
{
    LogLine line {0, levelName(type), category ? QByteArray(category) : "default"_ba, withoutSecrets(message),
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())};
    bool tell = false;
    {
        const QMutexLocker lock(&m_mutex);
        line.number = ++m_last;
        m_lines.append(std::move(line));
        if (m_lines.size() > kCapacity)
            m_lines.removeFirst();
        // A flood of lines is one signal until someone looked.
        tell = !std::exchange(m_told, true);
    }
    if (tell)
        Q_EMIT grew();
}

quint64 LogBook::lastNumber() const
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return m_last;
}

std::optional<QList<LogLine>> LogBook::after(quint64 number) const
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    const quint64 first = m_last - quint64(m_lines.size()) + 1;
    if (number > m_last || number + 1 < first)
        return std::nullopt;
    return m_lines.mid(qsizetype(number + 1 - first));
}

} // namespace tertulia
