// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure_page.h"

#include "training/api/presets.h"
#include "ui/models/text_format.h"
#include "ui/pages/config_form.h"
#include "ui/pages/estimate_panel.h"
#include "ui/pages/evaluation_start.h"
#include "ui/pages/fork_start.h"
#include "ui/pages/preset_chooser.h"
#include "ui/pages/sweep_panel.h"
#include "ui/pages/view_preview_panel.h"
#include "ui/pages/widgets.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace mocoscope::ui {

using training::TrainingConfig;

ConfigurePage::ConfigurePage(Session& session, RunLibrary& library, EnginePorts& ports,
                             QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_library(library)
    , m_form(new ConfigForm)
    , m_splitter(new QSplitter)
    , m_devices(*ports.devices)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing(4), spacing(4), spacing(4), spacing(3));
    column->setSpacing(spacing(3));
    column->addWidget(makeHeader());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(spacing(3));
    m_splitter->addWidget(m_form);
    m_splitter->addWidget(makeSide(ports));
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({1000, 800}); // shares, until the user moves the handle
    column->addWidget(m_splitter, 1);
    column->addWidget(makeFooter());
    setAcceptDrops(true);

    connect(m_form, &ConfigForm::changed, this, &ConfigurePage::onChanged);
    connect(m_estimate, &EstimatePanel::lookedUp, this, &ConfigurePage::onLookedUp);
    connect(&m_session, &Session::stateChanged, this, &ConfigurePage::updateStart);
    connect(&m_session, &Session::ended, this, &ConfigurePage::updateStart);
    connect(&m_library, &RunLibrary::runsChanged, this, [this] {
        m_estimate->setRuns(m_library.runs());
        m_sweep->setRuns(m_library.runs());
    });
    m_estimate->setRuns(m_library.runs());
    m_sweep->setRuns(m_library.runs());
    m_startPatience.setSingleShot(true);
    connect(&m_startPatience, &QTimer::timeout, this, &ConfigurePage::startNow);
    choosePreset(QString::fromStdString(training::presets().front().name));
    findDevices(); // a job may be asked for before the page is shown
}

QWidget* ConfigurePage::makeHeader()
{
    auto* header = new QWidget;
    auto* column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing(1));
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing(2));
    row->addWidget(makeHeading(tr("Configure"), 3));
    row->addSpacing(spacing(3));
    m_preset = new PresetChooser;
    auto* label = new QLabel(tr("&Preset"));
    label->setBuddy(m_preset);
    row->addWidget(label);
    connect(m_preset, &PresetChooser::chosen, this, &ConfigurePage::choosePreset);
    row->addWidget(m_preset);
    m_resetAll = makeButton("reset", {});
    m_resetAll->setToolTip(tr("Go back to the preset's values"));
    connect(m_resetAll, &QPushButton::clicked, this, [this] { load(m_source.config, m_source); });
    row->addWidget(m_resetAll);
    row->addStretch(1);
    auto* open = makeIconButton("load", tr("Load a configuration from a file (Ctrl+O)"));
    connect(open, &QToolButton::clicked, this, &ConfigurePage::openFile);
    auto* save = makeIconButton("save", tr("Save the configuration to a file (Ctrl+S)"));
    connect(save, &QToolButton::clicked, this, &ConfigurePage::saveFile);
    auto* job = makeIconButton("cluster", tr("Save as a job for torchrun or Slurm"));
    connect(job, &QToolButton::clicked, this, &ConfigurePage::saveJob);
    row->addWidget(open);
    row->addWidget(save);
    row->addWidget(job);
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search options (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search the options"));
    m_search->setClearButtonEnabled(true);
    addSearchIcon(*m_search);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 36);
    connect(m_search, &QLineEdit::textChanged, m_form, &ConfigForm::setSearch);
    connect(m_search, &QLineEdit::returnPressed, m_form, &ConfigForm::focusFirstFound);
    row->addWidget(m_search);
    column->addLayout(row);
    m_summary = makeMutedLabel({});
    column->addWidget(m_summary);
    return header;
}

QWidget* ConfigurePage::makeSide(EnginePorts& ports)
{
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("What the run needs and sees"));
    scroll->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, spacing(2), 0);
    column->setSpacing(spacing(3));
    m_estimate = new EstimatePanel(*ports.inspector, *ports.weights);
    m_views = new ViewPreviewPanel(*ports.preview);
    m_sweep = new SweepPanel(*ports.inspector);
    connect(m_sweep, &SweepPanel::queueRequested, this, &ConfigurePage::queueRequested);
    column->addWidget(m_estimate);
    column->addWidget(m_sweep);
    column->addWidget(m_views);
    column->addStretch();
    scroll->setWidget(side);
    return scroll;
}

