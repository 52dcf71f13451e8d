// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QCompleter;
class QStringListModel;

namespace tertulia {

/// Where messages are written: Enter sends, Shift+Enter and Enter inside an open ``` block begin a new line, arrow up
/// in an empty field edits the last message, `@` completes names. Grows to six lines. Pasting never sends.
class Composer final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);

    void setNames(const QStringList &names);
    void insertAtCursor(const QString &text);

Q_SIGNALS:
    void sendRequested();
    void editLastRequested();
    void cancelRequested();
    void filesOffered(const QStringList &paths);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
    void offerNames();
    void complete(const QString &name);
    [[nodiscard]] bool isInCodeBlock() const;
    [[nodiscard]] QString nameBeingTyped() const;

    QStringListModel *m_names;
    QCompleter *m_completer;
};

} // namespace tertulia
