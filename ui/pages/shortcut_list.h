// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/floating_panel.h"

#include <QKeySequence>
#include <QList>

#include <vector>

class QScrollArea;

namespace mocoscope::ui {

struct Shortcut
{
    QList<QKeySequence> keys; ///< either of them
    QString meaning;
};
/// Those of one menu or page.
struct ShortcutGroup
{
    QString title;
    QList<Shortcut> shortcuts;
};

/// "Ctrl+Shift+P or Ctrl+K", as the desktop writes them.
[[nodiscard]] QString keysText(const QList<QKeySequence>& keys);

/// All shortcuts, under headings.
class ShortcutList final : public FloatingPanel
{
    Q_OBJECT

public:
    explicit ShortcutList(QWidget& window);

    /// Opens with these, open already it closes.
    void toggle(const std::vector<ShortcutGroup>& groups);

    [[nodiscard]] QSize sizeHint() const override;

private:
    QScrollArea* m_area;
};

} // namespace mocoscope::ui
