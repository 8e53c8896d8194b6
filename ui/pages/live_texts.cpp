// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_texts.h"

#include "training/api/task.h"
#include "ui/models/text_format.h"
#include "ui/pages/live_page.h"

namespace mocoscope::ui {

QString describeRun(const training::TrainingConfig& config, const QString& preset,
                    const QString& device, std::int64_t trainableParameters)
{
    QStringList parts;
    const bool isEvaluation = training::isEvaluation(config);
    if (!preset.isEmpty() && !isEvaluation) {
        parts << LivePage::tr("preset %1").arg(preset);
    }
    parts << (isEvaluation ? optionWord(training::taskTitle(config))
                           : QString::fromStdString(config.method.name))
          << QString::fromStdString(config.model.name)
          << LivePage::tr("batch %1").arg(training::taskBatchSize(config));
    if (trainableParameters > 0) {
        parts << LivePage::tr("%1 parameters")
                     .arg(compactText(static_cast<double>(trainableParameters)));
    }
    if (!device.isEmpty()) {
        parts << device;
    }
    return parts.join(QStringLiteral(" · "));
}

QString phaseText(const training::Progress& progress)
{
    const QString share = progress.total > 1
        ? QStringLiteral(" %1 %").arg(100 * progress.done / progress.total)
        : QString();
    if (progress.phase == "indexing") {
        return LivePage::tr("listing images") + share;
    }
    if (progress.phase == "joining") {
        return LivePage::tr("waiting for other processes") + share;
    }
    if (progress.phase == "evaluating") {
        return LivePage::tr("measuring accuracy") + share;
    }
    if (progress.phase == "saving") {
        return LivePage::tr("saving a checkpoint");
    }
    return QString::fromStdString(progress.phase);
}

namespace {

QString accuracyHint(const training::TrainingConfig& config, bool isUnlabelled, bool hasEnded)
{
    const bool isEvaluation = training::isEvaluation(config);
    if (hasEnded && (isEvaluation || config.evaluation.knnEveryEpochs > 0)) {
        return LivePage::tr("This run has recorded no accuracy.");
    }
    if (config.task.name == "knn") {
        return LivePage::tr("The accuracy appears when all features are computed.");
    }
    if (isEvaluation) {
        return LivePage::tr("The accuracy on the test images appears after the first epoch.");
    }
    if (config.evaluation.knnEveryEpochs <= 0) {
        return LivePage::tr(
            "kNN accuracy is switched off in this run. Set evaluation.knn_every_epochs above 0 "
            "to measure it during training.");
    }
    if (isUnlabelled) {
        return LivePage::tr(
            "These images have no labels, so accuracy cannot be measured. Sort them into one "
            "folder "
            "a class (train/… and test/…), or name a labelled test set, to see kNN accuracy.");
    }
    const auto epochs = config.evaluation.knnEveryEpochs;
    const QString pace
        = epochs == 1 ? LivePage::tr("each epoch") : LivePage::tr("every %1 epochs").arg(epochs);
    return LivePage::tr("kNN accuracy of the frozen features appears with the first "
                        "evaluation (%1). It needs images in one folder a class.")
        .arg(pace);
}

QString lossHint(const training::TrainingConfig& config, bool hasEnded)
{
    if (config.task.name == "knn") {
        return LivePage::tr("Nearest neighbours vote: nothing is trained, so there is no loss.");
    }
    return hasEnded ? LivePage::tr("This run has recorded no loss.")
                    : LivePage::tr("The loss appears with the first step.");
}

QString gradientHint(const training::TrainingConfig& config, bool hasEnded)
{
    if (config.task.name == "knn") {
        return LivePage::tr("Nearest neighbours vote: no layer has a gradient.");
    }
    if (config.task.name == "linear") {
        return LivePage::tr("Only linear classifiers are trained, on features that stay as they "
                            "are: no layer of the backbone has a gradient.");
    }
    return hasEnded ? LivePage::tr("This run has recorded no gradients.")
                    : LivePage::tr("The gradient of each layer appears with the first step.");
}

} // namespace

LiveHints liveHints(const training::TrainingConfig& config, bool isUnlabelled, bool hasEnded)
{
    return {lossHint(config, hasEnded), accuracyHint(config, isUnlabelled, hasEnded),
            gradientHint(config, hasEnded)};
}

} // namespace mocoscope::ui
