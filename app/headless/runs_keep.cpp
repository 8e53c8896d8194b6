// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that look after the history: tags, backup, merge.
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/run_store.h"
#include "storage/history_copy.h"
#include "storage/run_tags.h"

#include <algorithm>
#include <sstream>

namespace mocoscope::headless {

namespace {

using storage::Database;
using storage::Result;
using storage::RunRecord;

/// What is asked for, as a change of tags: a star and the archive are tags as well.
struct TagChange
{
    std::vector<std::string> added;
    std::vector<std::string> removed;
};

/// As in the window, where a comma ends a tag.
std::vector<std::string> separate(const std::vector<std::string>& texts)
{
    std::vector<std::string> tags;
    for (const std::string& text : texts) {
        std::istringstream parts(text);
        for (std::string tag; std::getline(parts, tag, ',');) {
            tag.erase(0, std::min(tag.find_first_not_of(' '), tag.size()));
            tags.push_back(tag.substr(0, tag.find_last_not_of(' ') + 1));
        }
    }
    return tags;
}

/// Removing takes a tag with a comma, which other programs may have given, as it is written, too.
TagChange changeOf(const TagArguments& arguments)
{
    TagChange change {separate(arguments.added), separate(arguments.removed)};
    change.removed.insert(change.removed.end(), arguments.removed.begin(), arguments.removed.end());
    const auto take = [&change](bool adds, bool removes, std::string_view tag) {
        if (adds) {
            change.added.emplace_back(tag);
        }
        if (removes) {
            change.removed.emplace_back(tag);
        }
    };
    take(arguments.star, arguments.unstar, storage::starredTag);
    take(arguments.archive, arguments.unarchive, storage::archivedTag);
    return change;
}

std::vector<std::string> changed(std::vector<std::string> tags, const TagChange& change)
{
    for (const std::string& tag : change.removed) {
        std::erase(tags, tag);
    }
    for (const std::string& tag : change.added) {
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) {
            tags.push_back(tag);
        }
    }
    return tags;
}

std::string describeTags(const std::vector<std::string>& tags)
{
    std::string text;
    for (const std::string& tag : tags) {
        text += (text.empty() ? "" : ", ") + printable(tag);
    }
    return text.empty() ? "no tags" : text;
}

Result<void> applyTags(Database& database, const std::vector<RunRecord>& runs,
                       const TagChange& change, std::ostream& out)
{
    storage::RunRepository repository(database);
    for (const RunRecord& run : runs) {
        if (auto set = repository.setTags(run.id, changed(run.tags, change)); !set) {
            return set;
        }
        const auto now = repository.find(run.id);
        out << "run " << run.id.value << " '" << printable(run.name)
            << "': " << describeTags(now ? now->tags : std::vector<std::string>()) << '\n';
    }
    out << std::flush;
    return {};
}

void printMerged(const storage::MergedHistory& merged, std::ostream& out)
{
    out << merged.added << (merged.added == 1 ? " run" : " runs") << " taken in";
    if (merged.known > 0) {
        out << ", " << merged.known << " known already";
    }
    out << '\n';
    for (const std::string& name : merged.unfinished) {
        out << "left out, because it waits or is on: '" << printable(name) << "'\n";
    }
    out << std::flush;
}

} // namespace

int run(const TagArguments& arguments, const Program& program)
{
    auto database = openHistory(arguments.store);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto done = findRuns(*database, arguments.runs).and_then([&](const auto& runs) {
        return applyTags(*database, runs, changeOf(arguments), program.console.out);
    });
    return done ? Done : report(program.console, done.error());
}

int run(const BackupArguments& arguments, const Program& program)
{
    auto database = Database::open(databasePath(arguments.store), Database::Access::ReadOnly);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto done = storage::backUp(*database, arguments.file);
    if (!done) {
        return report(program.console, done.error());
    }
    std::error_code ignored;
    const auto bytes = std::filesystem::file_size(arguments.file, ignored);
    program.console.out << printable(arguments.file.string()) << ", "
                        << formatBytes(static_cast<std::int64_t>(bytes)) << '\n'
                        << std::flush;
    return Done;
}

int run(const MergeArguments& arguments, const Program& program)
{
    auto database = Database::open(databasePath(arguments.store), Database::Access::ReadWrite);
    if (!database) {
        return report(program.console, database.error());
    }
    const auto merged = storage::merge(*database, arguments.other);
    if (!merged) {
        return report(program.console, merged.error());
    }
    printMerged(*merged, program.console.out);
    return Done;
}

} // namespace mocoscope::headless
