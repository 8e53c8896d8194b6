// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/artifacts.h"
#include "ui/session/picture_loader.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QScrollArea;
class QSettings;
class QStackedLayout;

namespace mocoscope::ui {

class AttentionGrid;
class FeaturesBar;
class ImageGrid;
class ProjectionCard;
class RunLibrary;
class ScatterPlot;
class Session;
struct RunPictures;

/// What the features of a run see, checkpoint by checkpoint: the attention of the class token on
/// chosen images, their nearest neighbours, and all images of a sample in a plane. Takes only what
/// is stored: of a run that is on, its checkpoints.
class FeaturesView final : public QWidget
{
    Q_OBJECT

public:
    /// All outlive this.
    FeaturesView(RunLibrary& library, const Session& session, training::FeaturePictures& pictures,
                 QWidget* parent = nullptr);
    ~FeaturesView() override;

    /// While it is hidden the run is only noted.
    void setRun(std::optional<storage::RunId> run);
    /// The image of the sample whose attention and neighbours are shown.
    void choose(int image);

    /// Which projection is looked at.
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);

    /// The step whose picture is shown; empty: none is.
    [[nodiscard]] std::optional<std::int64_t> shownStep() const;
    [[nodiscard]] int chosen() const { return m_chosen; }
    [[nodiscard]] FeaturesBar& bar() { return *m_bar; }
    [[nodiscard]] ImageGrid& images() { return *m_images; }
    [[nodiscard]] AttentionGrid& attention() { return *m_attention; }
    [[nodiscard]] ImageGrid& neighbours() { return *m_neighbours; }
    [[nodiscard]] ScatterPlot& plot();
    [[nodiscard]] ProjectionCard& projection() { return *m_projection; }
    [[nodiscard]] QPushButton& drawAgain() { return *m_drawAgain; }
    /// What is said in place of the pictures; empty: they are shown.
    [[nodiscard]] QString waitingText() const;
    [[nodiscard]] QPushButton& computeButton() { return *m_compute; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeWaiting();
    QWidget* makeContent();
    QWidget* makeImages();
    QWidget* makeAttention();
    QWidget* makeNeighbours();
    void connectParts();
    void connectLoader();

    void readSteps();
    void takeSteps(const RunPictures& pictures);
    void selectStep(int index);
    void selectBlock(std::int64_t block);
    void onMissing(std::int64_t step);
    void onEnded(const std::optional<training::Error>& error);
    void computeShown();
    void computeAll();
    void leaveGpu();
    void wait(const QString& text, const QString& button = {});
    void completeProjection();
    [[nodiscard]] bool lacksProjection() const;
    [[nodiscard]] bool canCompute(const storage::PictureStep& step) const;
    [[nodiscard]] const storage::PictureStep* selected() const;
    [[nodiscard]] std::string device() const;
    [[nodiscard]] bool trainsNoBackbone() const;

    void showPicture(const PictureLoader::Picture& picture);
    void takeSample();
    void drawImages();
    void showImages();
    void showAttention();
    void showNeighbours();
    void showProjection();
    [[nodiscard]] QString nameOf(std::size_t image) const;

    RunLibrary& m_library;
    const Session& m_session;
    PictureLoader* m_loader;
    std::optional<storage::RunId> m_run;
    std::vector<storage::PictureStep> m_steps; ///< the oldest first
    int m_index = -1; ///< of m_steps
    bool m_isStale = false; ///< the run was chosen while this was hidden
    bool m_mayCompute = true; ///< false: the user has cancelled
    bool m_computesAll = false; ///< as long as something is computed: all checkpoints are
    std::int64_t m_computedStep = -1; ///< that is being computed, or was last
    bool m_isScrubbing = false; ///< the checkpoint was chosen with the slider
    QTimer m_settle; ///< a checkpoint is computed when the slider has come to rest
    QTimer m_gather; ///< neighbours and plot follow pictures that arrive one after another
    QTimer m_refresh; ///< a run that is on has new checkpoints now and then

    PictureLoader::Picture m_shown; ///< null: none
    std::shared_ptr<const training::PictureSample> m_sample; ///< of the run; null: none yet
    std::vector<QImage> m_thumbnails; ///< of m_sample
    std::vector<int> m_drawn; ///< images that are offered
    unsigned m_draw = 0; ///< which draw of them
    int m_chosen = -1;

    QStackedLayout* m_stack;
    QStackedLayout* m_below; ///< waiting, content
    FeaturesBar* m_bar;
    QLabel* m_waiting = nullptr;
    QPushButton* m_compute = nullptr;
    ImageGrid* m_images = nullptr;
    QPushButton* m_drawAgain = nullptr;
    QStackedLayout* m_attentionStack = nullptr;
    QLabel* m_noAttention = nullptr;
    AttentionGrid* m_attention = nullptr;
    QLabel* m_neighbourText = nullptr;
    QScrollArea* m_neighbourArea = nullptr;
    ImageGrid* m_neighbours = nullptr;
    ProjectionCard* m_projection;
};

} // namespace mocoscope::ui
