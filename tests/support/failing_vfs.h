// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <sqlite3.h>

namespace mocoscope::testing {

/// SQLite's own file system, on a disk that can be full: for the log, for the database file, or for
/// neither. One at a time; lives longer than all connections. Any thread.
class FailingVfs
{
public:
    FailingVfs()
        : m_real(sqlite3_vfs_find(nullptr))
        , m_vfs(*m_real)
    {
        self = this;
        m_vfs.zName = "mocoscope-full-disk";
        m_vfs.pNext = nullptr;
        m_vfs.xOpen = &FailingVfs::open;
        if (sqlite3_vfs_register(&m_vfs, 1) != SQLITE_OK)
            std::abort();
    }
    ~FailingVfs()
    {
        sqlite3_vfs_unregister(&m_vfs);
        sqlite3_vfs_register(m_real, 1);
        self = nullptr;
    }
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;

    std::atomic<bool> isFullForLog = false; ///< what a transaction is written to
    std::atomic<bool> isFullForDatabase = false; ///< what the log is copied into
    std::atomic<int> refusedWrites = 0;

private:
    /// The methods of an open file, and the same with ours in between.
    struct Opened
    {
        const sqlite3_io_methods* real = nullptr;
        sqlite3_io_methods ours {};
        bool isLog = false;
    };

    static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags,
                    int* outFlags)
    {
        const int result = self->m_real->xOpen(self->m_real, name, file, flags, outFlags);
        const bool isLog = (flags & SQLITE_OPEN_WAL) != 0;
        if (result == SQLITE_OK && (isLog || (flags & SQLITE_OPEN_MAIN_DB) != 0)) {
            const std::scoped_lock lock(self->m_mutex);
            Opened& opened = self->m_files[file];
            opened = {file->pMethods, *file->pMethods, isLog};
            opened.ours.xWrite = &FailingVfs::write;
            opened.ours.xClose = &FailingVfs::close;
            file->pMethods = &opened.ours;
        }
        return result;
    }
    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at)
    {
        const Opened& opened = self->find(file);
        if (opened.isLog ? self->isFullForLog : self->isFullForDatabase) {
            ++self->refusedWrites;
            return SQLITE_FULL;
        }
        return opened.real->xWrite(file, data, size, at);
    }
    static int close(sqlite3_file* file)
    {
        const int result = self->find(file).real->xClose(file);
        const std::scoped_lock lock(self->m_mutex);
        self->m_files.erase(file);
        return result;
    }
    const Opened& find(sqlite3_file* file)
    {
        const std::scoped_lock lock(m_mutex);
        return m_files.at(file); // references into a map stay valid
    }

    static inline FailingVfs* self = nullptr;
    sqlite3_vfs* m_real;
    sqlite3_vfs m_vfs;
    std::mutex m_mutex;
    std::map<sqlite3_file*, Opened> m_files;
};

} // namespace mocoscope::testing
