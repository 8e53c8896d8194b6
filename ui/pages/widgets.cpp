// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/widgets.h"

#include "ui/models/word_filter.h"
#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace mocoscope::ui {

namespace {

/// Sets a palette role from another one again whenever the theme changes.
class RoleFollower final : public QObject
{
public:
    RoleFollower(QWidget& widget, std::function<QPalette(QPalette)> change)
        : QObject(&widget)
        , m_widget(widget)
        , m_change(std::move(change))
    {
        follow();
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange
            || (event->type() == QEvent::PaletteChange && !m_isFollowing)) {
            follow();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void follow()
    {
        m_isFollowing = true;
        m_widget.setPalette(m_change(QGuiApplication::palette()));
        m_isFollowing = false;
    }
    QWidget& m_widget;
    std::function<QPalette(QPalette)> m_change;
    bool m_isFollowing = false;
};

} // namespace

QLabel* makeHeading(const QString& text, int steps, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * (1.0 + 0.14 * steps));
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel* makeMutedLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QPushButton* makeButton(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    if (!iconName.isEmpty()) {
        button->setIcon(themedIcon(iconName));
    }
    return button;
}

QPushButton* makePrimaryButton(const QString& iconName, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setIcon(themedIcon(iconName, Qt::white));
    new RoleFollower(*button, [](QPalette palette) {
        for (const auto group : {QPalette::Active, QPalette::Inactive}) {
            palette.setColor(group, QPalette::Button, palette.color(group, QPalette::Highlight));
            palette.setColor(group, QPalette::ButtonText, Qt::white);
        }
        return palette;
    });
    return button;
}

QToolButton* makeIconButton(const QString& iconName, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(themedIcon(iconName));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QToolButton* makeBarButton(const QString& text, const QString& toolTip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setStyleSheet(checkedButtonStyle());
    return button;
}

QToolButton* makeMenuButton(const QString& text, const QString& toolTip, QMenu* menu,
                            QWidget* parent)
{
    QToolButton* button = makeBarButton(text, toolTip, parent);
    button->setPopupMode(QToolButton::InstantPopup);
    menu->setParent(button, menu->windowFlags());
    button->setMenu(menu);
    return button;
}

QToolButton* makeCopyTableButton(std::function<QString(QChar separator)> text,
                                 std::function<QString()> markdown, QWidget* parent)
{
    auto* formats = new QMenu;
    const auto add = [formats](const QString& title, std::function<QString()> table) {
        formats->addAction(title, formats,
                           [table] { QGuiApplication::clipboard()->setText(table()); });
    };
    add(QCoreApplication::translate("CopyTable", "With tabs, for a spreadsheet"),
        [text] { return text(QLatin1Char('\t')); });
    add(QCoreApplication::translate("CopyTable", "As CSV"),
        [text] { return text(QLatin1Char(',')); });
    add(QCoreApplication::translate("CopyTable", "As Markdown"), std::move(markdown));
    return makeMenuButton(QCoreApplication::translate("CopyTable", "Copy table ▾"), {}, formats,
                          parent);
}

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, QWidget* parent)
    : QLabel(parent)
    , m_mode(mode)
{
    setTextFormat(Qt::PlainText);
}

QSize ElidedLabel::minimumSizeHint() const
{
    constexpr int letters = 8;
    return {letters * fontMetrics().averageCharWidth(), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const QRect area = contentsRect();
    style()->drawItemText(&painter, area,
                          static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())),
                          palette(), isEnabled(),
                          fontMetrics().elidedText(text(), m_mode, area.width()), foregroundRole());
}

void letShrink(QComboBox& choice)
{
    constexpr int letters = 8;
    choice.setSizeAdjustPolicy(QComboBox::AdjustToContents);
    choice.setMinimumContentsLength(letters);
    choice.setMaxVisibleItems(24);
}

void addSearchIcon(QLineEdit& edit)
{
    QAction* icon = edit.addAction(themedIcon("search"), QLineEdit::LeadingPosition);
    icon->setText(QLineEdit::tr("Search")); // it is a button to screen readers
}

void setReason(QWidget& widget, const QString& reasonNotTo, const QString& toolTip)
{
    widget.setEnabled(reasonNotTo.isEmpty());
    widget.setToolTip(reasonNotTo.isEmpty() ? toolTip : reasonNotTo);
}

void setReason(QAction& action, const QString& reasonNotTo, const QString& toolTip)
{
    action.setEnabled(reasonNotTo.isEmpty());
    action.setToolTip(reasonNotTo.isEmpty() ? toolTip : reasonNotTo);
    action.setStatusTip(action.toolTip());
}

void makeSearchable(QComboBox& choice, const QString& placeholder)
{
    choice.setEditable(true);
    choice.setInsertPolicy(QComboBox::NoInsert);
    QLineEdit* edit = choice.lineEdit();
    edit->setPlaceholderText(placeholder);
    auto* found = new WordFilter(Qt::DisplayRole, &choice);
    found->setSourceModel(choice.model());
    auto* completer = new QCompleter(found, &choice);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // it is filtered already
    choice.setCompleter(completer);
    QObject::connect(edit, &QLineEdit::textEdited, found, &WordFilter::setSearch);
    QObject::connect(edit, &QLineEdit::returnPressed, &choice, [&choice, found] {
        if (isBeingSearched(choice) && found->rowCount() > 0) {
            choice.setCurrentIndex(found->mapToSource(found->index(0, 0)).row());
            Q_EMIT choice.activated(choice.currentIndex());
        }
    });
    QObject::connect(edit, &QLineEdit::textChanged, edit, [edit] {
        if (!edit->isModified()) {
            edit->setCursorPosition(0); // a long entry is read from its start
        }
    });
    QObject::connect(edit, &QLineEdit::editingFinished, &choice,
                     [&choice] { choice.setEditText(choice.itemText(choice.currentIndex())); });
}

bool isBeingSearched(const QComboBox& choice)
{
    return choice.lineEdit() != nullptr && choice.lineEdit()->isModified();
}

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent)
    , m_content(new QVBoxLayout(this))
    , m_header(new QHBoxLayout)
{
    m_content->setContentsMargins(spacing(4), spacing(3), spacing(4), spacing(4));
    m_content->setSpacing(spacing(2));
    m_header->addWidget(makeHeading(title, 0));
    m_header->addStretch();
    m_content->addLayout(m_header);
    setAccessibleName(title);
}

void Card::addHeaderWidget(QWidget* widget)
{
    m_header->addWidget(widget);
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(mixed(palette().color(QPalette::Mid), palette().color(QPalette::Window), 0.7));
    painter.setBrush(palette().color(QPalette::Base));
    const qreal radius = spacing(1);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace mocoscope::ui
