// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_table.h"

#include "ui/plot/plot_theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace mocoscope::ui {
namespace {

constexpr int cellMargin = 8; // pixels

QColor verdictColour(int verdict, const QPalette& palette)
{
    const bool dark = isDark(palette);
    if (verdict == CompareModel::Better) {
        return dark ? QColor(0x5c, 0xcb, 0x7f) : QColor(0x1b, 0x7f, 0x3b);
    }
    if (verdict == CompareModel::Worse) {
        return dark ? QColor(0xff, 0x9e, 0x80) : QColor(0xb7, 0x3a, 0x12);
    }
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.6);
}

/// A value, and behind it the difference to the baseline.
class CompareDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        painter->save();
        const QColor base = option.palette.color(QPalette::Base);
        const QColor text = option.palette.color(QPalette::Text);
        if (index.data(CompareModel::SectionRole).toBool()) {
            painter->fillRect(option.rect, mixed(text, base, 0.06));
        } else if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect,
                              mixed(option.palette.color(QPalette::Highlight), base, 0.22));
        }
        const bool differs = index.data(CompareModel::DiffersRole).toBool();
        QFont font = option.font;
        font.setWeight(differs ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(text);
        const QRect area = option.rect.adjusted(cellMargin, 0, -cellMargin, 0);
        const QString value = index.data().toString();
        const QFontMetrics metrics(font);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(value, Qt::ElideMiddle, area.width()));
        const QString delta = index.data(CompareModel::DeltaRole).toString();
        painter->setPen(
            verdictColour(index.data(CompareModel::VerdictRole).toInt(), option.palette));
        painter->drawText(area.adjusted(metrics.horizontalAdvance(value) + cellMargin, 0, 0, 0),
                          Qt::AlignRight | Qt::AlignVCenter, delta);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override
    {
        QFont bold = option.font; // what differs from the baseline is
        bold.setWeight(QFont::DemiBold);
        const int value = QFontMetrics(bold).horizontalAdvance(index.data().toString());
        const QString delta = index.data(CompareModel::DeltaRole).toString();
        const int more
            = delta.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(delta) + 2 * cellMargin;
        return {value + more + 2 * cellMargin + 6, option.fontMetrics.height() + 6};
    }
};

/// Run names with the line that their curves have.
class RunHeader final : public QHeaderView
{
public:
    explicit RunHeader(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        setContextMenuPolicy(Qt::CustomContextMenu);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->save();
        const QColor base = palette().color(QPalette::Base);
        painter->fillRect(rect, mixed(palette().color(QPalette::Text), base, 0.03));
        painter->fillRect(
            QRect(rect.left() + cellMargin, rect.bottom() - 2, rect.width() - 2 * cellMargin, 3),
            model()->headerData(section, Qt::Horizontal, CompareModel::ColourRole).value<QColor>());
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(palette().color(QPalette::Text));
        const QRect area = rect.adjusted(cellMargin, 0, -cellMargin, -3);
        const QString name
            = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(bold).elidedText(name, Qt::ElideMiddle, area.width()));
        painter->restore();
    }
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const QString name
            = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        const QFontMetrics metrics(bold);
        return {metrics.horizontalAdvance(name) + 2 * cellMargin + 4, metrics.height() + 12};
    }
};

/// What the rows are; headings are set apart.
class RowHeader final : public QHeaderView
{
public:
    explicit RowHeader(QWidget* parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        setSectionResizeMode(QHeaderView::Fixed);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->save();
        const bool isHeading
            = model()->headerData(section, Qt::Vertical, CompareModel::SectionRole).toBool();
        const QColor base = palette().color(QPalette::Base);
        const QColor text = palette().color(QPalette::Text);
        painter->fillRect(rect, isHeading ? mixed(text, base, 0.06) : base);
        QFont used = font();
        used.setWeight(isHeading ? QFont::DemiBold : QFont::Normal);
        painter->setFont(used);
        painter->setPen(isHeading ? text : mixed(text, base, 0.75));
        painter->drawText(rect.adjusted(cellMargin, 0, -cellMargin, 0),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          model()->headerData(section, Qt::Vertical, Qt::DisplayRole).toString());
        painter->restore();
    }
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(bold);
        const QString title
            = model()->headerData(section, Qt::Vertical, Qt::DisplayRole).toString();
        return {metrics.horizontalAdvance(title) + 3 * cellMargin, metrics.height() + 6};
    }
};

} // namespace

CompareTable::CompareTable(CompareModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new QTableView(this))
    , m_baseline(new QComboBox(this))
    , m_all(new QCheckBox(tr("&All options"), this))
    , m_means(new QCheckBox(tr("&Mean over seeds"), this))
{
    makeView();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_view, 1);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        fillBaselineChoice();
        m_means->setVisible(m_model.haveSeeds());
        spanSections();
        m_view->resizeColumnsToContents();
    });
    connect(&model, &QAbstractItemModel::dataChanged, m_view,
            [this] { m_view->resizeColumnsToContents(); });
    connect(m_baseline, &QComboBox::activated, &model, &CompareModel::setBaseline);
    connect(m_all, &QCheckBox::toggled, &model, &CompareModel::setShowsAllOptions);
    connect(m_means, &QCheckBox::toggled, &model, &CompareModel::setShowsMeans);
    model.setDark(isDark(palette()));
}

