// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/appearance.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QStyleFactory>

static void initializeTranslations()
{
    Q_INIT_RESOURCE(tertulia_translations);
}

namespace tertulia {

using namespace Qt::StringLiterals;

Appearance::Appearance(QApplication &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_systemIsDark(application.palette().color(QPalette::Window).lightness() < 128)
{
    initializeTranslations();
    m_application.setStyle(QStyleFactory::create(u"Fusion"_s));
    applyTheme();
    applyLanguage();
}

void Appearance::setTheme(ThemeChoice theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    applyTheme();
    Q_EMIT themeChanged(theme);
}

void Appearance::setLanguage(const QString &language)
{
    if (m_language == language)
        return;
    m_language = language;
    applyLanguage();
    Q_EMIT languageChanged(language);
}

void Appearance::applyTheme()
{
    const bool dark = m_theme == ThemeChoice::Dark || (m_theme == ThemeChoice::System && m_systemIsDark);
    const Tokens &tokens = dark ? darkTokens() : lightTokens();
    m_application.setPalette(paletteOf(tokens));
    m_application.setStyleSheet(styleSheetOf(tokens));
}

void Appearance::applyLanguage()
{
    m_application.removeTranslator(&m_own);
    m_application.removeTranslator(&m_qt);
    const QLocale system = QLocale::system();
    QLocale locale = m_language.isEmpty() ? system : QLocale(m_language);
    const bool isSpanish = locale.language() == QLocale::Spanish;
    if (!isSpanish && locale.language() != QLocale::English)
        locale = QLocale(QLocale::English);
    QLocale::setDefault(locale);
    const QString name = isSpanish ? u"es"_s : u"en"_s;
    if (m_own.load(":/i18n/tertulia_"_L1 % name))
        m_application.installTranslator(&m_own);
    // The buttons of Qt's own dialogs; without that file they stay English, which is no reason to fail.
    if (isSpanish && m_qt.load("qtbase_"_L1 % name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_application.installTranslator(&m_qt);
}

} // namespace tertulia
