// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/artifacts.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSlider;

namespace mocoscope::ui {

/// Which checkpoint and which block are looked at, and what is being computed.
class FeaturesBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FeaturesBar(QWidget* parent = nullptr);

    /// The oldest first. Tells nobody that another one is selected.
    void setSteps(const std::vector<storage::PictureStep>& steps, int selected);
    void setText(const QString& text);
    /// Blocks of the network; 0: it has no attention of a class token.
    void setBlocks(std::int64_t count);
    void showProgress(const QString& text, std::int64_t done, std::int64_t total);
    void hideProgress();
    /// What went wrong while pictures are shown, until the next progress; empty: nothing.
    void setProblem(const QString& text);

    [[nodiscard]] QSlider& slider() { return *m_slider; }
    [[nodiscard]] QComboBox& blocks() { return *m_blocks; }
    [[nodiscard]] QPushButton& computeAll() { return *m_all; }
    [[nodiscard]] QPushButton& cancel() { return *m_cancel; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool showsProgress() const;
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void stepChosen(int index);
    void blockChosen(std::int64_t block);
    void allRequested();
    void cancelRequested();

private:
    bool m_hasSeveral = false; ///< checkpoints
    QSlider* m_slider;
    QLabel* m_text;
    QLabel* m_blockLabel;
    QComboBox* m_blocks;
    QPushButton* m_all;
    QWidget* m_work;
    QLabel* m_problem; ///< in place of m_work
    QLabel* m_workText;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
};

/// "step 480, epoch 12.0, kNN 46.1 %".
[[nodiscard]] QString pictureStepText(const storage::PictureStep& step);

} // namespace mocoscope::ui
