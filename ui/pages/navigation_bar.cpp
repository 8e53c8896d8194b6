// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/navigation_bar.h"

#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <QVBoxLayout>

namespace mocoscope::ui {

class NavigationBar::Button final : public QAbstractButton
{
public:
    Button(const QString& iconName, const QString& title)
        : m_icon(themedIcon(iconName))
    {
        setText(title);
        setCheckable(true);
        setAutoExclusive(true);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }
    void setActive(bool active)
    {
        m_isActive = active;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const int text = QFontMetrics(bold).horizontalAdvance(this->text());
        return {iconSide() + text + spacing(13), fontMetrics().height() + spacing(4)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintBackground(painter);
        const QRect inner = rect().adjusted(spacing(3), 0, -spacing(3), 0);
        const QRect icon(inner.left(), (height() - iconSide()) / 2, iconSide(), iconSide());
        m_icon.paint(&painter, icon);
        QFont font = this->font();
        font.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(inner.adjusted(iconSide() + spacing(3), 0, 0, 0),
                         int(Qt::AlignVCenter) | int(Qt::AlignLeft), text());
        if (m_isActive) {
            const qreal radius = spacing(1) * 0.9;
            painter.setPen(Qt::NoPen);
            painter.setBrush(toneColour(Tone::Good, isDark(palette())));
            painter.drawEllipse(QPointF(inner.right() - radius, height() / 2.0), radius, radius);
        }
    }

private:
    [[nodiscard]] static int iconSide() { return spacing(5); }
    void paintBackground(QPainter& painter)
    {
        const QColor accent = palette().color(QPalette::Highlight);
        const QColor window = palette().color(QPalette::Window);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        const qreal radius = spacing(1);
        painter.setPen(hasFocus() ? QPen(accent, 1.5) : QPen(Qt::NoPen));
        if (isChecked()) {
            painter.setBrush(mixed(accent, window, 0.18));
        } else if (underMouse()) {
            painter.setBrush(mixed(accent, window, 0.07));
        } else {
            painter.setBrush(Qt::NoBrush);
        }
        painter.drawRoundedRect(area, radius, radius);
    }

    QIcon m_icon;
    bool m_isActive = false;
};

NavigationBar::NavigationBar(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(spacing(2), spacing(4), spacing(2), spacing(2));
    m_column->setSpacing(spacing(1));
    m_column->addStretch();
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setAccessibleName(tr("Pages"));
}

void NavigationBar::addPage(const QString& iconName, const QString& title, const QString& toolTip)
{
    auto* button = new Button(iconName, title);
    button->setToolTip(toolTip);
    const int page = static_cast<int>(m_buttons.size());
    connect(button, &QAbstractButton::clicked, this, [this, page] { Q_EMIT pageChosen(page); });
    m_column->insertWidget(page, button);
    m_buttons.push_back(button);
}

void NavigationBar::setCurrent(int page)
{
    m_buttons[static_cast<std::size_t>(page)]->setChecked(true);
}

void NavigationBar::setActive(int page, bool active)
{
    m_buttons[static_cast<std::size_t>(page)]->setActive(active);
}

void NavigationBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor window = palette().color(QPalette::Window);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Mid), window, 0.22));
    painter.setPen(mixed(palette().color(QPalette::Mid), window, 0.8));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace mocoscope::ui
