// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace mocoscope::training {

/// What was written.
struct WrittenFile
{
    std::string sha256; ///< lower-case hex, over the whole file
    std::int64_t bytes = 0;
};

/// Writes to a temporary file beside `file`; finish() syncs it, renames it and syncs the folder: at
/// any moment there is the old file, the new one or none, never half of one. Without finish() the
/// temporary file goes away. The first error of all calls is kept and told by finish().
class WholeFileWriter
{
public:
    /// Makes the folder of `file` where it is missing.
    explicit WholeFileWriter(std::filesystem::path file);
    ~WholeFileWriter();
    WholeFileWriter(const WholeFileWriter&) = delete;
    WholeFileWriter& operator=(const WholeFileWriter&) = delete;

    void write(const void* data, std::size_t size);
    [[nodiscard]] Result<WrittenFile> finish();

private:
    class Digest;

    std::filesystem::path m_file;
    std::filesystem::path m_partial;
    int m_descriptor;
    int m_problem = 0; ///< errno of the first failure
    std::int64_t m_bytes = 0;
    std::unique_ptr<Digest> m_digest;
};

} // namespace mocoscope::training
