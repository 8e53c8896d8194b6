// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace mocoscope::ui {

/// What somebody typed, word by word.
[[nodiscard]] QStringList searchWords(const QString& text);
/// In any order and case.
[[nodiscard]] bool holdsAll(const QString& text, const QStringList& words);

/// The rows whose text holds all words of a search. One that has no text is none of them.
class WordFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// `role`: where the text is.
    explicit WordFilter(int role, QObject* parent = nullptr);
    void setSearch(const QString& text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    int m_role;
    QStringList m_words;
};

} // namespace mocoscope::ui
