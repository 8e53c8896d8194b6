// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/empty_state.h"

#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace mocoscope::ui {

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& text,
                       QWidget* parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_icon(new QLabel)
    , m_buttons(new QHBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setSpacing(spacing(3));
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(makeHeading(title, 3), 0, Qt::AlignHCenter);
    QLabel* description = makeMutedLabel(text);
    description->setAlignment(Qt::AlignHCenter);
    description->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    // Between stretches instead of aligned: an aligned label is not given the height of its lines.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(description, 1);
    middle->addStretch(1);
    column->addLayout(middle);
    column->addSpacing(spacing(2));
    m_buttons->setSpacing(spacing(2));
    m_buttons->addStretch();
    m_buttons->addStretch();
    column->addLayout(m_buttons);
    column->addStretch(3);
    updateIcon();
}

QPushButton* EmptyState::addButton(const QString& iconName, const QString& text)
{
    const bool isFirst = m_buttons->count() == 2;
    QPushButton* button = isFirst ? makePrimaryButton(iconName, text) : makeButton(iconName, text);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateIcon();
    }
    QWidget::changeEvent(event);
}

void EmptyState::updateIcon()
{
    const int side = spacing(14);
    m_icon->setPixmap(themedIcon(m_iconName, mutedText(palette()))
                          .pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace mocoscope::ui
