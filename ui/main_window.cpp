// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "training/api/presets.h"
#include "ui/models/text_format.h"
#include "ui/pages/command_palette.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/evaluation_start.h"
#include "ui/pages/fork_start.h"
#include "ui/pages/live_page.h"
#include "ui/pages/live_plots.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/navigation_bar.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/shortcut_list.h"
#include "ui/pages/status_strip.h"
#include "ui/pages/widgets.h"
#include "ui/run_notices.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/session/sweep_queue.h"
#include "ui/theme.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace mocoscope::ui {

using storage::RunId;
using training::RunState;

namespace {

constexpr const char* closingKey = "closing";

/// Needs the least height of its page. A scroll area would give the page the height that its texts
/// and plots would like best, however small the window is.
class PageHolder final : public QWidget
{
public:
    explicit PageHolder(QWidget& page)
        : m_page(page)
    {
        page.setParent(this);
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return m_page.minimumSizeHint(); }
    [[nodiscard]] QSize sizeHint() const override { return m_page.sizeHint(); }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest) {
            updateGeometry();
        }
        return QWidget::event(event);
    }
    void resizeEvent(QResizeEvent*) override { m_page.setGeometry(rect()); }

private:
    QWidget& m_page;
};

/// In a window that is smaller than it, a page is scrolled instead of cut off.
QWidget* scrolled(QWidget& page)
{
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(new PageHolder(page));
    area->setFocusPolicy(Qt::NoFocus);
    area->setFocusProxy(&page);
    return area;
}

} // namespace

MainWindow::MainWindow(RunLibrary& library, Session& session, EnginePorts& ports, Theme& theme,
                       QSettings& settings)
    : m_library(library)
    , m_session(session)
    , m_theme(theme)
    , m_settings(settings)
    , m_queue(new SweepQueue(library, session, this))
    , m_notices(new RunNotices(*this, session, *m_queue, settings))
    , m_navigation(new NavigationBar)
    , m_messages(new MessageBar)
    , m_pages(new QStackedWidget)
{
    setWindowTitle("Mocoscope");
    makePages(ports);
    makeMenus();
    m_palette = new CommandPalette(*this);
    m_shortcuts = new ShortcutList(*this);
    m_strip = new StatusStrip(session, library, *m_pause, *m_stop);
    makeLayout();
    connectPages();
    connectSession();
    connectSweeps();
    restoreLayout();
    updateActions();
    if (library.readOnlyReason()) {
        m_messages->show(messageOf(*library.readOnlyReason()));
    }
}

void MainWindow::makePages(EnginePorts& ports)
{
    m_runs = new RunsPage(m_library, m_session, *m_queue, *ports.exporter);
    m_configure = new ConfigurePage(m_session, m_library, ports);
    m_live = new LivePage(m_session, m_library);
    m_diagnose = new DiagnosePage(m_session, m_library, *ports.pictures);
    m_compare = new ComparePage(m_library);
    for (QWidget* page :
         std::initializer_list<QWidget*> {m_runs, m_configure, m_live, m_diagnose, m_compare}) {
        m_pages->addWidget(scrolled(*page));
    }
    addPagesTo(*m_navigation);
}

void MainWindow::makeLayout()
{
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_navigation);
    auto* page = new QVBoxLayout;
    page->setSpacing(0);
    page->addWidget(m_messages);
    page->addWidget(m_pages, 1);
    row->addLayout(page, 1);
    column->addLayout(row, 1);
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    line->setFrameShadow(QFrame::Plain);
    column->addWidget(line);
    column->addWidget(m_strip);
    setCentralWidget(central);
}

