// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_chooser.h"

#include "ui/pages/compare_run_list.h"
#include "ui/pages/found_runs.h"
#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {
namespace {

constexpr int chooserCharacters = 34; ///< of a name, beside check mark and colour

/// Items are as wide as the list, whatever their names are: what does not fit is elided instead of
/// scrolled to.
class ChoiceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override
    {
        return {0, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

} // namespace

CompareChooser::CompareChooser(CompareRunList& runs, QWidget* parent)
    : QWidget(parent)
    , m_runs(runs)
    , m_found(new FoundRuns(runs, this))
    , m_search(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_list(new QListView(this))
    , m_count(makeMutedLabel({}, this))
{
    setMinimumWidth(chooserCharacters * fontMetrics().averageCharWidth());
    makeSearch();
    makeList();
    auto* head = new QVBoxLayout;
    head->setContentsMargins(spacing(2), spacing(1), spacing(1), spacing(1));
    head->setSpacing(spacing(1));
    head->addWidget(m_search);
    head->addWidget(m_problem);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addWidget(makeFoot());
    connect(&runs, &CompareRunList::checkedChanged, this, &CompareChooser::showCount);
    connect(&runs, &QAbstractItemModel::modelReset, this, &CompareChooser::showCount);
    connect(&runs, &QAbstractItemModel::dataChanged, this, &CompareChooser::showCount);
    connect(m_found, &QAbstractItemModel::rowsInserted, this, &CompareChooser::showCount);
    connect(m_found, &QAbstractItemModel::rowsRemoved, this, &CompareChooser::showCount);
    showCount();
}

void CompareChooser::makeSearch()
{
    m_search->setPlaceholderText(tr("Find runs"));
    m_search->setToolTip(tr("<qt>Words of the name, tags and notes, or conditions: <i>lr &gt; 1e-4 "
                            "and method = byol</i></qt>"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Find a run"));
    m_problem->setTextFormat(Qt::RichText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        {
            const QSignalBlocker blocker(this); // the list picks another run where its own is gone
            m_found->setSearch(text);
        }
        m_problem->setText(m_found->problem());
        m_problem->setVisible(!m_found->problem().isEmpty());
        m_search->setAccessibleDescription(m_found->problem());
        showCount();
    });
}

void CompareChooser::makeList()
{
    m_list->setModel(m_found);
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setTextElideMode(Qt::ElideMiddle); // names of a sweep's runs differ at their end
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Runs to compare"));
    const int swatch = fontMetrics().height() * 2 / 3;
    m_list->setIconSize({swatch, swatch});
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid()) {
                    Q_EMIT currentChosen(m_runs.run(m_found->mapToSource(index).row()).id);
                }
            });
}

QWidget* CompareChooser::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* all = makeBarButton(
        tr("All"), tr("Compare all runs of this list, those that the search left"), foot);
    auto* none = makeBarButton(tr("None"), tr("Compare no run"), foot);
    connect(all, &QToolButton::clicked, this, [this] {
        auto runs = m_runs.checked();
        for (const storage::RunId run : found()) {
            if (std::ranges::find(runs, run) == runs.end()) {
                runs.push_back(run);
            }
        }
        m_runs.setChecked(std::move(runs));
    });
    connect(none, &QToolButton::clicked, this, [this] { m_runs.setChecked({}); });
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(spacing(2), spacing(1), spacing(1), spacing(1));
    row->setSpacing(spacing(1));
    row->addWidget(m_count, 1);
    row->addWidget(all);
    row->addWidget(none);
    return foot;
}

std::vector<storage::RunId> CompareChooser::found() const
{
    std::vector<storage::RunId> runs;
    for (int row = 0; row < m_found->rowCount(); ++row) {
        runs.push_back(m_runs.run(m_found->mapToSource(m_found->index(row, 0)).row()).id);
    }
    return runs;
}

void CompareChooser::setCurrent(storage::RunId run)
{
    const QSignalBlocker blocker(this); // not by the user's hand
    for (int row = 0; row < m_found->rowCount(); ++row) {
        const QModelIndex index = m_found->index(row, 0);
        if (m_runs.run(m_found->mapToSource(index).row()).id == run) {
            m_list->setCurrentIndex(index);
            return;
        }
    }
}

void CompareChooser::showCount()
{
    const auto chosen = m_runs.checked().size();
    const int all = m_found->offered();
    const int found = m_found->rowCount();
    const QString count = QStringLiteral("✓ ") + tr("%1 of %2").arg(chosen).arg(all);
    m_count->setText(found < all ? tr("%1, %2 found").arg(count).arg(found) : count);
    m_count->setToolTip(tr("%1 of %2 runs are compared").arg(chosen).arg(all));
    m_count->setAccessibleName(m_count->toolTip());
}

} // namespace mocoscope::ui
