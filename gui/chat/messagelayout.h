// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/messagedocument.h"
#include "models/timelinemodel.h"

#include <QFont>
#include <QList>
#include <QRect>

#include <memory>

namespace tertulia {

/// Where the parts of one message stand, relative to the row's top left corner. A part that is not there is a null
/// rectangle.
struct MessageLayout {
    std::shared_ptr<MessageDocument> body;
    QRect day;
    QRect unread;
    QRect avatar;
    QRect name;
    QRect reply;
    QRect text;
    QRect file;
    QRect image;
    QList<QRect> reactions;
    QRect failure;
    int height = 0;
};

/// What stands under a message that was refused.
[[nodiscard]] QString failureText(const TimelineItem &item);

/// The text on the chip of a reaction.
[[nodiscard]] QString reactionText(const ReactionGroup &group);

/// Lays out row `row` of `timeline` in `width` pixels; `imageSize` is empty where no image is shown.
[[nodiscard]] MessageLayout layOutMessage(
    const TimelineModel &timeline, int row, int width, const QFont &font, const QSize &imageSize);

} // namespace tertulia
