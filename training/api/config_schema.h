// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "training/api/training_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mocoscope::training {

using FieldValue = std::variant<bool, std::int64_t, double, std::string>;

enum class FieldType : std::uint8_t
{
    Boolean,
    Integer,
    Real,
    Text,
    Choice,
    Path
};

struct FieldChoice
{
    std::string value; ///< what is stored
    std::string label; ///< what a person reads
};

/// One option of a run: the form, the flags, the JSON file, the stored configuration, the
/// comparison and the options reference are all made from this.
struct FieldDescription
{
    std::string key; ///< dotted, fixed: `optimizer.lr`
    std::string label; ///< short, for a form
    std::string group; ///< heading in the form
    std::string unit; ///< suffix, may be empty
    std::string symbol; ///< the paper's symbol, may be empty
    std::string help; ///< one or two sentences
    FieldType type = FieldType::Real;
    FieldValue defaultValue;
    double minimum = 0; ///< of Integer and Real, inclusive
    double maximum = 0;
    std::string zeroMeans; ///< what 0 stands for where it is special ("as named"), else empty
    std::vector<FieldChoice> choices; ///< of Choice
    bool advanced = false; ///< folded away in the form at first
    std::function<FieldValue(const TrainingConfig&)> get;
    std::function<void(TrainingConfig&, const FieldValue&)> set; ///< value already of `type`
};

/// All options in the order in which a form shows them.
[[nodiscard]] std::span<const FieldDescription> configFields();
/// Nullptr when there is no such key.
[[nodiscard]] const FieldDescription* findField(std::string_view key);
/// The known key that is spelt most like `key`.
[[nodiscard]] std::string nearestKey(std::string_view key);

/// As it is written in a file or on a command line: `0.00015`, `true`, `vit_small`.
[[nodiscard]] std::string toText(const FieldValue& value);
/// What is wrong with a value of the field's type on its own; empty when nothing is.
[[nodiscard]] std::string rangeProblem(const FieldDescription& field, const FieldValue& value);
/// Parses and range-checks. `1e-4`, `4k` is not accepted, `4096` is.
[[nodiscard]] Result<FieldValue> parseField(const FieldDescription& field, std::string_view text);
/// A copy of `config` with one option changed; an unknown key names the nearest known one.
[[nodiscard]] Result<TrainingConfig> withOption(TrainingConfig config, std::string_view key,
                                                std::string_view text);

/// One thing that is wrong with a configuration.
struct Violation
{
    std::string key; ///< the field to mark; the first one where several disagree
    std::string value; ///< as given
    std::string reason; ///< what would be right
};

/// All violations, ranges and cross-field rules alike; empty means that the run can start.
/// Does not look at files or devices.
[[nodiscard]] std::vector<Violation> validate(const TrainingConfig& config);

/// "60,80" → 60, 80; empty when a part is no epoch.
[[nodiscard]] std::vector<double> parseEpochs(std::string_view text);

/// The options whose values differ, in the schema's order.
struct ConfigDifference
{
    std::string key;
    std::string left;
    std::string right;
};
[[nodiscard]] std::vector<ConfigDifference> difference(const TrainingConfig& left,
                                                       const TrainingConfig& right);

} // namespace mocoscope::training
