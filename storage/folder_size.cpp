// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/folder_size.h"

#include <system_error>

namespace mocoscope::storage {

namespace fs = std::filesystem;

std::int64_t folderBytes(const fs::path& folder)
{
    std::error_code error;
    std::int64_t bytes = 0;
    for (fs::recursive_directory_iterator file(folder, error), end; !error && file != end;
         file.increment(error)) {
        std::error_code ignored;
        if (file->symlink_status(ignored).type() == fs::file_type::regular) {
            bytes += static_cast<std::int64_t>(file->file_size(ignored));
        }
    }
    return bytes;
}

} // namespace mocoscope::storage
