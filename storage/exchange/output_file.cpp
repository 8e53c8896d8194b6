// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/output_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>
#include <unistd.h>

namespace mocoscope::storage {

namespace {

using training::ErrorCode;
using training::Result;

tl::unexpected<training::Error> cannotWrite(const std::filesystem::path& file,
                                            const std::string& reason)
{
    return training::failure(ErrorCode::Unwritable, "cannot write '" + file.string() + "'", reason);
}

Result<void> writeDirectly(const std::filesystem::path& file,
                           const std::function<void(std::ostream&)>& write)
{
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (out) {
        write(out);
        out.flush();
    }
    if (!out) {
        return cannotWrite(file, errno != 0 ? std::strerror(errno) : "writing failed");
    }
    return {};
}

} // namespace

Result<void> writeFile(const std::filesystem::path& file,
                       const std::function<void(std::ostream&)>& write)
{
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (std::filesystem::is_directory(status)) {
        return cannotWrite(file, "it is a folder");
    }
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return writeDirectly(file, write);
    }
    const std::filesystem::path temporary = file.string() + ".part-" + std::to_string(getpid());
    auto written = writeDirectly(temporary, write);
    if (written) {
        std::filesystem::rename(temporary, file, error);
        written = error ? Result<void>(cannotWrite(file, error.message())) : written;
    } else {
        written.error().message = "cannot write '" + file.string() + "'";
    }
    if (!written) {
        std::filesystem::remove(temporary, error);
    }
    return written;
}

} // namespace mocoscope::storage
