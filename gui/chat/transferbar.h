// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QProgressBar;

namespace tertulia {

class Transfer;

/// One file under way: its name, how far it is, and the way to stop it. Goes when it is done; stays with the reason
/// when it failed, until dismissed.
class TransferBar final : public QFrame
{
    Q_OBJECT
public:
    TransferBar(Transfer *transfer, const QString &name, QWidget *parent = nullptr);

private:
    void finished(const QString &error);

    QPointer<Transfer> m_transfer;
    QString m_name;
    QLabel *m_label;
    QProgressBar *m_progress;
};

} // namespace tertulia
