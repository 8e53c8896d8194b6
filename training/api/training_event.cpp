// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/training_event.h"

#include <array>
#include <utility>

namespace mocoscope::training {

namespace {

using namespace std::string_view_literals;

constexpr std::array<std::pair<RunState, std::string_view>, 7> stateTexts {{
    {RunState::Created, "created"sv},
    {RunState::Running, "running"sv},
    {RunState::Paused, "paused"sv},
    {RunState::Finished, "finished"sv},
    {RunState::Stopped, "stopped"sv},
    {RunState::Failed, "failed"sv},
    {RunState::Interrupted, "interrupted"sv},
}};

} // namespace

std::string_view toText(RunState state)
{
    for (const auto& [known, text] : stateTexts) {
        if (known == state) {
            return text;
        }
    }
    return "created";
}

Result<RunState> runStateFromText(std::string_view text)
{
    for (const auto& [state, known] : stateTexts) {
        if (known == text) {
            return state;
        }
    }
    return failure(ErrorCode::Unreadable, "unknown run state '" + std::string(text) + "'",
                   "the database was written by another version of the program");
}

bool isEnded(RunState state)
{
    return state == RunState::Finished || state == RunState::Stopped || state == RunState::Failed
        || state == RunState::Interrupted;
}

} // namespace mocoscope::training
