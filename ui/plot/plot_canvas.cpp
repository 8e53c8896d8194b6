// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that knows QCustomPlot; it is compiled with Qt's keywords, which its header needs.
#include "ui/plot/plot_canvas.h"

#include "ui/plot/canvas_mouse.h"
#include "ui/plot/heat_map.h"
#include "ui/plot/tick_places.h"
#include "ui/plot/tick_text.h"

#include <QPicture>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace mocoscope::ui {
namespace {

/// Ticks with tidy labels: k and M for steps, words for time, powers of ten on logarithmic axes.
class Ticker final : public QCPAxisTicker
{
public:
    enum class Kind : std::uint8_t
    {
        Number,
        Whole,
        Duration,
        Logarithmic,
        Rows
    };
    void setKind(Kind kind) { m_kind = kind; }
    void setRows(const QStringList& names, qsizetype every)
    {
        m_rowNames = names;
        m_everyRow = every;
    }

    void generate(const QCPRange& range, const QLocale& locale, QChar formatChar, int precision,
                  QVector<double>& ticks, QVector<double>* subTicks,
                  QVector<QString>* tickLabels) override
    {
        m_largest = std::max(std::abs(range.lower), std::abs(range.upper));
        if (m_kind == Kind::Rows) {
            generateRows(range, ticks, tickLabels);
        } else if (m_kind == Kind::Logarithmic && range.upper / range.lower >= 30.0) {
            generateDecades(range, ticks, subTicks, tickLabels);
        } else {
            QCPAxisTicker::generate(range, locale, formatChar, precision, ticks, subTicks,
                                    tickLabels);
        }
    }

protected:
    double getTickStep(const QCPRange& range) override
    {
        const double step
            = stepOfTwoTicks(range.lower, range.upper, QCPAxisTicker::getTickStep(range));
        return m_step = m_kind == Kind::Duration ? durationStep(range.size() / mTickCount)
            : m_kind == Kind::Whole              ? wholeStep(range.lower, range.upper, step)
                                                 : step;
    }
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        return m_kind == Kind::Duration ? durationText(tick, m_step)
                                        : tickText(tick, m_step, m_largest);
    }

private:
    void generateDecades(const QCPRange& range, QVector<double>& ticks, QVector<double>* subTicks,
                         QVector<QString>* labels) const
    {
        const DecadeTicks places = decadeTicks(range.lower, range.upper, mTickCount);
        ticks = QVector<double>(places.labelled.begin(), places.labelled.end());
        trimTicks(range, ticks, false);
        if (subTicks) {
            *subTicks = QVector<double>(places.between.begin(), places.between.end());
        }
        if (labels) {
            labels->clear();
            std::transform(ticks.cbegin(), ticks.cend(), std::back_inserter(*labels), logTickText);
        }
    }

    /// In the middle of each row that is named.
    void generateRows(const QCPRange& range, QVector<double>& ticks, QVector<QString>* labels) const
    {
        ticks.clear();
        for (qsizetype row = 0; row < m_rowNames.size(); row += m_everyRow) {
            ticks << static_cast<double>(row) + 0.5;
        }
        trimTicks(range, ticks, false);
        if (labels) {
            const auto nameOf = [this](double at) { return m_rowNames[static_cast<int>(at)]; };
            labels->clear();
            std::transform(ticks.cbegin(), ticks.cend(), std::back_inserter(*labels), nameOf);
        }
    }

    Kind m_kind = Kind::Number;
    QStringList m_rowNames;
    qsizetype m_everyRow = 1;
    double m_step = 1;
    double m_largest = 1;
};

/// A layer of the plot that is painted by a function, clipped to the axes.
class Painted final : public QCPLayerable
{
public:
    using Paint = std::function<void(QCPPainter&)>;
    Painted(QCustomPlot* plot, const QString& layer, QCPAxisRect* axes, Paint paint)
        : QCPLayerable(plot, layer)
        , m_axes(axes)
        , m_paint(std::move(paint))
    {
    }

protected:
    void applyDefaultAntialiasingHint(QCPPainter*) const override { }
    QRect clipRect() const override { return m_axes->rect(); }
    void draw(QCPPainter* painter) override { m_paint(*painter); }

private:
    QCPAxisRect* m_axes;
    Paint m_paint;
};

const QString overlayName = QStringLiteral("mocoscope_overlay");

} // namespace

class PlotCanvas::Surface
{
public:
    explicit Surface(PlotCanvas& canvas);

    void draw(CanvasScene scene);
    void drawOverlay() { m_plot->layer(overlayName)->replot(); }
    void applyTheme();
    void layOut();
    void nameRows(int height, int lineHeight);
    void applyScene();
    [[nodiscard]] PlotFrame frame() const;
    void paintEmptyText(QPainter& painter);

