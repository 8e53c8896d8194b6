// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/notes_edit.h"

#include <QDesktopServices>
#include <QFocusEvent>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextBrowser>
#include <QTextDocument>

namespace mocoscope::ui {

namespace {

/// Also notes of histories from elsewhere are shown: nothing but links to the web is opened.
void openLink(const QUrl& link)
{
    if (link.scheme() == QLatin1String("http") || link.scheme() == QLatin1String("https")) {
        QDesktopServices::openUrl(link);
    }
}

/// Whether the keyboard goes elsewhere for good, not to a menu or another window.
bool leavesForGood(const QEvent& event)
{
    const auto reason = static_cast<const QFocusEvent&>(event).reason();
    return reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason;
}

} // namespace

NotesEdit::NotesEdit(QWidget* parent)
    : QStackedWidget(parent)
    , m_editor(new QPlainTextEdit)
    , m_reader(new QTextBrowser)
{
    m_editor->setPlaceholderText(tr("What was tried, and what came of it (Markdown)"));
    m_editor->setAccessibleName(tr("Notes"));
    m_editor->setTabChangesFocus(true);
    m_reader->setOpenLinks(false);
    m_reader->setAccessibleName(tr("Notes"));
    m_reader->setToolTip(tr("Click to edit"));
    m_reader->setFocusPolicy(Qt::StrongFocus);
    for (QWidget* field : std::initializer_list<QWidget*> {m_editor, m_reader}) {
        addWidget(field);
        field->installEventFilter(this);
    }
    m_reader->viewport()->installEventFilter(this);
    setFocusProxy(m_editor);
    connect(m_reader, &QTextBrowser::anchorClicked, this, &openLink);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &NotesEdit::edited);
}

QString NotesEdit::text() const
{
    return m_editor->toPlainText();
}

void NotesEdit::setText(const QString& text)
{
    if (text != m_editor->toPlainText()) {
        const QSignalBlocker blocker(m_editor);
        m_editor->setPlainText(text);
    }
    showField(m_editor->hasFocus());
}

/// An empty field is always ready to be typed into.
void NotesEdit::showField(bool isEdited)
{
    const bool shows = isEdited || text().trimmed().isEmpty();
    if (!shows && m_reader->property("notes").toString() != text()) {
        m_reader->setProperty("notes", text()); // keeps its place while nothing changes
        m_reader->document()->setMarkdown(
            text().replace(QLatin1Char('\n'), QLatin1String("  \n")),
            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                | QTextDocument::MarkdownNoHTML);
    }
    setCurrentWidget(shows ? static_cast<QWidget*>(m_editor) : m_reader);
}

bool NotesEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut && leavesForGood(*event)) {
        showField(false);
    } else if (watched != m_editor) {
        startEditing(*event);
    }
    return QStackedWidget::eventFilter(watched, event);
}

/// A click that selects text or opens a link is for reading.
void NotesEdit::startEditing(QEvent& event)
{
    bool starts = false;
    if (event.type() == QEvent::FocusIn) {
        const auto reason = static_cast<const QFocusEvent&>(event).reason();
        starts = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
            || reason == Qt::ShortcutFocusReason;
    } else if (event.type() == QEvent::MouseButtonRelease) {
        const auto& click = static_cast<const QMouseEvent&>(event);
        starts = click.button() == Qt::LeftButton && !m_reader->textCursor().hasSelection()
            && m_reader->anchorAt(click.position().toPoint()).isEmpty();
    }
    if (starts) {
        showField(true);
        m_editor->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace mocoscope::ui
