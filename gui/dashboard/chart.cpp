// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/chart.h"

#include "models/format.h"
#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

constexpr int kShortestBetweenPaintsMs = 250;

/// The next of 1, 2, 5, 10, 20 ... so that the scale does not jump with each value.
double roundedUp(double value)
{
    if (value <= 1)
        return 1;
    const double magnitude = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * magnitude)
            return step * magnitude;
    }
    return 10 * magnitude;
}

double topOf(const QList<ChartSeries> &series)
{
    double top = 0;
    for (const ChartSeries &one : series) {
        for (const double value : one.values)
            top = std::max(top, value);
    }
    return roundedUp(top * 1.1);
}

} // namespace

Chart::Chart(int points, Formatter format, QWidget *parent)
    : QWidget(parent)
    , m_points(points)
    , m_format(format)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_paintTimer.setSingleShot(true);
    connect(&m_paintTimer, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

QColor Chart::colorOf(int index)
{
    const Tokens &tokens = currentTokens();
    return index == 0 ? tokens.accent : index == 1 ? tokens.warn : tokens.ok;
}

void Chart::setSeries(const QList<ChartSeries> &series, int secondsPerPoint)
{
    m_series = series;
    m_secondsPerPoint = secondsPerPoint;
    setAccessibleDescription(describe(0));
    askForPaint();
}

void Chart::askForPaint()
{
    if (!isVisible() || m_paintTimer.isActive())
        return;
    const qint64 since = m_sincePaint.isValid() ? m_sincePaint.elapsed() : kShortestBetweenPaintsMs;
    if (since >= kShortestBetweenPaintsMs)
        update();
    else
        m_paintTimer.start(int(kShortestBetweenPaintsMs - since));
}

QPointF Chart::place(int index, qsizetype count, double value, double top) const
{
    // The newest value stands at the right edge; a young series leaves the left empty.
    const double step = double(width() - 2) / std::max(1, m_points - 1);
    const double x = width() - 1 - double(count - 1 - index) * step;
    const double y = 2 + (1 - value / top) * (height() - 5);
    return {x, y};
}

void Chart::paintEvent(QPaintEvent *)
{
    m_sincePaint.start();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(currentTokens().line, 1, Qt::DotLine));
    for (const int part : {0, 1, 2})
        painter.drawLine(0, 2 + part * (height() - 5) / 2, width(), 2 + part * (height() - 5) / 2);

    const double top = topOf(m_series);
    for (int i = 0; i < m_series.size(); ++i) {
        const ChartSeries &series = m_series.at(i);
        if (series.values.isEmpty())
            continue;
        QPainterPath path(place(0, series.values.size(), series.values.first(), top));
        for (int point = 1; point < series.values.size(); ++point)
            path.lineTo(place(point, series.values.size(), series.values.at(point), top));
        const QColor color = colorOf(i);
        if (i == 0) {
            QPainterPath area = path;
            area.lineTo(width() - 1, height() - 2);
            area.lineTo(place(0, series.values.size(), 0, top).x(), height() - 2);
            QColor fill = color;
            fill.setAlpha(40);
            painter.fillPath(area, fill);
        }
        QPen pen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (series.isDashed)
            pen.setDashPattern(i > 1 ? QList<qreal> {1, 2.5} : QList<qreal> {4, 3});
        painter.strokePath(path, pen);
    }
    paintCrosshair(painter, top);
}

void Chart::paintCrosshair(QPainter &painter, double top) const
{
    if (m_hovered < 0)
        return;
    painter.setPen(QPen(currentTokens().muted, 1));
    const double x = place(m_points - 1 - m_hovered, m_points, 0, top).x();
    painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    for (int i = 0; i < m_series.size(); ++i) {
        const QList<double> &values = m_series.at(i).values;
        const int index = int(values.size()) - 1 - m_hovered;
        if (index < 0)
            continue;
        painter.setBrush(colorOf(i));
        painter.drawEllipse(place(index, values.size(), values.at(index), top), 3, 3);
    }
}

QString Chart::describe(int point) const
{
    QStringList lines;
    if (point > 0)
        lines.append(tr("%1 ago").arg(formatDuration(qint64(point) * m_secondsPerPoint)));
    for (const ChartSeries &series : m_series) {
        const qsizetype index = series.values.size() - 1 - point;
        if (index >= 0)
            lines.append(QString(series.name % u": "_s % m_format(series.values.at(index))));
    }
    return lines.join(u'\n');
}

void Chart::mouseMoveEvent(QMouseEvent *event)
{
    const double step = double(width() - 2) / std::max(1, m_points - 1);
    m_hovered = std::clamp(int(std::lround((width() - 1 - event->position().x()) / step)), 0, m_points - 1);
    QToolTip::showText(event->globalPosition().toPoint(), describe(m_hovered), this);
    askForPaint();
}

void Chart::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

} // namespace tertulia
