// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sweep_panel.h"

#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "ui/models/sweep_estimate.h"
#include "ui/models/text_format.h"
#include "ui/pages/sweep_axis_row.h"
#include "ui/plot/plot_theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace mocoscope::ui {

using training::DataConfig;
using training::SweepMember;
using training::SweepPlan;

namespace {

constexpr int planDelayMs = 250;

/// What cannot be read as a seed becomes one that no run takes, so that it is told.
std::vector<std::int64_t> seedsFrom(const QString& text)
{
    std::vector<std::int64_t> seeds;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const qlonglong seed = part.trimmed().toLongLong(&isNumber);
        if (!part.trimmed().isEmpty()) {
            seeds.push_back(isNumber ? seed : -1);
        }
    }
    return seeds.empty() ? std::vector<std::int64_t> {0} : seeds;
}

QString counted(std::size_t count, const QString& one, const QString& more)
{
    return ui::countText(static_cast<std::int64_t>(count)) + ' ' + (count == 1 ? one : more);
}

QString textOf(const std::vector<std::int64_t>& seeds)
{
    QStringList texts;
    for (const std::int64_t seed : seeds) {
        texts << QString::number(seed);
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace

SweepPanel::SweepPanel(training::DatasetInspector& inspector, QWidget* parent)
    : Card(tr("Sweep"), parent)
    , m_inspector(inspector)
    , m_fold(new QToolButton)
{
    m_fold->setText(tr("Set up"));
    m_fold->setIcon(themedIcon("fold"));
    m_fold->setToolTip(tr("Many runs that differ in some options, over several seeds"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::TabFocus);
    addHeaderWidget(m_fold);
    m_content = makeContent();
    content().addWidget(m_content);
    m_content->hide();
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_content->setVisible(isOpen);
        m_fold->setIcon(themedIcon(isOpen ? "unfold" : "fold"));
        refresh();
    });
    m_delay.setSingleShot(true);
    m_delay.setInterval(planDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &SweepPanel::refresh);
    addOption();
}

QWidget* SweepPanel::makeContent()
{
    auto* holder = new QWidget;
    auto* form = new QFormLayout(holder);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(spacing(4));
    form->setVerticalSpacing(spacing(2));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_source = new QComboBox;
    m_source->addItem(tr("The form, with options that change"));
    m_source->insertSeparator(1);
    for (const SweepPlan& plan : training::builtInSweeps()) {
        m_source->addItem(presetWord(plan.title), QString::fromStdString(plan.name));
    }
    m_source->setMinimumContentsLength(20);
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_source, &QComboBox::activated, this, &SweepPanel::onSourceChosen);
    form->addRow(tr("&Runs"), m_source);
    m_about = makeMutedLabel({});
    m_about->hide();
    form->addRow(m_about);
    m_options = new QWidget;
    auto* options = new QVBoxLayout(m_options);
    options->setContentsMargins(0, 0, 0, 0);
    options->setSpacing(spacing(1));
    auto* more = makeButton("new", tr("Another option"));
    connect(more, &QPushButton::clicked, this, [this] { addOption().firstInput().setFocus(); });
    options->addWidget(more, 0, Qt::AlignLeft);
    form->addRow(m_options);
    m_seeds = new QLineEdit(QStringLiteral("0, 1, 2"));
    m_seeds->setToolTip(tr("Each setting is trained once with each of these seeds"));
    connect(m_seeds, &QLineEdit::textChanged, this, &SweepPanel::updateSoon);
    form->addRow(tr("S&eeds"), m_seeds);
    m_name = new QLineEdit;
    m_name->setMaxLength(200);
    connect(m_name, &QLineEdit::textChanged, this, &SweepPanel::updateSoon);
    form->addRow(tr("Na&me"), m_name);
    m_count = new QLabel;
    m_count->setWordWrap(true);
    form->addRow(tr("Size"), m_count);
    m_time = new QLabel;
    m_time->setWordWrap(true);
    form->addRow(tr("Time"), m_time);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(m_problem);
    m_queue = makeButton("start", {});
    connect(m_queue, &QPushButton::clicked, this, [this] { Q_EMIT queueRequested(plan()); });
    form->addRow(m_queue);
    return holder;
}

