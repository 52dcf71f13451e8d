// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include "widgets/theme.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// All on a grid of 24 by 24, stroked; what is filled says so by `fill`.
struct Drawing {
    QPainterPath stroke;
    QPainterPath fill;
};

void line(QPainterPath &path, qreal x1, qreal y1, qreal x2, qreal y2)
{
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
}

Drawing actions(Glyph glyph)
{
    Drawing d;
    switch (glyph) {
    case Glyph::Copy:
        d.stroke.addRoundedRect(9, 9, 11, 11, 2, 2);
        d.stroke.moveTo(15, 5.5);
        d.stroke.lineTo(15, 4);
        d.stroke.lineTo(4, 4);
        d.stroke.lineTo(4, 15);
        d.stroke.lineTo(5.5, 15);
        break;
    case Glyph::QrCode:
        d.stroke.addRect(4, 4, 6, 6);
        d.stroke.addRect(14, 4, 6, 6);
        d.stroke.addRect(4, 14, 6, 6);
        d.fill.addRect(14, 14, 2.5, 2.5);
        d.fill.addRect(18, 14, 2.5, 2.5);
        d.fill.addRect(14, 18, 2.5, 2.5);
        d.fill.addRect(18, 18, 2.5, 2.5);
        break;
    case Glyph::Chat:
        d.stroke.addRoundedRect(3.5, 4.5, 17, 12, 3, 3);
        line(d.stroke, 8, 16.5, 8, 20.5);
        d.stroke.lineTo(12.5, 16.5);
        break;
    case Glyph::Play:
        d.fill.moveTo(7, 4.5);
        d.fill.lineTo(19, 12);
        d.fill.lineTo(7, 19.5);
        d.fill.closeSubpath();
        break;
    case Glyph::Stop:
        d.fill.addRoundedRect(6, 6, 12, 12, 1.5, 1.5);
        break;
    case Glyph::Pause:
        d.fill.addRect(6.5, 5, 4, 14);
        d.fill.addRect(13.5, 5, 4, 14);
        break;
    case Glyph::Search:
        d.stroke.addEllipse(QPointF(10.5, 10.5), 6, 6);
        line(d.stroke, 15, 15, 20, 20);
        break;
    case Glyph::Send:
        d.fill.moveTo(3.5, 4);
        d.fill.lineTo(21, 12);
        d.fill.lineTo(3.5, 20);
        d.fill.lineTo(6.5, 12);
        d.fill.closeSubpath();
        break;
    case Glyph::Reply:
        line(d.stroke, 10, 5, 4, 11);
        d.stroke.lineTo(10, 17);
        d.stroke.moveTo(4, 11);
        d.stroke.cubicTo(14, 10, 20, 13, 20, 20);
        break;
    case Glyph::Edit:
        d.stroke.moveTo(4, 20);
        d.stroke.lineTo(5, 15.5);
        d.stroke.lineTo(16, 4.5);
        d.stroke.lineTo(19.5, 8);
        d.stroke.lineTo(8.5, 19);
        d.stroke.closeSubpath();
        break;
    default:
        break;
    }
    return d;
}

