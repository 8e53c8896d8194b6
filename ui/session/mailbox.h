// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace mocoscope::ui {

/// Calls functions on the thread of a QObject, from any thread, in the order in which they were
/// posted. What comes after close() or after the end of the object is dropped. Copies share one
/// slot. The calls wait in a queue of our own and Qt only carries the word that there are some:
/// what a call holds is destroyed on the object's thread, never on the one that posted it.
class Mailbox
{
public:
    /// On the target's thread.
    explicit Mailbox(QObject* target);

    void post(std::function<void()> call) const;
    /// On the target's thread.
    void close();

private:
    struct Slot;
    class Receiver;
    std::shared_ptr<Slot> m_slot;
};

} // namespace mocoscope::ui
