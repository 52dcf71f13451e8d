// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metricsseries.h"

#include <QFrame>
#include <QLabel>
#include <QList>

class QButtonGroup;

namespace tertulia {

class Chart;

/// One number of the server's life: what it is, how much it is now, and its line.
class MetricCard final : public QFrame
{
    Q_OBJECT
public:
    using Formatter = QString (*)(double value);
    MetricCard(Formatter format, QWidget *parent = nullptr);

    void setTitle(const QString &title, const QStringList &seriesNames);
    void setNow(const QString &number, const QString &rest);
    void setValues(const QList<QList<double>> &values, int secondsPerPoint);

private:
    void showLegend();

    QStringList m_names;
    QLabel *m_title;
    QLabel *m_legend;
    QLabel *m_number;
    QLabel *m_rest;
    Chart *m_chart;

protected:
    void changeEvent(QEvent *event) override;
};

/// The row of cards over one chosen range of time.
class MetricsPane final : public QWidget
{
    Q_OBJECT
public:
    explicit MetricsPane(QWidget *parent = nullptr);

    void append(const MetricsSample &sample);
    void clear();
    void setRange(MetricsSeries::Range range);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void retranslate();
    void refresh();

    MetricsSeries m_series;
    MetricsSample m_latest;
    MetricsSeries::Range m_range = MetricsSeries::Range::Minute;
    QLabel *m_title;
    QButtonGroup *m_ranges;
    MetricCard *m_connections;
    MetricCard *m_messages;
    MetricCard *m_latency;
    MetricCard *m_traffic;
    MetricCard *m_lag;
};

} // namespace tertulia
