// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QObject>

#include <cstdint>
#include <string>
#include <vector>

class QWidget;

namespace mocoscope::ui {

class RunLibrary;

/// Runs as files for other programs and for people, and back: asks for the file, then reads and
/// writes on a thread of its own. Lives on the window's thread.
class RunFiles final : public QObject
{
    Q_OBJECT

public:
    enum class Format : std::uint8_t
    {
        Csv, ///< every recorded value, one row a step
        JsonLines,
        TensorBoard, ///< a folder
        Report, ///< one HTML page
        ReportPdf ///< the same for paper
    };

    /// Both outlive this.
    RunFiles(RunLibrary& library, QWidget* parent);

    /// Asks where to and returns at once; without runs nothing happens.
    void askExport(Format format, const std::vector<storage::RunId>& runs,
                   const std::vector<std::string>& metrics = {});
    /// `metrics`: what a report plots; empty: the usual ones.
    void write(Format format, const std::vector<storage::RunId>& runs, const QString& path,
               const std::vector<std::string>& metrics = {});
    void askImportFiles();
    void askImportFolder();
    /// Stores what other programs recorded; all files or none.
    void read(const QStringList& paths);
    [[nodiscard]] bool isBusy() const { return m_writing.isBusy() || m_reading.isBusy(); }

Q_SIGNALS:
    void messageRaised(const mocoscope::ui::Message& message);
    /// These runs are new in the library.
    void imported(const std::vector<mocoscope::storage::RunId>& runs);

private:
    [[nodiscard]] QString suggestedName(const std::vector<storage::RunId>& runs) const;

    RunLibrary& m_library;
    QWidget* m_parent;
    BackgroundJob m_writing; ///< a newer request cancels the answer of the one before
    BackgroundJob m_reading;
};

} // namespace mocoscope::ui