    PlotCanvas& m_canvas;
    QCustomPlot* m_plot;
    CanvasMouse* m_mouse;
    QSharedPointer<Ticker> m_xTicker {new Ticker}, m_yTicker {new Ticker};
    CanvasScene m_scene;
    PlotTheme m_theme;
    QString m_emptyText;
    std::optional<double> m_crosshair;
    QRectF m_rubberBand;
    bool m_crosshairIsHidden = false;
    double m_columnWidth = 0; ///< 0: a device pixel of the screen
};

PlotCanvas::Surface::Surface(PlotCanvas& canvas)
    : m_canvas(canvas)
    , m_plot(new QCustomPlot(&canvas))
    , m_mouse(new CanvasMouse(m_plot))
{
    QCPAxisRect* axes = m_plot->axisRect();
    m_plot->xAxis->setTicker(m_xTicker);
    m_plot->yAxis->setTicker(m_yTicker);
    m_plot->yAxis->setSubTicks(true);
    m_plot->xAxis->setSubTicks(false);
    axes->setAutoMargins(QCP::msNone);
    m_plot->addLayer(overlayName, nullptr, QCustomPlot::limAbove);
    m_plot->layer(overlayName)->setMode(QCPLayer::lmBuffered);
    // Owned by the plot, as all layerables are.
    new Painted(m_plot, QStringLiteral("grid"), axes,
                [this](QCPPainter& painter) { paintMarks(painter, m_scene, frame(), m_theme); });
    new Painted(m_plot, QStringLiteral("main"), axes, [this](QCPPainter& painter) {
        if (m_scene.heatMap) {
            paintHeatMap(painter, *m_scene.heatMap, frame(), m_theme);
            paintMarks(painter, m_scene, frame(), m_theme); // the grid's lie beneath the map
        }
        paintCurves(painter, m_scene, frame(), m_theme);
        paintEmptyText(painter);
    });
    new Painted(m_plot, overlayName, axes, [this](QCPPainter& painter) {
        if (!m_crosshairIsHidden && !m_scene.isEmpty()) {
            paintOverlay(painter, frame(), m_theme, m_crosshair, m_rubberBand);
        }
    });
}

PlotFrame PlotCanvas::Surface::frame() const
{
    const QRect area = m_plot->axisRect()->rect();
    PlotFrame frame;
    frame.unit = m_scene.unit;
    frame.xMinimum = m_scene.x.minimum;
    frame.xMaximum = m_scene.x.maximum;
    frame.yMinimum = m_scene.y.minimum;
    frame.yMaximum = m_scene.y.maximum;
    frame.yLogarithmic = m_scene.yLogarithmic;
    frame.left = area.left();
    frame.top = area.top();
    frame.width = std::max(1, area.width());
    frame.height = std::max(1, area.height());
    frame.columnWidth = m_columnWidth > 0 ? m_columnWidth : 1.0 / m_plot->bufferDevicePixelRatio();
    return frame;
}

void PlotCanvas::Surface::paintEmptyText(QPainter& painter)
{
    if (!m_scene.isEmpty() || m_emptyText.isEmpty()) {
        return;
    }
    painter.setFont(m_canvas.font());
    painter.setPen(m_theme.dimText);
    const int width = std::min(m_plot->axisRect()->width() - 32,
                               64 * m_canvas.fontMetrics().averageCharWidth());
    QRect area(0, 0, width, m_plot->axisRect()->height());
    area.moveCenter(m_plot->axisRect()->rect().center());
    painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void PlotCanvas::Surface::layOut()
{
    const QFontMetrics metrics(m_theme.font);
    const int left = std::max(metrics.horizontalAdvance(QStringLiteral("−0.00e−00")),
                              metrics.horizontalAdvance(m_scene.widestLabel) + 4)
        + 8;
    const int title = m_scene.showsAxisTitle ? metrics.height() + 1 : 0;
    const QMargins margins(left, 5, 14, metrics.height() + 9 + title);
    m_plot->axisRect()->setMargins(margins);
    const QSize area = m_plot->viewport().marginsRemoved(margins).size();
    m_xTicker->setTickCount(std::max(2, area.width() / (10 * metrics.averageCharWidth() + 24)));
    m_yTicker->setTickCount(std::max(2, area.height() * 2 / (metrics.height() * 5)));
    nameRows(area.height(), metrics.height());
}

void PlotCanvas::Surface::nameRows(int height, int lineHeight)
{
    if (!m_scene.heatMap) {
        return;
    }
    QStringList names;
    for (const HeatMapRow& row : m_scene.heatMap->rows) {
        names << row.name;
    }
    const qsizetype room = std::max(1, height / lineHeight);
    m_yTicker->setRows(names, std::max<qsizetype>(1, (names.size() + room - 1) / room));
}

void PlotCanvas::Surface::applyTheme()
{
    m_plot->setBackground(QBrush(m_theme.background));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        const bool isBottom = axis == m_plot->xAxis;
        axis->setBasePen(isBottom ? QPen(m_theme.axis) : QPen(Qt::NoPen));
        axis->setTickPen(isBottom ? QPen(m_theme.axis) : QPen(Qt::NoPen));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, isBottom ? 4 : 0);
        axis->setTickLabelPadding(isBottom ? 2 : 6);
        axis->setTickLabelFont(m_theme.font);
        axis->setTickLabelColor(m_theme.dimText);
        axis->setLabelFont(m_theme.font);
        axis->setLabelColor(m_theme.dimText);
        axis->setLabelPadding(1);
        axis->grid()->setPen(QPen(m_theme.grid, 1.0));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setAntialiased(false);
    }
    m_plot->yAxis->grid()->setSubGridPen(mixed(m_theme.grid, m_theme.background, 0.5));
}

