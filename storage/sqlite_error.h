// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <exception>
#include <filesystem>
#include <new>
#include <type_traits>

struct sqlite3;

namespace mocoscope::storage {

/// Thrown inside storage/ only, and turned into a Result at its edge by guarded().
class StorageFailure final : public std::exception
{
public:
    explicit StorageFailure(training::Error error);
    [[nodiscard]] const training::Error& error() const { return m_error; }
    [[nodiscard]] const char* what() const noexcept override { return m_error.message.c_str(); }

private:
    training::Error m_error;
};

/// An SQLite result code as an error that names the file, the reason and the way out.
/// `sqliteMessage` is what sqlite3_errmsg() said.
[[nodiscard]] training::Error describe(int resultCode, const char* sqliteMessage,
                                       const std::filesystem::path& file);

[[noreturn]] void fail(training::ErrorCode code, std::string message, std::string detail = {});

/// Runs `work`; what it throws comes back as an error.
template <typename Work>
[[nodiscard]] auto guarded(Work&& work) -> training::Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const StorageFailure& problem) {
        return tl::unexpected<training::Error>(problem.error());
    } catch (const std::bad_alloc&) {
        return training::failure(training::ErrorCode::OutOfMemory, "The memory is used up",
                                 "Close other programs and try again.");
    }
}

} // namespace mocoscope::storage
