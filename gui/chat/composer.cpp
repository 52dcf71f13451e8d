// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/composer.h"

#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QCompleter>
#include <QKeyEvent>
#include <QMimeData>
#include <QStringListModel>
#include <QTextBlock>
#include <QUrl>

#include <cmath>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMostLines = 6;
} // namespace

Composer::Composer(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_names(new QStringListModel(this))
    , m_completer(new QCompleter(m_names, this))
{
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &Composer::complete);
    connect(this, &QPlainTextEdit::textChanged, this, &Composer::fitHeight);
    connect(this, &QPlainTextEdit::textChanged, this, &Composer::offerNames);
    fitHeight();
}

void Composer::setNames(const QStringList &names)
{
    m_names->setStringList(names);
}

void Composer::insertAtCursor(const QString &text)
{
    insertPlainText(text);
    setFocus();
}

void Composer::fitHeight()
{
    // The layout's own count is only brought up to date by painting; a block's rectangle is laid out when asked for.
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines < kMostLines; block = block.next()) {
        const qreal height = document()->documentLayout()->blockBoundingRect(block).height();
        lines += std::max(1, int(std::lround(height / fontMetrics().lineSpacing())));
    }
    lines = std::clamp(lines, 1, kMostLines);
    const int around = 2 * frameWidth() + 2 * int(document()->documentMargin()) + 2;
    const int wanted = lines * fontMetrics().lineSpacing() + around;
    if (height() != wanted)
        setFixedHeight(wanted);
}

bool Composer::isInCodeBlock() const
{
    return toPlainText().left(textCursor().position()).count("```"_L1) % 2 == 1;
}

QString Composer::nameBeingTyped() const
{
    const QString before = textCursor().block().text().left(textCursor().positionInBlock());
    const qsizetype at = before.lastIndexOf(u'@');
    if (at < 0 || (at > 0 && before.at(at - 1).isLetterOrNumber()))
        return {};
    const QString name = before.mid(at + 1);
    return name.size() > 32 || name.contains(u"  "_s) ? QString() : name;
}

void Composer::offerNames()
{
    const QString name = nameBeingTyped();
    if (name.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(name);
    const bool isComplete = m_completer->completionCount() == 1
        && m_completer->currentCompletion().compare(name, Qt::CaseInsensitive) == 0;
    if (m_completer->completionCount() == 0 || isComplete || !hasFocus()) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    place.setWidth(220);
    m_completer->popup()->setAccessibleName(tr("Names"));
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    m_completer->complete(place);
}

void Composer::complete(const QString &name)
{
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(m_completer->completionPrefix().size()));
    cursor.insertText(QString(name % u' '));
    setTextCursor(cursor);
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_completer->popup()->isVisible()
        && (isEnter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
        event->ignore(); // the completer's
        return;
    }
    if (isEnter && !event->modifiers().testFlag(Qt::ShiftModifier) && !isInCodeBlock()) {
        Q_EMIT sendRequested();
        return;
    }
    if (event->key() == Qt::Key_Up && document()->isEmpty()) {
        Q_EMIT editLastRequested();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT cancelRequested();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool Composer::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || QPlainTextEdit::canInsertFromMimeData(source);
}

void Composer::insertFromMimeData(const QMimeData *source)
{
    QStringList paths;
    const QList<QUrl> urls = source->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    if (!paths.isEmpty())
        Q_EMIT filesOffered(paths);
    else if (source->hasText())
        insertPlainText(source->text());
}

void Composer::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

} // namespace tertulia
