// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/shortcut_list.h"

#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace mocoscope::ui {

namespace {

QWidget* makeGroup(const ShortcutGroup& group)
{
    auto* widget = new QWidget;
    auto* rows = new QGridLayout(widget);
    rows->setContentsMargins(0, 0, 0, spacing(2));
    rows->setHorizontalSpacing(spacing(4));
    rows->setVerticalSpacing(spacing(1));
    rows->addWidget(makeHeading(group.title, 0), 0, 0, 1, 2);
    int row = 1;
    for (const Shortcut& shortcut : group.shortcuts) {
        rows->addWidget(new QLabel(shortcut.meaning), row, 0);
        auto* keys = new QLabel(keysText(shortcut.keys));
        keys->setForegroundRole(QPalette::PlaceholderText);
        rows->addWidget(keys, row, 1, Qt::AlignRight);
        ++row;
    }
    rows->setColumnStretch(0, 1);
    return widget;
}

} // namespace

QString keysText(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys) {
        texts << key.toString(QKeySequence::NativeText);
    }
    return texts.join(ShortcutList::tr(" or "));
}

ShortcutList::ShortcutList(QWidget& window)
    : FloatingPanel(window)
    , m_area(new QScrollArea)
{
    setObjectName("shortcuts");
    setAccessibleName(tr("Keyboard shortcuts"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setAccessibleName(tr("Keyboard shortcuts"));
    m_area->setBackgroundRole(QPalette::Base);
    auto* header = new QHBoxLayout;
    header->addWidget(makeHeading(tr("Keyboard shortcuts"), 2));
    header->addStretch();
    auto* close = makeIconButton("close", tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, &FloatingPanel::dismiss);
    header->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing(5), spacing(3), spacing(3), spacing(3));
    column->setSpacing(spacing(2));
    column->addLayout(header);
    column->addWidget(m_area, 1);
}

QSize ShortcutList::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 124, fontMetrics().height() * 32};
}

void ShortcutList::toggle(const std::vector<ShortcutGroup>& groups)
{
    if (isVisible()) {
        dismiss();
        return;
    }
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, spacing(3), 0);
    columns->setSpacing(spacing(8));
    QVBoxLayout* sides[] = {new QVBoxLayout, new QVBoxLayout};
    qsizetype lengths[] = {0, 0};
    for (const ShortcutGroup& group : groups) {
        const int side = lengths[1] < lengths[0] ? 1 : 0;
        sides[side]->addWidget(makeGroup(group));
        lengths[side] += group.shortcuts.size() + 2;
    }
    for (QVBoxLayout* side : sides) {
        side->addStretch();
        columns->addLayout(side, 1);
    }
    m_area->setWidget(content); // deletes the one before
    present(*m_area);
}

} // namespace mocoscope::ui
