// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/features_bar.h"

#include "training/api/feature_pictures.h"
#include "ui/models/text_format.h"
#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace mocoscope::ui {

using training::PictureRequest;

QString pictureStepText(const storage::PictureStep& step)
{
    QString text = FeaturesBar::tr("step %1").arg(countText(step.checkpoint.step));
    if (step.epoch) {
        text += FeaturesBar::tr(", epoch %1").arg(QString::number(*step.epoch, 'f', 1));
    }
    if (step.accuracy) {
        text += FeaturesBar::tr(", kNN %1").arg(percentText(*step.accuracy));
    }
    return step.hasCheckpoint ? text : FeaturesBar::tr("%1; its checkpoint is gone").arg(text);
}

FeaturesBar::FeaturesBar(QWidget* parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_text(new QLabel)
    , m_blockLabel(new QLabel(tr("&Block")))
    , m_blocks(new QComboBox)
    , m_all(makeButton({}, tr("All checkpoints")))
    , m_work(new QWidget)
    , m_problem(makeMutedLabel(tr("Some pictures could not be computed")))
    , m_workText(makeMutedLabel({}))
    , m_progress(new QProgressBar)
    , m_cancel(makeButton("stop", tr("Cancel")))
{
    auto* label = new QLabel(tr("Ch&eckpoint"));
    label->setBuddy(m_slider);
    m_slider->setPageStep(1);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setAccessibleName(tr("Checkpoint"));
    m_slider->setToolTip(tr("The checkpoints of the run, from the first to the newest"));
    m_blockLabel->setBuddy(m_blocks);
    m_blocks->setToolTip(tr("The block whose attention is shown"));
    m_blocks->setAccessibleName(tr("Block"));
    m_all->setToolTip(tr("Compute what is missing of all checkpoints, so that the slider shows "
                         "each at once and neighbours can be followed over the run"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spacing(3), spacing(2), spacing(3), spacing(1));
    row->setSpacing(spacing(2));
    row->addWidget(label);
    row->addWidget(m_slider, 2);
    row->addWidget(m_text, 1);
    row->addSpacing(spacing(2));
    row->addWidget(m_blockLabel);
    row->addWidget(m_blocks);
    row->addSpacing(spacing(2));
    row->addWidget(m_all);
    row->addWidget(m_problem);
    row->addWidget(m_work);
    auto* work = new QHBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(spacing(2));
    work->addWidget(m_workText);
    work->addWidget(m_progress);
    work->addWidget(m_cancel);
    m_problem->setWordWrap(false);
    m_workText->setWordWrap(false);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(spacing(30));
    m_progress->setAccessibleName(tr("Progress of the pictures"));
    connect(m_slider, &QSlider::valueChanged, this, &FeaturesBar::stepChosen);
    connect(m_blocks, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT blockChosen(m_blocks->currentData().toLongLong()); });
    connect(m_all, &QPushButton::clicked, this, &FeaturesBar::allRequested);
    connect(m_cancel, &QPushButton::clicked, this, &FeaturesBar::cancelRequested);
    setBlocks(0);
    setProblem({});
    hideProgress();
}

void FeaturesBar::setSteps(const std::vector<storage::PictureStep>& steps, int selected)
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setRange(0, std::max(0, static_cast<int>(steps.size()) - 1));
    m_slider->setValue(selected);
    m_slider->setEnabled(steps.size() > 1);
    m_hasSeveral = steps.size() > 1;
    m_all->setVisible(m_hasSeveral && !showsProgress());
}

void FeaturesBar::setText(const QString& text)
{
    m_text->setText(text);
}

QString FeaturesBar::text() const
{
    return m_text->text();
}

void FeaturesBar::setBlocks(std::int64_t count)
{
    m_blockLabel->setVisible(count > 0);
    m_blocks->setVisible(count > 0);
    if (count == m_blocks->count()) {
        return;
    }
    const QSignalBlocker blocker(m_blocks);
    m_blocks->clear();
    for (std::int64_t block = 0; block < count; ++block) {
        const bool isLast = block + 1 == count;
        m_blocks->addItem(
            isLast ? tr("%1 (last)").arg(block + 1) : QString::number(block + 1),
            QVariant::fromValue<qlonglong>(isLast ? PictureRequest::lastBlock : block));
    }
    m_blocks->setCurrentIndex(m_blocks->count() - 1);
}

void FeaturesBar::showProgress(const QString& text, std::int64_t done, std::int64_t total)
{
    setProblem({});
    m_workText->setText(text);
    m_progress->setRange(0, static_cast<int>(total)); // 0 to 0: it moves to and fro
    m_progress->setValue(static_cast<int>(done));
    m_work->show();
    m_all->hide();
}

void FeaturesBar::hideProgress()
{
    m_work->hide();
    m_all->setVisible(m_hasSeveral);
}

void FeaturesBar::setProblem(const QString& text)
{
    m_problem->setToolTip(text);
    m_problem->setAccessibleDescription(text);
    m_problem->setVisible(!text.isEmpty());
}

QString FeaturesBar::problem() const
{
    return m_problem->toolTip();
}

bool FeaturesBar::showsProgress() const
{
    return !m_work->isHidden();
}

} // namespace mocoscope::ui
