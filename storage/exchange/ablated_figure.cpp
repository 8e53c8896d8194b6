// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/ablated_figure.h"

#include <algorithm>
#include <utility>

namespace mocoscope::storage {

namespace {

std::ptrdiff_t countOfValues(const Figure& figure)
{
    return std::ranges::count_if(figure.values,
                                 [](const auto& value) { return value.has_value(); });
}

} // namespace

std::vector<Figure> ablatedFigures(const std::vector<ComparedRun>& runs)
{
    Figure linear {"linear_top1", "last", {}};
    Figure finetune {"finetune_top1", "last", {}};
    for (const ComparedRun& run : runs) {
        linear.values.push_back(run.run.linearTop1);
        finetune.values.push_back(run.run.finetuneTop1);
    }
    std::vector<Figure> all {std::move(linear), std::move(finetune)};
    for (Figure& figure : figures(runs, true)) {
        all.push_back(std::move(figure));
    }
    return all;
}

bool hasValues(const Figure& figure)
{
    return countOfValues(figure) > 0;
}

std::optional<Figure> usualFigure(const std::vector<Figure>& all, const std::string& which)
{
    const Figure* usual = nullptr;
    std::ptrdiff_t most = 0;
    for (const char* metric : {"linear_top1", "eval/knn_top1", "train/loss"}) {
        for (const Figure& figure : all) {
            const bool isAsked = figure.metric == metric && figure.which == which;
            const std::ptrdiff_t count = isAsked ? countOfValues(figure) : 0;
            usual = count > most ? &figure : usual;
            most = std::max(most, count);
        }
    }
    return usual ? std::optional(*usual) : std::nullopt;
}

std::optional<Ablation> ablationOf(const std::vector<ComparedRun>& runs, const Figure& figure,
                                   std::optional<std::size_t> baseline)
{
    std::vector<AblatedRun> ablated;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        ablated.push_back(
            {&runs[i].run, runs[i].config ? &*runs[i].config : nullptr, figure.values[i]});
    }
    return ablate(ablated, baseline);
}

} // namespace mocoscope::storage
