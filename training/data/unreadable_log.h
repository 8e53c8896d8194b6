// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/data/view_loader.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_set>

namespace mocoscope::training {

/// Tells of each unreadable image once, and counts them. Any thread.
class UnreadableLog
{
public:
    explicit UnreadableLog(UnreadableImage callback)
        : m_callback(std::move(callback))
    {
    }

    void note(const Dataset& dataset, std::int64_t sample, const Error& error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_samples.insert(sample).second) {
            return;
        }
        if (!m_first) {
            m_first = error;
        }
        m_count.store(static_cast<std::int64_t>(m_samples.size()));
        if (m_callback) {
            m_callback(dataset.name(sample), error.detail.empty() ? error.message : error.detail);
        }
    }
    [[nodiscard]] std::int64_t count() const { return m_count.load(); }
    /// For when no image can be read at all.
    [[nodiscard]] Error noneReadable() const
    {
        const std::lock_guard lock(m_mutex);
        return {ErrorCode::Unreadable,
                "none of the " + std::to_string(m_samples.size()) + " images can be read",
                m_first ? toText(*m_first) : std::string()};
    }

private:
    UnreadableImage m_callback;
    mutable std::mutex m_mutex;
    std::unordered_set<std::int64_t> m_samples;
    std::optional<Error> m_first;
    std::atomic<std::int64_t> m_count {0};
};

} // namespace mocoscope::training
