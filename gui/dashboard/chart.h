// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QString>
#include <QTimer>
#include <QWidget>

namespace tertulia {

/// One line of a chart. Lines of one chart differ in dash as well as in colour.
struct ChartSeries {
    QString name;
    QList<double> values; ///< oldest first
    bool isDashed = false;
};

/// A small live line chart. Repaints at most four times a second, and not at all while hidden.
class Chart final : public QWidget
{
    Q_OBJECT
public:
    using Formatter = QString (*)(double value);

    /// `points` is how many values fill its width.
    Chart(int points, Formatter format, QWidget *parent = nullptr);

    void setSeries(const QList<ChartSeries> &series, int secondsPerPoint);
    QSize sizeHint() const override { return {200, 60}; }
    QSize minimumSizeHint() const override { return {80, 48}; }

    /// The colour of the series at `index`.
    [[nodiscard]] static QColor colorOf(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void askForPaint();
    [[nodiscard]] QPointF place(int index, qsizetype count, double value, double top) const;
    [[nodiscard]] QString describe(int point) const;
    void paintCrosshair(QPainter &painter, double top) const;

    const int m_points;
    const Formatter m_format;
    QList<ChartSeries> m_series;
    int m_secondsPerPoint = 1;
    int m_hovered = -1; // in points from the right, -1 = none
    QTimer m_paintTimer;
    QElapsedTimer m_sincePaint;
};

} // namespace tertulia
