// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace mocoscope::ui {

/// Calls functions on the thread of a QObject, from any thread. What comes after close() or after
/// the end of the object is dropped. Copies share one slot.
class Mailbox
{
public:
    /// `target` must outlive the mailbox or close() it in its destructor, on its own thread.
    explicit Mailbox(QObject* target);

    void post(std::function<void()> call) const;
    /// On the target's thread.
    void close();

private:
    struct Slot
    {
        std::mutex mutex;
        QObject* target = nullptr;
    };
    std::shared_ptr<Slot> m_slot;
};

} // namespace mocoscope::ui
