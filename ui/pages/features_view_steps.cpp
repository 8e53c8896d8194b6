// SPDX-License-Identifier: GPL-3.0-or-later
// Which run, checkpoint and block are looked at.
#include "training/api/config_json.h"
#include "ui/pages/features_bar.h"
#include "ui/pages/features_view.h"
#include "ui/pages/projection_card.h"
#include "ui/session/run_library.h"
#include "ui/session/session.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>

#include <algorithm>

namespace mocoscope::ui {

using storage::PictureStep;

namespace {

constexpr int settleMs = 400; ///< after which the slider has come to rest

} // namespace

void FeaturesView::setRun(std::optional<storage::RunId> run)
{
    if (run == m_run) {
        return;
    }
    m_run = run;
    m_steps.clear();
    m_index = -1;
    m_shown = nullptr;
    m_sample = nullptr; // another data set may have the same places
    m_mayCompute = true;
    m_settle.stop();
    m_isStale = !isVisible();
    m_bar->setSteps({}, 0);
    m_bar->setText({});
    m_bar->setProblem({});
    m_loader->setPlace({run.value_or(storage::RunId {}), {}});
    m_loader->setBlock(training::PictureRequest::lastBlock);
    m_bar->setBlocks(0);
    m_stack->setCurrentIndex(1);
    wait(tr("Looking for checkpoints…"));
    if (!m_isStale) {
        readSteps();
    }
}

void FeaturesView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale || m_run) {
        m_isStale = false;
        readSteps();
    }
}

void FeaturesView::readSteps()
{
    if (!m_run || !isVisible()) {
        m_isStale = true;
        return;
    }
    if (trainsNoBackbone()) {
        m_stack->setCurrentIndex(2);
        return;
    }
    m_library.readPictures(this, *m_run,
                           [this, run = *m_run](const training::Result<RunPictures>& pictures) {
                               if (m_run != run) {
                                   return; // another one was chosen meanwhile
                               }
                               if (pictures) {
                                   takeSteps(*pictures);
                               } else {
                                   wait(QString::fromStdString(toText(pictures.error())));
                               }
                           });
}

/// An evaluation of another run's weights. False as long as that is not known.
bool FeaturesView::trainsNoBackbone() const
{
    const auto isTask = [](const training::TrainingConfig& config) {
        return config.task.name == "knn" || config.task.name == "linear";
    };
    if (m_session.run() == m_run) {
        return isTask(m_session.config()); // the library may not have listed it yet
    }
    const storage::RunRecord* record = m_library.find(*m_run);
    const auto config = record ? training::fromJson(record->configJson)
                               : training::Result<training::TrainingConfig>();
    return config && isTask(*config);
}

void FeaturesView::takeSteps(const RunPictures& pictures)
{
    const auto before = selected() ? std::optional(selected()->checkpoint.step) : std::nullopt;
    m_steps = pictures.steps;
    m_loader->setPlace({*m_run, pictures.folders});
    const auto same = std::ranges::find_if(
        m_steps, [&](const PictureStep& step) { return step.checkpoint.step == before; });
    const bool isNew = same == m_steps.end();
    m_index = static_cast<int>(isNew ? std::ssize(m_steps) - 1 : same - m_steps.begin());
    m_bar->setSteps(m_steps, m_index);
    m_stack->setCurrentIndex(m_steps.empty() ? 0 : 1);
    if (isNew && !m_steps.empty()) {
        m_isScrubbing = false;
        selectStep(m_index);
    } else if (const PictureStep* step = selected()) {
        m_bar->setText(pictureStepText(*step));
    }
}

const PictureStep* FeaturesView::selected() const
{
    return m_index >= 0 && m_index < std::ssize(m_steps)
        ? &m_steps[static_cast<std::size_t>(m_index)]
        : nullptr;
}

/// Shown at once where it is known; else it is read, and computed where it is not there.
void FeaturesView::selectStep(int index)
{
    m_index = index;
    m_settle.stop();
    const PictureStep* step = selected();
    if (!step) {
        return;
    }
    m_bar->setText(pictureStepText(*step));
    if (const auto picture = m_loader->whole(step->checkpoint.step)) {
        showPicture(picture);
        return;
    }
    PictureLoader::Checkpoints wanted {step->checkpoint};
    for (const PictureStep& other : m_steps) {
        if (other.hasPicture && &other != step
            && !m_loader->all().contains(other.checkpoint.step)) {
            wanted.push_back(other.checkpoint);
        }
    }
    m_loader->read(std::move(wanted));
}

void FeaturesView::selectBlock(std::int64_t block)
{
    m_loader->setBlock(block);
    selectStep(m_index);
}

