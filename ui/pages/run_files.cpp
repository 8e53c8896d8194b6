// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/run_files.h"

#include "storage/clock.h"
#include "storage/database.h"
#include "storage/exchange/json_lines.h"
#include "storage/exchange/output_file.h"
#include "storage/exchange/report.h"
#include "storage/exchange/run_csv.h"
#include "storage/exchange/tensorboard.h"
#include "storage/run_repository.h"
#include "ui/pages/report_pdf.h"
#include "ui/plot/export_dialog.h"
#include "ui/session/run_library.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <iterator>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using storage::Database;
using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::WholeRun;
using Format = RunFiles::Format;

namespace {

struct FormatText
{
    const char* title;
    const char* filter;
    const char* suffix;
};

FormatText textOf(Format format)
{
    switch (format) {
    case Format::Csv:
        return {QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Export curves"),
                QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Table (*.csv)"), "csv"};
    case Format::JsonLines:
        return {QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Export curves"),
                QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "JSON lines (*.jsonl)"), "jsonl"};
    case Format::TensorBoard:
        return {QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Folder for TensorBoard"), "", ""};
    case Format::ReportPdf:
        return {QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Save a report"),
                QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "PDF (*.pdf)"), "pdf"};
    case Format::Report:
        break;
    }
    return {QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Save a report"),
            QT_TRANSLATE_NOOP("mocoscope::ui::RunFiles", "Web page (*.html)"), "html"};
}

Result<std::vector<RunRecord>> findAll(Database& database, const std::vector<RunId>& ids)
{
    std::vector<RunRecord> records;
    for (const RunId id : ids) {
        auto record = storage::RunRepository(database).find(id);
        if (!record) {
            return tl::unexpected(record.error());
        }
        records.push_back(std::move(*record));
    }
    return records;
}

Result<void> writeCurves(const std::vector<WholeRun>& runs, Format format, const fs::path& path)
{
    if (format == Format::TensorBoard) {
        for (const WholeRun& run : runs) {
            const std::string own
                = std::to_string(run.run.id.value) + "-" + storage::fileNamePart(run.run.name);
            if (auto written = storage::writeTensorBoard(run, path / own); !written) {
                return tl::unexpected(written.error());
            }
        }
        return {};
    }
    return storage::writeFile(path, [&](std::ostream& out) {
        if (format == Format::Csv && runs.size() == 1) {
            storage::writeCsv(runs.front(), out);
        } else if (format == Format::Csv) {
            storage::writeCsv(runs, out);
        } else {
            for (const WholeRun& run : runs) {
                storage::writeJsonLines(run, out);
            }
        }
    });
}

bool isReport(Format format)
{
    return format == Format::Report || format == Format::ReportPdf;
}

Result<void> writeReportAs(Format format, const storage::Report& report, const fs::path& path)
{
    return format == Format::ReportPdf
        ? writeReportPdf(report, path)
        : storage::writeFile(path, [&](std::ostream& out) { storage::writeReport(report, out); });
}

/// On the background thread, with a connection of its own.
Result<void> writeRuns(const fs::path& history, Format format, const std::vector<RunId>& ids,
                       const std::vector<std::string>& metrics, const fs::path& path)
{
    auto database = Database::open(history, Database::Access::ReadOnly);
    if (!database) {
        return tl::unexpected(database.error());
    }
    return findAll(*database, ids).and_then([&](const std::vector<RunRecord>& records) {
        if (!isReport(format)) {
            return storage::readWholeRuns(*database, records)
                .and_then([&](const std::vector<WholeRun>& runs) {
                    return writeCurves(runs, format, path);
                });
        }
        return storage::readReport(*database, records, {{}, metrics, storage::systemTime()})
            .and_then(
                [&](const storage::Report& report) { return writeReportAs(format, report, path); });
    });
}

/// On the background thread; only what is read as a whole is handed to the recorder.
Result<std::vector<RunId>> importAll(storage::MetricRecorder& recorder,
                                     const std::vector<fs::path>& paths)
{
    std::vector<storage::ImportedRun> runs;
    for (const fs::path& path : paths) {
        auto read = storage::readForImport(path, {});
        if (!read) {
            return tl::unexpected(read.error());
        }
        std::move(read->begin(), read->end(), std::back_inserter(runs));
    }
    return recorder
        .submit([runs = std::move(runs)](Database& database) {
            return storage::storeImportedRuns(database, runs, storage::systemTime());
        })
        .get();
}

} // namespace

