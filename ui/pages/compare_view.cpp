// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_view.h"

#include "ui/pages/compare_curves.h"
#include "ui/pages/compare_options.h"
#include "ui/pages/compare_store.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace mocoscope::ui {

CompareView::CompareView(CompareModel& compared, QWidget* parent)
    : QWidget(parent)
    , m_compared(compared)
{
    connect(&compared, &CompareModel::runsChanged, this, &CompareView::onRunsChanged);
}

CompareView::CompareView(CompareModel& compared, CompareStore& store, QWidget* parent)
    : QWidget(parent)
    , m_compared(compared)
{
    connect(&store, &CompareStore::changed, this, &CompareView::onRunsChanged);
}

void CompareView::onRunsChanged()
{
    m_isStale = !isVisible();
    if (!m_isStale) {
        rebuild();
        select(m_selected);
    }
}

void CompareView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        m_isStale = false;
        rebuild();
        select(m_selected);
    }
}

void CompareView::select(std::optional<storage::RunId> run)
{
    m_selected = run;
    if (m_isStale) {
        return;
    }
    const auto& runs = m_compared.runs();
    const auto found = std::ranges::find_if(
        runs, [&run](const ComparedRun& each) { return each.record.id == run; });
    showSelected(found == runs.end() ? -1 : static_cast<int>(found - runs.begin()));
}

void CompareView::selectItem(int item)
{
    m_selected = item >= 0
        ? std::optional(m_compared.runs()[static_cast<std::size_t>(item)].record.id)
        : std::nullopt;
    Q_EMIT runSelected(m_selected);
}

void fillGroupings(QComboBox& choice, const std::vector<std::string>& keys)
{
    const QSignalBlocker blocker(choice);
    const QString chosen = choice.currentData().toString();
    choice.clear();
    choice.addItem(CompareView::tr("Each run"), QLatin1String(groupByRun));
    choice.addItem(CompareView::tr("By seeds"), QLatin1String(groupBySeeds));
    for (const std::string& key : keys) {
        choice.addItem(CompareView::tr("By %1").arg(optionTitle(key)), QString::fromStdString(key));
    }
    choice.setCurrentIndex(std::max(0, choice.findData(chosen)));
}

void tieMeans(QCheckBox& means, QComboBox& grouping)
{
    QObject::connect(&means, &QCheckBox::toggled, &grouping, [&grouping](bool isOn) {
        if (isOn && grouping.currentData() == QLatin1String(groupByRun)) {
            grouping.setCurrentIndex(grouping.findData(QLatin1String(groupBySeeds)));
        }
    });
    QObject::connect(&grouping, &QComboBox::currentIndexChanged, &means, [&means, &grouping] {
        if (grouping.currentData() == QLatin1String(groupByRun)) {
            means.setChecked(false);
        }
    });
}

void offerMetrics(QComboBox& choice, const std::vector<std::string>& metrics)
{
    const QSignalBlocker blocker(choice);
    for (const std::string& metric : metrics) {
        const QString key = QString::fromStdString(metric);
        if (choice.findData(key) < 0) {
            choice.addItem(plotTitle(metric), key);
        }
    }
}

void fillChoiceBar(QWidget& bar, std::initializer_list<QWidget*> widgets)
{
    constexpr int shownLetters = 8;
    auto* row = new QHBoxLayout(&bar);
    row->setContentsMargins(0, 0, 8, 0);
    for (QWidget* widget : widgets) {
        if (auto* choice = qobject_cast<QComboBox*>(widget)) {
            choice->setMinimumContentsLength(shownLetters);
            choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        }
        row->addWidget(widget);
    }
}

} // namespace mocoscope::ui
