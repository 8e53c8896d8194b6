// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history_files.h"

#include "storage/history_copy.h"
#include "storage/metric_recorder.h"
#include "ui/models/text_format.h"
#include "ui/session/run_library.h"

#include <QDate>
#include <QFileDialog>
#include <QFileInfo>

namespace mocoscope::ui {

namespace fs = std::filesystem;
using storage::Database;
using storage::MergedHistory;
using storage::Result;

namespace {

QFileDialog* makeHistoryDialog(QWidget* parent, const QString& title, const fs::path& folder)
{
    auto* dialog = new QFileDialog(parent, title, QString::fromStdString(folder.string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(
        {HistoryFiles::tr("Run histories (*.db)"), HistoryFiles::tr("All files (*)")});
    return dialog;
}

QString whatWasLeft(const MergedHistory& merged)
{
    QStringList parts;
    if (merged.known > 0) {
        parts << HistoryFiles::tr("%n run(s) were here already.", nullptr, merged.known);
    }
    if (!merged.unfinished.empty()) {
        parts << HistoryFiles::tr("%n run(s) that wait or are on there are left out.", nullptr,
                                  static_cast<int>(merged.unfinished.size()));
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace

HistoryFiles::HistoryFiles(RunLibrary& library, QWidget* parent)
    : QObject(parent)
    , m_library(library)
    , m_parent(parent)
{
}

void HistoryFiles::askBackUp()
{
    const fs::path file = m_library.file();
    auto* dialog = makeHistoryDialog(m_parent, tr("Back up the run history"), file.parent_path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("db"));
    dialog->selectFile(QStringLiteral("%1-%2.db")
                           .arg(QString::fromStdString(file.stem().string()),
                                QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &HistoryFiles::backUp);
    dialog->open();
}

void HistoryFiles::backUp(const QString& path)
{
    const fs::path history = m_library.file();
    m_copying.run([this, history, path](const std::stop_token&) -> BackgroundJob::Answer {
        const auto copied
            = Database::open(history, Database::Access::ReadOnly).and_then([&](Database database) {
                  return storage::backUp(database, path.toStdString());
              });
        return [this, copied, path] {
            if (!copied) {
                Q_EMIT messageRaised(messageOf(copied.error()));
                return;
            }
            Message message;
            message.tone = Tone::Good;
            message.text = tr("The history is backed up.");
            message.detail = tr("%1, %2. Checkpoints are not in it.")
                                 .arg(path, bytesText(static_cast<double>(QFileInfo(path).size())));
            Q_EMIT messageRaised(message);
        };
    });
}

void HistoryFiles::askMerge()
{
    auto* dialog = makeHistoryDialog(m_parent, tr("Merge another run history"),
                                     m_library.file().parent_path());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &HistoryFiles::merge);
    dialog->open();
}

void HistoryFiles::merge(const QString& path)
{
    if (const auto& reason = m_library.readOnlyReason()) {
        Q_EMIT messageRaised(messageOf(*reason));
        return;
    }
    storage::MetricRecorder& recorder = m_library.recorder();
    m_merging.run([this, &recorder, path](const std::stop_token&) -> BackgroundJob::Answer {
        const Result<MergedHistory> merged
            = recorder
                  .submit([other = fs::path(path.toStdString())](Database& database) {
                      return storage::merge(database, other);
                  })
                  .get();
        return [this, merged] {
            if (!merged) {
                Q_EMIT messageRaised(messageOf(merged.error()));
                return;
            }
            m_library.refresh();
            Message message;
            message.tone = Tone::Good;
            message.text = tr("%n run(s) are taken in.", nullptr, merged->added);
            message.detail = whatWasLeft(*merged);
            Q_EMIT messageRaised(message);
        };
    });
}

} // namespace mocoscope::ui
