// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/activitypane.h"

#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 10;

QColor colorOf(ActivityKind kind)
{
    const Tokens &tokens = currentTokens();
    switch (kind) {
    case ActivityKind::Refused:
    case ActivityKind::Kicked:
    case ActivityKind::Banned:
        return tokens.danger;
    case ActivityKind::SlowConsumer:
        return tokens.warn;
    case ActivityKind::Connected:
    case ActivityKind::Joined:
        return tokens.ok;
    default:
        return tokens.muted;
    }
}

/// Time, kind and sentence in three columns.
class ActivityDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, option.fontMetrics.height() + 8};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const QPalette &palette = option.palette;
        if (isSelected)
            painter->fillRect(option.rect, palette.highlight());
        const auto kind = ActivityKind(index.data(ActivityModel::KindRole).toInt());
        const auto pick
            = [&](const QColor &color) { return isSelected ? palette.color(QPalette::HighlightedText) : color; };
        const int timeWidth = option.fontMetrics.horizontalAdvance(u"00:00:00"_s) + kMargin;
        const int kindWidth = option.fontMetrics.averageCharWidth() * 14;
        QRect rect = option.rect.adjusted(kMargin, 0, -kMargin, 0);
        painter->setPen(pick(currentTokens().muted));
        painter->drawText(rect, Qt::AlignVCenter, index.data(ActivityModel::TimeRole).toString());
        rect.setLeft(rect.left() + timeWidth);
        painter->setPen(pick(colorOf(kind)));
        painter->drawText(rect, Qt::AlignVCenter, ActivityModel::kindName(kind));
        rect.setLeft(rect.left() + kindWidth);
        painter->setPen(pick(currentTokens().text));
        const QString sentence = index.data(ActivityModel::SentenceRole).toString();
        painter->drawText(
            rect, Qt::AlignVCenter, option.fontMetrics.elidedText(sentence, Qt::ElideRight, rect.width()));
    }
};

} // namespace

ActivityPane::ActivityPane(QWidget *parent)
    : QTabWidget(parent)
    , m_view(new QListView)
    , m_clear(new QToolButton)
    , m_feed(new QWidget)
    , m_try(new QWidget)
    , m_tryHint(new QLabel)
    , m_commands(new QPlainTextEdit)
    , m_copy(new QToolButton)
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ActivityDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setProperty("plain", true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_empty = new EmptyState(m_view);
    auto *feed = new QVBoxLayout(m_feed);
    feed->setContentsMargins(4, 4, 4, 4);
    feed->addWidget(m_view);
    setCornerWidget(m_clear);
    m_clear->setProperty("flat", true);

    m_tryHint->setWordWrap(true);
    m_tryHint->setProperty("muted", true);
    m_commands->setReadOnly(true);
    m_commands->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_commands->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_commands->setTabChangesFocus(true);
    m_copy->setIcon(icon(Glyph::Copy));
    auto *row = new QHBoxLayout;
    row->addWidget(m_tryHint, 1);
    row->addWidget(m_copy);
    auto *layout = new QVBoxLayout(m_try);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addLayout(row);
    layout->addWidget(m_commands, 1);
    addTab(m_feed, {});
    addTab(m_try, {});

    connect(m_clear, &QToolButton::clicked, &m_model, &ActivityModel::clear);
    connect(m_copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_commands->toPlainText()); });
    connect(this, &QTabWidget::currentChanged, this, [this](int tab) { m_clear->setVisible(tab == 0); });
    retranslate();
}

void ActivityPane::append(const QList<ActivityEvent> &events)
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    const bool wasAtEnd = bar->value() >= bar->maximum() - 4;
    m_model.append(events);
    if (wasAtEnd)
        m_view->scrollToBottom();
}

void ActivityPane::setServerAddress(const QString &url)
{
    if (m_serverAddress == url)
        return;
    m_serverAddress = url;
    showCommands();
}

void ActivityPane::showCommands()
{
    QString base = m_serverAddress.isEmpty() ? u"http://127.0.0.1:8000/"_s : m_serverAddress;
    if (!base.endsWith(u'/'))
        base += u'/';
    const QString socket = QString(u"ws"_s % base.mid(4)); // http -> ws, https -> wss
    const QStringList lines = {
        u"# %1"_s.arg(tr("Is it alive?")),
        u"curl -s %1healthz"_s.arg(base),
        u"# %1"_s.arg(tr("Server-Sent Events: a tick every second")),
        u"curl -N %1events/clock"_s.arg(base),
        u"# %1"_s.arg(tr("A WebSocket that sends everything back")),
        u"wscat -c %1ws/echo"_s.arg(socket),
        u"# %1"_s.arg(tr("Into the chat as a guest; then type a JSON line")),
        u"wscat -c '%1ws/chat?room=general&name=Wscat'"_s.arg(socket),
        u"{\"type\":\"chat\",\"room\":\"general\",\"content\":\"%1\"}"_s.arg(tr("hello")),
        u"# %1"_s.arg(tr("The whole interface, to read and to try: open in a browser")),
        u"%1docs"_s.arg(base),
    };
    m_commands->setPlainText(lines.join(u'\n'));
}

void ActivityPane::retranslate()
{
    setAccessibleName(tr("Activity and tests"));
    setTabText(0, tr("Activity"));
    setTabText(1, tr("API and tests"));
    m_view->setAccessibleName(tr("Activity"));
    m_empty->setText(tr("Joins, refusals, kicks and slow readers appear here."));
    m_clear->setText(tr("Clear"));
    m_clear->setToolTip(tr("Empty this list"));
    m_tryHint->setText(tr("Lines to try the server from a terminal:"));
    m_commands->setAccessibleName(tr("Command lines to try the server"));
    m_copy->setToolTip(tr("Copy all lines"));
    m_copy->setAccessibleName(tr("Copy all lines"));
    showCommands();
}

void ActivityPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QTabWidget::changeEvent(event);
}

} // namespace tertulia
