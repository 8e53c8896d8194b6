// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/message_bar.h"

#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace mocoscope::ui {

namespace {

constexpr int mostLines = 3;
/// Long enough to read a sentence and to reach Undo.
constexpr int noticeSeconds = 20;

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return "info";
    case Tone::Good:
        return "state_finished";
    case Tone::Attention:
        return "warning";
    case Tone::Bad:
        return "error";
    }
    return {};
}

QString markup(const Message& message)
{
    QString text = "<b>" + message.text.toHtmlEscaped() + "</b>";
    if (!message.detail.isEmpty()) {
        text += "<br>" + message.detail.toHtmlEscaped().replace('\n', "<br>");
    }
    return text;
}

} // namespace

Message messageOf(const training::Error& error)
{
    Message message;
    message.tone = Tone::Bad;
    message.text = QString::fromStdString(error.message);
    message.detail = QString::fromStdString(error.detail);
    return message;
}

class MessageBar::Line final : public QFrame
{
public:
    explicit Line(const Message& message)
        : m_key(message.key.isEmpty() ? message.text : message.key)
        , m_tone(message.tone)
        , m_icon(new QLabel)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(spacing(3), spacing(2), spacing(2), spacing(2));
        row->setSpacing(spacing(3));
        row->addWidget(m_icon, 0, Qt::AlignTop);
        auto* text = new QLabel(markup(message));
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        row->addWidget(text, 1);
        addAction(*row, message);
        auto* close = makeIconButton("close", tr("Close this message"));
        connect(close, &QToolButton::clicked, this, [this] { leave(); });
        row->addWidget(close, 0, Qt::AlignTop);
        setAccessibleName(message.text);
        updateIcon();
        if (message.tone == Tone::Neutral || message.tone == Tone::Good) {
            QTimer::singleShot(noticeSeconds * 1000, this, [this] { leave(); });
        }
        m_text = message.text;
    }

    [[nodiscard]] const QString& key() const { return m_key; }
    [[nodiscard]] const QString& text() const { return m_text; }
    void leave()
    {
        hide();
        setParent(nullptr);
        deleteLater();
    }

protected:
    void changeEvent(QEvent* event) override
    {
        if (event->type() == QEvent::PaletteChange) {
            updateIcon();
        }
        QFrame::changeEvent(event);
    }
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QColor colour = toneColour(m_tone, isDark(palette()));
        painter.fillRect(rect(), mixed(colour, palette().color(QPalette::Window), 0.13));
        painter.fillRect(0, 0, spacing(1), height(), colour);
    }

private:
    void addAction(QHBoxLayout& row, const Message& message)
    {
        if (message.actionText.isEmpty()) {
            return;
        }
        auto* button = new QPushButton(message.actionText);
        connect(button, &QPushButton::clicked, this, [this, action = message.action] {
            action();
            leave();
        });
        row.addWidget(button, 0, Qt::AlignVCenter);
    }
    void updateIcon()
    {
        const int side = spacing(5);
        m_icon->setPixmap(themedIcon(iconOf(m_tone), toneColour(m_tone, isDark(palette())))
                              .pixmap(QSize(side, side), devicePixelRatioF()));
    }

    QString m_key;
    QString m_text;
    Tone m_tone;
    QLabel* m_icon;
};

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAccessibleName(tr("Messages"));
}

void MessageBar::show(const Message& message)
{
    remove(message.key.isEmpty() ? message.text : message.key);
    dropOldest();
    auto* line = new Line(message);
    m_lines->addWidget(line);
    QAccessibleEvent announced(line, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void MessageBar::remove(const QString& key)
{
    if (Line* line = find(key)) {
        line->leave();
    }
}

MessageBar::Line* MessageBar::find(const QString& key) const
{
    for (int i = 0; i < m_lines->count(); ++i) {
        auto* line = static_cast<Line*>(m_lines->itemAt(i)->widget());
        if (line->key() == key) {
            return line;
        }
    }
    return nullptr;
}

void MessageBar::dropOldest()
{
    while (m_lines->count() >= mostLines) {
        static_cast<Line*>(m_lines->itemAt(0)->widget())->leave();
    }
}

QStringList MessageBar::texts() const
{
    QStringList all;
    for (int i = 0; i < m_lines->count(); ++i) {
        all << static_cast<Line*>(m_lines->itemAt(i)->widget())->text();
    }
    return all;
}

} // namespace mocoscope::ui