void MainWindow::connectPages()
{
    const auto show = [this](const Message& message) { m_messages->show(message); };
    connect(m_navigation, &NavigationBar::pageChosen, this,
            [this](int page) { showPage(static_cast<Page>(page)); });
    connect(m_runs, &RunsPage::demoRequested, this, &MainWindow::startDemo);
    connect(m_runs, &RunsPage::newRunRequested, this, &MainWindow::newRun);
    connect(m_runs, &RunsPage::messageRaised, this, show);
    connect(m_runs, &RunsPage::shownRunsChanged, m_compare, &ComparePage::setRuns);
    connect(m_compare, &ComparePage::runsChosen, &m_runs->model(), &RunTableModel::setShownRuns);
    connect(m_runs, &RunsPage::compareRequested, this, [this] { showPage(Compare); });
    connect(m_runs, &RunsPage::resumeRequested, this, &MainWindow::resumeRun);
    connect(m_runs, &RunsPage::showRequested, this, [this](RunId run) {
        m_live->showRun(run);
        m_diagnose->showRun(run);
        showPage(Live);
    });
    const auto configure = [this](const training::TrainingConfig& config, const QString& source) {
        m_configure->setConfiguration(config, source);
        showPage(Configure);
    };
    connect(m_runs, &RunsPage::configurationChosen, this, configure);
    connect(m_runs, &RunsPage::evaluationPrepared, this,
            [this](const PreparedEvaluation& evaluation) {
                m_configure->setEvaluation(evaluation);
                showPage(Configure);
            });
    connect(m_compare, &ComparePage::configurationChosen, this,
            [configure](const auto& config) { configure(config, tr("compared run")); });
    connect(m_compare, &ComparePage::messageRaised, this, show);
    connect(m_configure, &ConfigurePage::messageRaised, this, show);
    connect(m_configure, &ConfigurePage::reasonChanged, this, &MainWindow::updateActions);
    connect(m_runs, &RunsPage::forkPrepared, this, [this](const PreparedFork& fork) {
        m_configure->setFork(fork);
        showPage(Configure);
    });
    connect(m_configure, &ConfigurePage::startRequested, this,
            [this](const training::TrainingConfig& config, const QString& name,
                   const QString& preset, const std::optional<RunOrigin>& origin) {
                const bool isStarted = m_session.start(config, name, preset, origin);
                m_isResuming = isStarted && origin && origin->checkpoint;
            });
    connect(m_live, &LivePage::configurationRequested, this, &MainWindow::newRun);
    connect(m_diagnose, &DiagnosePage::configurationRequested, this, &MainWindow::newRun);
    connect(&m_library, &RunLibrary::failed, this,
            [show](const training::Error& error) { show(messageOf(error)); });
}

void MainWindow::connectSession()
{
    connect(m_strip, &StatusStrip::runClicked, this, [this] { showPage(Live); });
    connect(&m_session, &Session::started, this, [this] {
        if (!m_queue->isActive()) { // one run after another would tear the user away each time
            showPage(Live);
        }
    });
    connect(&m_session, &Session::prepared, this, &MainWindow::tellWhereItResumes);
    connect(&m_session, &Session::stateChanged, this, &MainWindow::updateActions);
    connect(&m_session, &Session::failed, this, &MainWindow::tellFailure);
    connect(&m_session, &Session::ended, this, &MainWindow::tellEnd);
    connect(m_notices, &RunNotices::opened, this, &MainWindow::comeBack);
    connect(&m_session, &Session::rolledBack, this, &MainWindow::tellRollBack);
}

void MainWindow::updateActions()
{
    const bool isActive = m_session.isActive();
    const bool isPaused = m_session.state() == RunState::Paused;
    const QString none = isActive ? QString() : tr("No run is on.");
    setReason(*m_start, m_configure->reasonNotToStart(), tr("Start the configured run"));
    m_pause->setText(isPaused ? tr("&Resume") : tr("&Pause"));
    m_pause->setIcon(themedIcon(isPaused ? "start" : "pause"));
    setReason(*m_pause, none,
              isPaused ? tr("Go on (Ctrl+P)") : tr("Pause after this step (Ctrl+P)"));
    setReason(*m_stop, none, tr("Save a checkpoint and stop (Ctrl+.)"));
    m_navigation->setActive(Live, isActive);
}

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->setCurrent(page);
    m_pages->currentWidget()->setFocus();
    if (isOnLive(m_failed.run)) {
        m_messages->remove(m_failed.text);
    }
}

