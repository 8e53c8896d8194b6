// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ablation_view.h"

#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {
namespace {

/// Headings are set apart, and differences have the colour of what they say.
class AblationDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(CompareModel::SectionRole).toBool()) {
            option->font.setWeight(QFont::DemiBold);
            option->backgroundBrush = mixed(option->palette.color(QPalette::Text),
                                            option->palette.color(QPalette::Base), 0.06);
        }
        const int verdict = index.data(CompareModel::VerdictRole).toInt();
        if (verdict != CompareModel::Neutral && !(option->state & QStyle::State_Selected)) {
            option->palette.setColor(
                QPalette::Text,
                toneColour(verdict == CompareModel::Better ? Tone::Good : Tone::Bad,
                           isDark(option->palette)));
        }
    }
};

} // namespace

AblationView::AblationView(CompareModel& compared, QWidget* parent)
    : CompareView(compared, parent)
    , m_model(new AblationModel(this))
    , m_table(new QTableView)
    , m_figure(new QComboBox)
    , m_baseline(new QComboBox)
{
    makeTable();
    auto* empty = makeMutedLabel(
        tr("Choose finished runs that differ in an option: each becomes a line that says what "
           "changing it did. Runs that differ in nothing but the seed share one."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(spacing(8));
    auto* note
        = makeMutedLabel(tr("± is the standard deviation over seeds. ✓ and ✗: better and "
                            "worse by more than that of the difference; one seed says neither."));
    note->setContentsMargins(spacing(2), spacing(1), spacing(2), spacing(1));
    auto* filled = new QWidget;
    auto* below = new QVBoxLayout(filled);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(m_table, 1);
    below->addWidget(note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_stack = new QStackedLayout;
    m_stack->addWidget(empty);
    m_stack->addWidget(filled);
    column->addLayout(m_stack, 1);
    connect(m_model, &QAbstractItemModel::modelReset, this, &AblationView::onModelReset);
    connect(&compared, &CompareModel::baselineMarked, this,
            [this](storage::RunId run) { m_model->setBaseline(run); });
    onModelReset();
}

void AblationView::makeTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new AblationDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("What changing one option did"));
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setSortingEnabled(true);
    connect(m_table, &QWidget::customContextMenuRequested, this, &AblationView::showMenu);
}

QWidget* AblationView::makeBar()
{
    auto* bar = new QWidget(this);
    auto* figure = new QLabel(tr("&Figure"), bar);
    figure->setBuddy(m_figure);
    auto* baseline = new QLabel(tr("&Against"), bar);
    baseline->setBuddy(m_baseline);
    m_figure->setToolTip(tr("What came of the runs, by which the settings are compared"));
    m_baseline->setToolTip(tr("The setting of which one option at a time was changed"));
    letShrink(*m_figure);
    letShrink(*m_baseline);
    m_figure->setAccessibleName(tr("Figure"));
    m_baseline->setAccessibleName(tr("Baseline of the ablation"));
    connect(m_figure, &QComboBox::activated, this,
            [this](int index) { m_model->setFigure(m_figure->itemData(index).toULongLong()); });
    connect(m_baseline, &QComboBox::activated, this, [this](int index) {
        const QVariant run = m_baseline->itemData(index);
        markBaseline(run.isValid() ? std::optional(storage::RunId {run.toLongLong()})
                                   : std::nullopt);
    });
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 8, 3);
    row->addWidget(figure);
    row->addWidget(m_figure);
    row->addSpacing(14);
    row->addWidget(baseline);
    row->addWidget(m_baseline);
    row->addStretch(1);
    row->addWidget(
        makeCopyTableButton([this](QChar separator) { return m_model->toText(separator); },
                            [this] { return m_model->toMarkdown(); }, bar));
    return bar;
}

void AblationView::rebuild()
{
    m_model->setRuns(compared().sharedRuns());
}

void AblationView::onModelReset()
{
    fillFigures();
    fillBaselines();
    m_stack->setCurrentIndex(m_model->ablation() ? 1 : 0);
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data(CompareModel::SectionRole).toBool()) {
            m_table->setSpan(row, 0, 1, m_model->columnCount());
        } else if (m_model->index(row, AblationModel::Value).data().toString().isEmpty()) {
            m_table->setSpan(row, 0, 1, AblationModel::Runs); // one text in place of three
        }
    }
    m_table->resizeColumnsToContents();
    const int widest = 50 * fontMetrics().averageCharWidth();
    for (int column = 0; column < AblationModel::Runs; ++column) {
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widest));
    }
}

void AblationView::fillFigures()
{
    m_figure->clear();
    for (const std::size_t figure : m_model->knownFigures()) {
        m_figure->addItem(figureTitle(figures()[figure]), QVariant::fromValue(qulonglong {figure}));
    }
    m_figure->setCurrentIndex(
        m_figure->findData(QVariant::fromValue(qulonglong {m_model->figure()})));
    m_figure->setEnabled(m_figure->count() > 0);
}

void AblationView::fillBaselines()
{
    m_baseline->clear();
    m_baseline->addItem(tr("Automatic (most neighbours)"));
    const auto& ablation = m_model->ablation();
    const auto add = [this](const storage::AblationRow& row) {
        const auto runs = m_model->runsOf(row);
        m_baseline->addItem(m_model->settingTitle(row),
                            QVariant::fromValue(qlonglong {runs.front().value}));
        if (m_model->baseline() && std::ranges::count(runs, *m_model->baseline()) > 0) {
            m_baseline->setCurrentIndex(m_baseline->count() - 1);
        }
    };
    if (ablation) {
        add(ablation->baseline);
        for (const auto* rows : {&ablation->single, &ablation->several}) {
            std::ranges::for_each(*rows, add);
        }
    }
    m_baseline->setEnabled(ablation.has_value());
}

void AblationView::markBaseline(std::optional<storage::RunId> run)
{
    m_model->setBaseline(run);
    if (run) {
        compared().setBaseline(compared().columnOf(*run));
    }
}

void AblationView::showMenu(const QPoint& position)
{
    const QModelIndex index = m_table->indexAt(position);
    const auto runs
        = index.isValid() ? m_model->runsOf(index.row()) : std::vector<storage::RunId> {};
    if (runs.empty() || !m_model->ablation()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Use as baseline"), this, [this, runs] { markBaseline(runs.front()); });
    menu->addAction(tr("Compare only these with the baseline"), this, [this, runs] {
        auto chosen = m_model->runsOf(m_model->ablation()->baseline);
        for (const storage::RunId run : runs) {
            if (std::ranges::find(chosen, run) == chosen.end()) {
                chosen.push_back(run);
            }
        }
        Q_EMIT runsRequested(chosen);
    });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace mocoscope::ui
