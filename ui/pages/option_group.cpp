// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/option_group.h"

#include "ui/pages/field_row.h"
#include "ui/theme.h"

#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {

OptionGroup::OptionGroup(const QString& title, std::vector<FieldRow*> rows, QWidget* parent)
    : Card(title, parent)
    , m_rows(std::move(rows))
    , m_fold(new QToolButton(this))
{
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::TabFocus);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (const bool advanced : {false, true}) {
        if (advanced && countAdvanced() > 0) {
            content().addWidget(m_fold, 0, Qt::AlignLeft);
        }
        for (FieldRow* row : m_rows) {
            if (row->field().advanced == advanced) {
                content().addWidget(row);
            }
        }
    }
    connect(m_fold, &QToolButton::toggled, this, &OptionGroup::updateRows);
    setHiddenMarks(0, 0);
    updateRows();
}

int OptionGroup::setSearch(const QStringList& words)
{
    m_words = words;
    updateRows();
    const auto count = std::ranges::count_if(
        m_rows, [&words](const FieldRow* row) { return row->matches(words); });
    setVisible(words.isEmpty() ? isAnyUsed() : count > 0);
    return static_cast<int>(count);
}

void OptionGroup::updateUsed()
{
    updateRows();
    if (m_words.isEmpty() && isAnyUsed() == isHidden()) { // as it is: would lay out too early
        setVisible(isAnyUsed());
    }
}

bool OptionGroup::isAnyUsed() const
{
    return std::ranges::any_of(m_rows, &FieldRow::isUsed);
}

int OptionGroup::countAdvanced() const
{
    return static_cast<int>(std::ranges::count_if(
        m_rows, [](const FieldRow* row) { return row->isUsed() && row->field().advanced; }));
}

std::vector<FieldRow*> OptionGroup::shownRows() const
{
    std::vector<FieldRow*> shown;
    for (const bool advanced : {false, true}) { // as they lie
        for (FieldRow* row : m_rows) {
            if (row->field().advanced == advanced && row->isVisible()) {
                shown.push_back(row);
            }
        }
    }
    return shown;
}

bool OptionGroup::contains(const FieldRow* row) const
{
    return std::ranges::find(m_rows, row) != m_rows.end();
}

void OptionGroup::setHiddenMarks(int changed, int wrong)
{
    QString text = tr("Advanced (%1)").arg(countAdvanced());
    if (changed > 0) {
        text += tr(", %1 changed").arg(changed);
    }
    if (wrong > 0) {
        text += tr(", %1 wrong").arg(wrong);
    }
    m_fold->setText(text);
}

void OptionGroup::updateRows()
{
    const bool isOpen = m_fold->isChecked();
    m_fold->setIcon(themedIcon(isOpen ? "unfold" : "fold"));
    m_fold->setVisible(countAdvanced() > 0 && m_words.isEmpty());
    for (FieldRow* row : m_rows) {
        row->setVisible(m_words.isEmpty() ? row->isUsed() && (isOpen || !row->field().advanced)
                                          : row->matches(m_words));
    }
}

} // namespace mocoscope::ui
