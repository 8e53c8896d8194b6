// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/result.h"
#include "training/api/sweep.h"
#include "training/api/training_event.h"

#include <QMainWindow>

#include <optional>
#include <vector>

class QMenu;
class QSettings;
class QStackedWidget;

namespace mocoscope::ui {

class CommandPalette;
class ComparePage;
class ConfigurePage;
class DiagnosePage;
class LivePage;
class MessageBar;
class NavigationBar;
class RunLibrary;
class RunNotices;
class RunsPage;
class Session;
class ShortcutList;
class StatusStrip;
class SweepQueue;
class Theme;
struct Command;
struct EnginePorts;

/// The window: pages, menus, messages, and the run at its foot. Everything it is given must outlive
/// it.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    enum Page
    {
        Runs,
        Configure,
        Live,
        Diagnose,
        Compare,
        PageCount
    };

    MainWindow(RunLibrary& library, Session& session, EnginePorts& ports, Theme& theme,
               QSettings& settings);

    void showPage(Page page);
    [[nodiscard]] Page page() const;
    /// Closes when the run, if one is on, has stopped with a checkpoint. Asks nothing.
    void closeAfterStop();
    [[nodiscard]] RunsPage& runsPage() { return *m_runs; }
    [[nodiscard]] ConfigurePage& configurePage() { return *m_configure; }
    [[nodiscard]] LivePage& livePage() { return *m_live; }
    [[nodiscard]] DiagnosePage& diagnosePage() { return *m_diagnose; }
    [[nodiscard]] ComparePage& comparePage() { return *m_compare; }
    [[nodiscard]] SweepQueue& queue() { return *m_queue; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }

Q_SIGNALS:
    /// Another history is to be shown, in a window of its own.
    void historyChosen(const QString& file);

protected:
    /// While a run is on: asks, stops it with a checkpoint, and closes when it has ended.
    void closeEvent(QCloseEvent* event) override;

private:
    void makePages(EnginePorts& ports);
    void makeLayout();
    static void addPagesTo(NavigationBar& navigation);
    void makeMenus();
    void makeFileMenu();
    void makeRunMenu();
    void makeViewMenu();
    void makeThemeMenu(QMenu& menu);
    void makeLanguageMenu(QMenu& menu);
    void makeHelpMenu();
    QAction* addAction(QMenu& menu, const QString& iconName, const QString& text,
                       const QKeySequence& key, void (MainWindow::*slot)());
    void connectPages();
    void connectSession();
    void connectSweeps();
    void updateActions();

    struct NamedAction;
    static void gather(const QList<QAction*>& actions, const NamedAction& parent,
                       std::vector<NamedAction>& all);
    /// Of the menus and of the Runs page.
    [[nodiscard]] std::vector<NamedAction> namedActions() const;
    /// Actions, presets and runs.
    [[nodiscard]] std::vector<Command> commands();
    void togglePalette();
    void toggleShortcutList();
    void openRun(storage::RunId run);

    void newRun();
    void queueSweep(const training::SweepPlan& plan);
    void showQueued(storage::SweepId sweep, const QString& name, int runs);
    void rememberQueue();
    void offerToContinue();
    void openConfiguration();
    void saveConfiguration();
    void saveJob();
    void openHistory();
    void start();
    void startDemo();
    void resumeRun(storage::RunId run);
    void tellWhereItResumes(const training::RunFacts& facts);
    void pauseOrResume();
    void stop();
    void search();
    void comeBack();
    void importRuns();
    void showAboutBox();

    void askToClose();
    void tellEnd(storage::RunId run, training::RunState state);
    void tellFailure(const training::Error& error);
    void tellRollBack(storage::RunId from, std::int64_t step);
    [[nodiscard]] bool isOnLive(std::optional<storage::RunId> run) const;
    void restoreLayout();
    void saveLayout();

    RunLibrary& m_library;
    Session& m_session;
    Theme& m_theme;
    QSettings& m_settings;
    bool m_isResuming = false; ///< until the trainer tells from where
    bool m_isClosing = false; ///< as soon as the run has ended
    /// What failed last, and what was said of it.
    struct Failure
    {
        std::optional<storage::RunId> run;
        QString text;
    };
    Failure m_failed;

    SweepQueue* m_queue;
    RunNotices* m_notices;
    NavigationBar* m_navigation;
    MessageBar* m_messages;
    QStackedWidget* m_pages;
    RunsPage* m_runs = nullptr;
    ConfigurePage* m_configure = nullptr;
    LivePage* m_live = nullptr;
    DiagnosePage* m_diagnose = nullptr;
    ComparePage* m_compare = nullptr;
    StatusStrip* m_strip = nullptr;
    QAction* m_start = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_openPalette = nullptr;
    CommandPalette* m_palette = nullptr;
    ShortcutList* m_shortcuts = nullptr;
};

} // namespace mocoscope::ui
