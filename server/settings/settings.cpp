// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSet>

#include <algorithm>
#include <type_traits>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

// No settings file of people's own making is larger; another file was named by mistake.
constexpr qint64 kLargestFile = 1024 * 1024;
constexpr qsizetype kLongestText = 8192;

Error invalid(const QString &why)
{
    return Error(ErrorCode::InvalidField, why);
}

Error badValue(const SettingInfo &info, const QString &text, const QString &allowed)
{
    if (info.isSecret)
        return invalid(u"%1 cannot be what was given: allowed is %2."_s.arg(info.key, allowed));
    const QString shown = text.size() > 60 ? QString(text.first(60) + u"...") : text;
    return invalid(u"%1 cannot be \"%2\": allowed is %3."_s.arg(info.key, shown, allowed));
}

Result<QString> normalNumber(const SettingInfo &info, const QString &text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    const bool isPlain
        = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'-'; });
    if (!isNumber || !isPlain || value < info.smallest || value > info.largest)
        return invalid(u"a whole number from %1 to %2"_s.arg(info.smallest).arg(info.largest));
    return QString::number(value);
}

Result<QString> normalTruth(const QString &text)
{
    const QString lower = text.toLower();
    if (lower == u"true" || lower == u"yes" || lower == u"on" || lower == u"1")
        return u"true"_s;
    if (lower == u"false" || lower == u"no" || lower == u"off" || lower == u"0")
        return u"false"_s;
    return invalid(u"true or false"_s);
}

QStringList listOf(const QString &text)
{
    QStringList items;
    for (const QString &part : text.split(u',')) {
        if (const QString item = part.trimmed(); !item.isEmpty())
            items.append(item);
    }
    return items;
}

Result<QString> normalList(const SettingInfo &info, const QString &text)
{
    QStringList items;
    for (const QString &item : listOf(text)) {
        const auto normal = info.check(item);
        if (!normal)
            return normal.error();
        if (!items.contains(*normal, Qt::CaseInsensitive))
            items.append(*normal);
    }
    return items.join(u',');
}

/// The text in the one form that is kept; the error's detail says what is allowed.
Result<QString> normalText(const SettingInfo &info, const QString &given)
{
    const QString text = given.trimmed();
    const bool isPrintable = std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.category() != QChar::Other_Control && c != QChar::LineSeparator && c != QChar::ParagraphSeparator;
    });
    if (!isPrintable || text.size() > kLongestText)
        return invalid(u"one line of text"_s);
    return std::visit(
        [&](auto field) -> Result<QString> {
            using Value = std::remove_reference_t<decltype(std::declval<ServerSettings>().*field)>;
            if constexpr (std::is_same_v<Value, bool>)
                return normalTruth(text);
            else if constexpr (std::is_same_v<Value, QString>)
                return info.check(text);
            else if constexpr (std::is_same_v<Value, QStringList>)
                return normalList(info, text);
            else
                return normalNumber(info, text);
        },
        info.field);
}

/// `text` is in its normal form.
void assign(ServerSettings &settings, const SettingInfo &info, const QString &text)
{
    std::visit(
        [&](auto field) {
            auto &value = settings.*field;
            using Value = std::remove_reference_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, bool>)
                value = text == u"true";
            else if constexpr (std::is_same_v<Value, QString>)
                value = text;
            else if constexpr (std::is_same_v<Value, QStringList>)
                value = listOf(text);
            else
                value = Value(text.toLongLong());
        },
        info.field);
}

Result<QString> normalTextOf(const QString &key, const QString &text)
{
    const SettingInfo *info = Settings::find(key);
    if (!info)
        return invalid(u"There is no setting \"%1\"."_s.arg(key.first(std::min<qsizetype>(key.size(), 60))));
    const auto normal = normalText(*info, text);
    if (!normal)
        return badValue(*info, text, normal.error().detail);
    return normal;
}

struct Assignment {
    QString key;
    QString value;
};

/// Nothing for a line that is none and no comment either; an empty key for comments and blank lines.
std::optional<Assignment> assignmentOf(const QString &line)
{
    const QString trimmed = line.trimmed();
    if (trimmed.isEmpty() || trimmed.startsWith(u'#'))
        return Assignment {};
    const qsizetype equals = trimmed.indexOf(u'=');
    if (equals <= 0)
        return std::nullopt;
    return Assignment {trimmed.first(equals).trimmed(), trimmed.sliced(equals + 1).trimmed()};
}

