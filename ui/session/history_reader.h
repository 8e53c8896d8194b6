// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mocoscope::ui {

/// The reader thread with its read-only connection. Requests with the same key replace each other:
/// one that waits is dropped, one that is on is interrupted.
class HistoryReader
{
public:
    /// Who asks for what.
    struct Key
    {
        const void* receiver = nullptr;
        int channel = 0;
        bool operator==(const Key&) const = default;
    };
    using Work = std::function<void(storage::Database&, const std::stop_token&)>;

    /// `everySecond` runs on the reader thread after that much time without a request, and at
    /// least as often while there are some.
    HistoryReader(storage::Database database, Work everySecond);
    /// Interrupts what is on and joins.
    ~HistoryReader();
    HistoryReader(const HistoryReader&) = delete;
    HistoryReader& operator=(const HistoryReader&) = delete;

    /// From any thread.
    void request(Key key, Work work);
    void cancel(Key key);

private:
    struct Request
    {
        Key key;
        Work work;
    };
    void loop(const std::stop_token& stop);
    [[nodiscard]] Request takeNext(const std::stop_token& stop);
    void dropLocked(Key key);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Request> m_waiting;
    Key m_currentKey;
    std::stop_source m_current {std::nostopstate}; ///< of the request that is on

    storage::Database m_database; ///< reader thread, except interrupt()
    const Work m_everySecond;
    std::chrono::steady_clock::time_point m_nextSecond;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace mocoscope::ui
