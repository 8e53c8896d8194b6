// SPDX-License-Identifier: GPL-3.0-or-later
#include "embedded/icon_texts.h"
#include "ui/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace mocoscope::ui {

namespace {

QByteArray iconText(const QString& name)
{
    for (const auto& file : embedded::icon_texts()) {
        if (QLatin1String(file.name.data(), qsizetype(file.name.size())) == name + ".svg") {
            return QByteArray(file.text.data(), qsizetype(file.text.size()));
        }
    }
    qFatal("there is no icon %s", qPrintable(name));
}

/// Draws an SVG whose `currentColor` is filled in when it is painted, so that a change of the theme
/// needs no new icon.
class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(QByteArray svg, QColor colour)
        : m_svg(std::move(svg))
        , m_colour(std::move(colour))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        QSvgRenderer(svg.replace("currentColor", colourOf(mode).name().toLatin1()))
            .render(painter, squareIn(rect));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

private:
    [[nodiscard]] QColor colourOf(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled) {
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        }
        if (mode == QIcon::Selected) {
            return palette.color(QPalette::HighlightedText);
        }
        return m_colour.isValid() ? m_colour : palette.color(QPalette::ButtonText);
    }
    [[nodiscard]] static QRect squareIn(const QRect& rect)
    {
        const int side = qMin(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        return square;
    }

    QByteArray m_svg;
    QColor m_colour; ///< invalid: the palette's
};

} // namespace

QIcon themedIcon(const QString& name)
{
    return themedIcon(name, QColor());
}

QIcon themedIcon(const QString& name, const QColor& colour)
{
    return QIcon(new ThemedIconEngine(iconText(name), colour));
}

QIcon applicationIcon()
{
    return themedIcon("io.github.mocoscope.Mocoscope");
}

} // namespace mocoscope::ui
