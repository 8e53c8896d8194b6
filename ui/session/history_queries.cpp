// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_queries.h"

#include "storage/curve_query.h"
#include "storage/run_repository.h"

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using storage::Database;
using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;
using training::ErrorCode;

namespace {

bool isUuid(const std::string& text)
{
    return text.size() == 36 && std::ranges::all_of(text, [](unsigned char letter) {
               return std::isxdigit(letter) != 0 || letter == '-';
           });
}

} // namespace

fs::path runFolderIn(const fs::path& database, const std::string& uuid)
{
    if (!isUuid(uuid)) {
        return {};
    }
    const fs::path absolute = fs::absolute(database);
    const fs::path stem = absolute.extension() == ".db" ? absolute.stem() : absolute.filename();
    return absolute.parent_path() / (stem.string() + "-runs") / uuid;
}

/// Deletes what is in the trash, with the folders of its runs. On the recorder thread, at the end.
void emptyTrash(Database& database)
{
    RunRepository runs(database);
    const auto trashed = runs.trash();
    if (!trashed || trashed->empty() || !runs.purgeTrash()) {
        return; // it stays in the trash until the next time
    }
    for (const RunRecord& run : *trashed) {
        std::error_code ignored;
        if (const fs::path folder = runFolderIn(database.file(), run.uuid); !folder.empty()) {
            fs::remove_all(folder, ignored);
        }
    }
}

namespace {

Result<RunCurves> readRun(Database& database, RunId id, const std::vector<std::string>& metrics,
                          const std::stop_token& stop)
{
    auto run = RunRepository(database).find(id);
    if (!run) {
        return tl::unexpected(run.error());
    }
    storage::CurveQuery query(database);
    RunCurves all {std::move(*run), {}, {}, {}};
    auto times = query.stepTimes(id);
    auto summaries = query.summaries(id);
    if (!times || !summaries) {
        return tl::unexpected(!times ? times.error() : summaries.error());
    }
    all.times = std::move(*times);
    all.summaries = std::move(*summaries);
    for (const std::string& metric : metrics) {
        if (stop.stop_requested()) {
            return training::failure(ErrorCode::Cancelled, "The request was superseded");
        }
        auto curve = query.curve(id, metric);
        if (!curve) {
            return tl::unexpected(curve.error());
        }
        all.curves.push_back(std::move(*curve));
    }
    return all;
}

} // namespace

Result<std::vector<RunCurves>> readRunCurves(Database& database, const std::vector<RunId>& runs,
                                             const std::vector<std::string>& metrics,
                                             const std::stop_token& stop)
{
    std::vector<RunCurves> all;
    for (const RunId id : runs) {
        auto run = readRun(database, id, metrics, stop);
        if (!run) {
            return tl::unexpected(run.error());
        }
        all.push_back(std::move(*run));
    }
    return all;
}

} // namespace mocoscope::ui
