// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"
#include "ui/theme.h"

#include <QFrame>

#include <functional>

class QVBoxLayout;

namespace mocoscope::ui {

/// One message, inline above the page.
struct Message
{
    Tone tone = Tone::Neutral;
    QString text; ///< one sentence
    QString detail; ///< why, and what to do; may be empty
    QString actionText; ///< of the button; empty: none
    std::function<void()> action {};
    QString key; ///< a later message with the same key takes its place; empty: the text
};
[[nodiscard]] Message messageOf(const training::Error& error);

/// Messages that wait to be read; never in the way of the work. Notices go away by themselves,
/// what went wrong stays until it is closed.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(const Message& message);
    /// Takes back a message that no longer holds.
    void remove(const QString& key);
    [[nodiscard]] QStringList texts() const;

private:
    class Line;
    [[nodiscard]] Line* find(const QString& key) const;
    void dropOldest();

    QVBoxLayout* m_lines;
};

} // namespace mocoscope::ui
