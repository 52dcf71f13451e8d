// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/messagedelegate.h"

#include "chat/imagestore.h"
#include "models/format.h"
#include "protocol/names.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLayoutsKept = 300;
constexpr qsizetype kHeightsKept = 20'000;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

/// A line over the whole width with a word in its middle.
void paintRule(
    QPainter &painter, const QRect &rect, const QString &text, const QColor &lineColor, const QColor &textColor)
{
    const int width = painter.fontMetrics().horizontalAdvance(text) + 24;
    const int middle = rect.center().y();
    painter.setPen(QPen(lineColor, 1));
    painter.drawLine(rect.left(), middle, rect.center().x() - width / 2, middle);
    painter.drawLine(rect.center().x() + width / 2, middle, rect.right(), middle);
    painter.setPen(textColor);
    painter.drawText(rect, Qt::AlignCenter, text);
}

} // namespace

MessageDelegate::MessageDelegate(TimelineModel *timeline, ImageStore &images, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_timeline(timeline)
    , m_images(images)
    , m_layouts(kLayoutsKept)
{
}

void MessageDelegate::setTimeline(TimelineModel *timeline)
{
    m_timeline = timeline;
    forgetLayouts();
}

void MessageDelegate::forgetLayouts()
{
    m_layouts.clear();
    m_heights.clear();
}

const MessageLayout &MessageDelegate::layout(int row, int width, const QFont &font) const
{
    const TimelineItem &item = m_timeline->item(row);
    QSize imageSize;
    if (item.message.file && ImageStore::isImage(*item.message.file))
        imageSize = m_images.image(*item.message.file).size();
    const int shape = int(m_timeline->startsDay(row)) | int(m_timeline->startsUnread(row)) << 1
        | int(m_timeline->continuesGroup(row)) << 2 | int(!imageSize.isEmpty()) << 3;
    const Key key {item.serial, item.revision, width, shape};
    if (const MessageLayout *known = m_layouts.object(key))
        return *known;
    auto *fresh = new MessageLayout(layOutMessage(*m_timeline, row, width, font, imageSize));
    if (m_heights.size() > kHeightsKept)
        m_heights.clear();
    m_heights.insert(key, fresh->height);
    m_layouts.insert(key, fresh);
    return *fresh;
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int row = index.row();
    const int width = option.rect.width();
    const TimelineItem &item = m_timeline->item(row);
    if (!item.message.file) { // the shape of a row with an image is known only after asking for it
        const int shape = int(m_timeline->startsDay(row)) | int(m_timeline->startsUnread(row)) << 1
            | int(m_timeline->continuesGroup(row)) << 2;
        if (const auto known = m_heights.constFind({item.serial, item.revision, width, shape});
            known != m_heights.cend())
            return {width, *known};
    }
    return {width, layout(row, width, option.font).height};
}

void MessageDelegate::paintBackground(
    QPainter &painter, const QStyleOptionViewItem &option, const MessageLayout &layout, int row) const
{
    const Tokens &tokens = currentTokens();
    // The separators above the message are not part of it.
    const QRect area = option.rect.adjusted(0, layout.day.height() + layout.unread.height(), 0, 0);
    if (m_timeline->mentionsMe(row)) {
        painter.fillRect(area, tokens.mention);
        painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), tokens.warn);
    }
    if (option.state.testFlag(QStyle::State_MouseOver) || option.state.testFlag(QStyle::State_Selected)) {
        QColor hover = tokens.hover;
        hover.setAlpha(150);
        painter.fillRect(area, hover);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 4, 4);
    }
}

void MessageDelegate::paintSeparators(QPainter &painter, const MessageLayout &layout, int row) const
{
    const Tokens &tokens = currentTokens();
    if (!layout.day.isNull()) {
        const QDate day = toDateTime(m_timeline->item(row).time).toLocalTime().date();
        paintRule(painter, layout.day, formatDay(day, QDate::currentDate()), tokens.line, tokens.muted);
    }
    if (!layout.unread.isNull()) {
        painter.setFont(bold(painter.font()));
        paintRule(painter, layout.unread, tr("New messages"), tokens.danger, tokens.danger);
    }
}

void MessageDelegate::paintHeader(QPainter &painter, const MessageLayout &layout, const TimelineItem &item) const
{
    const QFont font = painter.font();
    const QString name = item.message.user.simplified();
    painter.setPen(Qt::NoPen);
    painter.setBrush(avatarColor(name));
    painter.drawEllipse(layout.avatar);
    painter.setPen(Qt::white);
    painter.setFont(bold(font));
    // A letter may be two units of UTF-16.
    const qsizetype units = !name.isEmpty() && name.front().isHighSurrogate() ? 2 : 1;
    const QString initial = name.left(units);
    painter.drawText(layout.avatar, Qt::AlignCenter, initial.toUpper());
    painter.setPen(currentTokens().text);
    const QFontMetrics metrics(painter.font());
    const QString shown = metrics.elidedText(name, Qt::ElideRight, layout.name.width() * 2 / 3);
    painter.drawText(layout.name, Qt::AlignVCenter, shown);
    painter.setFont(font);
    painter.setPen(currentTokens().muted);
    painter.drawText(
        layout.name.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0), Qt::AlignVCenter, formatTime(item.time));
}

