// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tertulia {

/// A small mark of a state that does not speak by colour alone: a full disc, a ring, a half disc, a triangle.
class StateDot final : public QWidget
{
    Q_OBJECT
public:
    enum class Mark : quint8 { Good, Off, Busy, Bad };

    explicit StateDot(QWidget *parent = nullptr);
    void setMark(Mark mark, const QString &meaning);
    QSize sizeHint() const override { return {14, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Mark m_mark = Mark::Off;
};

} // namespace tertulia