RunFiles::RunFiles(RunLibrary& library, QWidget* parent)
    : QObject(parent)
    , m_library(library)
    , m_parent(parent)
{
}

QString RunFiles::suggestedName(const std::vector<RunId>& runs) const
{
    const RunRecord* first = m_library.find(runs.front());
    return runs.size() == 1 && first ? asFileName(QString::fromStdString(first->name))
                                     : QStringLiteral("runs");
}

void RunFiles::askExport(Format format, const std::vector<RunId>& runs,
                         const std::vector<std::string>& metrics)
{
    if (runs.empty()) {
        return;
    }
    const FormatText text = textOf(format);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(m_parent, tr(text.title), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (format == Format::TensorBoard) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilters({tr(text.filter)});
        dialog->setDefaultSuffix(text.suffix);
        dialog->selectFile(suggestedName(runs) + '.' + text.suffix);
    }
    connect(
        dialog, &QFileDialog::fileSelected, this,
        [this, format, runs, metrics](const QString& path) { write(format, runs, path, metrics); });
    dialog->open();
}

void RunFiles::write(Format format, const std::vector<RunId>& runs, const QString& path,
                     const std::vector<std::string>& metrics)
{
    const fs::path history = m_library.file();
    m_writing.run([this, history, format, runs, path,
                   metrics](const std::stop_token&) -> BackgroundJob::Answer {
        const auto written = writeRuns(history, format, runs, metrics, path.toStdString());
        return [this, written, format, path, count = runs.size()] {
            if (!written) {
                Q_EMIT messageRaised(messageOf(written.error()));
                return;
            }
            Message message;
            message.text = isReport(format)
                ? tr("The report is in %1.").arg(path)
                : tr("The curves of %n run(s) are in %1.", nullptr, static_cast<int>(count))
                      .arg(path);
            message.actionText = format == Format::TensorBoard ? QString() : tr("Open");
            message.action = [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); };
            Q_EMIT messageRaised(message);
        };
    });
}

void RunFiles::askImportFiles()
{
    auto* dialog = new QFileDialog(m_parent, tr("Import runs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Curves (*tfevents* *.csv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &RunFiles::read);
    dialog->open();
}

void RunFiles::askImportFolder()
{
    auto* dialog = new QFileDialog(m_parent, tr("Import TensorBoard's folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this, &RunFiles::read);
    dialog->open();
}

void RunFiles::read(const QStringList& paths)
{
    if (const auto& reason = m_library.readOnlyReason()) {
        Q_EMIT messageRaised(messageOf(*reason));
        return;
    }
    std::vector<fs::path> files;
    for (const QString& path : paths) {
        files.emplace_back(path.toStdString());
    }
    storage::MetricRecorder& recorder = m_library.recorder();
    m_reading.run([this, &recorder, files](const std::stop_token&) -> BackgroundJob::Answer {
        const auto stored = importAll(recorder, files);
        return [this, stored] {
            if (!stored) {
                Q_EMIT messageRaised(messageOf(stored.error()));
                return;
            }
            m_library.refresh();
            Message message;
            message.text = tr("%n run(s) are imported.", nullptr, static_cast<int>(stored->size()));
            message.detail = tr("They have the tag \u201cimported\u201d.");
            message.actionText = tr("Undo");
            message.action = [this, runs = *stored] { m_library.moveToTrash(runs); };
            Q_EMIT messageRaised(message);
            Q_EMIT imported(*stored);
        };
    });
}

} // namespace mocoscope::ui
