// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/output_file.h"
#include "storage/exchange/tensorboard.h"
#include "storage/exchange/tensorboard_events.h"

#include <algorithm>
#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;

namespace {

double seconds(std::optional<UtcMilliseconds> time)
{
    return static_cast<double>(time.value_or(0)) / 1000.0;
}

double startOf(const RunRecord& run)
{
    return seconds(run.startedAt ? run.startedAt : std::optional(run.createdAt));
}

/// The same for each export of a run.
std::string eventFileName(const RunRecord& run)
{
    return "events.out.tfevents." + std::to_string(static_cast<std::int64_t>(startOf(run)))
        + ".mocoscope." + run.uuid.substr(0, 8);
}

Result<void> makeFolder(const fs::path& folder, const std::string& ownFile)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return training::failure(ErrorCode::Unwritable, "'" + folder.string() + "' cannot be made",
                                 error.message());
    }
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.find("tfevents") != std::string::npos && name != ownFile) {
            return training::failure(ErrorCode::BadArgument,
                                     "'" + folder.string() + "' holds event files of another run",
                                     "TensorBoard would mix them; name a folder of its own.");
        }
    }
    return {};
}

void writeTexts(const RunRecord& run, std::ostream& out)
{
    TensorBoardEvent event;
    event.wallTime = startOf(run);
    if (!run.configJson.empty()) {
        event.texts.push_back({"config/text_summary", "```json\n" + run.configJson + "\n```"});
    }
    if (!run.notes.empty()) {
        event.texts.push_back({"notes/text_summary", run.notes});
    }
    if (!event.texts.empty()) {
        writeEvent(out, event);
    }
}

void writeRun(const WholeRun& whole, std::ostream& out)
{
    const double start = startOf(whole.run);
    TensorBoardEvent first;
    first.wallTime = start;
    first.fileVersion = "brain.Event:2";
    writeEvent(out, first);
    writeTexts(whole.run, out);
    double lastSeconds = 0; // of a step that has no time of its own
    StepRows rows(whole);
    for (const StepRows::Row* row = rows.next(); row != nullptr && out; row = rows.next()) {
        TensorBoardEvent event;
        event.step = row->step;
        lastSeconds = row->seconds.value_or(lastSeconds);
        event.wallTime = start + lastSeconds;
        for (std::size_t i = 0; i < row->values.size(); ++i) {
            if (row->values[i]) {
                event.scalars.push_back({whole.metrics[i].name, *row->values[i]});
            }
        }
        if (row->epoch) {
            event.scalars.push_back({"epoch", *row->epoch});
        }
        writeEvent(out, event);
    }
}

} // namespace

std::string fileNamePart(const std::string& name)
{
    std::string part = name.empty() ? "run" : name;
    for (char& letter : part) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
            || (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
        letter = isPlain ? letter : '_';
    }
    if (part.front() == '.') { // not hidden, and not the folder above
        part.front() = '_';
    }
    return part;
}

Result<fs::path> writeTensorBoard(const WholeRun& run, const fs::path& folder)
{
    const std::string name = eventFileName(run.run);
    const fs::path file = folder / name;
    return makeFolder(folder, name)
        .and_then([&] { return writeFile(file, [&](std::ostream& out) { writeRun(run, out); }); })
        .map([&] { return file; });
}

} // namespace mocoscope::storage
