// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QObject>
#include <QTranslator>

class QApplication;

namespace tertulia {

/// The application's theme and language. Changing either takes effect at once: windows hear it as PaletteChange and
/// LanguageChange. One for a process, made before the first window; saving the choice is the owner's business.
class Appearance final : public QObject
{
    Q_OBJECT
public:
    explicit Appearance(QApplication &application, QObject *parent = nullptr);

    [[nodiscard]] ThemeChoice theme() const { return m_theme; }
    void setTheme(ThemeChoice theme);
    /// "es", "en", or empty for the system's (English where it is neither).
    [[nodiscard]] QString language() const { return m_language; }
    void setLanguage(const QString &language);

Q_SIGNALS:
    void themeChanged(tertulia::ThemeChoice theme);
    void languageChanged(const QString &language);

private:
    void applyTheme();
    void applyLanguage();

    QApplication &m_application;
    ThemeChoice m_theme = ThemeChoice::System;
    QString m_language;
    bool m_systemIsDark = false;
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace tertulia
