// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_reader.h"

#include <chrono>
#include <utility>

namespace mocoscope::ui {

using namespace std::chrono_literals;

HistoryReader::HistoryReader(storage::Database database, Work everySecond)
    : m_database(std::move(database))
    , m_everySecond(std::move(everySecond))
    , m_nextSecond(std::chrono::steady_clock::now())
    , m_thread([this](const std::stop_token& stop) { loop(stop); })
{
}

HistoryReader::~HistoryReader()
{
    m_thread.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.clear();
        m_current.request_stop();
        m_database.interrupt();
    }
    m_thread.join();
}

void HistoryReader::request(Key key, Work work)
{
    {
        const std::scoped_lock lock(m_mutex);
        dropLocked(key);
        m_waiting.push_back({key, std::move(work)});
    }
    m_changed.notify_one();
}

void HistoryReader::cancel(Key key)
{
    const std::scoped_lock lock(m_mutex);
    dropLocked(key);
}

void HistoryReader::dropLocked(Key key)
{
    std::erase_if(m_waiting, [key](const Request& request) { return request.key == key; });
    if (m_current.stop_possible() && m_currentKey == key) {
        m_current.request_stop();
        m_database.interrupt();
    }
}

void HistoryReader::loop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const Request request = takeNext(stop);
        if (request.work) {
            request.work(m_database, m_current.get_token());
            const std::scoped_lock lock(m_mutex);
            m_current = std::stop_source(std::nostopstate);
        }
        if (std::chrono::steady_clock::now() >= m_nextSecond && !stop.stop_requested()) {
            m_everySecond(m_database, stop);
            m_nextSecond = std::chrono::steady_clock::now() + 1s;
        }
    }
}

/// Without work: a second is over, or the thread is to end.
HistoryReader::Request HistoryReader::takeNext(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    const bool isWoken
        = m_changed.wait_until(lock, stop, m_nextSecond, [this] { return !m_waiting.empty(); });
    if (!isWoken) {
        return {};
    }
    Request request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_currentKey = request.key;
    m_current = std::stop_source();
    return request;
}

} // namespace mocoscope::ui
