// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_figures.h"

#include "training/api/config_schema.h"
#include "training/api/task.h"
#include "ui/plot/tick_text.h"

#include <QCoreApplication>
#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace mocoscope::ui {
namespace {

const storage::MetricSummary* find(const ComparedRun& run, const char* metric)
{
    const auto found
        = std::find_if(run.summaries.begin(), run.summaries.end(),
                       [metric](const auto& summary) { return summary.name == metric; });
    return found == run.summaries.end() ? nullptr : &*found;
}

std::optional<double> last(const ComparedRun& run, const char* metric)
{
    const storage::MetricSummary* summary = find(run, metric);
    return summary ? summary->last : std::nullopt;
}

std::optional<double> largest(const ComparedRun& run, const char* metric)
{
    const storage::MetricSummary* summary = find(run, metric);
    return summary ? summary->maximum : std::nullopt;
}

std::optional<double> smallest(const ComparedRun& run, const char* metric)
{
    const storage::MetricSummary* summary = find(run, metric);
    return summary ? summary->minimum : std::nullopt;
}

std::optional<double> imagesPerSecond(const ComparedRun& run)
{
    const double seconds = static_cast<double>(run.record.durationMs) / 1000.0;
    if (!run.config || seconds <= 0) {
        return std::nullopt;
    }
    return static_cast<double>(run.record.stepsDone * training::taskBatchSize(*run.config))
        / seconds;
}

QString percentText(double value)
{
    return QStringLiteral("%1 %").arg(value, 0, 'f', 2);
}

QString secondsText(double value)
{
    return durationText(value);
}

using Goal = Figure::Goal;
constexpr Figure allFigures[] {
    {"loss_last", QT_TRANSLATE_NOOP("Figure", "Loss, last"),
     QT_TRANSLATE_NOOP("Figure",
                       "Training loss of the last step. Better or worse only beside runs of the "
                       "same framework, temperature, batch and views"),
     Goal::Lower, [](const ComparedRun& run) { return last(run, "train/loss"); }, valueText},
    {"loss_lowest", QT_TRANSLATE_NOOP("Figure", "Loss, lowest"),
     QT_TRANSLATE_NOOP("Figure",
                       "Lowest training loss of any step. Better or worse only beside runs of the "
                       "same framework, temperature, batch and views"),
     Goal::Lower, [](const ComparedRun& run) { return smallest(run, "train/loss"); }, valueText},
    {"knn_top1_last", QT_TRANSLATE_NOOP("Figure", "kNN top-1, last"),
     QT_TRANSLATE_NOOP("Figure", "Accuracy of the last evaluation"), Goal::Higher,
     [](const ComparedRun& run) { return last(run, "eval/knn_top1"); }, percentText},
    {"knn_top1_best", QT_TRANSLATE_NOOP("Figure", "kNN top-1, best"),
     QT_TRANSLATE_NOOP("Figure", "Highest accuracy of any evaluation"), Goal::Higher,
     [](const ComparedRun& run) { return largest(run, "eval/knn_top1"); }, percentText},
    {"knn_top5_best", QT_TRANSLATE_NOOP("Figure", "kNN top-5, best"),
     QT_TRANSLATE_NOOP("Figure", "Highest top-5 accuracy of any evaluation"), Goal::Higher,
     [](const ComparedRun& run) { return largest(run, "eval/knn_top5"); }, percentText},
    {"linear_top1", QT_TRANSLATE_NOOP("Figure", "Linear probing, top-1"),
     QT_TRANSLATE_NOOP("Figure",
                       "Last accuracy of the best learning rate: of the run itself, or of the last "
                       "one that evaluated it"),
     Goal::Higher, [](const ComparedRun& run) { return run.record.linearTop1; }, percentText},
    {"linear_rate", QT_TRANSLATE_NOOP("Figure", "Linear probing, learning rate"),
     QT_TRANSLATE_NOOP("Figure", "The best of the sweep, per 256 images"), Goal::None,
     [](const ComparedRun& run) { return last(run, "linear/best_rate"); }, valueText},
    {"finetune_top1", QT_TRANSLATE_NOOP("Figure", "Fine-tuning, top-1"),
     QT_TRANSLATE_NOOP("Figure",
                       "Last accuracy: of the run itself, or of the last one that evaluated it"),
     Goal::Higher, [](const ComparedRun& run) { return run.record.finetuneTop1; }, percentText},
    {"effective_rank_last", QT_TRANSLATE_NOOP("Figure", "Effective rank, last"),
     QT_TRANSLATE_NOOP("Figure", "Dimensions that the features really use; 1 is collapse"),
     Goal::Higher, [](const ComparedRun& run) { return last(run, "eval/effective_rank"); },
     valueText},
    {"images_per_s", QT_TRANSLATE_NOOP("Figure", "Images per second"),
     QT_TRANSLATE_NOOP("Figure", "Over the whole run, evaluations included"), Goal::Higher,
     imagesPerSecond, valueText},
    {"steps", QT_TRANSLATE_NOOP("Figure", "Steps"),
     QT_TRANSLATE_NOOP("Figure", "Steps that were trained"), Goal::None,
     [](const ComparedRun& run) {
         return std::optional(static_cast<double>(run.record.stepsDone));
     },
     stepText},
    {"seconds", QT_TRANSLATE_NOOP("Figure", "Training time"),
     QT_TRANSLATE_NOOP("Figure", "Pauses left out"), Goal::None,
     [](const ComparedRun& run) {
         return std::optional(static_cast<double>(run.record.durationMs) / 1000.0);
     },
     secondsText},
};

bool isLoss(const Figure& figure)
{
    return std::string_view(figure.id).starts_with("loss_");
}

/// What a loss is measured on, and how: with another one of these it has another height, whatever
/// is learnt.
bool changesLoss(std::string_view key)
{
    constexpr std::string_view objectives[] {"task.name",          "method.name",
                                             "method.temperature", "method.queue_size",
                                             "method.prototypes",  "method.sinkhorn_epsilon",
                                             "train.batch_size",   "finetune.mixup",
                                             "finetune.cutmix",    "finetune.label_smoothing"};
    return key.starts_with("data.") || key.starts_with("views.")
        || std::ranges::find(objectives, key) != std::end(objectives);
}

} // namespace

