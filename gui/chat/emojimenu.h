// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace tertulia {

/// A small grid of emoji to choose one from.
class EmojiMenu final : public QMenu
{
    Q_OBJECT
public:
    explicit EmojiMenu(QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &emoji);
};

} // namespace tertulia
