// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/text_table.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace mocoscope::headless {

namespace {

/// What is not known has no key.
nlohmann::ordered_json asJson(const training::DeviceDescription& device)
{
    nlohmann::ordered_json object {
        {"device", device.id}, {"name", device.name}, {"memory_bytes", device.memoryBytes}};
    if (device.usedBytes) {
        object["used_bytes"] = *device.usedBytes;
    }
    if (device.loadPercent) {
        object["load_percent"] = *device.loadPercent;
    }
    return object;
}

} // namespace

int run(const DevicesArguments& arguments, const Program& program)
{
    const auto devices = program.makeDeviceCatalog()->devices();
    std::ostream& out = program.console.out;
    TextTable table({{"device"},
                     {"name"},
                     {"memory", TextTable::Align::Right},
                     {"in use", TextTable::Align::Right},
                     {"load", TextTable::Align::Right}});
    for (const training::DeviceDescription& device : devices) {
        if (arguments.json) {
            out << asJson(device).dump() << '\n';
        }
        table.addRow({device.id, device.name, formatBytes(device.memoryBytes),
                      device.usedBytes ? formatBytes(*device.usedBytes) : std::string(),
                      device.loadPercent ? std::to_string(std::lround(*device.loadPercent)) + " %"
                                         : std::string()});
    }
    if (!arguments.json) {
        table.print(out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
