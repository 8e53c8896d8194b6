// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the window.
#include "ui/main_window.h"
#include "ui/pages/help_dialogs.h"
#include "ui/pages/history_files.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/navigation_bar.h"
#include "ui/pages/run_files.h"
#include "ui/pages/runs_page.h"
#include "ui/run_notices.h"
#include "ui/session/run_library.h"
#include "ui/theme.h"
#include "ui/translations.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QLocale>
#include <QMenuBar>
#include <QSettings>

#include <functional>

namespace mocoscope::ui {

namespace {

struct PageText
{
    const char* icon;
    const char* title;
    const char* toolTip;
};
constexpr PageText pageTexts[MainWindow::PageCount] = {
    {"runs", QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Runs"),
     QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "All runs (Ctrl+1)")},
    {"configure", QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Configure"),
     QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Set up a run (Ctrl+2)")},
    {"live", QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Live"),
     QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Watch a run (Ctrl+3)")},
    {"diagnose", QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Diagnose"),
     QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "See why a run went wrong (Ctrl+4)")},
    {"compare", QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Compare"),
     QT_TRANSLATE_NOOP("mocoscope::ui::MainWindow", "Lay runs side by side (Ctrl+5)")},
};

/// One of several of which one is on.
QAction& addChoice(QMenu& menu, QActionGroup& group, const QString& text, bool isChosen,
                   const std::function<void()>& choose)
{
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(isChosen);
    group.addAction(action);
    QObject::connect(action, &QAction::triggered, &menu, choose);
    return *action;
}

} // namespace

void MainWindow::addPagesTo(NavigationBar& navigation)
{
    for (const PageText& text : pageTexts) {
        navigation.addPage(text.icon, tr(text.title), tr(text.toolTip));
    }
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeRunMenu();
    makeViewMenu();
    makeHelpMenu();
}

QAction* MainWindow::addAction(QMenu& menu, const QString& iconName, const QString& text,
                               const QKeySequence& key, void (MainWindow::*slot)())
{
    QAction* action = menu.addAction(text);
    if (!iconName.isEmpty()) {
        action->setIcon(themedIcon(iconName));
    }
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void MainWindow::makeFileMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&File"));
    addAction(menu, "new", tr("&New run"), QKeySequence::New, &MainWindow::newRun);
    addAction(menu, "load", tr("&Load configuration\u2026"), QKeySequence::Open,
              &MainWindow::openConfiguration);
    addAction(menu, "save", tr("&Save configuration\u2026"), QKeySequence::Save,
              &MainWindow::saveConfiguration);
    addAction(menu, "cluster", tr("Save as cluster &job\u2026"), {}, &MainWindow::saveJob);
    menu.addSeparator();
    addAction(menu, "runs", tr("&Open history\u2026"), {}, &MainWindow::openHistory);
    addAction(menu, "load", tr("&Import runs\u2026"), {}, &MainWindow::importRuns);
    auto* history = new HistoryFiles(m_library, this);
    connect(history, &HistoryFiles::messageRaised, this,
            [this](const Message& message) { m_messages->show(message); });
    menu.addAction(tr("&Back up history\u2026"), history, &HistoryFiles::askBackUp);
    menu.addAction(tr("&Merge another history\u2026"), history, &HistoryFiles::askMerge);
    addAction(menu, "search", tr("&Find"), QKeySequence::Find, &MainWindow::search);
    menu.addSeparator();
    QAction* quit = menu.addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::importRuns()
{
    showPage(Runs);
    m_runs->files().askImportFiles();
}

void MainWindow::openHistory()
{
    auto* dialog = new QFileDialog(this, tr("Open a run history"),
                                   QString::fromStdString(m_library.file().parent_path().string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Run histories (*.db)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::historyChosen);
    dialog->open();
}

void MainWindow::makeRunMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Run"));
    menu.setToolTipsVisible(true);
    m_start = addAction(menu, "start", tr("&Start"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                        &MainWindow::start);
    m_pause = addAction(menu, "pause", tr("&Pause"), QKeySequence(Qt::CTRL | Qt::Key_P),
                        &MainWindow::pauseOrResume);
    m_stop = addAction(menu, "stop", tr("S&top"), QKeySequence(Qt::CTRL | Qt::Key_Period),
                       &MainWindow::stop);
    menu.addSeparator();
    QAction* notify = menu.addAction(tr("&Notify when a run ends"));
    notify->setToolTip(
        tr("While Mocoscope is not the active window: that a run has ended, failed or "
           "paused by itself"));
    notify->setCheckable(true);
    notify->setChecked(m_notices->isOn());
    connect(notify, &QAction::toggled, m_notices, &RunNotices::setOn);
}

void MainWindow::makeViewMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&View"));
    for (int page = 0; page < PageCount; ++page) {
        QAction* action
            = menu.addAction(themedIcon(pageTexts[page].icon), tr(pageTexts[page].title));
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + page)));
        connect(action, &QAction::triggered, this,
                [this, page] { showPage(static_cast<Page>(page)); });
    }
    menu.addSeparator();
    m_openPalette
        = addAction(menu, "search", tr("&Command palette\u2026"), {}, &MainWindow::togglePalette);
    m_openPalette->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_P, Qt::CTRL | Qt::Key_K});
    makeThemeMenu(*menu.addMenu(tr("&Theme")));
    if (languages().size() > 1) {
        makeLanguageMenu(*menu.addMenu(tr("&Language")));
    }
}

void MainWindow::makeThemeMenu(QMenu& menu)
{
    auto* group = new QActionGroup(this);
    const std::pair<ThemeChoice, QString> choices[] = {{ThemeChoice::System, tr("&System")},
                                                       {ThemeChoice::Light, tr("&Light")},
                                                       {ThemeChoice::Dark, tr("&Dark")}};
    for (const auto& [choice, text] : choices) {
        addChoice(menu, *group, text, m_theme.choice() == choice, [this, choice = choice] {
            m_theme.choose(choice);
            m_settings.setValue("theme", toText(choice));
        });
    }
}

void MainWindow::makeLanguageMenu(QMenu& menu)
{
    auto* group = new QActionGroup(this);
    const QString chosen = m_settings.value("language").toString();
    const auto choose = [this](const QString& code) {
        m_settings.setValue("language", code);
        m_messages->show({Tone::Neutral,
                          tr("The language changes when Mocoscope starts again."),
                          {},
                          {},
                          {},
                          "language"});
    };
    addChoice(menu, *group, tr("&System"), chosen.isEmpty(), [choose] { choose({}); });
    for (const QString& code : languages()) {
        addChoice(menu, *group, QLocale(code).nativeLanguageName(), chosen == code, [choose, code] {
            choose(code);
        }).setData(code);
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Help"));
    addAction(menu, {}, tr("&Keyboard shortcuts"), {}, &MainWindow::toggleShortcutList)
        ->setShortcuts({Qt::Key_F1, Qt::CTRL | Qt::Key_Slash});
    addAction(menu, {}, tr("&About Mocoscope"), {}, &MainWindow::showAboutBox);
}

void MainWindow::showAboutBox()
{
    showAbout(this);
}

} // namespace mocoscope::ui
