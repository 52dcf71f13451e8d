// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogs of ChatWindow: files, links, passwords, search.
#include "chat/chatdialogs.h"
#include "chat/chatwindow.h"
#include "chat/clientsession.h"
#include "chat/composer.h"
#include "chat/timelineview.h"
#include "chat/transferbar.h"
#include "models/format.h"
#include "protocol/names.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// The name under which a stranger's file is offered to be saved: no path, nothing hidden, no control characters.
QString safeFileName(const QString &name)
{
    QString safe;
    for (const QChar c : name) {
        if (c.isPrint() && !u"/\\:*?\"<>|"_s.contains(c))
            safe += c;
    }
    while (safe.startsWith(u'.') || safe.startsWith(u' '))
        safe.remove(0, 1);
    return safe.isEmpty() ? u"file"_s : safe;
}

} // namespace

void ChatWindow::confirmDelete(EntryId id)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete message"), tr("Delete this message for everyone?"),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this, room = m_room, id] { m_session->remove(room, id); });
    box->open();
}

void ChatWindow::offerLink(const QString &address)
{
    // The whole address is shown before anything is opened: what a link says and where it leads may differ.
    const QUrl url(address, QUrl::StrictMode);
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Open this address?"), tr("A message leads to:"), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(url.toString(QUrl::FullyEncoded));
    QPushButton *open = box->addButton(tr("Open"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(open, &QPushButton::clicked, this, [url] { QDesktopServices::openUrl(url); });
    box->open();
}

void ChatWindow::saveFile(const FileInfo &file)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(this, tr("Save file"), QString(folder % u'/' % safeFileName(file.name)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString &path) {
        if (Transfer *transfer = m_session->rest().download(file, path))
            m_transfers->addWidget(new TransferBar(transfer, QFileInfo(path).fileName()));
        else
            showTrouble(tr("The file could not be written."));
    });
    dialog->open();
}

void ChatWindow::upload(const QStringList &paths)
{
    const qint64 limit = m_client.welcome().limits.uploadBytes;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (!info.isFile())
            continue;
        if (info.size() > limit) {
            showTrouble(tr("%1 is too large: at most %2.").arg(info.fileName(), formatBytes(double(limit))));
            continue;
        }
        if (Transfer *transfer = m_session->rest().upload(m_room, path))
            m_transfers->addWidget(new TransferBar(transfer, info.fileName()));
        else
            showTrouble(tr("%1 cannot be read.").arg(info.fileName()));
    }
}

void ChatWindow::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ChatWindow::upload);
    dialog->open();
}

void ChatWindow::showSwitcher()
{
    auto *dialog = new QuickSwitcher(m_session->rooms(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QuickSwitcher::roomChosen, this, &ChatWindow::openRoom);
    dialog->open();
}

void ChatWindow::showSearch()
{
    if (m_room.isEmpty())
        return;
    auto *dialog = new SearchDialog(m_session->rest(), m_room, m_session->rooms().title(m_room), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SearchDialog::messageChosen, m_session, &ClientSession::reveal);
    dialog->show();
}

void ChatWindow::askPassword(const QString &room)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    dialog->setLabelText(tr("# %1 asks for a password, or lets in only who is invited.").arg(room));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, room](const QString &password) {
        if (!password.isEmpty())
            m_session->openRoom(room, password);
    });
    dialog->open();
}

void ChatWindow::askDirect(const QString &name)
{
    if (name.isEmpty() || name == m_client.userName())
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Direct message"));
    dialog->setLabelText(tr("Message to %1, which nobody else reads:").arg(name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, name](const QString &text) {
        if (!text.trimmed().isEmpty())
            m_session->openDirect(name, text.trimmed());
    });
    dialog->open();
}

void ChatWindow::showConnectDialog()
{
    ServerAddress present = m_client.address();
    if (present.name.isEmpty())
        present.name = m_client.userName();
    auto *dialog = new ConnectDialog(present, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_client.open(dialog->address());
        Q_EMIT serverChosen(dialog->address());
    });
    dialog->open();
}

} // namespace tertulia
