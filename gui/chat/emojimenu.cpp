// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/emojimenu.h"

#include <QGridLayout>
#include <QToolButton>
#include <QWidgetAction>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int kColumns = 8;
} // namespace

EmojiMenu::EmojiMenu(QWidget *parent)
    : QMenu(parent)
{
    static const QStringList kEmoji = {u"👍"_s, u"👎"_s, u"❤️"_s, u"😂"_s, u"😮"_s, u"😢"_s, u"😡"_s, u"🎉"_s, u"🙂"_s,
        u"😉"_s, u"😎"_s, u"🤔"_s, u"🙏"_s, u"👏"_s, u"💪"_s, u"👀"_s, u"✅"_s, u"❌"_s, u"❓"_s, u"❗"_s, u"🔥"_s, u"⭐"_s,
        u"☕"_s, u"🚀"_s, u"😀"_s, u"😅"_s, u"😭"_s, u"🥳"_s, u"😴"_s, u"🤝"_s, u"👋"_s, u"💡"_s};
    auto *panel = new QWidget;
    auto *grid = new QGridLayout(panel);
    grid->setContentsMargins(4, 4, 4, 4);
    grid->setSpacing(2);
    for (int i = 0; i < kEmoji.size(); ++i) {
        auto *button = new QToolButton;
        button->setText(kEmoji.at(i));
        button->setProperty("flat", true);
        QFont large = button->font();
        large.setPointSizeF(large.pointSizeF() * 1.4);
        button->setFont(large);
        connect(button, &QToolButton::clicked, this, [this, emoji = kEmoji.at(i)] {
            close();
            Q_EMIT chosen(emoji);
        });
        grid->addWidget(button, i / kColumns, i % kColumns);
    }
    setAccessibleName(tr("Emoji"));
    panel->setAccessibleName(tr("Emoji"));
    auto *action = new QWidgetAction(this);
    action->setDefaultWidget(panel);
    addAction(action);
}

} // namespace tertulia
