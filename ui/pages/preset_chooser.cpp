// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preset_chooser.h"

#include "training/api/presets.h"
#include "ui/models/text_format.h"
#include "ui/models/word_filter.h"
#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScreen>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace mocoscope::ui {

namespace {

enum Role
{
    NameRole = Qt::UserRole,
    SummaryRole,
    SearchRole, ///< heading, title and name: "simclr vit" finds those below "Frameworks, ViT"
};

QStandardItem* headingItem(const QString& text)
{
    auto* item = new QStandardItem(text);
    QFont font = item->font();
    font.setWeight(QFont::DemiBold);
    item->setFont(font);
    item->setFlags(Qt::ItemIsEnabled); // cannot be chosen
    return item;
}

QStandardItem* presetItem(const training::Preset& preset)
{
    auto* item = new QStandardItem(presetWord(preset.title));
    item->setData(QString::fromStdString(preset.name), NameRole);
    item->setData(presetWord(preset.summary), SummaryRole);
    // Found by their English words as well, as options are.
    item->setData(
        QStringList {presetWord(preset.group), item->text(), QString::fromStdString(preset.group),
                     QString::fromStdString(preset.title), QString::fromStdString(preset.name)}
            .join('\n'),
        SearchRole);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

PresetChooser::PresetChooser(QWidget* parent)
    : QPushButton(parent)
    , m_presets(new QStandardItemModel(this))
    , m_found(new WordFilter(SearchRole, this))
    , m_list(new QFrame(this, Qt::Popup))
    , m_search(new QLineEdit)
    , m_view(new QTreeView)
    , m_summary(makeMutedLabel({}))
{
    fill();
    setRowHeight();
    m_found->setRecursiveFilteringEnabled(true); // the headings above what is found
    m_found->setSourceModel(m_presets);
    makeList();
    setIcon(themedIcon("unfold"));
    setToolTip(tr("Choose a starting point"));
    setAccessibleName(tr("Preset"));
    connect(this, &QPushButton::clicked, this, &PresetChooser::openList);
}

void PresetChooser::fill()
{
    QStandardItem* heading = nullptr;
    for (const training::Preset& preset : training::presets()) {
        const QString group = presetWord(preset.group);
        if (!heading || heading->text() != group) {
            heading = headingItem(group);
            m_presets->appendRow(heading);
        }
        heading->appendRow(presetItem(preset));
    }
}

/// Some air between the lines.
void PresetChooser::setRowHeight()
{
    const QSize size(0, fontMetrics().lineSpacing() + spacing(1));
    for (int row = 0; row < m_presets->rowCount(); ++row) {
        m_presets->item(row)->setSizeHint(size);
        for (int child = 0; child < m_presets->item(row)->rowCount(); ++child) {
            m_presets->item(row)->child(child)->setSizeHint(size);
        }
    }
}

void PresetChooser::makeList()
{
    m_list->setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(m_list);
    column->setContentsMargins(spacing(2), spacing(2), spacing(2), spacing(2));
    column->setSpacing(spacing(2));
    m_search->setPlaceholderText(tr("Search presets"));
    m_search->setAccessibleName(tr("Search the presets"));
    addSearchIcon(*m_search);
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &PresetChooser::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_view->currentIndex()); });
    m_view->setModel(m_found);
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAccessibleName(tr("Presets"));
    m_view->expandAll();
    connect(m_view, &QTreeView::clicked, this, &PresetChooser::choose);
    connect(m_view, &QTreeView::activated, this, &PresetChooser::choose);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PresetChooser::showSummary);
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_summary->setMinimumHeight(fontMetrics().lineSpacing() * 5);
    column->addWidget(m_search);
    column->addWidget(m_view, 1);
    column->addWidget(m_summary);
}

void PresetChooser::setCurrent(const QString& name, const QString& title)
{
    m_current = name;
    m_title = title;
    setText(title);
}

void PresetChooser::openList()
{
    m_search->clear();
    search({});
    const QSize wanted(fontMetrics().averageCharWidth() * 78, fontMetrics().lineSpacing() * 30);
    const QRect available = screen()->availableGeometry();
    const QPoint below = mapToGlobal(QPoint(0, height()));
    const int heightBelow = available.bottom() - below.y();
    m_list->setFont(font());
    m_list->resize(wanted.width(), qBound(spacing(40), heightBelow, wanted.height()));
    m_list->move(qMin(below.x(), available.right() - wanted.width()), below.y());
    m_list->show();
    m_search->setFocus();
    if (const QModelIndex current = indexOf(m_current); current.isValid()) {
        m_view->setCurrentIndex(current);
        m_view->scrollTo(current, QAbstractItemView::PositionAtCenter);
    }
}

void PresetChooser::search(const QString& text)
{
    m_found->setSearch(text);
    m_view->expandAll();
    selectFirst();
}

QStringList PresetChooser::shownTitles() const
{
    QStringList titles;
    for (int row = 0; row < m_found->rowCount(); ++row) {
        const QModelIndex heading = m_found->index(row, 0);
        for (int child = 0; child < m_found->rowCount(heading); ++child) {
            titles << m_found->index(child, 0, heading).data().toString();
        }
    }
    return titles;
}

void PresetChooser::selectFirst()
{
    const QModelIndex heading = m_found->index(0, 0);
    const QModelIndex first = heading.isValid() ? m_found->index(0, 0, heading) : QModelIndex();
    m_view->setCurrentIndex(first);
    m_view->scrollToTop(); // the heading too
    if (!first.isValid()) {
        m_summary->setText(tr("No preset contains all of these words."));
    }
}

void PresetChooser::showSummary(const QModelIndex& index)
{
    m_summary->setText(index.data(SummaryRole).toString());
}

void PresetChooser::choose(const QModelIndex& index)
{
    const QString name = index.data(NameRole).toString();
    if (!name.isEmpty()) {
        m_list->hide();
        Q_EMIT chosen(name);
    }
}

QModelIndex PresetChooser::indexOf(const QString& name) const
{
    for (int row = 0; row < m_presets->rowCount(); ++row) {
        const QStandardItem* heading = m_presets->item(row);
        for (int child = 0; child < heading->rowCount(); ++child) {
            if (heading->child(child)->data(NameRole).toString() == name) {
                return m_found->mapFromSource(heading->child(child)->index());
            }
        }
    }
    return {};
}

/// The keys that move through the list do so while the search has the focus.
bool PresetChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown
            || key == Qt::Key_PageUp) {
            QCoreApplication::sendEvent(m_view, event);
            return true;
        }
    }
    return QPushButton::eventFilter(watched, event);
}

void PresetChooser::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) {
        m_list->setFont(font());
        setRowHeight();
    }
    QPushButton::changeEvent(event);
}

} // namespace mocoscope::ui
