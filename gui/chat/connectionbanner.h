// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chatclient.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace tertulia {

/// Says that the connection is lost, when the next attempt comes and how many messages wait; goes by itself when it is
/// back.
class ConnectionBanner final : public QFrame
{
    Q_OBJECT
public:
    explicit ConnectionBanner(ChatClient &client, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void signInRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QString waitingText() const;

    ChatClient &m_client;
    bool m_wasOnline = false;
    QLabel *m_text;
    QPushButton *m_tryNow;
    QPushButton *m_signIn;
};

} // namespace tertulia
