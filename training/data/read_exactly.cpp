// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/read_exactly.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace mocoscope::training {

std::string systemReason(int number)
{
    return std::generic_category().message(number);
}

Result<void> readExactly(int file, std::int64_t offset, std::span<std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::pread(file, bytes.data(), bytes.size(), offset);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return failure(ErrorCode::Unreadable, systemReason(errno));
        }
        if (count == 0) {
            return failure(ErrorCode::Unreadable, "the file ends too early");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += count;
    }
    return {};
}

} // namespace mocoscope::training
