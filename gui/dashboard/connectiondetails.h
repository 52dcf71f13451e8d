// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/hostvalues.h"

#include <QDialog>
#include <QList>

class QFormLayout;
class QLabel;

namespace tertulia {

/// All that is known of one connection, live while it is open.
class ConnectionDetails final : public QDialog
{
    Q_OBJECT
public:
    explicit ConnectionDetails(const ConnectionRow &row, QWidget *parent = nullptr);

    [[nodiscard]] QString connectionId() const { return m_id; }
    void setRow(const ConnectionRow &row);
    void setGone();

private:
    QString m_id;
    QFormLayout *m_form;
    QList<QLabel *> m_values;
    QLabel *m_gone;
};

} // namespace tertulia
