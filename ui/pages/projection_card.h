// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/widgets.h"
#include "ui/session/picture_loader.h"

#include <QImage>

#include <map>
#include <vector>

class QButtonGroup;
class QStackedLayout;

namespace mocoscope::ui {

class ScatterPlot;

/// The class of an image, or its name where it has none.
[[nodiscard]] QString imageName(const training::PictureSample& sample, std::size_t image);

/// All images of a sample in a plane, by PCA or t-SNE, as is chosen.
class ProjectionCard final : public Card
{
    Q_OBJECT

public:
    explicit ProjectionCard(QWidget* parent = nullptr);

    [[nodiscard]] training::Projection projection() const;
    /// As if it were chosen here.
    void choose(training::Projection projection);

    /// `all` of the same run, so that the axes stay while one looks through them; `thumbnails` of
    /// the sample. Shows nothing of a picture that lacks what is chosen.
    void showPicture(const training::FeaturePicture& picture,
                     const std::map<std::int64_t, PictureLoader::Picture>& all,
                     const std::vector<QImage>& thumbnails, int selected);
    /// Says so in place of the plane, with a button to begin; no button: there is nothing to do.
    void wait(const QString& text, const QString& button = {});
    /// What is said in place of the plane; empty: it is shown.
    [[nodiscard]] QString waitingText() const;

    [[nodiscard]] ScatterPlot& plot() { return *m_plot; }
    [[nodiscard]] QPushButton& computeButton() { return *m_compute; }
    [[nodiscard]] QAbstractButton& button(training::Projection projection) const;
    /// Above the plane.
    [[nodiscard]] QString text() const { return m_text->text(); }

Q_SIGNALS:
    void projectionChosen();
    void computationRequested();

private:
    QWidget* makeChoice();
    QWidget* makeWaiting();

    QButtonGroup* m_choice;
    QLabel* m_text;
    QStackedLayout* m_stack; ///< plane, waiting
    ScatterPlot* m_plot;
    QLabel* m_waiting;
    QPushButton* m_compute;
};

} // namespace mocoscope::ui
