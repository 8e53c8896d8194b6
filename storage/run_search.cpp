// SPDX-License-Identifier: GPL-3.0-or-later
// The part of RunRepository that understands how people name a run.
#include "storage/run_repository.h"
#include "storage/run_rows.h"
#include "storage/sqlite_error.h"
#include "training/api/parse_number.h"

#include <algorithm>

namespace mocoscope::storage {

namespace {

constexpr std::size_t shortestPrefix = 6;

std::optional<std::int64_t> asId(const std::string& text)
{
    std::int64_t id = 0;
    return training::parseNumber(text, id) ? std::optional(id) : std::nullopt;
}

bool isUuidPrefix(const std::string& text)
{
    return text.size() >= shortestPrefix
        && text.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos;
}

/// The first way of naming a run that fits at all decides.
std::vector<RunRecord> matches(Database& database, const std::string& text)
{
    std::vector<RunRecord> runs;
    if (const auto id = asId(text))
        runs = readRuns(database, "WHERE id = ?1 AND trashed_at IS NULL", *id);
    if (runs.empty() && isUuidPrefix(text))
        runs = readRuns(database, "WHERE uuid LIKE ?1 || '%' AND trashed_at IS NULL ORDER BY id",
                        text);
    if (runs.empty())
        runs = readRuns(database, "WHERE name = ?1 AND trashed_at IS NULL ORDER BY id", text);
    return runs;
}

[[noreturn]] void failAmbiguous(const std::string& text, const std::vector<RunRecord>& runs)
{
    std::string choices = "Name one by its number or uuid:";
    for (const RunRecord& run : runs)
        choices += "\n  " + std::to_string(run.id.value) + "  " + run.uuid + "  " + run.name;
    fail(ErrorCode::BadArgument, "\"" + text + "\" fits " + std::to_string(runs.size()) + " runs",
         choices);
}

} // namespace

Result<RunRecord> RunRepository::find(const std::string& text)
{
    return guarded([&] {
        auto runs = matches(m_database, text);
        if (runs.empty())
            fail(ErrorCode::NotFound,
                 "There is no run \"" + text + "\" in " + m_database.file().string(),
                 "Name a run by its number, its uuid (at least " + std::to_string(shortestPrefix)
                     + " letters) or its whole name.");
        if (runs.size() > 1)
            failAmbiguous(text, runs);
        return std::move(runs.front());
    });
}

} // namespace mocoscope::storage
