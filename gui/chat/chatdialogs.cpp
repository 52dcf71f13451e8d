// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatdialogs.h"

#include "chat/clientsession.h"
#include "models/format.h"
#include "models/roomlistmodel.h"
#include "protocol/names.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

QuickSwitcher::QuickSwitcher(RoomListModel &rooms, QWidget *parent)
    : QDialog(parent)
    , m_filtered(new QSortFilterProxyModel(this))
    , m_text(new QLineEdit)
    , m_list(new QListView)
    , m_hint(new QLabel)
{
    setWindowTitle(tr("Go to…"));
    m_filtered->setSourceModel(&rooms);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_filtered);
    m_list->setAccessibleName(tr("Rooms and people"));
    m_text->setPlaceholderText(tr("Room or person"));
    m_text->setAccessibleName(tr("Room or person"));
    m_text->installEventFilter(this);
    m_hint->setProperty("muted", true);
    m_hint->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_hint);
    connect(m_text, &QLineEdit::textChanged, this, &QuickSwitcher::filter);
    connect(m_text, &QLineEdit::returnPressed, this, &QuickSwitcher::choose);
    connect(m_list, &QListView::activated, this, &QuickSwitcher::choose);
    resize(420, 360);
    filter({});
}

void QuickSwitcher::filter(const QString &text)
{
    m_filtered->setFilterFixedString(text.trimmed());
    m_list->setCurrentIndex(m_filtered->index(0, 0));
    const bool mayMake = m_filtered->rowCount() == 0 && normalizeRoomName(text.trimmed()).isOk();
    m_hint->setText(mayMake ? tr("Enter makes a new public room # %1.").arg(text.trimmed()) : tr("Enter opens it."));
}

void QuickSwitcher::choose()
{
    const QModelIndex index = m_list->currentIndex();
    QString name = index.data(RoomListModel::NameRole).toString();
    if (name.isEmpty()) {
        const auto made = normalizeRoomName(m_text->text().trimmed());
        if (!made.isOk())
            return;
        name = *made;
    }
    accept();
    Q_EMIT roomChosen(name);
}

bool QuickSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    // The arrows move through the list while the text keeps the focus.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (row >= 0 && row < m_filtered->rowCount())
                m_list->setCurrentIndex(m_filtered->index(row, 0));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

SearchDialog::SearchDialog(RestClient &rest, const QString &room, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_rest(rest)
    , m_room(room)
    , m_text(new QLineEdit)
    , m_results(new QListWidget)
    , m_status(new QLabel(tr("Enter searches the whole history of the room.")))
{
    setWindowTitle(tr("Search in %1").arg(title));
    m_text->setPlaceholderText(tr("Words to look for"));
    m_text->setAccessibleName(tr("Words to look for"));
    m_text->setClearButtonEnabled(true);
    m_results->setAccessibleName(tr("Found messages"));
    m_results->setWordWrap(true);
    m_status->setProperty("muted", true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_results, 1);
    layout->addWidget(m_status);
    connect(m_text, &QLineEdit::returnPressed, this, &SearchDialog::search);
    connect(m_results, &QListWidget::itemActivated, this,
        [this](const QListWidgetItem *item) { Q_EMIT messageChosen(m_room, item->data(Qt::UserRole).toULongLong()); });
    resize(560, 420);
}

void SearchDialog::search()
{
    const QString text = m_text->text().trimmed();
    if (text.isEmpty())
        return;
    m_status->setText(tr("Searching…"));
    m_rest.search(m_room, text, this, [this](const std::optional<HistoryPage> &page, const RestError &error) {
        if (page)
            showFound(page->messages);
        else
            m_status->setText(tr("The search failed: %1").arg(ClientSession::explain(error.code, error.detail)));
    });
}

void SearchDialog::showFound(const QList<Message> &messages)
{
    m_results->clear();
    for (const Message &message : messages) {
        const QString when = QString(formatDay(toDateTime(message.timestamp).toLocalTime().date(), QDate::currentDate())
            % u' ' % formatTime(message.timestamp));
        const QString head = QString(message.user % u" · "_s % when);
        auto *item = new QListWidgetItem(QString(head % u'\n' % message.content.simplified()), m_results);
        item->setData(Qt::UserRole, message.id);
    }
    m_status->setText(tr("%n message(s) found. Enter shows one in its place.", nullptr, int(messages.size())));
}

ConnectDialog::ConnectDialog(const ServerAddress &present, QWidget *parent)
    : QDialog(parent)
    , m_server(new QLineEdit(present.base.toString()))
    , m_name(new QLineEdit(present.name))
    , m_password(new QLineEdit)
    , m_code(new QLineEdit(present.joinCode))
    , m_problem(new QLabel)
    , m_enter(nullptr)
{
    setWindowTitle(tr("Enter a chat"));
    m_address.fingerprint = present.fingerprint;
    m_server->setPlaceholderText(u"192.168.1.34:8000"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Only for accounts"));
    m_code->setPlaceholderText(tr("If the host gave you one"));
    m_problem->setProperty("danger", true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Address:"), m_server);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Password:"), m_password);
    form->addRow(tr("&Code:"), m_code);
    form->addRow(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_enter = buttons->button(QDialogButtonBox::Ok);
    m_enter->setText(tr("Enter"));
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::tryToEnter);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_server, &QLineEdit::textChanged, this, &ConnectDialog::check);
    connect(m_name, &QLineEdit::textChanged, this, &ConnectDialog::check);
    setMinimumWidth(420);
    check();
}

void ConnectDialog::check()
{
    const bool isName = m_name->text().isEmpty() || normalizeUserName(m_name->text().trimmed()).isOk();
    m_enter->setEnabled(serverAddressFromText(m_server->text()).has_value() && isName);
    m_problem->setText(isName ? QString() : tr("Names have up to 32 letters, digits, spaces, and _ . -"));
}

void ConnectDialog::tryToEnter()
{
    auto typed = serverAddressFromText(m_server->text());
    if (!typed)
        return;
    typed->fingerprint = m_address.fingerprint;
    typed->name = m_name->text().trimmed();
    if (!m_code->text().trimmed().isEmpty())
        typed->joinCode = m_code->text().trimmed();
    m_address = *typed;
    if (m_password->text().isEmpty()) {
        accept();
        return;
    }
    m_enter->setEnabled(false);
    m_rest.setAddress(m_address);
    m_rest.signIn(m_address.name, m_password->text(), this,
        [this](const std::optional<Session> &session, const RestError &error) {
            m_enter->setEnabled(true);
            if (!session) {
                m_problem->setText(ClientSession::explain(error.code, error.detail));
                return;
            }
            m_address.token = session->token;
            accept();
        });
}

} // namespace tertulia
