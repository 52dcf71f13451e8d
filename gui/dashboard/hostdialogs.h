// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "protocol/hostvalues.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace tertulia {

/// Asks why, before somebody is put out: the reason is told to them.
class KickDialog final : public QDialog
{
    Q_OBJECT
public:
    KickDialog(const QStringList &names, QWidget *parent = nullptr);
    [[nodiscard]] QString reason() const;

private:
    QLineEdit *m_reason;
};

/// A ban by name or by address, for a while or for ever.
class BanDialog final : public QDialog
{
    Q_OBJECT
public:
    BanDialog(const QString &name, const QString &address, QWidget *parent = nullptr);
    /// Without id, author and time: those are the server's.
    [[nodiscard]] Ban draft() const;

private:
    void check();

    QComboBox *m_kind;
    QLineEdit *m_name;
    QLineEdit *m_address;
    QLineEdit *m_reason;
    QComboBox *m_duration;
    QPushButton *m_ok;
};

/// The bans in force, with the way out of each.
class BansDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit BansDialog(QWidget *parent = nullptr);
    void setBans(const QList<Ban> &bans);

Q_SIGNALS:
    void addRequested();
    void unbanRequested(const QString &id);

private:
    QListWidget *m_list;
    QLabel *m_empty;
    QPushButton *m_lift;
};

/// A notice to everyone.
class AnnounceDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit AnnounceDialog(QWidget *parent = nullptr);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString body() const;
    [[nodiscard]] NotificationLevel level() const;

private:
    QLineEdit *m_title;
    QPlainTextEdit *m_body;
    QComboBox *m_level;
};

/// A room to be made or changed.
class RoomDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `present` is the room to change; nothing for a new one.
    explicit RoomDialog(const std::optional<RoomRow> &present, QWidget *parent = nullptr);
    [[nodiscard]] RoomInfo draft() const;
    /// Empty = none, or as it is.
    [[nodiscard]] QString password() const;

private:
    QLineEdit *m_name;
    QLineEdit *m_topic;
    QLineEdit *m_password;
    QCheckBox *m_private;
    QCheckBox *m_readOnly;
    QSpinBox *m_slowMode;
    QLabel *m_problem;
};

} // namespace tertulia
