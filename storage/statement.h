// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"
#include "storage/run_record.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace mocoscope::storage {

/// Deletes a connection that a std::unique_ptr holds.
struct ConnectionCloser
{
    void operator()(sqlite3* handle) const;
};

/// A prepared statement. Throws StorageFailure; lives inside storage/ only and not longer than
/// its connection.
class Statement
{
public:
    Statement(Database& database, std::string_view sql);

    /// Starts over and binds ?1, ?2, … in order.
    template <typename... Values> Statement& bind(const Values&... values)
    {
        reset();
        int index = 0;
        (bindAt(++index, values), ...);
        return *this;
    }
    void bindAt(int index, std::int64_t value);
    void bindAt(int index, double value); ///< NaN becomes NULL
    void bindAt(int index, std::string_view value);
    void bindAt(int index, RunId id) { bindAt(index, id.value); }
    template <typename Value> void bindAt(int index, const std::optional<Value>& value)
    {
        value ? bindAt(index, *value) : bindNull(index);
    }
    /// Binds, runs to the end and starts over; rows are ignored.
    template <typename... Values> void run(const Values&... values)
    {
        bind(values...);
        finish();
    }

    /// True: there is a row. False: done.
    bool step();
    /// Steps to the end, then starts over.
    void finish();
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    /// Empty for NULL and for infinities.
    [[nodiscard]] std::optional<double> finiteReal(int column) const;

private:
    void bindNull(int index);
    void check(int resultCode) const;

    struct Finalizer
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    Database* m_database;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

/// All or nothing: rolled back unless committed. Takes the write lock at once, so that a reader
/// that becomes a writer cannot fail half-way.
class Transaction
{
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& m_database;
    bool m_open = true;
};

/// Database::execute() that throws.
void executeOrThrow(Database& database, const char* sql);

} // namespace mocoscope::storage
