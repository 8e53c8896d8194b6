// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_axes.h"

#include "ui/pages/compare_curves.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/compare_options.h"
#include "ui/plot/tick_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace mocoscope::ui {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double spanOfLogarithm = 8;

const QString& optionPrefix()
{
    static const QString prefix = QStringLiteral("option:");
    return prefix;
}
const QString& figurePrefix()
{
    static const QString prefix = QStringLiteral("figure:");
    return prefix;
}
const QString& lastPrefix()
{
    static const QString prefix = QStringLiteral("last:");
    return prefix;
}

const Figure* findFigure(const QString& id)
{
    const auto all = figures();
    const auto found
        = std::ranges::find_if(all, [&id](const Figure& figure) { return id == figure.id; });
    return found == all.end() ? nullptr : &*found;
}

/// The values that occur: in the order of the choices where there are such, else by letters.
QStringList categoriesOf(const training::FieldDescription& field,
                         const std::vector<ComparedRun>& runs)
{
    std::set<QString> present;
    for (const ComparedRun& run : runs) {
        if (run.config) {
            present.insert(optionValueText(field.get(*run.config)));
        }
    }
    QStringList ordered;
    for (const training::FieldChoice& choice : field.choices) {
        const QString value = QString::fromStdString(choice.value);
        if (present.erase(value) > 0) {
            ordered << value;
        }
    }
    for (const QString& value : present) {
        ordered << value;
    }
    return ordered;
}

ValueAxis optionAxis(const training::FieldDescription& field, const std::vector<ComparedRun>& runs)
{
    const bool isNumeric
        = field.type == training::FieldType::Integer || field.type == training::FieldType::Real;
    ValueAxis axis {optionTitle(field.key), {}, {}, false, settingText};
    if (!isNumeric) {
        axis.categories = categoriesOf(field, runs);
    }
    for (const ComparedRun& run : runs) {
        if (!run.config) {
            axis.values.push_back(missing);
            continue;
        }
        const training::FieldValue value = field.get(*run.config);
        axis.values.push_back(
            isNumeric ? optionNumber(value).value_or(missing)
                      : static_cast<double>(axis.categories.indexOf(optionValueText(value))));
    }
    return axis;
}

double lastOf(const ComparedRun& run, const std::string& metric)
{
    const auto found = std::ranges::find(run.summaries, metric, &storage::MetricSummary::name);
    return found == run.summaries.end() ? missing : found->last.value_or(missing);
}

bool spansDecades(const std::vector<double>& values)
{
    if (!allPositive(values)) {
        return false;
    }
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const double value : values) {
        least = std::isnan(value) ? least : std::min(least, value);
        most = std::isnan(value) ? most : std::max(most, value);
    }
    return most / least >= spanOfLogarithm;
}

} // namespace

std::vector<AxisChoice> optionAxes(const std::vector<std::string>& keys)
{
    std::vector<AxisChoice> choices;
    for (const std::string& key : keys) {
        choices.push_back({optionPrefix() + QString::fromStdString(key), optionTitle(key)});
    }
    return choices;
}

std::vector<AxisChoice> resultAxes(const std::vector<ComparedRun>& runs)
{
    std::vector<AxisChoice> choices;
    for (const Figure& figure : figures()) {
        if (countOf(figure, runs) > 0) {
            choices.push_back({figurePrefix() + QLatin1String(figure.id), figureTitle(figure)});
        }
    }
    const std::set<std::string> inFigures {"train/loss", "eval/knn_top1", "eval/knn_top5",
                                           "eval/effective_rank", "linear/best_rate"};
    std::set<std::string> listed = inFigures;
    for (const ComparedRun& run : runs) {
        for (const storage::MetricSummary& summary : run.summaries) {
            if (listed.insert(summary.name).second) {
                choices.push_back({lastPrefix() + QString::fromStdString(summary.name),
                                   CompareModel::tr("%1, last").arg(plotTitle(summary.name))});
            }
        }
    }
    return choices;
}

ValueAxis valueAxis(const std::vector<ComparedRun>& runs, const QString& key)
{
    ValueAxis axis;
    if (key.startsWith(optionPrefix())) {
        const auto* field = training::findField(key.mid(optionPrefix().size()).toStdString());
        axis = field ? optionAxis(*field, runs) : ValueAxis {};
    } else if (const Figure* figure = key.startsWith(figurePrefix())
                   ? findFigure(key.mid(figurePrefix().size()))
                   : nullptr) {
        axis = {figureTitle(*figure), {}, {}, false, figure->text};
        for (const ComparedRun& run : runs) {
            axis.values.push_back(figure->value(run).value_or(missing));
        }
    } else if (key.startsWith(lastPrefix())) {
        const std::string metric = key.mid(lastPrefix().size()).toStdString();
        axis.title = CompareModel::tr("%1, last").arg(plotTitle(metric));
        for (const ComparedRun& run : runs) {
            axis.values.push_back(lastOf(run, metric));
        }
    }
    axis.key = key;
    axis.values.resize(runs.size(), missing);
    axis.isLogarithmic = !axis.isCategorical() && spansDecades(axis.values);
    return axis;
}

} // namespace mocoscope::ui
