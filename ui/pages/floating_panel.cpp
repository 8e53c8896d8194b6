// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/floating_panel.h"

#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace mocoscope::ui {

FloatingPanel::FloatingPanel(QWidget& window)
    : QFrame(&window)
    , m_window(window)
{
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (isVisible() && now && now != this && !isAncestorOf(now)) {
            hide();
        }
    });
}

void FloatingPanel::present(QWidget& first)
{
    if (!isVisible()) {
        m_before = m_window.focusWidget();
    }
    place();
    show();
    raise();
    first.setFocus(Qt::ShortcutFocusReason);
}

void FloatingPanel::dismiss()
{
    if (m_before) {
        m_before->setFocus(Qt::OtherFocusReason); // before it hides, else Qt picks another one
    }
    hide();
}

void FloatingPanel::place()
{
    const QSize room = m_window.size() - QSize(spacing(8), spacing(24));
    resize(sizeHint().boundedTo(room));
    move((m_window.width() - width()) / 2, spacing(12));
}

void FloatingPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else {
        QFrame::keyPressEvent(event);
    }
}

void FloatingPanel::showEvent(QShowEvent* event)
{
    qApp->installEventFilter(this);
    QFrame::showEvent(event);
}

void FloatingPanel::hideEvent(QHideEvent* event)
{
    qApp->removeEventFilter(this);
    QFrame::hideEvent(event);
}

/// Of the whole application while it is shown: a click beside it closes it, wherever that is.
bool FloatingPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Resize) {
        place();
    } else if (event->type() == QEvent::MouseButtonPress && !QApplication::activePopupWidget()) {
        const auto* clicked = qobject_cast<QWidget*>(watched);
        if (clicked && clicked != this && !isAncestorOf(clicked)) {
            hide();
        }
    }
    return QFrame::eventFilter(watched, event);
}

void FloatingPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const QColor text = palette().color(QPalette::Text);
    painter.setPen(mixed(text, palette().color(QPalette::Base), 0.48));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace mocoscope::ui
