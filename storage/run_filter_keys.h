// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace mocoscope::storage {

/// Of a run: unknown, a number, or texts (several tags).
using FilterValue = std::variant<std::monostate, double, std::vector<std::string>>;

/// Something of a run that a condition can be about.
struct FilterKey
{
    enum class Kind : std::uint8_t
    {
        Number,
        Text,
        Choice, ///< one of `choices`
        Time, ///< `2026-11-24 09:30`, local; compared as far as the operand goes
    };
    std::string name; ///< in full: `optimizer.lr`
    Kind kind = Kind::Text;
    std::vector<std::string> choices;
    bool isOption = false;
    /// `config` is nullptr where the options are unknown.
    std::function<FilterValue(const RunRecord& run, const training::TrainingConfig* config)> get;
};

/// By its name, an option also by the part after the dot where only one option of pretraining has
/// it (`lr`), and by its group where that has a name (`method`). Case does not matter. The error
/// says which keys come near or could be meant.
[[nodiscard]] tl::expected<FilterKey, std::string> findFilterKey(std::string_view text);

/// ASCII only.
[[nodiscard]] std::string lowerCase(std::string_view text);

} // namespace mocoscope::storage
