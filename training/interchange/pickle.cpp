// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/pickle.h"

#include "training/interchange/pickle_machine.h"

namespace mocoscope::training {

const pickled::Value* Pickle::find(pickled::Id dict, std::string_view key) const
{
    const pickled::Value* found = nullptr;
    if (const auto* entries = as<pickled::Dict>(dict)) {
        for (const auto& [name, value] : entries->items) {
            const auto* text = as<std::string>(name);
            found = text != nullptr && *text == key ? &values[value] : found;
        }
    }
    return found;
}

Result<Pickle> readPickle(std::span<const std::uint8_t> bytes)
{
    try {
        return PickleMachine(bytes).run();
    } catch (const PickleMachine::Refusal& refusal) {
        return failure(ErrorCode::Unreadable, "the pickle is refused", refusal.reason);
    }
}

} // namespace mocoscope::training