std::span<const Figure> figures()
{
    return allFigures;
}

QString figureTitle(const Figure& figure)
{
    return QCoreApplication::translate("Figure", figure.title);
}

bool areComparable(const Figure& figure, const ComparedRun& run, const ComparedRun& other)
{
    if (!isLoss(figure) || !run.config || !other.config) {
        return true;
    }
    const auto differences = training::difference(*run.config, *other.config);
    return std::ranges::none_of(differences,
                                [](const auto& difference) { return changesLoss(difference.key); });
}

std::ptrdiff_t countOf(const Figure& figure, const std::vector<ComparedRun>& runs)
{
    return std::ranges::count_if(
        runs, [&figure](const ComparedRun& run) { return figure.value(run).has_value(); });
}

QString sizeOfDelta(const Figure& figure, double value, double base)
{
    const QString whole = figure.text(value);
    if (whole == figure.text(base)) {
        return {};
    }
    const QString size = deviationText(figure, value, std::abs(value - base))
                             .remove(QLatin1String(" %")); // points, not per cent of the base
    const bool isZero
        = std::none_of(size.begin(), size.end(), [](QChar c) { return c >= u'1' && c <= u'9'; });
    return isZero ? QString() : size;
}

QString deviationText(const Figure& figure, double mean, double deviation)
{
    const QString whole = figure.text(mean);
    const qsizetype point = whole.indexOf(QLatin1Char('.'));
    const bool isPlain
        = figure.text == valueText && point >= 0 && !whole.contains(QLatin1Char('e'));
    return isPlain ? QString::number(deviation, 'f', static_cast<int>(whole.size() - point - 1))
                   : figure.text(deviation);
}

} // namespace mocoscope::ui
