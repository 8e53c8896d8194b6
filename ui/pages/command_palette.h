// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/command_search.h"
#include "ui/pages/floating_panel.h"

class QLabel;
class QLineEdit;
class QListView;

namespace mocoscope::ui {

/// Everything that the window can do, found by typing a part of its name. Keys alone suffice: up
/// and down choose, Return runs, Escape closes.
class CommandPalette final : public FloatingPanel
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget& window);
    ~CommandPalette() override;

    /// Opens with these commands and an empty search; open already, it closes.
    void toggle(std::vector<Command> commands);
    /// Titles as they are listed now, the best first.
    [[nodiscard]] QStringList shownTitles() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Model;
    void search(const QString& text);
    void select(int row);
    void showCurrent();
    void run();

    Model* m_model;
    QLineEdit* m_search;
    QListView* m_list;
    QLabel* m_foot; ///< why the current command cannot be run, or which keys choose
};

} // namespace mocoscope::ui
