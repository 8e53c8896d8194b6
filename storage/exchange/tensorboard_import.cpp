// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/crc32c.h"
#include "storage/exchange/curve_collector.h"
#include "storage/exchange/protobuf_wire.h"
#include "storage/exchange/run_csv.h"
#include "storage/exchange/tensorboard.h"
#include "storage/exchange/tensorboard_events.h"
#include "training/api/config_json.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;

namespace {

/// What one run says outside its curves.
struct Texts
{
    std::string config;
    std::string notes;
};

std::string withoutFence(const std::string& text)
{
    constexpr std::string_view begin = "```json\n";
    constexpr std::string_view end = "\n```";
    return text.starts_with(begin) && text.ends_with(end)
        ? text.substr(begin.size(), text.size() - begin.size() - end.size())
        : text;
}

/// As the authors' code names them, ours.
std::string metricName(const std::string& tag)
{
    return tag == "loss" || tag == "lr" ? "train/" + tag : tag;
}

void takeEvent(const TensorBoardEvent& event, CurveCollector& curves, Texts& texts)
{
    const std::int64_t step = std::max<std::int64_t>(event.step, 0);
    for (const TensorBoardScalar& scalar : event.scalars) {
        if (scalar.tag == "epoch") {
            curves.addEpoch(step, scalar.value);
        } else {
            curves.addValue(metricName(scalar.tag), step, scalar.value);
        }
    }
    if (!event.scalars.empty()) {
        curves.addWallTime(step, event.wallTime);
    }
    for (const TensorBoardText& text : event.texts) {
        if (text.tag == "config/text_summary") {
            texts.config = withoutFence(text.text);
        } else if (text.tag == "notes/text_summary") {
            texts.notes = text.text;
        }
    }
}

/// The files of one folder, in the order of their names, which begin with when they were made.
Result<ImportedRun> readRun(const std::vector<fs::path>& files, const std::string& name,
                            const fs::path& source)
{
    CurveCollector curves;
    Texts texts;
    for (const fs::path& file : files) {
        const auto read = readEvents(
            file, [&](const TensorBoardEvent& event) { takeEvent(event, curves, texts); });
        if (!read) {
            return tl::unexpected(read.error());
        }
    }
    ImportedRun run = curves.finish();
    run.name = name;
    run.source = source.string();
    run.format = "TensorBoard";
    run.notes = texts.notes;
    if (!texts.config.empty() && training::fromJson(texts.config)) {
        run.configJson = texts.config;
    }
    return run;
}

using FilesByFolder = std::map<fs::path, std::vector<fs::path>>;

FilesByFolder findEventFiles(const fs::path& folder, std::error_code& error)
{
    FilesByFolder files;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const bool isNamedSo
            = entry->path().filename().string().find("tfevents") != std::string::npos;
        std::error_code ignored;
        if (isNamedSo && entry->is_regular_file(ignored)) {
            files[entry->path().parent_path()].push_back(entry->path());
        }
    }
    for (auto& [path, names] : files) {
        std::sort(names.begin(), names.end());
    }
    return files;
}

Result<std::vector<ImportedRun>> readFolder(const fs::path& folder)
{
    std::error_code error;
    const FilesByFolder files = findEventFiles(folder, error);
    if (error || files.empty()) {
        return training::failure(error ? ErrorCode::Unreadable : ErrorCode::NotFound,
                                 "there are no event files of TensorBoard in '" + folder.string()
                                     + "'",
                                 error ? error.message() : "Their names contain 'tfevents'.");
    }
    std::vector<ImportedRun> runs;
    for (const auto& [path, names] : files) {
        const std::string name = path == folder ? folder.filename().string()
                                                : path.lexically_relative(folder).string();
        auto run = readRun(names, name, path);
        if (!run) {
            return tl::unexpected(run.error());
        }
        if (!run->curves.empty()) { // graphs and pictures alone are no run
            runs.push_back(std::move(*run));
        }
    }
    return runs;
}

fs::path normal(const fs::path& path)
{
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error).lexically_normal();
    return absolute.has_filename() ? absolute : absolute.parent_path(); // a slash at the end
}

} // namespace

bool isEventFile(const fs::path& file)
{
    std::string head(12, '\0');
    std::ifstream in(file, std::ios::binary);
    return in.read(head.data(), static_cast<std::streamsize>(head.size()))
        && maskedCrc32c(std::string_view(head).substr(0, 8))
        == littleEndian(std::string_view(head).substr(8));
}

Result<std::vector<ImportedRun>> readTensorBoard(const fs::path& given)
{
    const fs::path path = normal(given);
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return readFolder(path);
    }
    return readRun({path}, path.parent_path().filename().string(), path).map([](ImportedRun run) {
        return std::vector<ImportedRun> {std::move(run)};
    });
}

Result<std::vector<ImportedRun>> readForImport(const fs::path& path, const std::string& name)
{
    std::error_code error;
    if (!fs::exists(path, error)) {
        return training::failure(ErrorCode::NotFound, "there is no '" + path.string() + "'",
                                 "Name an event file of TensorBoard, a folder of them, or a CSV.");
    }
    const bool isTensorBoard = fs::is_directory(path, error) || isEventFile(path);
    auto runs = isTensorBoard ? readTensorBoard(path) : readCsv(path);
    if (runs && !name.empty()) {
        for (ImportedRun& run : *runs) {
            run.name = runs->size() == 1 ? name : name + "/" + run.name;
        }
    }
    return runs;
}

} // namespace mocoscope::storage