Drawing things(Glyph glyph)
{
    Drawing d;
    switch (glyph) {
    case Glyph::Attach:
        d.stroke.moveTo(19, 11);
        d.stroke.lineTo(11.5, 18.5);
        d.stroke.cubicTo(6, 23, 1.5, 17, 5.5, 12.5);
        d.stroke.lineTo(13, 5);
        d.stroke.cubicTo(17, 2, 20.5, 6, 17, 9.5);
        d.stroke.lineTo(10.5, 16);
        d.stroke.cubicTo(8.5, 17.5, 7, 15.5, 8.5, 14);
        d.stroke.lineTo(14.5, 8);
        break;
    case Glyph::Smile:
        d.stroke.addEllipse(QPointF(12, 12), 8.5, 8.5);
        d.stroke.moveTo(8, 14);
        d.stroke.cubicTo(9.5, 17.5, 14.5, 17.5, 16, 14);
        d.fill.addEllipse(QPointF(9, 9.7), 1.3, 1.3);
        d.fill.addEllipse(QPointF(15, 9.7), 1.3, 1.3);
        break;
    case Glyph::More:
        for (const qreal x : {5.5, 12.0, 18.5})
            d.fill.addEllipse(QPointF(x, 12), 1.8, 1.8);
        break;
    case Glyph::People:
        d.stroke.addEllipse(QPointF(9, 8.5), 3.5, 3.5);
        d.stroke.moveTo(2.5, 20);
        d.stroke.cubicTo(3, 13, 15, 13, 15.5, 20);
        d.stroke.moveTo(15, 5.3);
        d.stroke.cubicTo(20, 5, 20, 12, 15.5, 11.8);
        d.stroke.moveTo(17, 14.5);
        d.stroke.cubicTo(20, 15, 21.3, 17, 21.5, 20);
        break;
    case Glyph::Plus:
        line(d.stroke, 12, 5, 12, 19);
        line(d.stroke, 5, 12, 19, 12);
        break;
    case Glyph::Close:
        line(d.stroke, 6, 6, 18, 18);
        line(d.stroke, 18, 6, 6, 18);
        break;
    case Glyph::Down:
        line(d.stroke, 12, 4, 12, 19);
        line(d.stroke, 5.5, 13, 12, 19.5);
        d.stroke.lineTo(18.5, 13);
        break;
    case Glyph::Megaphone:
        d.stroke.moveTo(4, 9.5);
        d.stroke.lineTo(9, 9.5);
        d.stroke.lineTo(18.5, 4.5);
        d.stroke.lineTo(18.5, 19.5);
        d.stroke.lineTo(9, 14.5);
        d.stroke.lineTo(4, 14.5);
        d.stroke.closeSubpath();
        line(d.stroke, 7.5, 14.5, 9, 20);
        break;
    case Glyph::Columns:
        d.stroke.addRoundedRect(4, 4.5, 16, 15, 2, 2);
        line(d.stroke, 9.3, 4.5, 9.3, 19.5);
        line(d.stroke, 14.7, 4.5, 14.7, 19.5);
        break;
    case Glyph::Door:
        d.stroke.addRect(6.5, 3.5, 11, 17);
        line(d.stroke, 3.5, 20.5, 20.5, 20.5);
        d.fill.addEllipse(QPointF(14.5, 12.5), 1.2, 1.2);
        break;
    default:
        break;
    }
    return d;
}

class GlyphEngine final : public QIconEngine
{
public:
    GlyphEngine(Glyph glyph, Ink ink)
        : m_glyph(glyph)
        , m_ink(ink)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const bool isOnAccent = mode == QIcon::Selected || (m_ink == Ink::OnAccent && mode != QIcon::Disabled);
        const auto role = isOnAccent ? QPalette::HighlightedText : QPalette::ButtonText;
        const QColor color = palette.color(group, role);
        const Drawing drawing = m_glyph >= Glyph::Attach && m_glyph != Glyph::Send && m_glyph != Glyph::Reply
                && m_glyph != Glyph::Edit
            ? things(m_glyph)
            : actions(m_glyph);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 24.0, rect.height() / 24.0);
        painter->strokePath(drawing.stroke, QPen(color, 1.9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->fillPath(drawing.fill, color);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_glyph, m_ink); }

private:
    Glyph m_glyph;
    Ink m_ink;
};

void paintApplicationIcon(QPainter &painter, int badge)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QLinearGradient blue(0, 0, 64, 64);
    blue.setColorAt(0, QColor(0x3b, 0x82, 0xf6));
    blue.setColorAt(1, QColor(0x1d, 0x4e, 0xd8));
    painter.setBrush(blue);
    painter.drawRoundedRect(QRectF(3, 3, 58, 58), 15, 15);
    QPainterPath bubble;
    bubble.addRoundedRect(13, 15, 38, 26, 9, 9);
    QPainterPath tail;
    tail.moveTo(21, 38);
    tail.lineTo(21, 51);
    tail.lineTo(34, 40);
    tail.closeSubpath();
    painter.setBrush(Qt::white);
    painter.drawPath(bubble.united(tail));
    painter.setBrush(QColor(0x1d, 0x4e, 0xd8));
    for (const qreal x : {23.0, 32.0, 41.0})
        painter.drawEllipse(QPointF(x, 28), 3, 3);
    if (badge <= 0)
        return;
    painter.setBrush(lightTokens().danger);
    painter.drawEllipse(QPointF(47, 17), 16, 16);
    painter.setPen(Qt::white);
    QFont font = painter.font();
    font.setPixelSize(badge > 9 ? 17 : 22);
    font.setBold(true);
    painter.setFont(font);
    painter.drawText(QRectF(31, 1, 32, 32), Qt::AlignCenter, badge > 99 ? u"99+"_s : QString::number(badge));
}

} // namespace

QIcon icon(Glyph glyph, Ink ink)
{
    return QIcon(new GlyphEngine(glyph, ink));
}

QIcon applicationIcon(int badge)
{
    QIcon result;
    for (const int size : {16, 22, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.scale(size / 64.0, size / 64.0);
        paintApplicationIcon(painter, badge);
        result.addPixmap(pixmap);
    }
    return result;
}

} // namespace tertulia
