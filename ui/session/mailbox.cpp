// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/mailbox.h"

#include <utility>

namespace mocoscope::ui {

Mailbox::Mailbox(QObject* target)
    : m_slot(std::make_shared<Slot>())
{
    m_slot->target = target;
}

void Mailbox::post(std::function<void()> call) const
{
    // Under the lock, so that the target cannot end between the look and the call. What is queued
    // for it then ends with it.
    const std::scoped_lock lock(m_slot->mutex);
    if (m_slot->target) {
        QMetaObject::invokeMethod(m_slot->target, std::move(call), Qt::QueuedConnection);
    }
}

void Mailbox::close()
{
    const std::scoped_lock lock(m_slot->mutex);
    m_slot->target = nullptr;
}

} // namespace mocoscope::ui
