// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/prometheustext.h"

#include <QString>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

QByteArray numberText(double value)
{
    return QByteArray::number(value, 'g', 15);
}

} // namespace

void PrometheusText::head(QByteArrayView name, QByteArrayView type, QByteArrayView help)
{
    m_text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    m_text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
}

void PrometheusText::sample(QByteArrayView name, double value)
{
    m_text.append(name).append(' ').append(numberText(value)).append('\n');
}

void PrometheusText::sample(QByteArrayView name, quint64 value)
{
    m_text.append(name).append(' ').append(QByteArray::number(value)).append('\n');
}

void PrometheusText::sample(QByteArrayView name, QByteArrayView label, QByteArrayView labelValue, quint64 value)
{
    m_text.append(name).append('{').append(label).append("=\"");
    for (const char letter : labelValue) {
        if (letter == '\n')
            m_text.append("\\n");
        else if (letter == '"' || letter == '\\')
            m_text.append('\\').append(letter);
        else
            m_text.append(letter);
    }
    m_text.append("\"} ").append(QByteArray::number(value)).append('\n');
}

void PrometheusText::histogram(QByteArrayView name, QByteArrayView help, const Histogram &histogram)
{
    head(name, "histogram", help);
    const QByteArray base = name.toByteArray();
    const QByteArray bucket = base + "_bucket";
    for (std::size_t bound = 0; bound < Histogram::kBounds.size(); ++bound)
        sample(bucket, "le", numberText(double(Histogram::kBounds[bound]) / 1e9), histogram.countUpTo(bound));
    sample(bucket, "le", "+Inf", histogram.count());
    sample(QByteArray(base + "_sum"), histogram.sumSeconds());
    sample(QByteArray(base + "_count"), histogram.count());
}

} // namespace tertulia
