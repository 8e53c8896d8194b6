// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlite_error.h"

#include <sqlite3.h>
#include <utility>

namespace mocoscope::storage {

using training::Error;
using training::ErrorCode;

namespace {

struct Explanation
{
    int resultCode;
    ErrorCode code;
    const char* reason; ///< goes on after "Run history FILE "
    const char* wayOut;
};

constexpr Explanation explanations[] = {
    {SQLITE_BUSY, ErrorCode::Unwritable, "is locked by another program",
     "Close the program that holds it, then try again."},
    {SQLITE_LOCKED, ErrorCode::Unwritable, "is locked by another program",
     "Close the program that holds it, then try again."},
    {SQLITE_READONLY, ErrorCode::Unwritable, "is read-only",
     "Make the file and its folder writable, or choose another file."},
    {SQLITE_PERM, ErrorCode::Unwritable, "may not be accessed",
     "Check the rights of the file and its folder, or choose another file."},
    {SQLITE_FULL, ErrorCode::Unwritable, "cannot grow: the disk is full",
     "Free some space on the disk that holds it."},
    {SQLITE_IOERR, ErrorCode::Unwritable, "cannot be read or written: the disk reports an error",
     "Check the disk and its mount, then try again."},
    {SQLITE_CORRUPT, ErrorCode::Unreadable, "is damaged",
     "Restore a copy of it (the .bak files beside it are older ones), or choose another file."},
    {SQLITE_NOTADB, ErrorCode::Unreadable, "is not a database",
     "Choose another file; this one was left as it is."},
    {SQLITE_CANTOPEN, ErrorCode::Unreadable, "cannot be opened",
     "Check that the folder exists and that you may read it and write to it."},
    {SQLITE_INTERRUPT, ErrorCode::Cancelled, "was not read to the end: the request was cancelled",
     ""},
    {SQLITE_NOMEM, ErrorCode::OutOfMemory, "needs more memory than there is",
     "Close other programs and try again."},
};

} // namespace

StorageFailure::StorageFailure(Error error)
    : m_error(std::move(error))
{
}

Error describe(int resultCode, const char* sqliteMessage, const std::filesystem::path& file)
{
    const std::string subject = "Run history " + file.string() + " ";
    const std::string said = " (SQLite: " + std::string(sqliteMessage) + ")";
    for (const Explanation& explanation : explanations)
        if (explanation.resultCode == (resultCode & 0xff)) // without the extended part
            return {explanation.code, subject + explanation.reason, explanation.wayOut + said};
    return {ErrorCode::Internal, subject + "could not be used",
            "This is a defect of the program; please report it" + said};
}

void fail(ErrorCode code, std::string message, std::string detail)
{
    throw StorageFailure({code, std::move(message), std::move(detail)});
}

} // namespace mocoscope::storage
