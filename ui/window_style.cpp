// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_style.h"

#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

namespace mocoscope::ui {

namespace {

/// Stands out from the base by 3:1, as the edge of a field must.
QColor outline(const QStyleOption& option)
{
    const double share = option.state.testFlag(QStyle::State_Enabled) ? 0.48 : 0.22;
    return mixed(option.palette.color(QPalette::Text), option.palette.color(QPalette::Base), share);
}

QRectF crisp(const QRect& rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawBox(QPainter& painter, const QRect& rect, const QColor& line, double width,
             const QBrush& fill)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, width));
    painter.setBrush(fill);
    const qreal radius = spacing(1) * 0.75;
    painter.drawRoundedRect(crisp(rect), radius, radius);
    painter.restore();
}

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

} // namespace

WindowStyle::WindowStyle()
    : QProxyStyle(QStyleFactory::create("Fusion"))
{
}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0) {
            drawField(*option, *painter);
            return;
        }
        break;
    }
    case PE_FrameLineEdit:
        if (qobject_cast<const QComboBox*>(widget)) { // one that is editable
            drawField(*option, *painter);
        }
        return; // otherwise drawn with the panel
    case PE_Frame:
        drawBox(*painter, option->rect, outline(*option), 1, Qt::NoBrush);
        return;
    case PE_PanelButtonCommand:
        drawButton(*option, *painter);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(*option, *painter);
        return;
    case PE_IndicatorArrowDown:
        if (const auto* button = qobject_cast<const QToolButton*>(widget);
            button && button->popupMode() == QToolButton::InstantPopup) {
            drawMenuArrow(*option, *painter, *button);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

/// Fusion cuts a choice that is too long; names of runs differ at their end.
void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    const auto* choice = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (element == CE_ComboBoxLabel && choice && !choice->editable) {
        QStyleOptionComboBox elided(*choice);
        const int margin = spacing(1) / 2 * 2;
        const QRect field = subControlRect(CC_ComboBox, choice, SC_ComboBoxEditField, widget);
        const int icon = choice->currentIcon.isNull() ? 0 : choice->iconSize.width() + margin;
        elided.currentText = choice->fontMetrics.elidedText(choice->currentText, Qt::ElideMiddle,
                                                            field.width() - icon - margin);
        QProxyStyle::drawControl(element, &elided, painter, widget);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const
{
    if (metric == PM_HeaderMargin) {
        return spacing(2);
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* returnData) const
{
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) {
        return 0; // the standard ones are dark on dark
    }
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

/// Fusion's own is dark in either theme.
QIcon WindowStyle::standardIcon(StandardPixmap icon, const QStyleOption* option,
                                const QWidget* widget) const
{
    return icon == SP_ToolBarHorizontalExtensionButton
        ? themedIcon("fold")
        : QProxyStyle::standardIcon(icon, option, widget);
}

/// Beside the text of the button; Fusion has a place for it in the lower corner.
void WindowStyle::drawMenuArrow(const QStyleOption& option, QPainter& painter,
                                const QWidget& button) const
{
    QStyleOption centred(option);
    centred.rect.moveTop((button.height() - option.rect.height()) / 2);
    centred.rect.translate(-spacing(1), 0);
    QProxyStyle::drawPrimitive(PE_IndicatorArrowDown, &centred, &painter, &button);
}

void WindowStyle::drawField(const QStyleOption& option, QPainter& painter)
{
    const bool hasFocus = has(option, State_HasFocus) && has(option, State_Enabled);
    drawBox(painter, option.rect,
            hasFocus ? option.palette.color(QPalette::Highlight) : outline(option),
            hasFocus ? 1.6 : 1,
            option.palette.color(has(option, State_Enabled) ? QPalette::Base : QPalette::Window));
}

void WindowStyle::drawButton(const QStyleOption& option, QPainter& painter)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    const bool isFlat = button && button->features.testFlag(QStyleOptionButton::Flat);
    const QColor text = option.palette.color(QPalette::ButtonText);
    QColor fill = option.palette.color(QPalette::Button);
    const bool isEnabled = has(option, State_Enabled);
    if (isEnabled && (has(option, State_Sunken) || has(option, State_On))) {
        fill = mixed(text, fill, 0.18);
    } else if (isEnabled && has(option, State_MouseOver)) {
        fill = mixed(text, fill, 0.08);
    } else if (isFlat) {
        fill = Qt::transparent;
    }
    QColor line = mixed(text, option.palette.color(QPalette::Button), isEnabled ? 0.35 : 0.3);
    double width = 1;
    if (isEnabled && has(option, State_HasFocus)) {
        line = mixed(option.palette.color(QPalette::Highlight), text, 0.75);
        width = 1.6;
    } else if (isFlat) {
        line = Qt::transparent;
    }
    drawBox(painter, option.rect, line, width, fill);
}

void WindowStyle::drawCheckBox(const QStyleOption& option, QPainter& painter)
{
    const int side = qMin(option.rect.width(), option.rect.height());
    QRect box(0, 0, side, side);
    box.moveCenter(option.rect.center());
    const bool isOn = has(option, State_On);
    const QColor accent = option.palette.color(QPalette::Highlight);
    const bool isInSelection = has(option, State_Selected);
    const QColor line = has(option, State_HasFocus) || isOn
        ? (isInSelection ? option.palette.color(QPalette::HighlightedText) : accent)
        : outline(option);
    drawBox(painter, box, line, has(option, State_HasFocus) ? 1.6 : 1,
            isOn ? accent : option.palette.color(QPalette::Base));
    if (!isOn) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(option.palette.color(QPalette::HighlightedText), side / 8.0, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    const QPointF tick[] = {at(0.25, 0.53), at(0.43, 0.70), at(0.76, 0.32)};
    painter.drawPolyline(tick, 3);
    painter.restore();
}

} // namespace mocoscope::ui
