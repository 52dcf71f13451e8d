// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace tertulia {

class StateDot;

/// The first thing the host sees: whether the server runs, under which address, and what to do next.
class DashboardHeader final : public QFrame
{
    Q_OBJECT
public:
    explicit DashboardHeader(QWidget *parent = nullptr);

    void setHostState(const HostState &state);
    /// The address that guests should use: what copying copies and the QR code says. Empty while stopped.
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString inviteLink() const;

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void openChatRequested();
    void inviteRequested();
    void otherPortRequested(quint16 port);
    void linkCopied();

public Q_SLOTS:
    void copyLink();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();
    void showDetails();
    void showQrCode();

    HostState m_state;
    quint16 m_otherPort = 0;
    QTimer m_clock;
    StateDot *m_dot;
    QLabel *m_headline;
    QLabel *m_details;
    QLabel *m_qrCode;
    QPushButton *m_copy;
    QPushButton *m_invite;
    QPushButton *m_chat;
    QPushButton *m_start;
    QPushButton *m_stop;
    QPushButton *m_usePort;
};

/// "http://host:8000/j/CODE", or the address itself where no code is needed.
[[nodiscard]] QString inviteLinkOf(const QString &address, const QString &joinCode);

} // namespace tertulia
