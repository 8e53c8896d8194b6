// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace mocoscope::training {

/// What kind of thing went wrong; decides the exit code and how the window words it.
enum class ErrorCode : std::uint8_t
{
    BadConfiguration, ///< a value the user can change is wrong
    BadArgument, ///< a command-line argument or a call is wrong
    NotFound, ///< a file, folder, run or device does not exist
    Unreadable, ///< exists, but cannot be read (rights, format, corruption)
    Unwritable, ///< cannot be written (rights, disk full, read-only)
    NonFinite, ///< a loss or gradient is NaN or infinite
    OutOfMemory,
    Device, ///< the accelerator or its driver failed
    Newer, ///< written by a newer version of the program
    Cancelled,
    Internal, ///< a defect of ours
};

/// An error that came from outside the program.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string message; ///< what failed, on which thing; one sentence, no trailing newline
    std::string detail; ///< why, and what to do about it; may be empty
};

/// `message (detail)`, for terminals and logs.
[[nodiscard]] inline std::string toText(const Error& error)
{
    return error.detail.empty() ? error.message : error.message + ": " + error.detail;
}

template <typename T> using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string message,
                                                   std::string detail = {})
{
    return tl::unexpected<Error>(Error {code, std::move(message), std::move(detail)});
}

} // namespace mocoscope::training
