// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace mocoscope::storage {

/// A value of a curve in TensorBoard's event files.
struct TensorBoardScalar
{
    std::string tag;
    double value = 0; ///< as fp32, unless the file holds a tensor of doubles
};

/// What its Text page shows.
struct TensorBoardText
{
    std::string tag;
    std::string text; ///< Markdown
};

/// What one record of an event file tells, as far as it is known here: images, histograms and
/// graphs are passed over.
/// Source: tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.
struct TensorBoardEvent
{
    double wallTime = 0; ///< seconds since 1970-01-01T00:00:00Z
    std::int64_t step = 0;
    std::string fileVersion; ///< of the first record only: `brain.Event:2`
    std::vector<TensorBoardScalar> scalars;
    std::vector<TensorBoardText> texts;
};

/// One record: length, its checksum, the event, its checksum.
void writeEvent(std::ostream& out, const TensorBoardEvent& event);

/// Calls `take` for each event of a file, in order. A record that is cut off at the end, as a
/// program leaves it that was killed, ends the file; one whose checksum is wrong is an error that
/// names its place. Memory: one record at a time, never more than the file is long.
[[nodiscard]] training::Result<void>
readEvents(const std::filesystem::path& file,
           const std::function<void(const TensorBoardEvent&)>& take);

} // namespace mocoscope::storage
