// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QMutex>
#include <QObject>
#include <QString>

#include <optional>

namespace tertulia {

/// One line of the server's own log.
struct LogLine {
    quint64 number = 0; ///< 1, 2, 3 ... in this run
    QByteArray level; ///< "debug", "info", "warning", "critical", "fatal"
    QByteArray category;
    QString message;
    Timestamp timestamp;
};

/// The last lines that the program logged, for whoever looks at them live. Lines still go where they went before.
/// Thread-safe: any thread may log. What looks like a token is blotted out here, as the last of several guards.
class LogBook final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kCapacity = 1000;

    explicit LogBook(QObject *parent = nullptr);
    /// Takes the message handler back, where it is the one of this book.
    ~LogBook() override;

    /// From now on what is logged comes here. One book at a time.
    void install();
    void append(QtMsgType type, const char *category, const QString &message);

    [[nodiscard]] quint64 lastNumber() const;
    /// Lines after that one, oldest first; nothing where lines between are gone or the number was never given.
    [[nodiscard]] std::optional<QList<LogLine>> after(quint64 number) const;

Q_SIGNALS:
    /// Lines came since the last lastNumber() or after(). In the thread that logged: connect it queued.
    void grew();

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);

    mutable QMutex m_mutex;
    QList<LogLine> m_lines;
    quint64 m_last = 0;
    mutable bool m_told = false;
};

/// `message` with each token, as it stands in a JWT or after `token=` and the like, replaced by "***".
[[nodiscard]] QString withoutSecrets(const QString &message);

} // namespace tertulia
