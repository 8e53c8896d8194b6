// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/statement.h"

#include "storage/sqlite_error.h"

#include <cmath>
#include <sqlite3.h>

namespace mocoscope::storage {

void ConnectionCloser::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

Statement::Statement(Database& database, std::string_view sql)
    : m_database(&database)
{
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    m_statement.reset(statement);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void Statement::check(int resultCode) const
{
    if (resultCode != SQLITE_OK)
        throw StorageFailure(
            describe(resultCode, sqlite3_errmsg(m_database->handle()), m_database->file()));
}

void Statement::bindAt(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), index, value));
}

void Statement::bindAt(int index, double value)
{
    check(sqlite3_bind_double(m_statement.get(), index, value));
}

void Statement::bindAt(int index, std::string_view value)
{
    // A null pointer would be bound as NULL.
    check(sqlite3_bind_text64(m_statement.get(), index, value.empty() ? "" : value.data(),
                              value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindNull(int index)
{
    check(sqlite3_bind_null(m_statement.get(), index));
}

bool Statement::step()
{
    const int resultCode = sqlite3_step(m_statement.get());
    if (resultCode == SQLITE_ROW)
        return true;
    if (resultCode == SQLITE_DONE)
        return false;
    const StorageFailure problem(
        describe(resultCode, sqlite3_errmsg(m_database->handle()), m_database->file()));
    reset();
    throw problem;
}

void Statement::finish()
{
    while (step()) { }
    reset();
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get()); // repeats the error of the last step, which was told
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const unsigned char* bytes = sqlite3_column_text(m_statement.get(), column);
    const int length = sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string(bytes, bytes + length) : std::string();
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<double> Statement::finiteReal(int column) const
{
    const double value = real(column);
    return isNull(column) || !std::isfinite(value) ? std::nullopt : std::optional(value);
}

Transaction::Transaction(Database& database)
    : m_database(database)
{
    executeOrThrow(database, "BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    // After some errors (disk full) SQLite has rolled back by itself.
    if (m_open && !sqlite3_get_autocommit(m_database.handle()))
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit()
{
    executeOrThrow(m_database, "COMMIT");
    m_open = false;
}

void executeOrThrow(Database& database, const char* sql)
{
    if (auto done = database.execute(sql); !done)
        throw StorageFailure(done.error());
}

} // namespace mocoscope::storage
