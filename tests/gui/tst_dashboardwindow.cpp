// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/activitypane.h"
#include "dashboard/connectionspane.h"
#include "dashboard/dashboardheader.h"
#include "dashboard/dashboardwindow.h"
#include "dashboard/hostdialogs.h"
#include "dashboard/invitedialog.h"
#include "dashboard/settingsdialog.h"
#include "gui/support/accessiblewalk.h"
#include "gui/support/samples.h"
#include "widgets/appearance.h"
#include "widgets/qrcode.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestDashboardWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_appearance.setLanguage(u"en"_s);
        m_window = std::make_unique<DashboardWindow>(m_appearance);
        m_window->setHostState(samples::running());
        m_window->show();
    }
    void cleanup() { m_window.reset(); }

    void headerSaysTheAddressAndCopiesTheLink()
    {
        QVERIFY(!labelWith(u"Running at http://192.168.1.34:8000/"_s).isEmpty());
        HostState state = samples::running();
        state.joinCode = u"4F7K Q"_s;
        m_window->setHostState(state);
        QTest::mouseClick(button(u"Copy link"_s), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), u"http://192.168.1.34:8000/j/4F7K%20Q"_s);
    }

    void qrCodesAreReadBack()
    {
        if (QStandardPaths::findExecutable(u"zbarimg"_s).isEmpty())
            QSKIP("zbarimg is not installed");
        QTemporaryDir folder;
        m_appearance.setTheme(ThemeChoice::Dark);
        QCOMPARE(scan(m_window->grab().toImage(), folder.filePath(u"window.png"_s)), u"http://192.168.1.34:8000/"_s);
        m_appearance.setTheme(ThemeChoice::Light);
        HostState state = samples::running();
        state.joinCode = u"4F7K-Q2MX"_s;
        m_window->setHostState(state);
        m_window->showInvite();
        QCOMPARE(scan(m_window->inviteDialog()->poster(), folder.filePath(u"poster.png"_s)),
            u"http://192.168.1.34:8000/j/4F7K-Q2MX"_s);
        ProjectorView projector(u"http://192.168.1.34:8000/"_s, u"192.168.1.34:8000"_s, {});
        projector.resize(1280, 720);
        QCOMPARE(scan(projector.grab().toImage(), folder.filePath(u"projector.png"_s)), u"http://192.168.1.34:8000/"_s);
    }

    void portInUseOffersAnotherThatWorks()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::Any));
        HostState failed;
        failed.phase = HostPhase::Failed;
        failed.port = other.serverPort();
        failed.failure = u"in use"_s;
        QSignalSpy settings(m_window.get(), &DashboardWindow::settingsChangeRequested);
        QSignalSpy starts(m_window.get(), &DashboardWindow::startRequested);
        m_window->setHostState(failed);
        QPushButton *use = buttonStarting(u"Use port "_s);
        QVERIFY(use && use->isVisible());
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(settings.count(), 1);
        QCOMPARE(settings.first().at(0).toString(), u"server.port"_s);
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::Any, quint16(settings.first().at(1).toUInt())));
        QCOMPARE(starts.count(), 1);
    }

    void kickAsksWhyAndNamesTheConnection()
    {
        m_window->applyConnections(
            {{samples::connection(u"c1"_s, u"Ana"_s), samples::connection(u"c2"_s, u"Bea"_s)}, {}});
        QSignalSpy kicks(m_window.get(), &DashboardWindow::kickRequested);
        auto *view = m_window->findChild<ConnectionsPane *>()->view();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        view->setFocus();
        view->selectAll();
        QTest::keyClick(view, Qt::Key_Delete);
        auto *dialog = m_window->findChild<KickDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>()->setText(u"spam"_s);
        dialog->accept();
        QCOMPARE(kicks.count(), 2);
        QCOMPARE(kicks.first().at(1).toString(), u"spam"_s);
    }

    void stoppingWithPeopleInsideAsksFirst()
    {
        QSignalSpy stops(m_window.get(), &DashboardWindow::stopRequested);
        QTest::mouseClick(button(u"Stop"_s), Qt::LeftButton);
        QCOMPARE(stops.count(), 1); // nobody there: nothing to ask
        MetricsSample sample;
        sample.usersOnline = 3;
        m_window->setMetrics(sample);
        QTest::mouseClick(button(u"Stop"_s), Qt::LeftButton);
        QCOMPARE(stops.count(), 1);
    }

    void doorIsAnsweredInOrder()
    {
        QSignalSpy answers(m_window.get(), &DashboardWindow::doorAnswered);
        for (const QString &id : {u"k1"_s, u"k2"_s}) {
            DoorKnock knock;
            knock.id = id;
            knock.name = id;
            m_window->addKnock(knock);
        }
        QTest::mouseClick(button(u"Let in"_s), Qt::LeftButton);
        QTest::mouseClick(button(u"Refuse"_s), Qt::LeftButton);
        QCOMPARE(answers.count(), 2);
        QCOMPARE(answers.at(0), (QVariantList {u"k1"_s, true}));
        QCOMPARE(answers.at(1), (QVariantList {u"k2"_s, false}));
        QVERIFY(!button(u"Let in"_s)->isVisible());
    }

    void pauseHoldsTheTableAndLosesNothing()
    {
        auto *pane = m_window->findChild<ConnectionsPane *>();
        m_window->applyConnections({{samples::connection(u"c1"_s, u"Ana"_s)}, {}});
        pane->setPaused(true);
        m_window->applyConnections(
            {{samples::connection(u"c2"_s, u"Bea"_s), samples::connection(u"c3"_s, u"C"_s)}, {u"c1"_s}});
        m_window->applyConnections({{}, {u"c3"_s}});
        QCOMPARE(pane->model().rowCount(), 1);
        pane->setPaused(false);
        QCOMPARE(pane->model().rowCount(), 1);
        QCOMPARE(pane->model().rowOf(u"c2"_s), 0);
    }

    void filterFindsUserAddressAndRoom()
    {
        auto *pane = m_window->findChild<ConnectionsPane *>();
        ConnectionRow other = samples::connection(u"c2"_s, u"Bea"_s);
        other.rooms = {u"dudas"_s};
        m_window->applyConnections({{samples::connection(u"c1"_s, u"Ana"_s), other}, {}});
        for (const QString &text : {u"DUDA"_s, u"bea"_s}) {
            pane->setFilter(text);
            QCOMPARE(pane->view()->model()->rowCount(), 1);
        }
        pane->setFilter(u"192.168"_s);
        QCOMPARE(pane->view()->model()->rowCount(), 2);
    }

    void exportDefusesFormulas()
    {
        auto *pane = m_window->findChild<ConnectionsPane *>();
        ConnectionRow row = samples::connection(u"c1"_s, u"=cmd|' /C calc'!A0"_s);
        row.rooms = {u"a"_s, u"b"_s};
        m_window->applyConnections({{row}, {}});
        const QByteArray csv = pane->toCsv();
        QVERIFY(csv.contains("\r\n'=cmd"));
        QVERIFY(csv.contains("\"a, b\""));
    }

    void shellWordsStayOneWord() { QCOMPARE(shellQuoted(u"a'; rm -rf ~ #"_s), u"'a'\\''; rm -rf ~ #'"_s); }

    void settingsTellOnlyWhatChanged()
    {
        SettingsDialog dialog(
            {{u"server.name"_s, u"Aula"_s}, {u"server.port"_s, u"8000"_s}, {u"access.guests"_s, u"true"_s}});
        QVERIFY(dialog.changes().isEmpty());
        dialog.findChild<QSpinBox *>(u"server.port"_s)->setValue(8001);
        QCOMPARE(dialog.changes(), (QHash<QString, QString> {{u"server.port"_s, u"8001"_s}}));
    }

    void everyControlHasAName()
    {
        m_window->applyConnections({{samples::connection(u"c1"_s, u"Ana"_s)}, {}});
        m_window->showInvite();
        QCOMPARE(unnamedControls(*m_window), QStringList());
        SettingsDialog settings({}, m_window.get());
        RoomDialog room(std::nullopt, m_window.get());
        BanDialog ban(u"Ana"_s, {}, m_window.get());
        for (QDialog *dialog :
            {static_cast<QDialog *>(&settings), static_cast<QDialog *>(&room), static_cast<QDialog *>(&ban)}) {
            dialog->show();
            QVERIFY2(unnamedControls(*dialog).isEmpty(), qPrintable(unnamedControls(*dialog).join(u", "_s)));
        }
    }

    void languageChangesLive()
    {
        m_appearance.setLanguage(u"es"_s);
        QTRY_VERIFY(!labelWith(u"En marcha · http://192.168.1.34:8000/"_s).isEmpty());
        QVERIFY(buttonStarting(u"Copiar enlace"_s));
        m_appearance.setLanguage(u"en"_s);
        QTRY_VERIFY(buttonStarting(u"Copy link"_s));
    }

    void tokensAreReadable()
    {
        for (const Tokens *tokens : {&lightTokens(), &darkTokens()}) {
            for (const QColor &back : {tokens->window, tokens->card}) {
                for (const QColor &text :
                    {tokens->text, tokens->muted, tokens->accent, tokens->warn, tokens->danger, tokens->ok})
                    QVERIFY2(contrast(text, back) >= 4.5, qPrintable(text.name() + u" on "_s + back.name()));
                QVERIFY(contrast(tokens->control, back) >= 3.0);
            }
            for (const QColor &back : {tokens->hover, tokens->code, tokens->mention})
                QVERIFY2(contrast(tokens->text, back) >= 4.5, qPrintable(back.name()));
            QVERIFY(contrast(tokens->accentText, tokens->accent) >= 4.5);
            QVERIFY(contrast(tokens->dangerText, tokens->danger) >= 4.5);
            QVERIFY(contrast(tokens->bannerText, tokens->bannerBack) >= 4.5);
        }
        for (const QString &name :
            {u"Ana"_s, u"Bea"_s, u"x"_s, u"profe"_s, u"lucía"_s, u"7"_s, u"Zoe"_s, u"mateo"_s, u"q"_s})
            QVERIFY(contrast(Qt::white, avatarColor(name)) >= 4.5);
    }

private:
    QPushButton *buttonStarting(const QString &text) const
    {
        const QList<QPushButton *> all = m_window->findChildren<QPushButton *>();
        for (QPushButton *candidate : all) {
            if (candidate->text().startsWith(text))
                return candidate;
        }
        return nullptr;
    }
    QPushButton *button(const QString &text) const { return buttonStarting(text); }
    QString labelWith(const QString &text) const
    {
        const QList<QLabel *> all = m_window->findChildren<QLabel *>();
        for (const QLabel *label : all) {
            if (label->text().contains(text))
                return label->text();
        }
        return {};
    }
    static QString scan(const QImage &image, const QString &path)
    {
        if (!image.save(path))
            return u"not saved"_s;
        QProcess zbar;
        zbar.start(u"zbarimg"_s, {u"-q"_s, u"--raw"_s, path});
        if (!zbar.waitForFinished(20'000))
            return u"no answer"_s;
        return QString::fromUtf8(zbar.readAllStandardOutput()).trimmed();
    }

    Appearance m_appearance {*qApp};
    std::unique_ptr<DashboardWindow> m_window;
};

QTEST_MAIN(TestDashboardWindow)
#include "tst_dashboardwindow.moc"
