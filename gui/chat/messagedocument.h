// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/entry.h"
#include "widgets/theme.h"

#include <QFont>
#include <QTextDocument>

namespace tertulia {

/// A message's text ready to be painted. It is put together span by span, never from HTML, and it loads nothing:
/// whatever a stranger writes, no file is opened and no address is asked for.
class MessageDocument final : public QTextDocument
{
    Q_OBJECT
public:
    /// `remark` follows the text, as "(edited)" does.
    MessageDocument(const QString &content, const QStringList &mentions, const QString &remark, const QFont &font,
        const Tokens &tokens);

    /// The address of the link at `position` in the document; empty = none.
    [[nodiscard]] QString linkAt(const QPointF &position) const;

protected:
    QVariant loadResource(int type, const QUrl &name) override;
};

} // namespace tertulia
