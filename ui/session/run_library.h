// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/artifacts.h"
#include "storage/database.h"
#include "storage/metric_recorder.h"
#include "storage/run_record.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

/// What a chart of one run needs: its record, curves and the map from steps to epochs and time.
struct RunCurves
{
    storage::RunRecord run;
    std::vector<storage::Curve> curves;
    storage::StepTimes times;
    std::vector<storage::MetricSummary> summaries;
};

/// A checkpoint of a run that exists.
struct ListedCheckpoint
{
    training::CheckpointFile file;
    std::int64_t bytes = 0;
    std::optional<storage::UtcMilliseconds> savedAt; ///< empty: was not recorded
    std::optional<double> accuracy; ///< kNN top-1 as measured last before, %
};

/// What can be seen of a run's features, and where.
struct RunPictures
{
    std::vector<storage::PictureStep> steps; ///< the oldest first
    std::vector<std::filesystem::path> folders; ///< see storage::artifactFolders()
};

/// The run history for the window: asks the reader and the recorder thread, answers by signals and
/// callbacks on the window's thread. Never blocks.
class RunLibrary final : public QObject
{
    Q_OBJECT

public:
    /// Opens the database on the calling thread (quick); starts the reader and recorder threads.
    [[nodiscard]] static training::Result<std::unique_ptr<RunLibrary>>
    open(const std::filesystem::path& file);
    ~RunLibrary() override;

    [[nodiscard]] const std::filesystem::path& file() const;
    /// Why nothing can be written (a file of a newer version, no rights); empty: it can.
    [[nodiscard]] const std::optional<training::Error>& readOnlyReason() const;
    /// Not in a library that is read-only.
    [[nodiscard]] storage::MetricRecorder& recorder();
    /// `<file without .db>-runs/<uuid>`: checkpoints and artifacts of a run.
    [[nodiscard]] std::filesystem::path runFolder(const std::string& uuid) const;

    /// The runs as last read; updated before runsChanged().
    [[nodiscard]] const std::vector<storage::RunRecord>& runs() const;
    [[nodiscard]] const storage::RunRecord* find(storage::RunId id) const;
    void refresh();

    /// Answers on the window's thread unless `receiver` is gone or a newer request of the same
    /// receiver and channel came meanwhile.
    void readCurves(QObject* receiver, const std::vector<storage::RunId>& runs,
                    const std::vector<std::string>& metrics,
                    std::function<void(training::Result<std::vector<RunCurves>>)> done);
    void readEvents(QObject* receiver, storage::RunId run,
                    std::function<void(training::Result<std::vector<storage::EventRecord>>)> done);
    /// The newest first.
    void readCheckpoints(QObject* receiver, storage::RunId run,
                         std::function<void(training::Result<std::vector<ListedCheckpoint>>)> done);
    void readPictures(QObject* receiver, storage::RunId run,
                      std::function<void(training::Result<RunPictures>)> done);

    void rename(storage::RunId id, const QString& name);
    void setNotes(storage::RunId id, const QString& notes);
    void setColour(storage::RunId id, const QString& colour);
    void setTags(storage::RunId id, const QStringList& tags);
    /// Of all of these runs at once; their other tags stay.
    void changeTags(const std::vector<storage::RunId>& ids, const QStringList& added,
                    const QStringList& removed);
    /// Gone from runs() at once, from the disk when the program ends; restore() undoes it.
    void moveToTrash(const std::vector<storage::RunId>& ids);
    void restore(const std::vector<storage::RunId>& ids);

Q_SIGNALS:
    void runsChanged();
    /// What runs tell can no longer be recorded, and can again.
    void recordingBlocked(const mocoscope::training::Error& error);
    void recordingUnblocked();
    /// Something could not be read or written; the message is ready to be shown.
    void failed(const mocoscope::training::Error& error);

private:
    class Impl;
    explicit RunLibrary(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace mocoscope::ui
