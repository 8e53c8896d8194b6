// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace mocoscope::ui {

class FieldEditor;

/// One option in the form: label, editor, unit, what is wrong with it, and the way back to the
/// preset's value.
class FieldRow final : public QWidget
{
    Q_OBJECT

public:
    explicit FieldRow(const training::FieldDescription& field, QWidget* parent = nullptr);

    [[nodiscard]] const training::FieldDescription& field() const { return m_field; }
    [[nodiscard]] FieldEditor& editor() const { return *m_editor; }
    [[nodiscard]] bool matches(const QStringList& words) const;
    /// The words are in its name, key or symbol, and not only in its description.
    [[nodiscard]] bool isCalled(const QStringList& words) const;

    /// What is wrong; where nothing is, what should be known.
    void setProblem(const QString& reason, const QString& note = {});
    void setChanged(bool changed, const QString& presetText);
    [[nodiscard]] QString problem() const { return m_reason; }
    /// Problem or note, as it is shown.
    [[nodiscard]] QString remark() const;
    /// An option that the task does not use is shown in a search alone: its group sees to it.
    void setUsed(bool used) { m_isUsed = used; }
    [[nodiscard]] bool isUsed() const { return m_isUsed; }

    /// Of label and unit in pixels, so that the rows of all groups stand in line.
    struct ColumnWidths
    {
        int label = 0;
        int unit = 0;
    };
    [[nodiscard]] ColumnWidths columnWidths() const;
    /// Where their words stand below each other.
    [[nodiscard]] ColumnWidths wrappedWidths() const;
    void setColumnWidths(ColumnWidths widths, bool areWrapped);

Q_SIGNALS:
    void edited(const QString& text);
    void resetRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateProblemColour();
    [[nodiscard]] QString toolTipText() const;

    const training::FieldDescription& m_field;
    FieldEditor* m_editor;
    QLabel* m_label;
    QLabel* m_unit;
    QToolButton* m_reset;
    QLabel* m_problem; ///< or a note
    QString m_reason; ///< empty: nothing is wrong
    bool m_isUsed = true;
};

} // namespace mocoscope::ui
