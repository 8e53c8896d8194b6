// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/view_preview_panel.h"

#include "training/api/task.h"
#include "ui/pages/view_grid.h"
#include "ui/theme.h"

#include <QVBoxLayout>

namespace mocoscope::ui {

using training::TrainingConfig;
using training::ViewPair;

namespace {

constexpr int previewDelayMs = 200;
constexpr int imageCount = 4;

bool drawsTheSame(const TrainingConfig& one, const TrainingConfig& other)
{
    return one.views == other.views && one.data == other.data && one.task == other.task
        && one.linear == other.linear && one.finetune == other.finetune
        && one.model.imageSize == other.model.imageSize && one.train.seed == other.train.seed;
}

} // namespace

ViewPreviewPanel::ViewPreviewPanel(training::ViewPreview& preview, QWidget* parent)
    : Card(tr("Views"), parent)
    , m_preview(preview)
    , m_grid(new ViewGrid)
    , m_note(makeMutedLabel({}))
{
    QToolButton* again = makeIconButton("redraw", tr("Another draw: the views of the next epoch"));
    connect(again, &QToolButton::clicked, this, &ViewPreviewPanel::drawAgain);
    addHeaderWidget(again);
    content().addWidget(m_note);
    content().addWidget(m_grid);
    m_note->setText(tr("Drawing\u2026"));
    m_grid->hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(previewDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &ViewPreviewPanel::draw);
}

void ViewPreviewPanel::setConfig(const TrainingConfig& config)
{
    if (m_config && drawsTheSame(*m_config, config)) {
        return;
    }
    m_config = config;
    m_isDue = true;
    m_grid->setStale(true);
    m_delay.start();
}

void ViewPreviewPanel::setPaused(bool paused)
{
    m_isPaused = paused;
    if (!paused && m_isDue) {
        m_delay.start();
    }
}

void ViewPreviewPanel::drawAgain()
{
    ++m_epoch;
    m_isDue = true;
    draw();
}

void ViewPreviewPanel::draw()
{
    if (m_isPaused || !m_config || !m_isDue) {
        return;
    }
    m_isDue = false;
    m_grid->setStale(true);
    m_job.run([this, config = *m_config, epoch = m_epoch](const std::stop_token& stop) {
        auto pairs = m_preview.render(config, imageCount, epoch, stop);
        return [this, pairs = std::move(pairs), is = training::isEvaluation(config)] {
            m_grid->setTitles(is ? tr("An epoch") : tr("View 1"),
                              is ? tr("The next") : tr("View 2"));
            take(pairs);
        };
    });
}

void ViewPreviewPanel::take(const training::Result<std::vector<ViewPair>>& pairs)
{
    if (pairs) {
        m_grid->setPairs(*pairs);
        m_note->setVisible(pairs->empty());
        m_note->setText(tr("There are no images to be shown."));
    } else {
        m_note->setText(QString::fromStdString(toText(pairs.error())));
        m_note->show();
    }
    m_grid->setVisible(pairs && !pairs->empty());
    Q_EMIT drawn();
}

} // namespace mocoscope::ui
