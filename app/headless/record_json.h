// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_fork.h"
#include "storage/run_record.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace mocoscope::headless {

/// Records as JSON objects; times are ISO 8601 in UTC, values that are not finite are null.
[[nodiscard]] nlohmann::ordered_json toJson(const storage::RunRecord& run);
[[nodiscard]] nlohmann::ordered_json toJson(const storage::MetricSummary& summary);
[[nodiscard]] nlohmann::ordered_json toJson(const storage::CheckpointRecord& checkpoint);
[[nodiscard]] nlohmann::ordered_json toJson(const storage::EventRecord& event);
[[nodiscard]] nlohmann::ordered_json toJson(const training::SpikeFacts& spike);
[[nodiscard]] nlohmann::ordered_json toJson(const storage::Ancestor& ancestor);
template <typename Record>
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<Record>& records)
{
    auto list = nlohmann::ordered_json::array();
    for (const Record& record : records) {
        list.push_back(toJson(record));
    }
    return list;
}
[[nodiscard]] nlohmann::ordered_json orNull(std::optional<double> value);
/// The stored configuration as an object; as text when it is not JSON.
[[nodiscard]] nlohmann::ordered_json configJson(const storage::RunRecord& run);
/// On one line; bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& value);

} // namespace mocoscope::headless
