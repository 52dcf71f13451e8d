// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QHash>
#include <QList>
#include <QString>

class QFormLayout;
class QTabWidget;

namespace tertulia {

/// The server's settings by the names they have in its settings file. Says what was changed, and decides nothing.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `values` are the present ones; a key that is missing shows its field empty.
    explicit SettingsDialog(const QHash<QString, QString> &values, QWidget *parent = nullptr);

    /// The keys that differ from what was given, with their new values.
    [[nodiscard]] QHash<QString, QString> changes() const;

private:
    enum class Kind : quint8 { Text, Number, Switch };
    struct Field {
        QString key;
        Kind kind = Kind::Text;
        QWidget *widget = nullptr;
    };
    void add(QFormLayout *form, const QString &key, const QString &label, Kind kind, const QString &hint = {});
    [[nodiscard]] static QString valueOf(const Field &field);
    QFormLayout *page(QTabWidget *tabs, const QString &title);

    QHash<QString, QString> m_values;
    QList<Field> m_fields;
};

} // namespace tertulia
