// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace tertulia {

/// Everything a guest needs, in large: the QR code, the address, the code to enter. Follows the host's state while
/// open.
class InviteDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit InviteDialog(QWidget *parent = nullptr);

    void setHostState(const HostState &state);
    void setPeopleInside(int count);
    [[nodiscard]] QString link() const;
    /// The QR code with the address below, as it is saved.
    [[nodiscard]] QImage poster() const;

private:
    void buildLayout();
    void showChosen();
    void showFullScreen();
    void saveImage();
    void showHelp();
    [[nodiscard]] QString chosenAddress() const;

    HostState m_state;
    QLabel *m_qrCode;
    QLabel *m_title;
    QLabel *m_steps;
    QLabel *m_address;
    QLabel *m_code;
    QLabel *m_verified;
    QLabel *m_inside;
    QComboBox *m_addresses;
    QPushButton *m_copy;
    QPushButton *m_projector;
    QPushButton *m_save;
    QPushButton *m_help;
};

/// The invitation for a projector: black on white over the whole screen; any key or click closes it.
class ProjectorView final : public QWidget
{
    Q_OBJECT
public:
    ProjectorView(const QString &link, const QString &address, const QString &code, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QString m_link;
    QString m_address;
    QString m_code;
};

} // namespace tertulia
