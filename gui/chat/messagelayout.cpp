// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/messagelayout.h"

#include <QCoreApplication>
#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 16;
constexpr int kGap = 6;
constexpr int kGroupGap = 12;
constexpr int kLineGap = 2;
constexpr int kWidestFile = 380;

int avatarSide(const QFontMetrics &metrics)
{
    return metrics.height() * 2 + 2;
}

QString remarkOn(const TimelineItem &item)
{
    if (item.delivery == TimelineItem::Delivery::Sending)
        return QCoreApplication::translate("MessageLayout", "(sending…)");
    return item.message.editedAt ? QCoreApplication::translate("MessageLayout", "(edited)") : QString();
}

int failureHeight(const TimelineItem &item, QFont font, int width)
{
    font.setBold(true);
    return QFontMetrics(font)
        .boundingRect(0, 0, std::max(1, width), 1000, Qt::TextWordWrap, failureText(item))
        .height();
}

void layOutReactions(
    MessageLayout &layout, const QList<ReactionGroup> &groups, const QFontMetrics &metrics, int left, int right, int &y)
{
    if (groups.isEmpty())
        return;
    const int height = metrics.height() + 8;
    int x = left;
    y += 4;
    for (const ReactionGroup &group : groups) {
        const int width = metrics.horizontalAdvance(reactionText(group)) + 16;
        if (x > left && x + width > right) {
            x = left;
            y += height + 4;
        }
        layout.reactions.append(QRect(x, y, width, height));
        x += width + kGap;
    }
    y += height;
}

} // namespace

QString failureText(const TimelineItem &item)
{
    return QCoreApplication::translate("MessageLayout", "▲ Not sent (%1). Click to try again.").arg(item.failure);
}

QString reactionText(const ReactionGroup &group)
{
    return QString(group.emoji % u' ' % QString::number(group.users.size()));
}

MessageLayout layOutMessage(
    const TimelineModel &timeline, int row, int width, const QFont &font, const QSize &imageSize)
{
    const QFontMetrics metrics(font);
    const TimelineItem &item = timeline.item(row);
    const Message &message = item.message;
    MessageLayout layout;
    int y = 0;
    const auto line = [&](int left, int right, int height) {
        const QRect rect(left, y, std::max(1, right - left), height);
        y += height;
        return rect;
    };
    if (timeline.startsDay(row))
        layout.day = line(kSide, width - kSide, metrics.height() + 22);
    if (timeline.startsUnread(row))
        layout.unread = line(kSide, width - kSide, metrics.height() + 14);
    const int avatar = avatarSide(metrics);
    const int left = kSide + avatar + 12;
    const int right = width - kSide;
    if (item.kind != TimelineItem::Kind::Message) {
        y += 3;
        layout.text = line(left, right, metrics.height() + 4);
        layout.height = y + 3;
        return layout;
    }
    const bool continues = timeline.continuesGroup(row);
    y += continues ? kLineGap : kGroupGap;
    const int top = y;
    if (!continues) {
        layout.avatar = QRect(kSide, top, avatar, avatar);
        layout.name = line(left, right, metrics.height() + 2);
    }
    if (message.replyTo != 0)
        layout.reply = line(left, right, metrics.height() + 4);
    if (!message.content.isEmpty()) {
        layout.body = std::make_shared<MessageDocument>(
            message.content, message.mentions, remarkOn(item), font, currentTokens());
        layout.body->setTextWidth(std::max(40, right - left));
        layout.text = line(left, right, int(std::ceil(layout.body->size().height())));
    }
    if (message.file && !imageSize.isEmpty()) {
        y += 4;
        const QSize shown = imageSize.width() > right - left
            ? imageSize.scaled(right - left, imageSize.height(), Qt::KeepAspectRatio)
            : imageSize;
        layout.image = QRect(QPoint(left, y), shown);
        y += shown.height();
    }
    if (message.file) {
        y += 4;
        layout.file = line(left, std::min(right, left + kWidestFile), 2 * metrics.height() + 14);
    }
    layOutReactions(layout, message.reactions, metrics, left, right, y);
    if (item.delivery == TimelineItem::Delivery::Failed)
        layout.failure = line(left, right, failureHeight(item, font, right - left) + 4);
    // The avatar may be taller than a single line of text.
    layout.height = std::max(y, layout.avatar.isNull() ? 0 : top + avatar) + kLineGap;
    return layout;
}

} // namespace tertulia
