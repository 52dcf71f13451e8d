// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statedot.h"

#include "widgets/theme.h"

#include <QPainter>

namespace tertulia {

StateDot::StateDot(QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(sizeHint());
}

void StateDot::setMark(Mark mark, const QString &meaning)
{
    m_mark = mark;
    setToolTip(meaning);
    setAccessibleName(meaning);
    update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = currentTokens();
    const QRectF area = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    switch (m_mark) {
    case Mark::Good:
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.ok);
        painter.drawEllipse(area);
        break;
    case Mark::Off:
        painter.setPen(QPen(tokens.muted, 2));
        painter.drawEllipse(area.adjusted(1, 1, -1, -1));
        break;
    case Mark::Busy:
        painter.setPen(QPen(tokens.warn, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(area.adjusted(1, 1, -1, -1));
        painter.setBrush(tokens.warn);
        painter.drawPie(area.adjusted(1, 1, -1, -1), 90 * 16, 180 * 16);
        break;
    case Mark::Bad:
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.danger);
        painter.drawPolygon(QPolygonF({QPointF(area.center().x(), area.top()), area.bottomRight(), area.bottomLeft()}));
        break;
    }
}

} // namespace tertulia
