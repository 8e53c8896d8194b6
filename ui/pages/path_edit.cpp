// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/path_edit.h"

#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>

namespace mocoscope::ui {

PathEdit::PathEdit(int offers, const QString& fileFilter, QWidget* parent)
    : QWidget(parent)
    , m_line(new QLineEdit)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing(1));
    row->addWidget(m_line, 1);
    if (offers & Folder) {
        auto* button = makeIconButton("folder", tr("Choose a folder"));
        connect(button, &QToolButton::clicked, this, [this] {
            take(QFileDialog::getExistingDirectory(this, tr("Choose a folder"), path()));
        });
        row->addWidget(button);
    }
    if (offers & File) {
        auto* button = makeIconButton("file", tr("Choose a file"));
        connect(button, &QToolButton::clicked, this, [this, fileFilter] {
            take(QFileDialog::getOpenFileName(this, tr("Choose a file"), path(), fileFilter));
        });
        row->addWidget(button);
    }
    if (offers & NewFile) {
        auto* button = makeIconButton("file", tr("Choose a file"));
        connect(button, &QToolButton::clicked, this, [this, fileFilter] {
            take(QFileDialog::getSaveFileName(this, tr("Choose a file"), path(), fileFilter,
                                              nullptr, QFileDialog::DontConfirmOverwrite));
        });
        row->addWidget(button);
    }
    if (offers & Demo) {
        auto* button = new QToolButton;
        button->setText(tr("Demo"));
        button->setToolTip(tr("Use the built-in images"));
        connect(button, &QToolButton::clicked, this, [this] { take("demo"); });
        row->addWidget(button);
    }
    m_line->setAcceptDrops(false); // a drop replaces the text instead of going into it
    setAcceptDrops(true);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, &PathEdit::pathEdited);
}

QString PathEdit::path() const
{
    return m_line->text();
}

void PathEdit::setPath(const QString& path)
{
    if (m_line->text() != path) {
        m_line->setText(path);
    }
}

void PathEdit::take(const QString& path)
{
    if (!path.isEmpty()) {
        m_line->setText(path);
        Q_EMIT pathEdited(path);
    }
}

QString PathEdit::droppedPath(const QMimeData& data)
{
    return data.hasUrls() ? data.urls().constFirst().toLocalFile() : QString();
}

void PathEdit::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPath(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void PathEdit::dropEvent(QDropEvent* event)
{
    take(droppedPath(*event->mimeData()));
    event->acceptProposedAction();
}

} // namespace mocoscope::ui
