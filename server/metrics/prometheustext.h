// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/histogram.h"

#include <QByteArray>
#include <QByteArrayView>

namespace tertulia {

/// Writes the text format 0.0.4 of Prometheus: a head for each metric, then its samples. Names are ASCII.
class PrometheusText
{
public:
    /// `type` is "counter", "gauge" or "histogram".
    void head(QByteArrayView name, QByteArrayView type, QByteArrayView help);
    void sample(QByteArrayView name, double value);
    void sample(QByteArrayView name, quint64 value);
    /// With one label; the value is escaped.
    void sample(QByteArrayView name, QByteArrayView label, QByteArrayView labelValue, quint64 value);
    /// Head and samples of a histogram in seconds.
    void histogram(QByteArrayView name, QByteArrayView help, const Histogram &histogram);

    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
};

} // namespace tertulia
