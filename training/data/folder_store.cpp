// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/file_descriptor.h"
#include "training/data/file_store.h"
#include "training/data/read_exactly.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace mocoscope::training {
namespace {

namespace fs = std::filesystem;

class FolderStore final : public FileStore
{
public:
    FolderStore(fs::path folder, std::vector<std::string> names)
        : m_folder(std::move(folder))
        , m_names(std::move(names))
    {
    }
    [[nodiscard]] std::span<const std::string> names() const override { return m_names; }
    [[nodiscard]] Result<void> read(std::size_t file,
                                    std::vector<std::uint8_t>& bytes) const override;

private:
    /// One file may be deleted, which its image pays for; without the folder none can be read.
    [[nodiscard]] bool isGone() const { return ::access(m_folder.c_str(), R_OK | X_OK) != 0; }

    fs::path m_folder;
    std::vector<std::string> m_names;
};

Result<void> FolderStore::read(std::size_t file, std::vector<std::uint8_t>& bytes) const
{
    const fs::path path = m_folder / m_names[file];
    const FileDescriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts
    {
    };
    if (!descriptor.isOpen() || ::fstat(descriptor.number(), &facts) != 0) {
        const std::string reason = systemReason(errno);
        return isGone() ? failure(ErrorCode::NotFound, "the data folder is gone",
                                  m_folder.string() + "; put it back, or mount it")
                        : failure(ErrorCode::Unreadable, reason);
    }
    if (facts.st_size > maxFileBytes) {
        return failure(ErrorCode::Unreadable, "larger than 1 GiB");
    }
    bytes.resize(static_cast<std::size_t>(facts.st_size));
    return readExactly(descriptor.number(), 0, bytes);
}

/// Walks the folders below `root`, by hand: a link back to a parent must not be followed forever.
class Walk
{
public:
    Walk(fs::path root, const std::stop_token& stop, const ListingProgress& progress)
        : m_root(std::move(root))
        , m_stop(stop)
        , m_progress(progress)
    {
    }
    Result<std::vector<std::string>> run();

private:
    Result<void> list(const std::string& folder);
    void add(const fs::directory_entry& entry, const std::string& name);

    fs::path m_root;
    const std::stop_token& m_stop;
    const ListingProgress& m_progress;
    std::set<std::pair<dev_t, ino_t>> m_visited;
    std::vector<std::string> m_folders; ///< still to be listed
    std::vector<std::string> m_names;
};

void Walk::add(const fs::directory_entry& entry, const std::string& name)
{
    std::error_code ignored;
    if (entry.is_directory(ignored)) {
        m_folders.push_back(name);
    } else if (entry.is_regular_file(ignored)) {
        m_names.push_back(name);
        if (m_names.size() % 1000 == 0 && m_progress) {
            m_progress(static_cast<std::int64_t>(m_names.size()), 0);
        }
    }
}

Result<void> Walk::list(const std::string& folder)
{
    const fs::path path = folder.empty() ? m_root : m_root / folder;
    struct stat facts
    {
    };
    if (::stat(path.c_str(), &facts) == 0
        && !m_visited.insert({facts.st_dev, facts.st_ino}).second) {
        return {};
    }
    std::error_code error;
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (m_stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, "listing " + m_root.string() + " was cancelled");
        }
        const std::string name = entry->path().filename().string();
        if (!name.starts_with('.')) {
            add(*entry, folder.empty() ? name : folder + "/" + name);
        }
    }
    if (error) {
        return failure(ErrorCode::Unreadable, "cannot list the folder " + path.string(),
                       error.message() + "; check its permissions");
    }
    return {};
}

Result<std::vector<std::string>> Walk::run()
{
    m_folders.emplace_back();
    while (!m_folders.empty()) {
        const std::string folder = std::move(m_folders.back());
        m_folders.pop_back();
        if (auto listed = list(folder); !listed) {
            return tl::unexpected(listed.error());
        }
    }
    std::sort(m_names.begin(), m_names.end());
    return std::move(m_names);
}

} // namespace

Result<std::shared_ptr<const FileStore>>
openFolder(const fs::path& folder, const std::stop_token& stop, const ListingProgress& progress)
{
    return Walk(folder, stop, progress)
        .run()
        .map([&](std::vector<std::string>&& names) -> std::shared_ptr<const FileStore> {
            return std::make_shared<FolderStore>(folder, std::move(names));
        });
}

} // namespace mocoscope::training
