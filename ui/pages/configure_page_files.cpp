// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations that come from files, or are dropped onto the page.
#include "training/api/config_json.h"
#include "ui/pages/cluster_job_dialog.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/path_edit.h"
#include "ui/plot/export_dialog.h"
#include "ui/session/run_library.h"

#include <QCoreApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QSaveFile>
#include <QStandardPaths>

namespace mocoscope::ui {

using training::ErrorCode;

namespace {

/// A configuration has a few kilobytes.
constexpr qint64 largestFileBytes = 1 << 20;

training::Error fileError(ErrorCode code, const QString& what, const QFileDevice& file)
{
    return {code, what.arg(file.fileName()).toStdString(), file.errorString().toStdString()};
}

} // namespace

void ConfigurePage::openFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Load a configuration"), {},
                                                      tr("Configurations (*.json);;All files (*)"));
    if (!file.isEmpty()) {
        readFile(file);
    }
}

void ConfigurePage::readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        raise(fileError(ErrorCode::Unreadable, tr("%1 cannot be read"), file));
        return;
    }
    if (file.size() > largestFileBytes) {
        raise({ErrorCode::Unreadable, tr("%1 is no configuration").arg(path).toStdString(),
               "It is larger than a megabyte."});
        return;
    }
    const auto config = training::fromJson(file.readAll().toStdString());
    if (!config) {
        raise(config.error());
        return;
    }
    setConfiguration(*config, QFileInfo(path).fileName());
}

void ConfigurePage::saveFile()
{
    const QString path
        = QFileDialog::getSaveFileName(this, tr("Save the configuration"), "configuration.json",
                                       tr("Configurations (*.json);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(training::toJson(m_form->draft().config()));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        raise(fileError(ErrorCode::Unwritable, tr("%1 cannot be written"), file));
    }
}

QString ConfigurePage::reasonNoJob() const
{
    if (!m_form->draft().isValid()) {
        return tr("Some options need attention.");
    }
    if (m_source.fork) {
        return tr("A fork goes on from a checkpoint of this history: start it here, or with "
                  "\u201cmocoscope-train fork\u201d.");
    }
    return QString::fromStdString(training::reasonNoJob(m_form->draft().config()));
}

void ConfigurePage::saveJob()
{
    if (const QString reason = reasonNoJob(); !reason.isEmpty()) {
        refuse(tr("This configuration cannot be a job."), reason);
        return;
    }
    training::ClusterJob job = training::proposedJob(m_form->draft().config(), m_gpus);
    const QString typed = m_name->text().trimmed();
    const QString name = !typed.isEmpty() ? typed
        : m_source.preset.isEmpty()       ? QStringLiteral("run")
                                          : m_source.preset;
    job.name = name.toStdString();
    job.store = m_library.file();
    const QString beside
        = QCoreApplication::applicationDirPath() + QStringLiteral("/mocoscope-train");
    const bool isInPath
        = !QStandardPaths::findExecutable(QStringLiteral("mocoscope-train")).isEmpty();
    if (!isInPath && QFileInfo(beside).isExecutable()) {
        job.program = beside.toStdString();
    }
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    job.script = folder.filePath(asFileName(name) + QStringLiteral(".sh")).toStdString();
    auto* dialog = new ClusterJobDialog(job, m_library.file(), this);
    connect(dialog, &ClusterJobDialog::messageRaised, this, &ConfigurePage::messageRaised);
    dialog->open();
}

void ConfigurePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!PathEdit::droppedPath(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

/// A configuration is loaded, anything else becomes the data.
void ConfigurePage::dropEvent(QDropEvent* event)
{
    const QString path = PathEdit::droppedPath(*event->mimeData());
    if (path.endsWith(".json", Qt::CaseInsensitive)) {
        readFile(path);
    } else {
        m_form->setOption("data.path", path);
    }
    event->acceptProposedAction();
}

} // namespace mocoscope::ui
