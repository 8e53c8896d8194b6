// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/scatter_view.h"

#include "ui/models/curve_style.h"
#include "ui/pages/compare_axes.h"
#include "ui/pages/compare_curves.h"
#include "ui/pages/widgets.h"
#include "ui/plot/export_dialog.h"
#include "ui/plot/plot_theme.h"
#include "ui/plot/scatter_plot.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {
namespace {

/// The first of the keys that is offered; else the first entry.
int indexOfAny(const QComboBox& choice, std::initializer_list<QString> keys)
{
    for (const QString& key : keys) {
        if (const int index = choice.findData(key); index >= 0) {
            return index;
        }
    }
    return choice.count() > 0 ? 0 : -1;
}

ScatterGroup scatterGroup(const CurveGroup& group, std::size_t index, bool isByRun,
                          const storage::RunRecord& first)
{
    return {group.title, [isByRun, first, index](bool dark) {
                const CurveStyle look
                    = isByRun ? runStyle(first, dark) : curveStyle(static_cast<int>(index), dark);
                return SeriesStyle {look.colour, look.dash, 1.6};
            }};
}

} // namespace

ScatterView::ScatterView(CompareModel& compared, QWidget* parent)
    : CompareView(compared, parent)
    , m_plot(new ScatterPlot(this))
    , m_grouping(new QComboBox)
{
    m_plot->setEmptyText(tr("Choose runs that differ in an option: each becomes a dot, the option "
                            "across and what came of it upwards."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_plot, 1);
    connect(m_plot, &DrawnPlot::itemClicked, this, &ScatterView::selectItem);
}

void ScatterView::makeAxis(Axis& axis, const QString& title, QWidget* bar)
{
    auto* label = new QLabel(title, bar);
    axis.choice = new QComboBox(bar);
    letShrink(*axis.choice);
    label->setBuddy(axis.choice);
    axis.choice->setAccessibleName(QString(title).remove(QLatin1Char('&')));
    axis.logarithmic = makeBarButton(tr("log"), tr("Logarithmic axis"), bar);
    axis.logarithmic->setCheckable(true);
    connect(axis.choice, &QComboBox::currentIndexChanged, this, &ScatterView::showPlot);
    connect(axis.logarithmic, &QToolButton::clicked, this, &ScatterView::showPlot);
    bar->layout()->addWidget(label);
    bar->layout()->addWidget(axis.choice);
    bar->layout()->addWidget(axis.logarithmic);
}

QWidget* ScatterView::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 8, 3);
    makeAxis(m_x, tr("A&cross"), bar);
    row->addSpacing(14);
    makeAxis(m_y, tr("&Upwards"), bar);
    row->addSpacing(14);
    auto* label = new QLabel(tr("C&olour"), bar);
    label->setBuddy(m_grouping);
    m_grouping->setAccessibleName(tr("Colour the dots by"));
    letShrink(*m_grouping);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &ScatterView::showPlot);
    row->addWidget(label);
    row->addWidget(m_grouping);
    row->addStretch(1);
    auto* exporting = new QMenu;
    addExportActions(*exporting, *m_plot, QStringLiteral("scatter"));
    row->addWidget(makeMenuButton(tr("Export ▾"), {}, exporting, bar));
    return bar;
}

void ScatterView::rebuild()
{
    const auto fill = [](Axis& axis, const std::vector<AxisChoice>& choices,
                         std::initializer_list<QString> usual) {
        const QSignalBlocker blocker(axis.choice);
        const QString chosen = axis.choice->currentData().toString();
        axis.choice->clear();
        for (const AxisChoice& choice : choices) {
            axis.choice->addItem(choice.title, choice.key);
        }
        const int same = chosen == axis.usual ? -1 : axis.choice->findData(chosen);
        axis.choice->setCurrentIndex(same >= 0 ? same : indexOfAny(*axis.choice, usual));
        axis.usual = same >= 0 ? QString() : axis.choice->currentData().toString();
    };
    const auto& keys = compared().differingKeys();
    const auto results = resultAxes(compared().runs());
    auto across = optionAxes(keys);
    across.insert(across.end(), results.begin(), results.end());
    const auto first
        = std::ranges::find_if(keys, [](const std::string& key) { return key != "train.seed"; });
    const std::string usual = first == keys.end() ? "train.seed" : *first;
    fill(m_x, across, {QStringLiteral("option:") + QString::fromStdString(usual)});
    fill(m_y, results,
         {QStringLiteral("figure:linear_top1"), QStringLiteral("figure:knn_top1_last"),
          QStringLiteral("figure:loss_last")});
    fillGroupings(*m_grouping, keys);
    showPlot();
}

/// The axis as it is chosen; on a logarithmic one unless somebody wants otherwise.
ValueAxis ScatterView::valuesOf(Axis& axis) const
{
    const QString key = axis.choice->currentData().toString();
    ValueAxis values = valueAxis(compared().runs(), key);
    if (key != axis.shown) {
        axis.shown = key;
        axis.logarithmic->setChecked(values.isLogarithmic);
    }
    const bool canBe = !values.isCategorical() && allPositive(values.values);
    axis.logarithmic->setEnabled(canBe);
    values.isLogarithmic = canBe && axis.logarithmic->isChecked();
    return values;
}

void ScatterView::showPlot()
{
    const auto runs = overlaidRuns(compared());
    const std::string grouping = m_grouping->currentData().toString().toStdString();
    std::vector<ScatterItem> items;
    for (const OverlaidRun& run : runs) {
        items.push_back({QString::fromStdString(run.record.name), run.distinction, 0});
    }
    std::vector<ScatterGroup> groups;
    for (const CurveGroup& group : groupsOf(runs, grouping)) {
        for (const std::size_t run : group.runs) {
            items[run].group = groups.size();
        }
        groups.push_back(scatterGroup(group, groups.size(), grouping == groupByRun,
                                      runs[group.runs.front()].record));
    }
    const int selected = m_plot->selected();
    m_plot->setItems(valuesOf(m_x), valuesOf(m_y), std::move(items), std::move(groups));
    m_plot->setSelected(selected < static_cast<int>(runs.size()) ? selected : -1);
}

void ScatterView::showSelected(int run)
{
    m_plot->setSelected(run);
}

} // namespace mocoscope::ui
