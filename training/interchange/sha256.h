// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace mocoscope::training {

/// A SHA-256 sum in the making.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(const void* data, std::size_t size);
    /// Lower-case hex; nothing can be added afterwards.
    [[nodiscard]] std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// Of a whole file. Errors: NotFound, Unreadable.
[[nodiscard]] Result<std::string> sha256Of(const std::filesystem::path& file);

} // namespace mocoscope::training