MainWindow::Page MainWindow::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void MainWindow::start()
{
    m_configure->start();
}

void MainWindow::startDemo()
{
    const auto demo = training::findPreset("demo");
    if (demo) {
        m_session.start(demo->config, {}, QString::fromStdString(demo->name));
    } else {
        m_messages->show(messageOf(demo.error()));
    }
}

void MainWindow::resumeRun(RunId run)
{
    m_isResuming = m_session.resumeRun(run);
}

void MainWindow::pauseOrResume()
{
    if (m_session.state() == RunState::Paused) {
        m_session.resume();
    } else {
        m_session.pause();
    }
}

void MainWindow::stop()
{
    m_session.stop();
    m_strip->showStopping();
    setReason(*m_pause, tr("The run is being stopped."), {});
    setReason(*m_stop, tr("The run is being stopped."), {});
}

void MainWindow::search()
{
    if (page() == Configure) {
        m_configure->focusSearch();
    } else {
        showPage(Runs);
        m_runs->focusSearch();
    }
}

void MainWindow::comeBack()
{
    showPage(Live);
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_session.isActive()) {
        m_isClosing = true; // the queue may be between two runs
        m_queue->stop();
        saveLayout();
        event->accept();
        return;
    }
    event->ignore();
    if (!m_isClosing) {
        askToClose();
    }
}

void MainWindow::askToClose()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Close Mocoscope"),
                                tr("<b>A run is on.</b>"), QMessageBox::NoButton, this);
    box->setIconPixmap(
        themedIcon("warning").pixmap(QSize(spacing(10), spacing(10)), devicePixelRatioF()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("It can be stopped with a checkpoint, and resumed later."));
    auto* stopAndClose = box->addButton(tr("&Stop and close"), QMessageBox::AcceptRole);
    box->addButton(tr("&Keep running"), QMessageBox::RejectRole);
    box->setDefaultButton(stopAndClose);
    connect(stopAndClose, &QAbstractButton::clicked, this, &MainWindow::closeAfterStop);
    box->open();
}

void MainWindow::closeAfterStop()
{
    if (!m_session.isActive()) {
        close(); // it has ended while the question was open
        return;
    }
    m_isClosing = true;
    m_queue->stop();
    stop();
    Message message;
    message.tone = Tone::Attention;
    message.text = tr("The run is being stopped. Mocoscope closes when its checkpoint is saved.");
    message.key = closingKey;
    m_messages->show(message);
}

void MainWindow::restoreLayout()
{
    if (!restoreGeometry(m_settings.value("window/geometry").toByteArray())) {
        const QSize wanted(fontMetrics().averageCharWidth() * 215, fontMetrics().height() * 58);
        const QSize frame(spacing(4), spacing(10)); // about what a desktop draws around it
        resize(wanted.boundedTo(screen()->availableSize() - frame));
    }
    m_runs->restoreLayout(m_settings);
    m_configure->restoreLayout(m_settings);
    m_compare->restoreLayout(m_settings);
    m_diagnose->restoreLayout(m_settings);
    m_live->plots().restoreLayout(m_settings);
    const int page = m_settings.value("window/page", 0).toInt();
    showPage(page >= 0 && page < PageCount ? static_cast<Page>(page) : Runs);
}

void MainWindow::saveLayout()
{
    m_settings.setValue("window/geometry", saveGeometry());
    m_settings.setValue("window/page", int(page()));
    m_runs->saveLayout(m_settings);
    m_configure->saveLayout(m_settings);
    m_compare->saveLayout(m_settings);
    m_diagnose->saveLayout(m_settings);
    m_live->plots().saveLayout(m_settings);
}

} // namespace mocoscope::ui