void CompareTable::makeView()
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new CompareDelegate(m_view));
    m_view->setHorizontalHeader(new RunHeader(m_view));
    m_view->setVerticalHeader(new RowHeader(m_view));
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_view->horizontalHeader()->setMinimumSectionSize(14 * fontMetrics().averageCharWidth());
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setCornerButtonEnabled(false);
    m_view->setStyleSheet(
        QStringLiteral("QTableCornerButton::section { background: palette(base); border: none; }"));
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setAccessibleName(tr("Results and options of the runs"));
    connect(m_view->horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
            &CompareTable::showHeaderMenu);
    connect(m_view->horizontalHeader(), &QHeaderView::sectionDoubleClicked, this,
            [this](int section) {
                m_model.setBaseline(section);
                m_baseline->setCurrentIndex(m_model.baseline());
            });
}

QWidget* CompareTable::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 3, 8, 3);
    auto* label = new QLabel(tr("&Baseline"), bar);
    label->setBuddy(m_baseline);
    m_baseline->setToolTip(tr("The run that the others are measured against (✓ better, ✗ worse)"));
    m_baseline->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_all->setToolTip(tr("Also list the options that are the same in all runs"));
    m_means->setToolTip(
        tr("Mean ± standard deviation of the sample (number of runs) for finished runs "
           "that differ in nothing but the seed"));
    m_means->setChecked(m_model.showsMeans());
    m_means->hide();
    auto* use = new QToolButton(bar);
    use->setText(tr("New run from ▾"));
    use->setStyleSheet(checkedButtonStyle());
    use->setToolTip(tr("Set up a run with the configuration of one of these"));
    use->setPopupMode(QToolButton::InstantPopup);
    auto* runs = new QMenu(use);
    connect(runs, &QMenu::aboutToShow, runs, [this, runs] {
        runs->clear();
        for (int i = 0; i < m_model.columnCount(); ++i) {
            const ComparedRun& run = m_model.runOf(i);
            runs->addAction(m_model.titleOf(i), this,
                            [this, i] { Q_EMIT configurationRequested(i); })
                ->setEnabled(run.config.has_value());
        }
    });
    use->setMenu(runs);
    auto* copy = new QToolButton(bar);
    copy->setText(tr("Copy table ▾"));
    copy->setStyleSheet(checkedButtonStyle());
    copy->setPopupMode(QToolButton::InstantPopup);
    auto* formats = new QMenu(copy);
    formats->addAction(tr("With tabs, for a spreadsheet"), this, [this] {
        QGuiApplication::clipboard()->setText(m_model.toText(QLatin1Char('\t')));
    });
    formats->addAction(tr("As CSV"), this, [this] {
        QGuiApplication::clipboard()->setText(m_model.toText(QLatin1Char(',')));
    });
    copy->setMenu(formats);
    row->addWidget(label);
    row->addWidget(m_baseline);
    row->addSpacing(14);
    row->addWidget(m_all);
    row->addSpacing(14);
    row->addWidget(m_means);
    row->addStretch(1);
    row->addWidget(use);
    row->addWidget(copy);
    row->addWidget(makeSaveButton(bar));
    return bar;
}

QToolButton* CompareTable::makeSaveButton(QWidget* bar)
{
    auto* save = new QToolButton(bar);
    save->setText(tr("Save \u25be"));
    save->setStyleSheet(checkedButtonStyle());
    save->setPopupMode(QToolButton::InstantPopup);
    auto* files = new QMenu(save);
    files->addAction(tr("Report as one web page\u2026"), this, &CompareTable::reportRequested);
    files->addAction(tr("Curves of all runs as one table (CSV)\u2026"), this,
                     &CompareTable::dataRequested);
    save->setMenu(files);
    return save;
}

void CompareTable::fillBaselineChoice()
{
    m_baseline->clear();
    for (int column = 0; column < m_model.columnCount(); ++column) {
        m_baseline->addItem(m_model.titleOf(column));
    }
    m_baseline->setCurrentIndex(m_model.runs().empty() ? -1 : m_model.baseline());
}

void CompareTable::spanSections()
{
    m_view->clearSpans();
    for (int row = 0; row < m_model.rowCount() && m_model.columnCount() > 1; ++row) {
        if (m_model.index(row, 0).data(CompareModel::SectionRole).toBool()) {
            m_view->setSpan(row, 0, 1, m_model.columnCount());
        }
    }
}

void CompareTable::showHeaderMenu(const QPoint& position)
{
    const int run = m_view->horizontalHeader()->logicalIndexAt(position);
    if (run < 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Use as baseline"), this, [this, run] {
        m_model.setBaseline(run);
        m_baseline->setCurrentIndex(m_model.baseline());
    });
    menu->addAction(tr("New run from this configuration"), this,
                    [this, run] { Q_EMIT configurationRequested(run); })
        ->setEnabled(m_model.runOf(run).config.has_value());
    menu->popup(m_view->horizontalHeader()->mapToGlobal(position));
}

void CompareTable::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_model.setDark(isDark(palette()));
    }
}

} // namespace mocoscope::ui
