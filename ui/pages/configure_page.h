// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/fork.h"
#include "training/api/sweep.h"
#include "ui/pages/engine_ports.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"
#include "ui/session/session.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QSplitter;

namespace mocoscope::ui {

class ConfigForm;
class EstimatePanel;
class PresetChooser;
class RunLibrary;
class SweepPanel;
class ViewPreviewPanel;
struct PreparedEvaluation;
struct PreparedFork;

/// Sets up a run: presets, all options, what it will need and the views that it will see.
class ConfigurePage final : public QWidget
{
    Q_OBJECT

public:
    ConfigurePage(Session& session, RunLibrary& library, EnginePorts& ports,
                  QWidget* parent = nullptr);

    [[nodiscard]] ConfigForm& form() { return *m_form; }
    [[nodiscard]] SweepPanel& sweepPanel() { return *m_sweep; }
    /// Loads a preset into the form.
    void choosePreset(const QString& name);
    /// Loads a configuration that came from `source`: a file or a run.
    void setConfiguration(const training::TrainingConfig& config, const QString& source);
    /// Loads what evaluates a run; the name is proposed.
    void setEvaluation(const PreparedEvaluation& evaluation);
    /// Loads what goes on from a checkpoint of a run; the name is proposed.
    void setFork(const PreparedFork& fork);
    /// Says why not in a message when the form is not in order. Waits for what is being found out
    /// about the data and the weights, for two seconds at most.
    void start();
    [[nodiscard]] QString reasonNotToStart() const;
    void openFile();
    void saveFile();
    /// Asks how a launcher is to start the run in several processes, and writes that as a script.
    /// Says why not in a message when the form is not in order.
    void saveJob();
    void focusName();
    void focusSearch();
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);

Q_SIGNALS:
    void startRequested(const mocoscope::training::TrainingConfig& config, const QString& name,
                        const QString& preset,
                        const std::optional<mocoscope::ui::RunOrigin>& origin);
    /// A sweep that is in order as far as the panel can tell.
    void queueRequested(const mocoscope::training::SweepPlan& plan);
    void messageRaised(const mocoscope::ui::Message& message);
    void reasonChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// What the marks in the form are relative to.
    struct Source
    {
        QString preset; ///< empty: none
        QString title;
        QString summary;
        training::TrainingConfig config;
        std::optional<RunOrigin> origin {}; ///< the run that it evaluates or goes on from
        std::optional<training::ForkOrigin> fork {}; ///< of what it goes on from
    };
    [[nodiscard]] QString reasonNotToQueue() const;
    [[nodiscard]] QString reasonNoJob() const;
    void refuse(const QString& what, const QString& reason);
    [[nodiscard]] QWidget* makeHeader();
    [[nodiscard]] QWidget* makeSide(EnginePorts& ports);
    [[nodiscard]] QWidget* makeFooter();
    void load(const training::TrainingConfig& config, const Source& source);
    [[nodiscard]] std::optional<RunOrigin> originOf(const training::TrainingConfig& config) const;
    void showSource();
    void onChanged();
    void updateStart();
    void onLookedUp();
    void startNow();
    void readFile(const QString& file);
    /// Asks what there is and how busy it is, unless that is being asked.
    void findDevices();
    void raise(const training::Error& error);

    Session& m_session;
    RunLibrary& m_library;
    Source m_source;
    ConfigForm* m_form;
    QSplitter* m_splitter;
    PresetChooser* m_preset = nullptr;
    QLabel* m_summary = nullptr;
    QLineEdit* m_search = nullptr;
    QPushButton* m_resetAll = nullptr;
    EstimatePanel* m_estimate = nullptr;
    SweepPanel* m_sweep = nullptr;
    ViewPreviewPanel* m_views = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_problems = nullptr;
    QPushButton* m_start = nullptr;
    QTimer m_startPatience; ///< runs while a start waits
    std::int64_t m_gpus = 0; ///< of this machine
    std::vector<std::string> m_deviceIds; ///< of this machine; empty: not known yet
    training::DeviceCatalog& m_devices;
    BackgroundJob m_deviceJob;
};

} // namespace mocoscope::ui
