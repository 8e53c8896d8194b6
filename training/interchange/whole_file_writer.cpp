// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/whole_file_writer.h"

#include "training/interchange/sha256.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace mocoscope::training {

class WholeFileWriter::Digest final : public Sha256
{
};

namespace {

void syncFolder(const std::filesystem::path& folder)
{
    const std::string name = folder.empty() ? "." : folder.string();
    const int descriptor = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

} // namespace

WholeFileWriter::WholeFileWriter(std::filesystem::path file)
    : m_file(std::move(file))
    , m_partial(m_file.string() + ".partial")
    , m_descriptor(-1)
    , m_digest(std::make_unique<Digest>())
{
    std::error_code ignored; // open() tells
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    m_descriptor = ::open(m_partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    m_problem = m_descriptor < 0 ? errno : 0;
}

WholeFileWriter::~WholeFileWriter()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        ::unlink(m_partial.c_str());
    }
}

void WholeFileWriter::write(const void* data, std::size_t size)
{
    if (m_problem != 0) {
        return;
    }
    m_digest->add(data, size);
    m_bytes += static_cast<std::int64_t>(size);
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t written = ::write(m_descriptor, at, size);
        if (written < 0 && errno != EINTR) {
            m_problem = errno;
            return;
        }
        const auto advanced = static_cast<std::size_t>(std::max<ssize_t>(written, 0));
        at += advanced;
        size -= advanced;
    }
}

Result<WrittenFile> WholeFileWriter::finish()
{
    if (m_problem == 0 && ::fsync(m_descriptor) != 0) {
        m_problem = errno;
    }
    if (m_problem == 0 && ::rename(m_partial.c_str(), m_file.c_str()) != 0) {
        m_problem = errno;
    }
    if (m_problem != 0) {
        const std::string way = m_problem == ENOSPC ? "; free some space" : "";
        return failure(ErrorCode::Unwritable, "cannot write " + m_file.string(),
                       std::strerror(m_problem) + way);
    }
    ::close(m_descriptor);
    m_descriptor = -1;
    syncFolder(m_file.parent_path());
    return WrittenFile {m_digest->hex(), m_bytes};
}

} // namespace mocoscope::training
