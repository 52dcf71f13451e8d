// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/connectionspane.h"

#include "widgets/emptystate.h"
#include "widgets/icons.h"

#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace tertulia {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How wide the contents are, in average characters; headers may ask for more.
constexpr std::array<int, ConnectionModel::ColumnCount> kCharacters = {16, 11, 15, 18, 10, 9, 8, 8, 9, 9, 9};
constexpr int kCellPadding = 14;
constexpr int kRowPadding = 14;
constexpr int kLeastRows = 5; // the header counts as one
constexpr int kHeaderPadding = 26; // with room for the sort mark

QByteArray csvCell(QString text)
{
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r'))
        text = u'"' % text.replace(u"\""_s, u"\"\""_s) % u'"';
    return text.toUtf8();
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString quoted = text;
    quoted.replace(u"'"_s, u"'\\''"_s);
    return QString(u'\'' % quoted % u'\'');
}

ConnectionsPane::ConnectionsPane(QWidget *parent)
    : QWidget(parent)
    , m_filtered(new QSortFilterProxyModel(this))
    , m_title(new QLabel)
    , m_filter(new QLineEdit)
    , m_pause(new QToolButton)
    , m_columns(new QToolButton)
    , m_export(new QToolButton)
    , m_columnsMenu(new QMenu(this))
    , m_view(new QTableView)
{
    buildView();
    m_title->setProperty("title", true);
    m_title->setBuddy(m_view);
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(300);
    m_filter->addAction(icon(Glyph::Search), QLineEdit::LeadingPosition);
    m_pause->setCheckable(true);
    m_pause->setIcon(icon(Glyph::Pause));
    m_pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_columns->setIcon(icon(Glyph::Columns));
    m_columns->setMenu(m_columnsMenu);
    m_columns->setPopupMode(QToolButton::InstantPopup);

    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_title);
    top->addStretch(1);
    for (QWidget *widget : {static_cast<QWidget *>(m_filter), static_cast<QWidget *>(m_pause),
             static_cast<QWidget *>(m_columns), static_cast<QWidget *>(m_export)})
        top->addWidget(widget);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);

    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &ConnectionsPane::showCounts);
    connect(m_pause, &QToolButton::toggled, this, &ConnectionsPane::setPaused);
    connect(m_export, &QToolButton::clicked, this, &ConnectionsPane::exportRequested);
    connect(m_filtered, &QAbstractItemModel::rowsInserted, this, &ConnectionsPane::showCounts);
    connect(m_filtered, &QAbstractItemModel::rowsRemoved, this, &ConnectionsPane::showCounts);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (isVisible() && !isPaused())
            m_model.setNow(fromMilliseconds(QDateTime::currentMSecsSinceEpoch()));
    });
    m_clock.start();
    m_model.setNow(fromMilliseconds(QDateTime::currentMSecsSinceEpoch()));
    retranslate();
}

void ConnectionsPane::buildView()
{
    m_filtered->setSourceModel(&m_model);
    m_filtered->setSortRole(ConnectionModel::SortRole);
    m_filtered->setFilterRole(ConnectionModel::SearchRole);
    m_filtered->setFilterKeyColumn(0);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setSortLocaleAware(true);
    m_view->setModel(m_filtered);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ConnectionModel::User, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionsMovable(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState(m_view);
    connect(m_view, &QTableView::customContextMenuRequested, this, &ConnectionsPane::showMenu);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT detailsRequested(m_model.row(m_filtered->mapToSource(index).row()));
    });
    auto *kick = new QAction(this);
    kick->setShortcut(QKeySequence::Delete);
    kick->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(kick);
    connect(kick, &QAction::triggered, this, [this] {
        if (!selected().isEmpty())
            Q_EMIT kickRequested(selected());
    });
}

void ConnectionsPane::fitColumns()
{
    const QFontMetrics metrics = fontMetrics();
    m_view->verticalHeader()->setDefaultSectionSize(metrics.height() + kRowPadding);
    m_view->setMinimumHeight(kLeastRows * (metrics.height() + kRowPadding));
    for (int column = 0; column < ConnectionModel::ColumnCount; ++column) {
        const QString title = m_model.headerData(column, Qt::Horizontal).toString();
        const int contents = kCharacters.at(std::size_t(column)) * metrics.averageCharWidth() + kCellPadding;
        m_view->setColumnWidth(column, std::max(contents, metrics.horizontalAdvance(title) + kHeaderPadding));
    }
}

void ConnectionsPane::buildColumnsMenu()
{
    m_columnsMenu->clear();
    for (int column = 1; column < ConnectionModel::ColumnCount; ++column) {
        QAction *action = m_columnsMenu->addAction(m_model.headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(column));
        connect(action, &QAction::toggled, m_view, [this, column](bool on) { m_view->setColumnHidden(column, !on); });
    }
}

void ConnectionsPane::apply(const ConnectionChanges &changes)
{
    if (isPaused())
        keepForLater(changes);
    else
        m_model.apply(changes);
    showCounts();
}

