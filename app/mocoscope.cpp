// SPDX-License-Identifier: GPL-3.0-or-later
// The window: `mocoscope [DB]`. The only place that names what it is made of.
#include "app/closing_signals.h"
#include "app/thread_waiting.h"
#include "app/window_arguments.h"
#include "training/data/dataset_inspector.h"
#include "training/data/view_preview.h"
#include "training/engine/device_catalog.h"
#include "training/engine/exporter.h"
#include "training/engine/feature_pictures.h"
#include "training/engine/torch_trainer.h"
#include "training/engine/weights_inspector.h"
#include "ui/main_window.h"
#include "ui/pages/engine_ports.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"
#include "ui/translations.h"

#include <QApplication>
#include <QMessageBox>
#include <QProcess>
#include <QSettings>

using namespace mocoscope;

namespace {

void nameApplication()
{
    QApplication::setApplicationName("mocoscope");
    QApplication::setApplicationDisplayName("Mocoscope");
    QApplication::setApplicationVersion(MOCOSCOPE_VERSION);
    QApplication::setOrganizationName("mocoscope");
    QGuiApplication::setDesktopFileName("io.github.mocoscope.Mocoscope");
}

} // namespace

int main(int count, char** arguments)
{
    sleepSoonWhileWaiting(arguments);
    nameApplication();
    answerWithoutWindow(count, arguments);
    ClosingSignals signals; // before any other thread
    QApplication application(count, arguments);
    QSettings settings;
    ui::installTranslation(application, settings.value("language").toString());
    const std::filesystem::path database = databaseFromArguments();
    ui::Theme theme;
    theme.choose(ui::themeChoiceFromText(settings.value("theme").toString()));
    QApplication::setWindowIcon(ui::applicationIcon());
    auto library = ui::RunLibrary::open(database);
    if (!library) {
        QMessageBox::critical(nullptr, "Mocoscope",
                              QString::fromStdString(toText(library.error())));
        return 1;
    }
    ui::EnginePorts ports {training::makeViewPreview(),      training::makeDatasetInspector(),
                           training::makeWeightsInspector(), training::makeDeviceCatalog(),
                           training::makeExporter(),         training::makeFeaturePictures()};
    ui::Session session(**library, [] { return training::makeTorchTrainer(); });
    ui::MainWindow window(**library, session, ports, theme, settings);
    // Each history has a window, and a process, of its own.
    QObject::connect(&window, &ui::MainWindow::historyChosen, [](const QString& file) {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {file});
    });
    signals.close(window);
    window.show();
    return QApplication::exec();
}