SweepAxisRow& SweepPanel::addOption()
{
    auto* row = new SweepAxisRow;
    auto* options = qobject_cast<QVBoxLayout*>(m_options->layout());
    options->insertWidget(options->count() - 1, row);
    m_rows.push_back(row);
    connect(row, &SweepAxisRow::edited, this, &SweepPanel::updateSoon);
    connect(row, &SweepAxisRow::removeRequested, this, [this, row] { removeOption(row); });
    return *row;
}

void SweepPanel::removeOption(SweepAxisRow* row)
{
    std::erase(m_rows, row);
    row->deleteLater();
    if (m_rows.empty()) {
        addOption();
    }
    updateSoon();
}

void SweepPanel::chooseBuiltIn(const QString& name)
{
    m_source->setCurrentIndex(name.isEmpty() ? 0 : qMax(0, m_source->findData(name)));
    onSourceChosen();
}

void SweepPanel::onSourceChosen()
{
    const SweepPlan* builtIn
        = training::findBuiltInSweep(m_source->currentData().toString().toStdString());
    m_about->setVisible(builtIn != nullptr);
    m_options->setVisible(builtIn == nullptr);
    if (builtIn) {
        m_about->setText(presetWord(builtIn->summary));
        m_seeds->setText(textOf(builtIn->seeds));
    }
    updateSoon();
}

void SweepPanel::setConfig(const training::TrainingConfig& config, const QString& preset)
{
    m_config = config;
    m_preset = preset;
    updateSoon();
}

void SweepPanel::setRuns(std::span<const storage::RunRecord> runs)
{
    m_runs.assign(runs.begin(), runs.end());
    updateSoon(); // names that are taken, times that were measured
}

void SweepPanel::setReasonNotToQueue(const QString& reason)
{
    if (reason != m_reasonNotToQueue) {
        m_reasonNotToQueue = reason;
        updateSoon();
    }
}

void SweepPanel::setSeeds(const QString& seeds)
{
    m_seeds->setText(seeds);
}

void SweepPanel::unfold()
{
    m_fold->setChecked(true);
}

bool SweepPanel::isOfTheForm() const
{
    return m_source->currentData().toString().isEmpty();
}

/// What was changed in the form is kept apart from the preset, so that the runs still tell where
/// they come from.
SweepPlan SweepPanel::plan() const
{
    const std::string source = m_source->currentData().toString().toStdString();
    const SweepPlan* builtIn = training::findBuiltInSweep(source);
    SweepPlan plan;
    if (builtIn) {
        plan = *builtIn;
    } else {
        if (const auto preset = training::findPreset(m_preset.toStdString())) {
            plan.presets = {preset->name};
            for (const auto& changed : training::difference(preset->config, m_config)) {
                if (changed.key != "train.seed") {
                    plan.set.push_back({changed.key, changed.right});
                }
            }
        } else {
            plan.config = m_config;
        }
        for (const SweepAxisRow* row : m_rows) {
            if (auto axis = row->axis()) {
                plan.grid.push_back(std::move(*axis));
            }
        }
    }
    plan.seeds = seedsFrom(m_seeds->text());
    const std::string name = m_name->text().trimmed().toStdString();
    plan.name = name.empty() ? proposedName(plan) : name;
    return plan;
}

/// One that no sweep of the history has.
std::string SweepPanel::proposedName(const SweepPlan& plan) const
{
    const std::string base = !plan.name.empty() ? plan.name
        : plan.presets.empty()                  ? "sweep"
                                                : plan.presets.front() + "-sweep";
    const auto isTaken = [this](const std::string& name) {
        return std::ranges::any_of(m_runs, [&name](const storage::RunRecord& run) {
            return run.sweep && run.sweep->name == name;
        });
    };
    std::string name = base;
    for (int number = 2; isTaken(name); ++number) {
        name = base + '-' + std::to_string(number);
    }
    return name;
}

void SweepPanel::updateSoon()
{
    if (m_fold->isChecked()) {
        m_delay.start();
    }
}

