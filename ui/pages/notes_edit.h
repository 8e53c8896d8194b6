// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

class QPlainTextEdit;
class QTextBrowser;

namespace mocoscope::ui {

/// Notes in Markdown: formatted while they are read, as they were typed while they are edited. A
/// click or the tabulator begins to edit, leaving the field ends it.
class NotesEdit final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit NotesEdit(QWidget* parent = nullptr);
    [[nodiscard]] QString text() const;
    /// Not by the user's hand: without edited().
    void setText(const QString& text);

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showField(bool isEdited);
    void startEditing(QEvent& event);

    QPlainTextEdit* m_editor;
    QTextBrowser* m_reader;
};

} // namespace mocoscope::ui
