// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/parallel_view.h"

#include "ui/pages/compare_axes.h"
#include "ui/pages/widgets.h"
#include "ui/plot/export_dialog.h"
#include "ui/plot/parallel_plot.h"
#include "ui/plot/plot_theme.h"

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

/// Results that stand at the right unless somebody wants others.
const QStringList& usualResults()
{
    static const QStringList keys {QStringLiteral("figure:loss_last"),
                                   QStringLiteral("figure:knn_top1_last"),
                                   QStringLiteral("figure:linear_top1")};
    return keys;
}

} // namespace

ParallelView::ParallelView(CompareModel& compared, QWidget* parent)
    : CompareView(compared, parent)
    , m_plot(new ParallelPlot(this))
    , m_menu(new QMenu(this))
    , m_colour(new QComboBox)
    , m_count(makeMutedLabel({}))
{
    m_plot->setEmptyText(tr("Choose runs that differ in options: each becomes a line from axis to "
                            "axis. Drag along an axis to keep only the lines that pass there."));
    m_plot->setWhatsThis(
        tr("Drag along an axis to keep the runs that pass there, click it to keep all again; drag "
           "a title to move its axis. By keyboard: arrows go through the runs, Ctrl+Left and "
           "Ctrl+Right through the axes; Ctrl+Up and Ctrl+Down move the lower end of what is kept, "
           "Shift+Up and Shift+Down the upper end, Delete keeps all of the axis again, Home of all "
           "axes."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_plot, 1);
    connect(m_plot, &DrawnPlot::itemClicked, this, &ParallelView::selectItem);
    connect(m_plot, &ParallelPlot::brushesChanged, this, &ParallelView::showCount);
    connect(m_plot, &ParallelPlot::axisMoved, this, [this](int from, int to) {
        m_axes.move(from, to);
        showPlot();
    });
}

QWidget* ParallelView::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 8, 3);
    m_axesButton
        = makeMenuButton(tr("Axes ▾"), tr("Which options and results have an axis"), m_menu, bar);
    connect(m_menu, &QMenu::aboutToShow, this, &ParallelView::fillMenu);
    auto* label = new QLabel(tr("C&olour"), bar);
    label->setBuddy(m_colour);
    m_colour->setAccessibleName(tr("Colour the lines by"));
    letShrink(*m_colour);
    connect(m_colour, &QComboBox::currentIndexChanged, this, &ParallelView::showPlot);
    m_count->setWordWrap(false);
    m_keep = makeBarButton(tr("Compare only these"),
                           tr("Take the other runs out of the comparison"), bar);
    connect(m_keep, &QToolButton::clicked, this, &ParallelView::keepBrushed);
    m_clear = makeBarButton(tr("Keep all"), tr("Take back what was dragged along the axes (Home)"),
                            bar);
    connect(m_clear, &QToolButton::clicked, m_plot, &ParallelPlot::clearBrushes);
    auto* exporting = new QMenu;
    addExportActions(*exporting, *m_plot, QStringLiteral("parallel-coordinates"));
    row->addWidget(m_axesButton);
    row->addSpacing(14);
    row->addWidget(label);
    row->addWidget(m_colour);
    row->addSpacing(14);
    row->addWidget(m_count);
    row->addWidget(m_keep);
    row->addWidget(m_clear);
    row->addStretch(1);
    row->addWidget(makeMenuButton(tr("Export ▾"), {}, exporting, bar));
    return bar;
}

std::vector<AxisChoice> ParallelView::choices() const
{
    auto all = optionAxes(compared().differingKeys());
    const auto results = resultAxes(compared().runs());
    all.insert(all.end(), results.begin(), results.end());
    return all;
}

