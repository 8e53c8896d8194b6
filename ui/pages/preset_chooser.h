// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QFrame;
class QLabel;
class QLineEdit;
class QModelIndex;
class QStandardItemModel;
class QTreeView;

namespace mocoscope::ui {

class WordFilter;

/// Shows which preset a form started from; opens a list of all presets under their headings, which
/// a search narrows down.
class PresetChooser final : public QPushButton
{
    Q_OBJECT

public:
    explicit PresetChooser(QWidget* parent = nullptr);

    /// What the button says; `name` is empty where it is no preset.
    void setCurrent(const QString& name, const QString& title);
    [[nodiscard]] QString current() const { return m_current; }
    void openList();
    /// Words between blanks; for the list that is open.
    void search(const QString& text);
    /// Titles in the list as it is narrowed down, headings left out.
    [[nodiscard]] QStringList shownTitles() const;

Q_SIGNALS:
    void chosen(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void setRowHeight();
    void makeList();
    void selectFirst();
    void showSummary(const QModelIndex& index);
    void choose(const QModelIndex& index);
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;

    QString m_current;
    QString m_title;
    QStandardItemModel* m_presets;
    WordFilter* m_found;
    QFrame* m_list;
    QLineEdit* m_search;
    QTreeView* m_view;
    QLabel* m_summary;
};

} // namespace mocoscope::ui