void FeaturesView::onMissing(std::int64_t step)
{
    const PictureStep* wanted = selected();
    if (!wanted || wanted->checkpoint.step != step) {
        return;
    }
    m_shown = nullptr;
    if (!wanted->hasCheckpoint) {
        wait(tr("The checkpoint of this step has been deleted, and this block was not looked at "
                "before. Choose the last block, or another checkpoint."));
    } else if (m_mayCompute) {
        wait(tr("Being computed…"));
        m_settle.start(m_isScrubbing ? settleMs : 0);
    } else {
        wait(tr("This checkpoint has not been looked at yet."), tr("Compute"));
    }
}

bool FeaturesView::lacksProjection() const
{
    return m_projection->projection() == training::Projection::Tsne && m_shown && !m_shown->tsne;
}

/// The rest of the picture is there.
void FeaturesView::completeProjection()
{
    if (m_mayCompute) {
        m_projection->wait(tr("t-SNE is being computed…"));
        m_settle.start(m_isScrubbing ? settleMs : 0);
    } else {
        m_projection->wait(tr("t-SNE of this checkpoint has not been computed yet."),
                           tr("Compute"));
    }
}

/// t-SNE of what has been computed needs no checkpoint.
bool FeaturesView::canCompute(const PictureStep& step) const
{
    return step.hasCheckpoint || m_loader->whole(step.checkpoint.step);
}

void FeaturesView::computeShown()
{
    const PictureStep* step = selected();
    if (!step || !canCompute(*step) || m_loader->isComplete(step->checkpoint.step)) {
        return;
    }
    if (lacksProjection()) {
        m_projection->wait(tr("t-SNE is being computed…"));
    } else {
        wait(tr("Being computed…"));
    }
    if (m_loader->isComputing() && m_computedStep == step->checkpoint.step) {
        return;
    }
    if (m_loader->isComputing() && m_computesAll) {
        computeAll();
    } else {
        m_computesAll = false;
        m_loader->compute({step->checkpoint}, device());
    }
}

/// The one that is looked at comes first; when another one is looked at, all over.
void FeaturesView::computeAll()
{
    m_mayCompute = true;
    m_computesAll = true;
    PictureLoader::Checkpoints wanted;
    for (const PictureStep& each : m_steps) {
        if (canCompute(each) && !m_loader->isComplete(each.checkpoint.step)) {
            const bool isFirst = &each == selected();
            wanted.insert(isFirst ? wanted.begin() : wanted.end(), each.checkpoint);
        }
    }
    m_loader->compute(std::move(wanted), device());
}

/// A run has started: what is being computed goes on elsewhere, unless it is there already.
void FeaturesView::leaveGpu()
{
    if (!m_loader->isComputing() || m_loader->device() == device()) {
        return;
    }
    if (m_computesAll) {
        computeAll();
        return;
    }
    const auto computed = std::ranges::find_if(m_steps, [this](const PictureStep& step) {
        return step.checkpoint.step == m_computedStep;
    });
    if (computed != m_steps.end()) {
        m_loader->compute({computed->checkpoint}, device());
    }
}

void FeaturesView::onEnded(const std::optional<training::Error>& error)
{
    m_bar->hideProgress();
    const PictureStep* step = selected();
    const bool hasFailed = error && error->code != training::ErrorCode::Cancelled;
    if (m_shown && hasFailed) {
        m_bar->setProblem(QString::fromStdString(toText(*error)));
    }
    if (lacksProjection() && hasFailed) {
        m_mayCompute = false;
        m_projection->wait(QString::fromStdString(toText(*error)), tr("Try again"));
    } else if (lacksProjection()) {
        completeProjection(); // cancelled, or chosen while another one was computed
    }
    if (m_shown || !step) {
        return;
    }
    if (hasFailed) {
        m_mayCompute = false;
        wait(QString::fromStdString(toText(*error)), tr("Try again"));
    } else if (m_mayCompute) {
        selectStep(m_index); // it was chosen while another one was computed
    } else {
        wait(tr("This checkpoint has not been looked at yet."), tr("Compute"));
    }
}

void FeaturesView::wait(const QString& text, const QString& button)
{
    m_waiting->setText(text);
    m_compute->setText(button);
    m_compute->setVisible(!button.isEmpty());
    m_below->setCurrentIndex(0);
}

QString FeaturesView::waitingText() const
{
    return m_below->currentIndex() == 0 ? m_waiting->text() : QString();
}

std::optional<std::int64_t> FeaturesView::shownStep() const
{
    return m_shown ? std::optional(m_shown->step) : std::nullopt;
}

/// A GPU that trains has no memory to spare.
std::string FeaturesView::device() const
{
    return m_session.isActive() ? "cpu" : "auto";
}

} // namespace mocoscope::ui