/// Those that are there already stay where they are; new ones come where they belong: options to
/// the left, results to the right.
void ParallelView::chooseAxes(const std::vector<AxisChoice>& options,
                              const std::vector<AxisChoice>& results)
{
    const auto wants = [this](const AxisChoice& axis, bool isUsual) {
        return m_added.contains(axis.key) || (isUsual && !m_removed.contains(axis.key));
    };
    QStringList wanted;
    for (const AxisChoice& axis : options) {
        if (wants(axis, axis.key != QLatin1String("option:train.seed"))) {
            wanted << axis.key;
        }
    }
    const qsizetype optionCount = wanted.size();
    for (const AxisChoice& axis : results) {
        if (wants(axis, usualResults().contains(axis.key))) {
            wanted << axis.key;
        }
    }
    m_axes.removeIf([&wanted](const QString& key) { return !wanted.contains(key); });
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (!m_axes.contains(wanted[i])) {
            m_axes.insert(i < optionCount ? std::min(i, m_axes.size()) : m_axes.size(), wanted[i]);
        }
    }
}

void ParallelView::rebuild()
{
    const auto options = optionAxes(compared().differingKeys());
    const auto results = resultAxes(compared().runs());
    chooseAxes(options, results);
    auto all = options;
    all.insert(all.end(), results.begin(), results.end());
    const QSignalBlocker blocker(m_colour);
    const QString chosen = m_colour->currentData().toString();
    m_colour->clear();
    for (const QString& key : m_axes) {
        const auto found = std::ranges::find(all, key, &AxisChoice::key);
        m_colour->addItem(found == all.end() ? key : found->title, key);
    }
    int index = chosen == m_usualColour ? -1 : m_colour->findData(chosen);
    const bool isUsual = index < 0;
    for (const QString& key : usualResults()) { // the last one says most
        index = isUsual && m_axes.contains(key) ? m_colour->findData(key) : index;
    }
    m_colour->setCurrentIndex(index >= 0 ? index : m_colour->count() - 1);
    m_usualColour = isUsual ? m_colour->currentData().toString() : QString();
    showPlot();
}

void ParallelView::fillMenu()
{
    m_menu->clear();
    for (const AxisChoice& axis : choices()) {
        QAction* action = m_menu->addAction(axis.title);
        action->setCheckable(true);
        action->setChecked(m_axes.contains(axis.key));
        connect(action, &QAction::toggled, this,
                [this, key = axis.key](bool isShown) { setAxisShown(key, isShown); });
    }
}

void ParallelView::setAxisShown(const QString& key, bool isShown)
{
    (isShown ? m_added : m_removed).insert(key);
    (isShown ? m_removed : m_added).erase(key);
    rebuild();
}

void ParallelView::showPlot()
{
    std::vector<ValueAxis> axes;
    for (const QString& key : m_axes) {
        axes.push_back(valueAxis(compared().runs(), key));
    }
    QStringList names;
    for (const ComparedRun& run : compared().runs()) {
        names << QString::fromStdString(run.record.name);
    }
    const int selected = m_plot->selected();
    m_plot->setItems(std::move(axes), std::move(names),
                     static_cast<int>(m_axes.indexOf(m_colour->currentData().toString())));
    m_plot->setSelected(selected < static_cast<int>(compared().runs().size()) ? selected : -1);
    m_axesButton->setEnabled(!compared().runs().empty());
}

void ParallelView::showCount()
{
    const std::size_t all = compared().runs().size();
    const bool isBrushed = m_plot->isBrushed();
    const std::size_t kept = isBrushed ? m_plot->kept().size() : all;
    m_count->setText(isBrushed ? tr("%1 of %2 runs").arg(kept).arg(all)
                               : tr("%n runs", nullptr, static_cast<int>(all)));
    m_keep->setEnabled(isBrushed && kept > 0 && kept < all);
    m_clear->setEnabled(isBrushed);
}

void ParallelView::keepBrushed()
{
    std::vector<storage::RunId> runs;
    for (const std::size_t item : m_plot->kept()) {
        runs.push_back(compared().runs()[item].record.id);
    }
    m_plot->clearBrushes();
    Q_EMIT runsRequested(runs);
}

void ParallelView::showSelected(int run)
{
    m_plot->setSelected(run);
}

} // namespace mocoscope::ui
