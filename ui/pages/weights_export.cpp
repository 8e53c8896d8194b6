// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/weights_export.h"

#include "storage/database.h"
#include "training/api/ports.h"
#include "ui/models/text_format.h"
#include "ui/plot/export_dialog.h"
#include "ui/session/resumable_run.h"
#include "ui/session/run_library.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace mocoscope::ui {

using storage::RunRecord;
using training::ErrorCode;
using training::ExportedFile;
using training::Result;

namespace {

/// On the background thread.
Result<ExportedFile> exportNewest(const RunRecord& run, const std::filesystem::path& history,
                                  const std::filesystem::path& file, training::Exporter& exporter)
{
    auto database = storage::Database::open(history, storage::Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(database.error());
    }
    const auto checkpoint = newestCheckpoint(*database, run);
    if (!checkpoint) {
        return tl::unexpected(checkpoint.error());
    }
    if (checkpoint->empty()) {
        return training::failure(ErrorCode::NotFound, "\"" + run.name + "\" has no checkpoint yet",
                                 "It gets one when it is stopped or at its end.");
    }
    return exporter.exportWeights(
        {*checkpoint, file, training::Encoder::Base, run.name + " (" + run.uuid + ")"});
}

} // namespace

WeightsExport::WeightsExport(RunLibrary& library, training::Exporter& exporter, QWidget* parent)
    : QObject(parent)
    , m_library(library)
    , m_exporter(exporter)
    , m_parent(parent)
{
}

void WeightsExport::ask(const RunRecord* run)
{
    if (!run) {
        return;
    }
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(m_parent, tr("Export weights"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Weights with timm\u2019s names (*.safetensors)")});
    dialog->setDefaultSuffix("safetensors");
    dialog->selectFile(asFileName(QString::fromStdString(run->name)) + ".safetensors");
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, run = *run](const QString& file) { write(run, file); });
    dialog->open();
}

void WeightsExport::write(const RunRecord& run, const QString& file)
{
    const std::filesystem::path history = m_library.file();
    const std::filesystem::path target = file.toStdString();
    m_job.run([this, run, history, target](const std::stop_token&) -> BackgroundJob::Answer {
        const Result<ExportedFile> written = exportNewest(run, history, target, m_exporter);
        return [this, name = run.name, written] {
            if (!written) {
                Q_EMIT messageRaised(messageOf(written.error()));
                return;
            }
            Message message;
            message.text = tr("The weights of \u201c%1\u201d at step %2 are in %3.")
                               .arg(QString::fromStdString(name), countText(written->step),
                                    QString::fromStdString(written->file.string()));
            message.detail = written->architecture.empty()
                ? tr("timm has no such model; the names are those of the authors\u2019 code.")
                : tr("In timm: %1, with the arguments in the file\u2019s metadata.")
                      .arg(QString::fromStdString(written->architecture));
            Q_EMIT messageRaised(message);
        };
    });
}

} // namespace mocoscope::ui