void SweepPanel::refresh()
{
    if (!m_fold->isChecked()) {
        return;
    }
    const SweepPlan planned = plan();
    m_name->setPlaceholderText(QString::fromStdString(planned.name));
    const auto members = training::expandSweep(planned);
    m_members = members.value_or(std::vector<SweepMember> {});
    const bool isHalfFilled
        = isOfTheForm() && std::ranges::any_of(m_rows, &SweepAxisRow::isHalfFilled);
    const QString unfinished
        = isHalfFilled ? tr("An option has no values, or values have no option.") : QString();
    if (members) {
        showProblem(unfinished, Tone::Attention);
    } else {
        showProblem(QString::fromStdString(members.error().detail), Tone::Bad);
    }
    m_queue->setText(m_members.empty()
                         ? tr("Queue")
                         : tr("Queue %1").arg(counted(m_members.size(), tr("run"), tr("runs"))));
    const QString reason = !members ? tr("The sweep has errors.")
        : isHalfFilled              ? unfinished
        : isOfTheForm()             ? m_reasonNotToQueue
                                    : QString();
    setReason(*m_queue, reason, tr("Store the runs and train them one after another"));
    lookUpData();
    showEstimate();
}

void SweepPanel::showProblem(const QString& text, Tone tone)
{
    QPalette coloured = palette();
    coloured.setColor(QPalette::WindowText, toneColour(tone, isDark(palette())));
    m_problem->setPalette(coloured);
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

/// Of data that were not looked at yet.
void SweepPanel::lookUpData()
{
    std::vector<DataConfig> unknown;
    for (const SweepMember& member : m_members) {
        const DataConfig& images = member.config.data;
        const bool isKnown = std::ranges::any_of(
            m_images, [&images](const auto& known) { return known.first == images; });
        if (!isKnown && std::ranges::find(unknown, images) == unknown.end()) {
            unknown.push_back(images);
        }
    }
    if (unknown.empty()) {
        return;
    }
    m_job.run([this, unknown](const std::stop_token& stop) {
        std::vector<std::pair<DataConfig, std::int64_t>> found;
        for (const DataConfig& images : unknown) {
            if (const auto facts = m_inspector.inspect(images, stop)) {
                found.emplace_back(images, facts->trainImages);
            }
        }
        return [this, found = std::move(found)] {
            m_images.insert(m_images.end(), found.begin(), found.end());
            showEstimate();
        };
    });
}

std::optional<std::int64_t> SweepPanel::imageCount(const DataConfig& images) const
{
    const auto known
        = std::ranges::find(m_images, images, [](const auto& each) { return each.first; });
    return known == m_images.end() ? std::nullopt : std::optional(known->second);
}

QString SweepPanel::countText() const
{
    const auto seeds = plan().seeds.size();
    const auto settings = m_members.size() / std::max<std::size_t>(1, seeds);
    return tr("%1: %2 × %3")
        .arg(counted(m_members.size(), tr("run"), tr("runs")),
             counted(settings, tr("setting"), tr("settings")),
             counted(seeds, tr("seed"), tr("seeds")));
}

QString SweepPanel::timeText()
{
    const auto estimate = estimateSweep(
        m_members, [this](const DataConfig& images) { return imageCount(images); }, m_speed,
        m_runs);
    if (!estimate || m_members.empty()) {
        return nothingText;
    }
    const QString steps = tr("%1 steps").arg(ui::countText(estimate->steps));
    const QString duration = durationText(std::llround(estimate->measuredMs));
    if (estimate->measuredRuns == estimate->runs) {
        return tr("%1, %2, as measured in past runs like these").arg(steps, duration);
    }
    if (estimate->measuredRuns > 0) {
        return tr("%1; %2 for the %3 of %4 runs whose like was measured")
            .arg(steps, duration)
            .arg(estimate->measuredRuns)
            .arg(estimate->runs);
    }
    return tr("%1, not measured yet").arg(steps);
}

void SweepPanel::showEstimate()
{
    m_count->setText(m_members.empty() ? nothingText : countText());
    m_time->setText(timeText());
}

} // namespace mocoscope::ui
