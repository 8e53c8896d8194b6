// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/checkpoint_files.h"

#include "storage/run_repository.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>
#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;
using training::CheckpointFile;

namespace {

bool isUuid(const std::string& text)
{
    return text.size() == 36 && std::ranges::all_of(text, [](unsigned char letter) {
               return std::isxdigit(letter) != 0 || letter == '-';
           });
}

bool isThere(const fs::path& file)
{
    std::error_code ignored;
    return fs::is_regular_file(file, ignored);
}

/// Where the file is now. The one beside the history comes first: a copied history would otherwise
/// name the files of the one it was copied from, and list its own besides.
fs::path placeOf(const fs::path& recorded, const fs::path& folder)
{
    const fs::path beside = folder / recorded.filename();
    return !folder.empty() && isThere(beside) ? beside : recorded;
}

bool holds(const std::vector<CheckpointFile>& files, const fs::path& path)
{
    return std::ranges::find(files, path, &CheckpointFile::path) != files.end();
}

template <typename Condition>
std::optional<CheckpointFile> firstWhere(const std::vector<CheckpointFile>& files,
                                         Condition condition)
{
    const auto found = std::ranges::find_if(
        files, [&](const CheckpointFile& file) { return condition(file) && isThere(file.path); });
    return found == files.end() ? std::nullopt : std::optional(*found);
}

} // namespace

fs::path runFolder(const fs::path& database, const std::string& uuid)
{
    if (!isUuid(uuid))
        return {};
    const fs::path absolute = fs::absolute(database);
    const fs::path stem = absolute.extension() == ".db" ? absolute.stem() : absolute.filename();
    return absolute.parent_path() / (stem.string() + "-runs") / uuid;
}

fs::path checkpointFolder(const fs::path& database, const std::string& uuid)
{
    const fs::path folder = runFolder(database, uuid);
    return folder.empty() ? folder : folder / "checkpoints";
}

std::optional<std::int64_t> checkpointStep(const fs::path& file)
{
    constexpr std::string_view prefix = "step-";
    constexpr std::string_view suffix = ".safetensors";
    const std::string name = file.filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(suffix))
        return std::nullopt;
    std::int64_t step = -1;
    const char* begin = name.data() + prefix.size();
    const char* end = name.data() + name.size() - suffix.size();
    const auto parsed = std::from_chars(begin, end, step);
    return parsed.ec == std::errc {} && parsed.ptr == end ? std::optional(step) : std::nullopt;
}

std::vector<CheckpointFile> checkpointFiles(const std::vector<CheckpointRecord>& recorded,
                                            const fs::path& folder)
{
    std::vector<CheckpointFile> files;
    for (const CheckpointRecord& checkpoint : recorded)
        files.push_back({placeOf(checkpoint.path, folder), checkpoint.step, checkpoint.sha256});
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto step = checkpointStep(entry->path());
        if (step && !holds(files, entry->path()))
            files.push_back({entry->path(), *step});
    }
    std::ranges::stable_sort(files, std::ranges::greater {}, &CheckpointFile::step);
    return files;
}

Result<std::vector<CheckpointFile>> checkpointsOf(Database& database, const RunRecord& run)
{
    return RunRepository(database).checkpoints(run.id).map([&](const auto& recorded) {
        return checkpointFiles(recorded, checkpointFolder(database.file(), run.uuid));
    });
}

std::optional<CheckpointFile> newestExisting(const std::vector<CheckpointFile>& files)
{
    return firstWhere(files, [](const CheckpointFile&) { return true; });
}

std::optional<CheckpointFile> existingAtStep(const std::vector<CheckpointFile>& files,
                                             std::int64_t step)
{
    return firstWhere(files, [step](const CheckpointFile& file) { return file.step == step; });
}

} // namespace mocoscope::storage