void ConnectionsPane::keepForLater(const ConnectionChanges &changes)
{
    for (const ConnectionRow &row : changes.upserted) {
        m_laterRows.insert(row.id, row);
        m_laterRemoved.remove(row.id);
    }
    for (const QString &id : changes.removed) {
        m_laterRows.remove(id);
        m_laterRemoved.insert(id);
    }
}

void ConnectionsPane::clear()
{
    m_laterRows.clear();
    m_laterRemoved.clear();
    m_model.clear();
    showCounts();
}

void ConnectionsPane::setServerAddress(const QString &url)
{
    m_serverAddress = url;
    showCounts();
}

bool ConnectionsPane::isPaused() const
{
    return m_pause->isChecked();
}

void ConnectionsPane::setPaused(bool paused)
{
    m_pause->setChecked(paused);
    if (!paused) {
        m_model.apply({m_laterRows.values(), m_laterRemoved.values()});
        m_laterRows.clear();
        m_laterRemoved.clear();
    }
    showCounts();
    Q_EMIT pausedChanged(paused);
}

void ConnectionsPane::showCounts()
{
    const int all = m_model.rowCount();
    const int shown = m_filtered->rowCount();
    m_title->setText(shown == all ? tr("Connections (%1)").arg(all) : tr("Connections (%1 of %2)").arg(shown).arg(all));
    const qsizetype later = m_laterRows.size() + m_laterRemoved.size();
    m_pause->setText(!isPaused() ? tr("Pause") : later == 0 ? tr("Paused") : tr("Paused (%1 waiting)").arg(later));
    if (all == 0 && m_serverAddress.isEmpty())
        m_empty->setText(tr("The server is not running: nobody can connect."));
    else
        m_empty->setText(all == 0 ? tr("Nobody is connected yet. Share the link, or let people scan the QR code.")
                                  : tr("No connection matches the filter."));
}

void ConnectionsPane::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ConnectionsPane::setFilter(const QString &text)
{
    m_filter->setText(text);
}

QList<ConnectionRow> ConnectionsPane::selected() const
{
    QList<ConnectionRow> rows;
    const QModelIndexList indexes = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : indexes)
        rows.append(m_model.row(m_filtered->mapToSource(index).row()));
    return rows;
}

void ConnectionsPane::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

QString ConnectionsPane::commandLine(const ConnectionRow &row) const
{
    // The path is what a stranger sent: it must not become more than one word of the host's shell.
    QUrl url(m_serverAddress);
    url.setPath(row.path, QUrl::TolerantMode);
    if (row.transport == "websocket"_L1) {
        url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
        return QString(u"wscat -c "_s % shellQuoted(QString::fromLatin1(url.toEncoded())));
    }
    return QString(u"curl -N "_s % shellQuoted(QString::fromLatin1(url.toEncoded())));
}

void ConnectionsPane::showMenu(const QPoint &position)
{
    const QList<ConnectionRow> rows = selected();
    if (rows.isEmpty())
        return;
    const ConnectionRow first = rows.first();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (rows.size() == 1) {
        menu->addAction(tr("Details"), this, [this, first] { Q_EMIT detailsRequested(first); });
        menu->addSeparator();
        menu->addAction(icon(Glyph::Copy), tr("Copy address"), this, [this, first] { copy(first.address); });
        const bool isWebSocket = first.transport == "websocket"_L1;
        menu->addAction(isWebSocket ? tr("Copy as wscat command") : tr("Copy as curl command"), this,
            [this, first] { copy(commandLine(first)); });
        menu->addSeparator();
    }
    menu->addAction(rows.size() == 1 ? tr("Kick…") : tr("Kick %n connection(s)…", nullptr, int(rows.size())), this,
        [this, rows] { Q_EMIT kickRequested(rows); });
    if (rows.size() == 1)
        menu->addAction(tr("Ban…"), this, [this, first] { Q_EMIT banRequested(first); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

QByteArray ConnectionsPane::toCsv() const
{
    QByteArray csv;
    for (int column = 0; column < ConnectionModel::ColumnCount; ++column)
        csv += (column > 0 ? "," : "") + csvCell(m_model.headerData(column, Qt::Horizontal).toString());
    csv += "\r\n";
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        for (int column = 0; column < ConnectionModel::ColumnCount; ++column)
            csv += (column > 0 ? "," : "") + csvCell(m_filtered->index(row, column).data().toString());
        csv += "\r\n";
    }
    return csv;
}

void ConnectionsPane::retranslate()
{
    m_view->setAccessibleName(tr("Connections"));
    m_filter->setPlaceholderText(tr("Filter by user, address or room   Ctrl+F"));
    m_filter->setAccessibleName(tr("Filter the connections"));
    m_pause->setToolTip(tr("Stop the table's movement; nothing is lost (Ctrl+P)"));
    m_columns->setToolTip(tr("Choose columns"));
    m_columns->setAccessibleName(tr("Choose columns"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Save this table as CSV"));
    buildColumnsMenu();
    fitColumns();
    showCounts();
}

void ConnectionsPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        fitColumns();
    QWidget::changeEvent(event);
}

} // namespace tertulia
