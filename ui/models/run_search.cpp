// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_search.h"

#include "training/api/config_json.h"

#include <utility>

namespace mocoscope::ui {
namespace {

QString problemText(const std::string& search, const storage::FilterProblem& problem)
{
    const auto part = [&search](std::size_t from, std::size_t count) {
        return QString::fromStdString(search.substr(from, count)).toHtmlEscaped();
    };
    const std::size_t end = problem.position + problem.length;
    const QString place = problem.length > 0 ? part(problem.position, problem.length)
                                             : QStringLiteral("\u00a0\u00a0");
    return RunSearch::tr("%1 \u2014 %2<u><b>%3</b></u>%4")
        .arg(QString::fromStdString(problem.message).toHtmlEscaped(), part(0, problem.position),
             place, part(end, std::string::npos));
}

} // namespace

bool RunSearch::set(const QString& text)
{
    const std::string search = text.toStdString();
    auto parsed = storage::RunFilter::parse(search);
    m_problem = parsed ? QString() : problemText(search, parsed.error());
    if (parsed) {
        m_filter = std::move(*parsed);
    }
    return parsed.has_value();
}

bool RunSearch::finds(const storage::RunRecord& run,
                      std::function<bool(const std::string&)> containsWord) const
{
    return m_filter.matches(
        {run, m_filter.needsOptions() ? configOf(run) : nullptr, std::move(containsWord)});
}

const training::TrainingConfig* RunSearch::configOf(const storage::RunRecord& run) const
{
    auto known = m_configs.find(run.uuid);
    if (known == m_configs.end()) {
        auto config = training::fromJson(run.configJson);
        known = m_configs.emplace(run.uuid, config ? std::optional(*config) : std::nullopt).first;
    }
    return known->second ? &*known->second : nullptr;
}

} // namespace mocoscope::ui
