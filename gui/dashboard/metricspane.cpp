// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/metricspane.h"

#include "dashboard/chart.h"
#include "models/format.h"
#include "widgets/theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

QString bytesPerSecond(double bytes)
{
    return QString(formatBytes(bytes) % u"/s"_s);
}

constexpr double kNumberScale = 1.9;

} // namespace

MetricCard::MetricCard(Formatter format, QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_legend(new QLabel)
    , m_number(new QLabel)
    , m_rest(new QLabel)
    , m_chart(new Chart(MetricsSeries::kPoints, format))
{
    setProperty("card", true);
    m_title->setProperty("muted", true);
    m_rest->setProperty("muted", true);
    m_legend->setTextFormat(Qt::RichText);
    // In a large font the number matters most: the remark beside it gives way, and is in the tool tip whole.
    m_rest->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_legend);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(6);
    middle->addWidget(m_number, 0, Qt::AlignBaseline);
    middle->addWidget(m_rest, 1, Qt::AlignBaseline);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 10);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addLayout(middle);
    layout->addWidget(m_chart, 1);
}

void MetricCard::setTitle(const QString &title, const QStringList &seriesNames)
{
    m_title->setText(title);
    m_names = seriesNames;
    setAccessibleName(title);
    m_chart->setAccessibleName(tr("Chart: %1").arg(title));
    showLegend();
}

void MetricCard::showLegend()
{
    static const std::array<QString, 3> kDashes = {u"—"_s, u"- -"_s, u"···"_s};
    QString html;
    for (int i = 0; i < m_names.size() && m_names.size() > 1; ++i)
        html += u"&nbsp; <span style='color:%1'>%2 %3</span>"_s.arg(
            Chart::colorOf(i).name(), kDashes.at(std::size_t(i)), m_names.at(i).toHtmlEscaped());
    m_legend->setText(html);
}

void MetricCard::setNow(const QString &number, const QString &rest)
{
    m_number->setText(number);
    m_rest->setText(rest);
    m_rest->setToolTip(rest);
    QFont font = QWidget::font();
    font.setPointSizeF(font.pointSizeF() * kNumberScale);
    font.setBold(true);
    m_number->setFont(font);
}

void MetricCard::setValues(const QList<QList<double>> &values, int secondsPerPoint)
{
    QList<ChartSeries> series;
    for (int i = 0; i < values.size(); ++i)
        series.append({m_names.value(i), values.at(i), i > 0});
    m_chart->setSeries(series, secondsPerPoint);
}

void MetricCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showLegend();
    QFrame::changeEvent(event);
}

MetricsPane::MetricsPane(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_ranges(new QButtonGroup(this))
    , m_connections(new MetricCard(formatNumber))
    , m_messages(new MetricCard(formatNumber))
    , m_latency(new MetricCard(formatMilliseconds))
    , m_traffic(new MetricCard(bytesPerSecond))
    , m_lag(new MetricCard(formatMilliseconds))
{
    auto *ranges = new QHBoxLayout;
    ranges->setSpacing(4);
    m_title->setProperty("title", true);
    ranges->addWidget(m_title);
    ranges->addStretch(1);
    for (int range = 0; range < MetricsSeries::kRanges; ++range) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(range == 0);
        button->setProperty("flat", true);
        m_ranges->addButton(button, range);
        ranges->addWidget(button);
    }
    connect(m_ranges, &QButtonGroup::idClicked, this, [this](int id) { setRange(MetricsSeries::Range(id)); });
    auto *cards = new QHBoxLayout;
    cards->setSpacing(12);
    for (MetricCard *card : {m_connections, m_messages, m_latency, m_traffic, m_lag})
        cards->addWidget(card, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(ranges);
    layout->addLayout(cards, 1);
    retranslate();
}

void MetricsPane::append(const MetricsSample &sample)
{
    m_series.append(sample);
    m_latest = sample;
    if (isVisible())
        refresh();
}

void MetricsPane::clear()
{
    m_series.clear();
    m_latest = {};
    refresh();
}

void MetricsPane::setRange(MetricsSeries::Range range)
{
    m_range = range;
    m_ranges->button(int(range))->setChecked(true);
    refresh();
}

void MetricsPane::refresh()
{
    using Value = MetricsSeries::Value;
    const int seconds = MetricsSeries::secondsPerPoint(m_range);
    const auto values = [this](Value value) { return m_series.values(m_range, value); };
    const int connections = m_latest.websockets + m_latest.eventStreams + m_latest.longPolls;
    m_connections->setNow(formatNumber(connections), tr("%n user(s)", nullptr, m_latest.usersOnline));
    m_connections->setValues(
        {values(Value::WebSockets), values(Value::EventStreams), values(Value::LongPolls)}, seconds);
    m_messages->setNow(formatNumber(m_latest.messagesInPerSecond),
        tr("in/s · %1 out/s").arg(formatNumber(m_latest.deliveriesPerSecond)));
    m_messages->setValues({values(Value::MessagesIn), values(Value::MessagesOut)}, seconds);
    m_latency->setNow(
        formatMilliseconds(m_latest.fanoutP50Ms), tr("p50 · %1 p99").arg(formatMilliseconds(m_latest.fanoutP99Ms)));
    m_latency->setValues({values(Value::FanoutP50), values(Value::FanoutP99)}, seconds);
    m_traffic->setNow(
        bytesPerSecond(m_latest.bytesOutPerSecond), tr("out · %1 in").arg(bytesPerSecond(m_latest.bytesInPerSecond)));
    m_traffic->setValues({values(Value::BytesOut), values(Value::BytesIn)}, seconds);
    m_lag->setNow(formatMilliseconds(m_latest.loopLagP99Ms), u"p99"_s);
    m_lag->setValues({values(Value::LoopLagP99)}, seconds);
}

void MetricsPane::retranslate()
{
    const std::array<std::pair<QString, QString>, MetricsSeries::kRanges> ranges
        = {{{tr("1 min"), tr("Show the last minute")}, {tr("15 min"), tr("Show the last 15 minutes")},
            {tr("1 h"), tr("Show the last hour")}, {tr("24 h"), tr("Show the last 24 hours")}}};
    for (int range = 0; range < MetricsSeries::kRanges; ++range) {
        m_ranges->button(range)->setText(ranges.at(std::size_t(range)).first);
        m_ranges->button(range)->setAccessibleName(ranges.at(std::size_t(range)).second);
        m_ranges->button(range)->setToolTip(ranges.at(std::size_t(range)).second);
    }
    m_title->setText(tr("Live"));
    m_connections->setTitle(tr("Connections"), {u"WS"_s, u"SSE"_s, tr("poll")});
    m_messages->setTitle(tr("Messages"), {tr("in"), tr("out")});
    m_latency->setTitle(tr("Fan-out latency"), {u"p50"_s, u"p99"_s});
    m_latency->setToolTip(tr("From a message's arrival to the last write of it to a member"));
    m_traffic->setTitle(tr("Traffic"), {tr("out"), tr("in")});
    m_lag->setTitle(tr("Event-loop lag"), {u"p99"_s});
    m_lag->setToolTip(tr("How late the server's loop runs; over 50 ms guests begin to notice"));
    refresh();
}

void MetricsPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void MetricsPane::showEvent(QShowEvent *event)
{
    refresh();
    QWidget::showEvent(event);
}

} // namespace tertulia
