// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/undo_list.h"

#include <QAction>

#include <utility>

namespace mocoscope::ui {

namespace {

QString changeKey(int change)
{
    return QStringLiteral("undo %1").arg(change);
}

} // namespace

UndoList::UndoList(QObject* parent)
    : QObject(parent)
    , m_action(new QAction(tr("Undo"), this))
{
    m_action->setShortcut(QKeySequence::Undo);
    m_action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_action, &QAction::triggered, this, &UndoList::undoNewest);
    updateAction();
}

Message UndoList::offer(Message message, std::function<void()> takeBack)
{
    const int change = ++m_newest;
    m_changes[change] = {message.text, std::move(takeBack)};
    message.actionText = tr("Undo");
    message.action = [this, change] { undo(change); };
    message.key = changeKey(change); // the same words may be said of other runs
    updateAction();
    return message;
}

void UndoList::undo(int change)
{
    if (const auto taken = m_changes.extract(change)) {
        updateAction();
        taken.mapped().takeBack();
    }
}

void UndoList::undoNewest()
{
    if (m_changes.empty()) {
        return;
    }
    const int change = m_changes.rbegin()->first;
    Message message; // in the place of the one that offers it
    message.text = tr("Taken back: %1").arg(m_changes.rbegin()->second.text);
    message.key = changeKey(change);
    undo(change);
    Q_EMIT messageRaised(message);
}

void UndoList::updateAction()
{
    m_action->setEnabled(!m_changes.empty());
    m_action->setToolTip(m_changes.empty()
                             ? tr("There is nothing to take back.")
                             : tr("Take back: %1").arg(m_changes.rbegin()->second.text));
}

} // namespace mocoscope::ui