Result<QString> readText(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QString();
    const QString shownPath = QDir::toNativeSeparators(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(
            ErrorCode::Internal, u"The settings in %1 cannot be read: %2."_s.arg(shownPath, file.errorString()));
    const QByteArray bytes = file.read(kLargestFile + 1);
    if (bytes.size() > kLargestFile)
        return invalid(u"%1 is too large to be a settings file."_s.arg(shownPath));
    const QString text = QString::fromUtf8(bytes);
    if (text.contains(QChar::ReplacementCharacter) || text.contains(QChar::Null))
        return invalid(u"%1 is not text in UTF-8."_s.arg(shownPath));
    return text;
}

} // namespace

Settings::Settings()
{
    rebuild();
}

const SettingInfo *Settings::find(const QString &key)
{
    static const QHash<QString, const SettingInfo *> index = [] {
        QHash<QString, const SettingInfo *> made;
        for (const SettingInfo &info : table())
            made.insert(info.key, &info);
        return made;
    }();
    return index.value(key);
}

void Settings::rebuild()
{
    for (const SettingInfo &info : table())
        assign(m_values, info, text(info.key));
}

QString Settings::text(const QString &key) const
{
    if (const auto found = m_overrides.constFind(key); found != m_overrides.cend())
        return *found;
    if (const auto found = m_kept.constFind(key); found != m_kept.cend())
        return *found;
    const SettingInfo *info = find(key);
    return info ? info->defaultText : QString();
}

Result<void> Settings::set(const QString &key, const QString &text)
{
    const auto normal = normalTextOf(key, text);
    if (!normal)
        return normal.error();
    m_kept.insert(key, *normal);
    m_overrides.remove(key);
    assign(m_values, *find(key), *normal);
    return {};
}

Result<void> Settings::setForThisRun(const QString &key, const QString &text)
{
    const auto normal = normalTextOf(key, text);
    if (!normal)
        return normal.error();
    m_overrides.insert(key, *normal);
    assign(m_values, *find(key), *normal);
    return {};
}

Result<void> Settings::load(const QString &path)
{
    const auto content = readText(path);
    if (!content)
        return content.error();
    QMap<QString, QString> kept;
    QList<Line> lines;
    QStringList unknownKeys;
    QSet<QString> seen;
    QStringList texts = content->split(u'\n');
    if (texts.last().isEmpty())
        texts.removeLast();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        QString line = texts.at(i);
        if (line.endsWith(u'\r'))
            line.chop(1);
        const QString place = u"%1, line %2: "_s.arg(QDir::toNativeSeparators(path), QString::number(i + 1));
        const auto assignment = assignmentOf(line);
        if (!assignment)
            return invalid(place + u"this is no \"key = value\".");
        const bool isKnown = find(assignment->key) != nullptr;
        lines.append({line, isKnown ? assignment->key : QString()});
        if (assignment->key.isEmpty())
            continue;
        if (seen.contains(assignment->key))
            return invalid(place + assignment->key + u" is set twice.");
        seen.insert(assignment->key);
        if (!isKnown) {
            unknownKeys.append(assignment->key);
            continue;
        }
        const auto normal = normalTextOf(assignment->key, assignment->value);
        if (!normal)
            return invalid(place + normal.error().detail);
        kept.insert(assignment->key, *normal);
    }
    m_kept = kept;
    m_lines = lines;
    m_unknownKeys = unknownKeys;
    rebuild();
    return {};
}

Result<void> Settings::save(const QString &path) const
{
    QString content;
    QSet<QString> written;
    for (const Line &line : m_lines) {
        // A line whose value is still the same keeps its spelling.
        const auto assignment = assignmentOf(line.text);
        const bool isSame = line.key.isEmpty() || *normalTextOf(line.key, assignment->value) == m_kept.value(line.key);
        content += isSame ? line.text : QString(line.key + u" = " + m_kept.value(line.key));
        content += u'\n';
        written.insert(line.key);
    }
    for (const SettingInfo &info : table()) {
        const auto kept = m_kept.constFind(info.key);
        if (kept != m_kept.cend() && !written.contains(info.key) && *kept != info.defaultText)
            content += info.key + u" = " + *kept + u'\n';
    }

    QSaveFile file(path);
    const bool saved = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(content.toUtf8()) >= 0
        && file.commit();
    if (!saved)
        return Error(ErrorCode::Internal,
            u"The settings cannot be written to %1: %2."_s.arg(QDir::toNativeSeparators(path), file.errorString()));
    return {};
}

} // namespace tertulia
