// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"
#include "protocol/result.h"
#include "settings/serversettings.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>
#include <variant>

namespace tertulia {

/// What is true of one setting whatever its value.
struct SettingInfo {
    using Check = Result<QString> (*)(const QString &text); ///< the text in its normal form; for lists, of one item
    using Field
        = std::variant<int ServerSettings::*, qint64 ServerSettings::*, std::chrono::milliseconds ServerSettings::*,
            bool ServerSettings::*, QString ServerSettings::*, QStringList ServerSettings::*>;

    QString key; ///< "limits.burst"
    Field field;
    QString defaultText {};
    QString description {}; ///< one English sentence
    qint64 smallest = 0; ///< of numbers
    qint64 largest = 0;
    Check check = nullptr; ///< of texts and lists
    bool isSecret = false; ///< holds a password or the like: not to be shown in messages
    std::optional<ErrorCode> refusal {}; ///< of limits: what a client is told
    std::optional<CloseCode> closing {}; ///< of limits: with what a connection is closed
    QByteArray
        metricReason {}; ///< of limits: the label in tertulia_refused_total; empty where refusals are not counted there
};

/// The settings of one server: a table in code, a file of `key = value` lines, and overrides of the command line. A
/// change holds in values() at once; whoever must act on it is told by the caller. Server thread.
class Settings
{
public:
    Settings();

    [[nodiscard]] static const QList<SettingInfo> &table();
    [[nodiscard]] static const SettingInfo *find(const QString &key); ///< nullptr where there is none

    /// What holds now. The reference stays the same for the life of the object.
    [[nodiscard]] const ServerSettings &values() const { return m_values; }
    /// As it stands in a file; lists comma separated. Empty for an unknown key.
    [[nodiscard]] QString text(const QString &key) const;

    /// Sets and keeps it; an override of the same key is gone. InvalidField names key, value and what is allowed.
    Result<void> set(const QString &key, const QString &text);
    /// Holds for this run and is not saved (`--set`, and options that stand for a setting).
    Result<void> setForThisRun(const QString &key, const QString &text);

    /// Reads `key = value` lines in UTF-8; `#` begins a comment line. A file that is not there is an empty one. Keys
    /// that this version does not know are kept (unknownKeys()). InvalidField names file, line and cause, and nothing
    /// of the file holds then.
    Result<void> load(const QString &path);
    /// Writes the file whole or not at all, readable by its owner only (a join code may be in it). Comments, unknown
    /// keys and the order of lines stay as they were loaded; settings at their default that no line names are left out.
    [[nodiscard]] Result<void> save(const QString &path) const;
    [[nodiscard]] QStringList unknownKeys() const { return m_unknownKeys; }

private:
    struct Line {
        QString text; ///< as it was read
        QString key; ///< empty for comments, blank lines and unknown keys
    };

    void rebuild();

    ServerSettings m_values;
    QMap<QString, QString> m_kept; ///< normal texts of what was set or loaded
    QMap<QString, QString> m_overrides;
    QList<Line> m_lines;
    QStringList m_unknownKeys;
};

} // namespace tertulia
