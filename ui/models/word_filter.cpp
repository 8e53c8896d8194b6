// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/word_filter.h"

#include <algorithm>

namespace mocoscope::ui {

QStringList searchWords(const QString& text)
{
    return text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool holdsAll(const QString& text, const QStringList& words)
{
    return std::ranges::all_of(
        words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

WordFilter::WordFilter(int role, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_role(role)
{
}

void WordFilter::setSearch(const QString& text)
{
    m_words = searchWords(text);
    invalidateFilter();
}

bool WordFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QString text = sourceModel()->index(row, 0, parent).data(m_role).toString();
    return !text.isEmpty() && holdsAll(text, m_words);
}

} // namespace mocoscope::ui
