// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/closing_signals.h"

#include "ui/main_window.h"

#include <QCoreApplication>

#include <cstdlib>

namespace mocoscope {

namespace {

constexpr int interrupted = 130;

} // namespace

ClosingSignals::ClosingSignals()
    : m_watch([this](headless::StopLevel level) {
        if (level == headless::StopLevel::Stop) {
            QMetaObject::invokeMethod(
                &m_receiver, [this] { closeWindow(); }, Qt::QueuedConnection);
        } else {
            std::_Exit(interrupted);
        }
    })
{
}

void ClosingSignals::closeWindow() const
{
    if (m_window) {
        m_window->closeAfterStop();
    } else {
        QCoreApplication::exit(interrupted);
    }
}

} // namespace mocoscope
