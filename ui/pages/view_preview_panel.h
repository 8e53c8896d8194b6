// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"
#include "ui/pages/widgets.h"
#include "ui/session/background_job.h"

#include <QTimer>

#include <optional>

namespace mocoscope::ui {

class ViewGrid;

/// The views of a few images as training would draw them; follows the options while they are
/// changed.
class ViewPreviewPanel final : public Card
{
    Q_OBJECT

public:
    explicit ViewPreviewPanel(training::ViewPreview& preview, QWidget* parent = nullptr);

    /// Draws a little later, unless nothing that the views depend on has changed.
    void setConfig(const training::TrainingConfig& config);
    /// Nothing is drawn while the page is hidden or the options are wrong.
    void setPaused(bool paused);

Q_SIGNALS:
    /// New views, or a reason why there are none, are shown.
    void drawn();

private:
    void drawAgain();
    void draw();
    void take(const training::Result<std::vector<training::ViewPair>>& pairs);

    training::ViewPreview& m_preview;
    std::optional<training::TrainingConfig> m_config;
    std::int64_t m_epoch = 0;
    bool m_isPaused = true;
    bool m_isDue = false;
    ViewGrid* m_grid;
    QLabel* m_note;
    QTimer m_delay;
    BackgroundJob m_job; // last: it uses the preview
};

} // namespace mocoscope::ui
