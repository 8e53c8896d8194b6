// SPDX-License-Identifier: GPL-3.0-or-later
// The window with scripted runs instead of an engine, to look at it:
//   ui_preview [--empty] [--dark] [--language de] [--page 0..4] [--tab 0..1] [--tsne] [--run]
//              [--compare N [--view 0..4]]
#include "tests/ui/test_window.h"
#include "tests/ui/varied_runs.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/features_view.h"
#include "ui/pages/projection_card.h"
#include "ui/translations.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTabWidget>

using namespace mocoscope;
using testing::FakeTrainerOptions;

namespace {

constexpr auto stepPause = std::chrono::milliseconds(30);

FakeTrainerOptions story(std::int64_t steps, std::int64_t spikeAt)
{
    FakeTrainerOptions options;
    options.steps = steps;
    options.stepsPerEpoch = 100;
    options.blocks = 12;
    options.evaluateEvery = 100;
    options.systemEvery = 10;
    options.spikeAt = spikeAt;
    return options;
}

void fill(testing::TestHistory& history)
{
    history.playRun("ViT-S baseline", story(1200, -1));
    const auto spiked
        = history.playRun("ViT-S, lr 1.5e-3, learned patch projection", story(1200, 640));
    FakeTrainerOptions failing = story(1200, -1);
    failing.failAt = 700;
    history.playRun("ViT-B, batch 4096", failing);
    FakeTrainerOptions stopped = story(1200, -1);
    stopped.beforeStep = [](std::int64_t step, training::RunControl& control) {
        if (step == 480) {
            control.requestStop();
        }
    };
    history.playRun("frozen patch projection", stopped);
    history.playRun("demo", story(90, -1));
    history.library().setTags(spiked.id, {"instability", "paper"});
    history.library().setNotes(spiked.id,
                               "Spike in the patch projection at step 640, the last "
                               "layers follow a few steps later.");
}

/// A table of the study: most of it trained, the rest waiting.
void fillSweep(testing::TestHistory& history)
{
    const auto sweep = history.makeSweep(*training::findBuiltInSweep("learning-rate"));
    auto runs = history.runsOf(sweep.id);
    runs.resize(7);
    for (const storage::RunRecord& run : runs) {
        history.play(run, story(300 + 10 * run.sweep->place, -1));
    }
}

} // namespace

int main(int count, char** arguments)
{
    QApplication application(count, arguments);
    QCommandLineParser parser;
    parser.addOptions({{"empty", "no runs"},
                       {"dark", "dark theme"},
                       {"language", "one of the window's", "code", "en"},
                       {"run", "start a run"},
                       {"page", "0 to 4", "page", "0"},
                       {"tab", "of the page Diagnose", "tab", "0"},
                       {"tsne", "features laid out by t-SNE"},
                       {"compare", "compare so many runs of varied settings", "count", "0"},
                       {"view", "of the comparison", "view", "0"}});
    parser.process(application);
    ui::installTranslation(application, parser.value("language"));
    FakeTrainerOptions live = story(2000, 300);
    live.beforeStep
        = [](std::int64_t, training::RunControl&) { std::this_thread::sleep_for(stepPause); };
    testing::TestWindow preview(live);
    const int compared = parser.value("compare").toInt();
    auto* compare = preview.window().findChild<ui::ComparePage*>();
    if (compared > 0) {
        const auto runs = testing::recordVariedRuns(preview.history, compared, 300);
        const auto& library = preview.history.library();
        while (library.runs().size() < runs.size()) { // what is not there yet cannot be chosen
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        compare->setRuns(runs);
        compare->views().setCurrentIndex(parser.value("view").toInt());
    } else if (!parser.isSet("empty")) {
        fill(preview.history);
        fillSweep(preview.history);
        preview.history.library().refresh();
    }
    preview.theme().choose(parser.isSet("dark") ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    preview.window().diagnosePage().views().setCurrentIndex(parser.value("tab").toInt());
    if (parser.isSet("tsne")) {
        preview.window().diagnosePage().features().projection().choose(training::Projection::Tsne);
    }
    preview.window().showPage(static_cast<ui::MainWindow::Page>(parser.value("page").toInt()));
    preview.window().show();
    if (parser.isSet("run")) {
        preview.session().start({}, "watched run", "demo");
    }
    return QApplication::exec();
}
