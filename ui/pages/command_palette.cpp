// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/command_palette.h"

#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QAbstractListModel>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace mocoscope::ui {

namespace {

constexpr int rowsShown = 12;

enum CommandRole
{
    GroupRole = Qt::UserRole,
    ShortcutRole,
    IsPossibleRole
};

/// Icon and title at the left, group and shortcut at the right.
class CommandDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex&) const override
    {
        return {0, option.fontMetrics.height() + spacing(3)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const bool isEnabled = index.data(IsPossibleRole).toBool();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const auto group = isEnabled ? QPalette::Active : QPalette::Disabled;
        const QPalette& palette = option.palette;
        if (isSelected) {
            painter->fillRect(option.rect, palette.color(QPalette::Active, QPalette::Highlight));
        }
        const QColor strong = isSelected
            ? palette.color(QPalette::Active, QPalette::HighlightedText)
            : palette.color(group, QPalette::Text);
        const QColor weak = isSelected ? strong : palette.color(QPalette::PlaceholderText);
        const int side = option.fontMetrics.height();
        QRect room = option.rect.adjusted(spacing(3), 0, -spacing(3), 0);
        const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter, QRect(room.left(), room.center().y() - side / 2, side, side),
                   Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
        room.setLeft(room.left() + side + spacing(3));
        painter->setFont(option.font);
        drawRight(*painter, room, index.data(ShortcutRole).toString(), strong, option);
        drawRight(*painter, room, index.data(GroupRole).toString(), weak, option);
        painter->setPen(strong);
        const QString title = index.data(Qt::DisplayRole).toString();
        painter->drawText(room, int(Qt::AlignLeft) | int(Qt::AlignVCenter),
                          option.fontMetrics.elidedText(title, Qt::ElideRight, room.width()));
    }

private:
    /// Takes what it draws off `room`.
    static void drawRight(QPainter& painter, QRect& room, const QString& text, const QColor& colour,
                          const QStyleOptionViewItem& option)
    {
        if (text.isEmpty()) {
            return;
        }
        painter.setPen(colour);
        painter.drawText(room, int(Qt::AlignRight) | int(Qt::AlignVCenter), text);
        room.setRight(room.right() - option.fontMetrics.horizontalAdvance(text) - spacing(4));
    }
};

} // namespace

class CommandPalette::Model final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void setCommands(std::vector<Command> commands)
    {
        beginResetModel();
        m_commands = std::move(commands);
        m_found.clear();
        endResetModel();
    }
    void search(const QString& text)
    {
        beginResetModel();
        m_found = findCommands(text, m_commands);
        endResetModel();
    }
    [[nodiscard]] const Command& command(int row) const
    {
        return m_commands[m_found[static_cast<std::size_t>(row)]];
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_found.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        const Command& command = this->command(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return command.title;
        case Qt::DecorationRole:
            return command.icon;
        case Qt::ToolTipRole:
            return command.reasonNotTo;
        case Qt::AccessibleTextRole:
            return QStringList({command.title, command.group, command.shortcut}).join(", ");
        case GroupRole:
            return command.group;
        case ShortcutRole:
            return command.shortcut;
        case IsPossibleRole:
            return command.reasonNotTo.isEmpty();
        default:
            return {};
        }
    }

private:
    std::vector<Command> m_commands;
    std::vector<std::size_t> m_found;
};

CommandPalette::CommandPalette(QWidget& window)
    : FloatingPanel(window)
    , m_model(new Model(this))
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_foot(makeMutedLabel({}))
{
    setObjectName("commands");
    setAccessibleName(tr("Commands"));
    m_search->setPlaceholderText(tr("Search actions, pages, presets and runs"));
    m_search->setAccessibleName(tr("Search actions, pages, presets and runs"));
    addSearchIcon(*m_search);
    m_search->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Commands found"));
    m_foot->setWordWrap(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing(3), spacing(3), spacing(3), spacing(2));
    column->setSpacing(spacing(2));
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_foot);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CommandPalette::showCurrent);
}

CommandPalette::~CommandPalette() = default;

QSize CommandPalette::sizeHint() const
{
    const int row = fontMetrics().height() + spacing(3);
    return {fontMetrics().averageCharWidth() * 84, row * (rowsShown + 2) + spacing(8)};
}

void CommandPalette::toggle(std::vector<Command> commands)
{
    if (isVisible()) {
        dismiss();
        return;
    }
    m_model->setCommands(std::move(commands));
    m_search->clear();
    search({});
    present(*m_search);
}

QStringList CommandPalette::shownTitles() const
{
    QStringList titles;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        titles << m_model->command(row).title;
    }
    return titles;
}

void CommandPalette::search(const QString& text)
{
    m_model->search(text);
    select(0);
    showCurrent();
}

void CommandPalette::select(int row)
{
    const int last = qMax(0, m_model->rowCount() - 1);
    m_list->setCurrentIndex(m_model->index(qBound(0, row, last)));
}

/// The search keeps the focus, so it has to say what is chosen.
void CommandPalette::showCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid()) {
        m_foot->setText(tr("Nothing fits this search."));
        m_search->setAccessibleDescription(m_foot->text());
        return;
    }
    const QString reason = m_model->command(index.row()).reasonNotTo;
    m_foot->setText(reason.isEmpty() ? tr("\u2191 \u2193 choose, Return runs, Escape closes")
                                     : reason);
    m_search->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
}

void CommandPalette::run()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_model->command(index.row()).reasonNotTo.isEmpty()) {
        return;
    }
    const auto run = m_model->command(index.row()).run;
    dismiss(); // first: what runs may want the focus, or open this again
    run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress) {
        return FloatingPanel::eventFilter(watched, event);
    }
    const int row = m_list->currentIndex().row();
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        select(row + 1);
        return true;
    case Qt::Key_Up:
        select(row - 1);
        return true;
    case Qt::Key_PageDown:
        select(row + rowsShown);
        return true;
    case Qt::Key_PageUp:
        select(row - rowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    default:
        return FloatingPanel::eventFilter(watched, event);
    }
}

} // namespace mocoscope::ui