void PlotCanvas::Surface::applyScene()
{
    m_xTicker->setKind(m_scene.unit == AxisUnit::Time       ? Ticker::Kind::Duration
                           : m_scene.unit == AxisUnit::Step ? Ticker::Kind::Whole
                                                            : Ticker::Kind::Number);
    m_yTicker->setKind(m_scene.heatMap            ? Ticker::Kind::Rows
                           : m_scene.yLogarithmic ? Ticker::Kind::Logarithmic
                                                  : Ticker::Kind::Number);
    m_plot->yAxis->setScaleType(m_scene.yLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->yAxis->grid()->setSubGridVisible(m_scene.yLogarithmic);
    m_plot->xAxis->setRange(m_scene.x.minimum, m_scene.x.maximum);
    m_plot->yAxis->setRange(m_scene.y.minimum, m_scene.y.maximum);
    m_plot->xAxis->setLabel(m_scene.showsAxisTitle ? axisTitle(m_scene.unit) : QString());
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabels(!m_scene.isEmpty());
        axis->setTicks(!m_scene.isEmpty());
        axis->grid()->setVisible(!m_scene.curves.empty());
    }
    layOut();
}

void PlotCanvas::Surface::draw(CanvasScene scene)
{
    m_scene = std::move(scene);
    applyScene();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    m_mouse->setView(m_scene, frame());
}

PlotCanvas::PlotCanvas(QWidget* parent)
    : QWidget(parent)
    , m_surface(std::make_unique<Surface>(*this))
    , m_focused(m_surface->m_plot)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_surface->m_plot);
    CanvasMouse* mouse = m_surface->m_mouse;
    connect(mouse, &CanvasMouse::hovered, this, &PlotCanvas::hovered);
    connect(mouse, &CanvasMouse::clicked, this, &PlotCanvas::clicked);
    connect(mouse, &CanvasMouse::xRangeChosen, this, &PlotCanvas::xRangeChosen);
    connect(mouse, &CanvasMouse::yRangeChosen, this, &PlotCanvas::yRangeChosen);
    connect(mouse, &CanvasMouse::resetRequested, this, &PlotCanvas::resetRequested);
    connect(mouse, &CanvasMouse::menuRequested, this, &PlotCanvas::menuRequested);
    connect(mouse, &CanvasMouse::rubberBandChanged, this, [this](const QRectF& rectangle) {
        m_surface->m_rubberBand = rectangle;
        m_surface->drawOverlay();
    });
    setTheme(PlotTheme::of(palette(), font()));
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::draw(CanvasScene scene)
{
    m_surface->draw(std::move(scene));
}

void PlotCanvas::setCrosshair(std::optional<double> position)
{
    if (position != m_surface->m_crosshair) {
        m_surface->m_crosshair = position;
        m_surface->drawOverlay();
    }
}

void PlotCanvas::setTheme(const PlotTheme& theme)
{
    m_surface->m_theme = theme;
    m_surface->applyTheme();
}

void PlotCanvas::setEmptyText(const QString& text)
{
    m_surface->m_emptyText = text;
}

const QString& PlotCanvas::emptyText() const
{
    return m_surface->m_emptyText;
}

PlotFrame PlotCanvas::frame() const
{
    return m_surface->frame();
}

const CanvasScene& PlotCanvas::scene() const
{
    return m_surface->m_scene;
}

QPicture PlotCanvas::picture(const QSize& size, const PlotTheme& theme, const CanvasScene& scene)
{
    Surface& surface = *m_surface;
    const CanvasScene sceneBefore = std::exchange(surface.m_scene, scene);
    const PlotTheme themeBefore = std::exchange(surface.m_theme, theme);
    constexpr double columnsPerPixel = 2; // finer than a screen: paper is looked at closely
    surface.m_columnWidth = 1.0 / columnsPerPixel;
    surface.m_crosshairIsHidden = true;
    surface.applyTheme();
    const QRect viewport = surface.m_plot->viewport();
    surface.m_plot->setViewport(QRect({0, 0}, size));
    surface.applyScene();
    QPicture picture;
    {
        QCPPainter painter(&picture);
        painter.setMode(QCPPainter::pmVectorized);
        surface.m_plot->toPainter(&painter, size.width(), size.height());
    }
    surface.m_plot->setViewport(viewport);
    surface.m_columnWidth = 0;
    surface.m_crosshairIsHidden = false;
    setTheme(themeBefore);
    surface.draw(sceneBefore);
    return picture;
}

void PlotCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    Q_EMIT resized();
}

} // namespace mocoscope::ui
