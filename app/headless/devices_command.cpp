// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/commands.h"
#include "app/headless/format.h"
#include "app/headless/text_table.h"

#include <nlohmann/json.hpp>

namespace mocoscope::headless {

int run(const DevicesArguments& arguments, const Program& program)
{
    const auto devices = program.makeDeviceCatalog()->devices();
    std::ostream& out = program.console.out;
    TextTable table({{"device"}, {"name"}, {"memory", TextTable::Align::Right}});
    for (const training::DeviceDescription& device : devices) {
        if (arguments.json) {
            const nlohmann::ordered_json object {
                {"device", device.id}, {"name", device.name}, {"memory_bytes", device.memoryBytes}};
            out << object.dump() << '\n';
        }
        table.addRow({device.id, device.name, formatBytes(device.memoryBytes)});
    }
    if (!arguments.json) {
        table.print(out);
    }
    out << std::flush;
    return Done;
}

} // namespace mocoscope::headless