QWidget* ConfigurePage::makeFooter()
{
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing(2));
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("named after the preset"));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    m_name->setMaxLength(200);
    auto* label = new QLabel(tr("Run &name"));
    label->setBuddy(m_name);
    m_problems = new QPushButton;
    m_problems->setFlat(true);
    connect(m_problems, &QPushButton::clicked, this, [this] {
        if (!m_form->draft().isValid()) {
            m_search->clear();
            m_form->showOption(m_form->draft().violations().front().key);
        }
    });
    m_start = makePrimaryButton("start", tr("Start training"));
    connect(m_start, &QPushButton::clicked, this, &ConfigurePage::start);
    row->addWidget(label);
    row->addWidget(m_name);
    row->addStretch(1);
    row->addWidget(m_problems);
    row->addWidget(m_start);
    return footer;
}

void ConfigurePage::choosePreset(const QString& name)
{
    const auto preset = training::findPreset(name.toStdString());
    if (!preset) {
        raise(preset.error());
        return;
    }
    load(preset->config,
         {name, presetWord(preset->title), presetWord(preset->summary), preset->config});
}

void ConfigurePage::setConfiguration(const TrainingConfig& config, const QString& source)
{
    load(config, {{}, source, tr("As it was in \u201c%1\u201d.").arg(source), config});
}

void ConfigurePage::setEvaluation(const PreparedEvaluation& evaluation)
{
    load(evaluation.config,
         {{},
          evaluation.runName,
          tr("Evaluates \u201c%1\u201d: its options, with the task and its newest weights. Other "
             "images make it a transfer.")
              .arg(evaluation.runName),
          evaluation.config,
          RunOrigin {evaluation.run, {}}});
    m_name->setText(evaluation.runName + QLatin1Char(' ')
                    + QString::fromStdString(evaluation.config.task.name));
}

void ConfigurePage::setFork(const PreparedFork& fork)
{
    load(fork.origin.config,
         {{},
          fork.runName,
          tr("A fork: starts from step %1 of \u201c%2\u201d, with its weights and the state of its "
             "optimizer. What they depend on stays as it is.")
              .arg(countText(fork.origin.step), fork.runName),
          fork.origin.config,
          RunOrigin {fork.run, fork.checkpoint},
          fork.origin});
    m_name->setText(tr("%1 fork").arg(fork.runName));
}

void ConfigurePage::load(const TrainingConfig& config, const Source& source)
{
    const auto changed = m_form->draft().changedKeys();
    if (!changed.empty() && !m_source.title.isEmpty()) {
        Message message;
        message.text
            = tr("%n changed option(s) were replaced.", nullptr, static_cast<int>(changed.size()));
        message.actionText = tr("Undo");
        message.key = "options replaced";
        message.action = [this, before = m_form->draft().config(), from = m_source] {
            m_source = from;
            showSource();
            m_form->load(before, from.config, from.fork);
        };
        Q_EMIT messageRaised(message);
    }
    m_source = source;
    showSource();
    m_form->load(config, source.config, source.fork);
}

void ConfigurePage::showSource()
{
    m_preset->setCurrent(m_source.preset, m_source.title);
    m_summary->setText(m_source.summary);
}

void ConfigurePage::onChanged()
{
    m_startPatience.stop(); // it was another configuration that was to be started
    const ConfigDraft& draft = m_form->draft();
    const auto changed = static_cast<int>(draft.changedKeys().size());
    m_resetAll->setText(tr("Reset %n changed", nullptr, changed));
    m_resetAll->setVisible(changed > 0);
    TrainingConfig estimated = draft.config();
    if (m_source.fork) {
        estimated.model.initialWeights.clear(); // its checkpoint holds what came of them
    }
    m_estimate->setConfig(estimated);
    m_sweep->setConfig(draft.config(), m_source.preset);
    m_views->setPaused(!draft.isValid() || !isVisible());
    m_views->setConfig(draft.config());
    updateStart();
}

void ConfigurePage::findDevices()
{
    if (m_deviceJob.isBusy()) {
        return;
    }
    m_deviceJob.run([this](const std::stop_token&) {
        auto devices = m_devices.devices();
        return [this, devices = std::move(devices)] {
            m_gpus = std::ranges::count_if(
                devices, [](const auto& device) { return device.id.starts_with("cuda:"); });
            m_deviceIds.clear();
            std::ranges::transform(devices, std::back_inserter(m_deviceIds),
                                   &training::DeviceDescription::id);
            m_form->setDevices(devices);
            updateStart();
        };
    });
}

void ConfigurePage::raise(const training::Error& error)
{
    Q_EMIT messageRaised(messageOf(error));
}

void ConfigurePage::focusName()
{
    m_name->setFocus();
}

void ConfigurePage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ConfigurePage::saveLayout(QSettings& settings) const
{
    settings.setValue("configure/splitter", m_splitter->saveState());
}

void ConfigurePage::restoreLayout(const QSettings& settings)
{
    m_splitter->restoreState(settings.value("configure/splitter").toByteArray());
}

void ConfigurePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    findDevices(); // how busy they are changes
    m_views->setPaused(!m_form->draft().isValid());
}

void ConfigurePage::hideEvent(QHideEvent* event)
{
    m_views->setPaused(true);
    QWidget::hideEvent(event);
}

} // namespace mocoscope::ui
