// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace mocoscope::ui {

/// Fusion with flat buttons and outlines that can be seen on a dark window too: Fusion darkens the
/// window's colour for them.
class WindowStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    WindowStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returnData) const override;
    [[nodiscard]] QIcon standardIcon(StandardPixmap icon, const QStyleOption* option,
                                     const QWidget* widget) const override;

private:
    void drawMenuArrow(const QStyleOption& option, QPainter& painter, const QWidget& button) const;
    static void drawField(const QStyleOption& option, QPainter& painter);
    static void drawButton(const QStyleOption& option, QPainter& painter);
    static void drawCheckBox(const QStyleOption& option, QPainter& painter);
};

} // namespace mocoscope::ui