void MessageDelegate::paintFile(QPainter &painter, const MessageLayout &layout, const Message &message) const
{
    const Tokens &tokens = currentTokens();
    if (!layout.image.isNull())
        painter.drawImage(layout.image, m_images.image(*message.file));
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.card);
    painter.drawRoundedRect(layout.file.adjusted(0, 0, -1, -1), 6, 6);
    const QRect inner = layout.file.adjusted(12, 5, -12, -5);
    painter.setPen(tokens.accent);
    painter.drawText(inner, Qt::AlignTop,
        painter.fontMetrics().elidedText(message.file->name.simplified(), Qt::ElideMiddle, inner.width()));
    painter.setPen(tokens.muted);
    painter.drawText(inner, Qt::AlignBottom, tr("%1 · click to save").arg(formatBytes(double(message.file->size))));
}

void MessageDelegate::paintReactions(QPainter &painter, const MessageLayout &layout, const Message &message) const
{
    const Tokens &tokens = currentTokens();
    for (qsizetype i = 0; i < layout.reactions.size(); ++i) {
        const ReactionGroup &group = message.reactions.at(i);
        const bool isMine = group.users.contains(m_timeline->ownName());
        painter.setPen(QPen(isMine ? tokens.accent : tokens.control, isMine ? 2 : 1));
        painter.setBrush(tokens.code);
        const QRect chip = layout.reactions.at(i).adjusted(1, 1, -1, -1);
        painter.drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
        painter.setPen(tokens.text);
        painter.drawText(chip, Qt::AlignCenter, reactionText(group));
    }
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int row = index.row();
    const TimelineItem &item = m_timeline->item(row);
    const MessageLayout &parts = layout(row, option.rect.width(), option.font);
    const Tokens &tokens = currentTokens();
    painter->save();
    painter->setClipRect(option.rect);
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option, parts, row);
    painter->translate(option.rect.topLeft());
    painter->setFont(option.font);
    paintSeparators(*painter, parts, row);
    painter->setFont(option.font);
    if (item.kind != TimelineItem::Kind::Message) {
        QFont italic = option.font;
        italic.setItalic(true);
        painter->setFont(italic);
        painter->setPen(tokens.muted);
        painter->drawText(parts.text, Qt::AlignVCenter,
            QFontMetrics(italic).elidedText(m_timeline->noticeText(row), Qt::ElideRight, parts.text.width()));
        painter->restore();
        return;
    }
    if (!parts.avatar.isNull())
        paintHeader(*painter, parts, item);
    painter->setFont(option.font);
    if (!parts.reply.isNull()) {
        painter->setPen(tokens.muted);
        const QString excerpt = QString(u"↪ "_s % m_timeline->replyExcerpt(row));
        painter->drawText(
            parts.reply, Qt::AlignVCenter, option.fontMetrics.elidedText(excerpt, Qt::ElideRight, parts.reply.width()));
    }
    if (parts.body) {
        painter->save();
        painter->translate(parts.text.topLeft());
        QAbstractTextDocumentLayout::PaintContext context;
        const bool isStored = item.delivery == TimelineItem::Delivery::Stored;
        context.palette.setColor(QPalette::Text, isStored ? tokens.text : tokens.muted);
        parts.body->documentLayout()->draw(painter, context);
        painter->restore();
    }
    if (item.message.file)
        paintFile(*painter, parts, item.message);
    paintReactions(*painter, parts, item.message);
    if (!parts.failure.isNull()) {
        painter->setFont(bold(option.font));
        painter->setPen(tokens.danger);
        painter->drawText(parts.failure, Qt::AlignVCenter | Qt::TextWordWrap, failureText(item));
    }
    painter->restore();
}

MessageHit MessageDelegate::hit(
    const QModelIndex &index, const QRect &rowRect, const QPoint &position, const QFont &font)
{
    const TimelineItem &item = m_timeline->item(index.row());
    if (item.kind != TimelineItem::Kind::Message)
        return {};
    const MessageLayout &parts = layout(index.row(), rowRect.width(), font);
    const QPoint inside = position - rowRect.topLeft();
    if (parts.body && parts.text.contains(inside)) {
        const QString link = parts.body->linkAt(inside - parts.text.topLeft());
        if (!link.isEmpty())
            return {MessageHit::Kind::Link, link};
    }
    if (parts.file.contains(inside) || parts.image.contains(inside))
        return {MessageHit::Kind::File, {}};
    if (parts.reply.contains(inside))
        return {MessageHit::Kind::Reply, {}};
    if (parts.failure.contains(inside))
        return {MessageHit::Kind::Failure, {}};
    for (qsizetype i = 0; i < parts.reactions.size(); ++i) {
        if (parts.reactions.at(i).contains(inside))
            return {MessageHit::Kind::Reaction, item.message.reactions.at(i).emoji};
    }
    return {};
}

} // namespace tertulia
