// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace mocoscope::training {

/// What the processes of a run tell each other before they can talk: a text of each, about one
/// matter, that is there, or that a reader waits for.
struct NoticeBoard
{
    std::function<void(std::int64_t rank, const std::string& text)> post;
    std::function<std::string(std::int64_t rank)> read;
};

} // namespace mocoscope::training
