// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_notice.h"

#include "ui/plot/plot_theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace mocoscope::ui {

LiveNotice::LiveNotice(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Hide this message"));
    close->setAccessibleName(tr("Hide this message"));
    connect(close, &QToolButton::clicked, this, &LiveNotice::clear);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 7, 6, 7);
    row->addWidget(m_text, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void LiveNotice::show(Kind kind, const QString& message, const QString& detail)
{
    m_kind = kind;
    const QString sign = kind == Kind::Warning ? QStringLiteral("⚠") : QStringLiteral("✕");
    QString text = QStringLiteral("<b>%1&nbsp; %2</b>").arg(sign, message.toHtmlEscaped());
    if (!detail.isEmpty()) {
        text += QStringLiteral("<br>")
            + detail.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
    }
    m_text->setText(text);
    setAccessibleName(message);
    setVisible(true);
    update();
    QAccessibleEvent announced(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void LiveNotice::clear()
{
    m_text->clear();
    hide();
}

QString LiveNotice::text() const
{
    return m_text->text();
}

QColor LiveNotice::colour() const
{
    const bool dark = isDark(palette());
    return m_kind == Kind::Warning ? (dark ? QColor(0xff, 0xb7, 0x4d) : QColor(0xb2, 0x6a, 0x00))
                                   : (dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb3, 0x26, 0x1e));
}

void LiveNotice::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    update();
}

void LiveNotice::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), mixed(colour(), palette().color(QPalette::Base), 0.12));
    painter.fillRect(QRect(0, 0, 4, height()), colour());
}

} // namespace mocoscope::ui
