// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/page_copy.h"

#include "storage/statement.h"

#include <memory>
#include <sqlite3.h>

namespace mocoscope::storage {

PageCopy copyPages(sqlite3* source, const std::filesystem::path& target)
{
    sqlite3* opened = nullptr;
    const int openCode = sqlite3_open(target.string().c_str(), &opened);
    const std::unique_ptr<sqlite3, ConnectionCloser> copy(opened);
    if (openCode != SQLITE_OK)
        return {openCode, sqlite3_errmsg(opened), false};
    sqlite3_busy_timeout(opened, patienceMs);
    sqlite3_backup* backup = sqlite3_backup_init(opened, "main", source, "main");
    if (backup == nullptr)
        return {sqlite3_errcode(opened), sqlite3_errmsg(opened), true};
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    return {code, sqlite3_errmsg(opened), code == SQLITE_NOTADB || code == SQLITE_CORRUPT};
}

} // namespace mocoscope::storage
