// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace mocoscope::ui {

class CompareRunList;
class FoundRuns;

/// Where runs are chosen for a comparison: all of the library, or those that fit a search, with a
/// check mark each. Never narrower than a name takes to be told from others.
class CompareChooser final : public QWidget
{
    Q_OBJECT

public:
    explicit CompareChooser(CompareRunList& runs, QWidget* parent = nullptr);

    /// Makes a run the current one, so that it can be seen in the list; one that the search leaves
    /// out is not shown.
    void setCurrent(storage::RunId run);
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QListView& list() { return *m_list; }
    /// Those that the search leaves, in the list's order.
    [[nodiscard]] std::vector<storage::RunId> found() const;

Q_SIGNALS:
    /// Another run became the current one by the user's hand.
    void currentChosen(mocoscope::storage::RunId run);

private:
    void makeSearch();
    void makeList();
    QWidget* makeFoot();
    void showCount();

    CompareRunList& m_runs;
    FoundRuns* m_found;
    QLineEdit* m_search;
    QLabel* m_problem;
    QListView* m_list;
    QLabel* m_count;
};

} // namespace mocoscope::ui
