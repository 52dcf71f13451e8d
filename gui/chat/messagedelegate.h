// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/messagelayout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace tertulia {

class ImageStore;

/// What lies under the pointer in a message.
struct MessageHit {
    enum class Kind : quint8 { Nothing, Link, File, Reaction, Reply, Failure };
    Kind kind = Kind::Nothing;
    QString text; ///< the link's address or the reaction's emoji
};

/// Paints the rows of a TimelineModel. Layouts are kept for the rows last shown.
class MessageDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    MessageDelegate(TimelineModel *timeline, ImageStore &images, QObject *parent);

    void setTimeline(TimelineModel *timeline);
    [[nodiscard]] MessageHit hit(
        const QModelIndex &index, const QRect &rowRect, const QPoint &position, const QFont &font);
    /// Fonts, colours or language changed.
    void forgetLayouts();

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Key {
        quint64 serial;
        quint32 revision;
        int width;
        int shape; // what the neighbours decide: day, unread line, group, image
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.serial, key.revision, key.width, key.shape);
        }
    };
    [[nodiscard]] const MessageLayout &layout(int row, int width, const QFont &font) const;
    void paintBackground(
        QPainter &painter, const QStyleOptionViewItem &option, const MessageLayout &layout, int row) const;
    void paintSeparators(QPainter &painter, const MessageLayout &layout, int row) const;
    void paintHeader(QPainter &painter, const MessageLayout &layout, const TimelineItem &item) const;
    void paintFile(QPainter &painter, const MessageLayout &layout, const Message &message) const;
    void paintReactions(QPainter &painter, const MessageLayout &layout, const Message &message) const;

    TimelineModel *m_timeline;
    ImageStore &m_images;
    mutable QCache<Key, MessageLayout> m_layouts;
    mutable QHash<Key, int> m_heights; // small and kept for all rows: the view asks for every height
};

} // namespace tertulia
