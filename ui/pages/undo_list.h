// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/message_bar.h"

#include <QObject>

#include <functional>
#include <map>

class QAction;

namespace mocoscope::ui {

/// What can be taken back, the newest first. It outlives the messages that offer it, which go away
/// by themselves: what was deleted by mistake may be missed only later.
class UndoList final : public QObject
{
    Q_OBJECT

public:
    explicit UndoList(QObject* parent);
    /// `message` with a button that takes back what it tells.
    [[nodiscard]] Message offer(Message message, std::function<void()> takeBack);
    /// Takes back the newest; disabled where there is none.
    [[nodiscard]] QAction& action() { return *m_action; }

Q_SIGNALS:
    void messageRaised(const mocoscope::ui::Message& message);

private:
    void undo(int change);
    void undoNewest();
    void updateAction();

    struct Change
    {
        QString text;
        std::function<void()> takeBack;
    };
    std::map<int, Change> m_changes;
    int m_newest = 0;
    QAction* m_action;
};

} // namespace mocoscope::ui
