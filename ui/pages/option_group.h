// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/widgets.h"

#include <vector>

namespace mocoscope::ui {

class FieldRow;

/// The options under one heading; the advanced ones are folded away at first.
class OptionGroup final : public Card
{
    Q_OBJECT

public:
    OptionGroup(const QString& title, std::vector<FieldRow*> rows, QWidget* parent = nullptr);

    /// Shows the rows that contain all words; unfolds while there are any. Returns how many.
    int setSearch(const QStringList& words);
    /// From top to bottom.
    [[nodiscard]] std::vector<FieldRow*> shownRows() const;
    void unfold() { m_fold->setChecked(true); }
    /// Which rows are used has changed. A group without any is shown in a search alone.
    void updateUsed();
    [[nodiscard]] bool contains(const FieldRow* row) const;
    /// Number of marks on folded rows, told on the button.
    void setHiddenMarks(int changed, int wrong);

private:
    void updateRows();
    [[nodiscard]] bool isAnyUsed() const;
    [[nodiscard]] int countAdvanced() const;

    std::vector<FieldRow*> m_rows;
    QStringList m_words;
    QToolButton* m_fold;
};

} // namespace mocoscope::ui
