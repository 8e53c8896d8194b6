// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <mutex>
#include <utility>
#include <vector>

namespace mocoscope::ui {

struct Mailbox::Slot
{
    std::mutex mutex;
    QObject* receiver = nullptr;
    std::vector<std::function<void()>> calls;

    /// The calls are destroyed without the lock: what they hold may post again.
    void close()
    {
        std::vector<std::function<void()>> dropped;
        const std::scoped_lock lock(mutex);
        receiver = nullptr;
        dropped.swap(calls);
    }
};

/// Lives on the target's thread, as its child.
class Mailbox::Receiver final : public QObject
{
public:
    Receiver(QObject* target, std::shared_ptr<Slot> slot)
        : QObject(target)
        , m_slot(std::move(slot))
    {
    }
    ~Receiver() override { m_slot->close(); }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::User) {
            return QObject::event(event);
        }
        // A call may end the target, and this with it.
        const auto slot = m_slot;
        std::vector<std::function<void()>> calls;
        {
            const std::scoped_lock lock(slot->mutex);
            calls.swap(slot->calls);
        }
        for (auto& call : calls) {
            {
                const std::scoped_lock lock(slot->mutex);
                if (slot->receiver == nullptr) {
                    break; // closed by one of the calls before
                }
            }
            std::exchange(call, {})();
        }
        return true;
    }

private:
    std::shared_ptr<Slot> m_slot;
};

Mailbox::Mailbox(QObject* target)
    : m_slot(std::make_shared<Slot>())
{
    m_slot->receiver = new Receiver(target, m_slot);
}

void Mailbox::post(std::function<void()> call) const
{
    // Under the lock, so that the target cannot end between the look and the call.
    const std::scoped_lock lock(m_slot->mutex);
    if (m_slot->receiver == nullptr) {
        return;
    }
    m_slot->calls.push_back(std::move(call));
    if (m_slot->calls.size() == 1) {
        QCoreApplication::postEvent(m_slot->receiver, new QEvent(QEvent::User));
    }
}

void Mailbox::close()
{
    m_slot->close();
}

} // namespace mocoscope::ui
