// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/roomspane.h"

#include "widgets/emptystate.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace tertulia {

namespace {
constexpr int kHeaderPadding = 28; // with room for the sort mark
} // namespace

RoomsPane::RoomsPane(RoomModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_sorted(new QSortFilterProxyModel(this))
    , m_title(new QLabel)
    , m_view(new QTableView)
    , m_create(new QPushButton(icon(Glyph::Plus), {}))
{
    m_sorted->setSourceModel(&model);
    m_sorted->setSortRole(RoomModel::SortRole);
    m_sorted->setSortLocaleAware(true);
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RoomModel::Members, Qt::DescendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(RoomModel::Name, QHeaderView::Stretch);
    m_view->horizontalHeader()->setMinimumSectionSize(30);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState(m_view);
    m_title->setProperty("title", true);
    m_title->setBuddy(m_view);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_create);

    connect(m_create, &QPushButton::clicked, this, &RoomsPane::createRequested);
    connect(m_view, &QTableView::customContextMenuRequested, this, &RoomsPane::showMenu);
    connect(m_view, &QTableView::doubleClicked, this, [this] { Q_EMIT filterRequested(currentRoom()); });
    retranslate();
}

QString RoomsPane::currentRoom() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? index.data(RoomModel::NameRole).toString() : QString();
}

void RoomsPane::showMenu(const QPoint &position)
{
    QMenu *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = m_view->indexAt(position).data(RoomModel::NameRole).toString();
    if (!name.isEmpty()) {
        menu->addAction(tr("Show its connections"), this, [this, name] { Q_EMIT filterRequested(name); });
        menu->addAction(tr("Edit room…"), this, [this, name] { Q_EMIT editRequested(name); });
        menu->addSeparator();
        menu->addAction(tr("Delete room…"), this, [this, name] { Q_EMIT deleteRequested(name); });
        menu->addSeparator();
    }
    menu->addAction(tr("New room…"), this, &RoomsPane::createRequested);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void RoomsPane::fitColumns()
{
    for (const int column : {int(RoomModel::Members), int(RoomModel::Rate)}) {
        const QString title = m_model.headerData(column, Qt::Horizontal).toString();
        m_view->setColumnWidth(column, fontMetrics().horizontalAdvance(title) + kHeaderPadding);
    }
}

void RoomsPane::retranslate()
{
    fitColumns();
    m_title->setText(tr("Rooms"));
    m_view->setAccessibleName(tr("Rooms"));
    m_create->setText(tr("New room…"));
    m_empty->setText(tr("No rooms yet. They appear here when the server runs."));
}

void RoomsPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        fitColumns();
    QWidget::changeEvent(event);
}

} // namespace tertulia
