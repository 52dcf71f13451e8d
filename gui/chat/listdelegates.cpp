// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/listdelegates.h"

#include "models/membermodel.h"
#include "models/roomlistmodel.h"
#include "protocol/user.h"
#include "widgets/theme.h"

#include <QPainter>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 10;

void paintBackground(QPainter &painter, const QStyleOptionViewItem &option)
{
    const Tokens &tokens = currentTokens();
    const QRectF area = QRectF(option.rect).adjusted(2, 1, -2, -1);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(area, 6, 6);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(area, 6, 6);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(tokens.text, 1.5, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5);
    }
}

QString atMost99(int count)
{
    return count > 99 ? u"99+"_s : QString::number(count);
}

void paintLock(QPainter &painter, const QRect &rect, const QColor &color)
{
    const QRectF body(rect.left(), rect.center().y() - 1, 9, 7);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(body.left() + 1.5, body.top() - 5, 6, 9), 0, 180 * 16);
    painter.fillRect(body, color);
}

} // namespace

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, option.fontMetrics.height() + 12};
}

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = currentTokens();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const int unread = index.data(RoomListModel::UnreadRole).toInt();
    const int mentions = index.data(RoomListModel::MentionsRole).toInt();
    const bool isDirect = index.data(RoomListModel::DirectRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    QRect rect = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    QFont font = option.font;
    font.setBold(unread > 0);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const QColor color = isSelected ? tokens.accentText : unread > 0 ? tokens.text : tokens.muted;
    if (mentions > 0) { // a pill says "for you"; a bare number says "something"
        const QString text = QString((isDirect ? u""_s : u"@"_s) % atMost99(mentions));
        const int width = metrics.horizontalAdvance(text) + 12;
        const QRect pill(rect.right() - width, rect.center().y() - metrics.height() / 2, width, metrics.height());
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? tokens.accentText : tokens.danger);
        painter->drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
        painter->setPen(isSelected ? tokens.accent : tokens.dangerText);
        painter->drawText(pill, Qt::AlignCenter, text);
        rect.setRight(pill.left() - 6);
    } else if (unread > 0) {
        painter->setPen(color);
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, atMost99(unread));
        rect.setRight(rect.right() - metrics.horizontalAdvance(atMost99(unread)) - 6);
    }
    if (index.data(RoomListModel::PrivateRole).toBool() && !isDirect) {
        paintLock(*painter, rect, color);
        rect.setLeft(rect.left() + 14);
    }
    painter->setPen(color);
    const QString title = index.data(RoomListModel::TitleRole).toString().simplified();
    const QString shown = isDirect ? QString(u"• "_s % title) : title;
    painter->drawText(rect, Qt::AlignVCenter, metrics.elidedText(shown, Qt::ElideRight, rect.width()));
    painter->restore();
}

QSize MemberDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, option.fontMetrics.height() + 12};
}

void MemberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = currentTokens();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QString name = index.data(MemberModel::NameRole).toString().simplified();
    const auto role = Role(index.data(MemberModel::RoleRole).toInt());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    QRect rect = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    const int side = option.fontMetrics.height() + 4;
    const QRect avatar(rect.left(), rect.center().y() - side / 2, side, side);
    painter->setPen(Qt::NoPen);
    painter->setBrush(avatarColor(name));
    painter->drawEllipse(avatar);
    painter->setPen(Qt::white);
    const qsizetype units = !name.isEmpty() && name.front().isHighSurrogate() ? 2 : 1;
    painter->drawText(avatar, Qt::AlignCenter, name.left(units).toUpper());
    rect.setLeft(avatar.right() + 8);

    const QString typing = index.data(MemberModel::TypingRole).toBool() ? u"…"_s : QString();
    const QString suffix = role == Role::Admin ? tr("host") : role == Role::Guest ? tr("guest") : QString();
    const QString right = QString(typing % (typing.isEmpty() || suffix.isEmpty() ? QString() : u" "_s) % suffix);
    painter->setPen(isSelected ? tokens.accentText : tokens.muted);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, right);
    rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(right) - 6);
    painter->setPen(isSelected ? tokens.accentText : tokens.text);
    painter->drawText(rect, Qt::AlignVCenter, option.fontMetrics.elidedText(name, Qt::ElideRight, rect.width()));
    painter->restore();
}

} // namespace tertulia
