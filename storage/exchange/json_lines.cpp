// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/json_lines.h"

#include <nlohmann/json.hpp>

namespace mocoscope::storage {

namespace {

using Json = nlohmann::ordered_json;

void write(const Json& object, std::ostream& out)
{
    // Bytes that are not UTF-8 are replaced rather than thrown over.
    out << object.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

Json config(const RunRecord& run)
{
    Json options = Json::parse(run.configJson, nullptr, false);
    return options.is_discarded() ? Json(run.configJson) : options;
}

Json heading(const RunRecord& run)
{
    return {
        {"type", "run"},        {"run", run.id.value},      {"uuid", run.uuid},
        {"name", run.name},     {"preset", run.preset},     {"state", training::toText(run.state)},
        {"seed", run.seed},     {"tags", run.tags},         {"notes", run.notes},
        {"device", run.device}, {"software", run.software}, {"config", config(run)}};
}

Json orNull(std::optional<double> value)
{
    return value ? Json(*value) : Json(nullptr);
}

} // namespace

void writeJsonLines(const WholeRun& run, std::ostream& out)
{
    write(heading(run.run), out);
    StepRows rows(run);
    for (const StepRows::Row* row = rows.next(); row != nullptr && out; row = rows.next()) {
        Json values = Json::object();
        for (std::size_t i = 0; i < row->values.size(); ++i) {
            if (row->values[i]) {
                values[run.metrics[i].name] = *row->values[i];
            }
        }
        write({{"type", "metrics"},
               {"run", run.run.id.value},
               {"step", row->step},
               {"epoch", orNull(row->epoch)},
               {"seconds", orNull(row->seconds)},
               {"values", values}},
              out);
    }
}

} // namespace mocoscope::storage
