// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/feature_pictures.h"
#include "ui/session/background_job.h"
#include "ui/session/mailbox.h"

#include <QObject>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mocoscope::ui {

class RunLibrary;

/// Whose pictures are loaded, and where they are.
struct PicturePlace
{
    storage::RunId run;
    /// Its own folder first, in which is written what is computed; then others to read from.
    std::vector<std::filesystem::path> folders;
    bool operator==(const PicturePlace&) const = default;
};

/// Pictures of the features of one run: read on one background thread, computed on another, kept
/// here. What was computed is recorded in the history. Lives on the window's thread.
class PictureLoader final : public QObject
{
    Q_OBJECT

public:
    using Picture = std::shared_ptr<const training::FeaturePicture>;
    using Checkpoints = std::vector<training::CheckpointFile>;

    /// Both outlive this.
    PictureLoader(RunLibrary& library, training::FeaturePictures& pictures,
                  QObject* parent = nullptr);

    /// Of another run, or the same one with more folders. Forgets the pictures of any other run,
    /// and stops what is on for it.
    void setPlace(const PicturePlace& place);
    /// Whose attention pictures have from now on; see training::PictureRequest.
    void setBlock(std::int64_t block);
    [[nodiscard]] std::int64_t block() const { return m_block; }

    /// Whether t-SNE is computed as well, from now on. What was computed before is read anyway.
    void setTsne(bool isWanted) { m_wantsTsne = isWanted; }

    /// Null: it is not there, or without the attention of the block. It may lack t-SNE.
    [[nodiscard]] Picture whole(std::int64_t step) const;
    /// Whether nothing of it would be computed, t-SNE only if that is wanted.
    [[nodiscard]] bool isComplete(std::int64_t step) const;
    /// All that are there, by step; some may be without attention.
    [[nodiscard]] const std::map<std::int64_t, Picture>& all() const { return m_pictures; }

    /// Reads what was computed before, in this order, in place of what waits to be read.
    void read(Checkpoints checkpoints);
    /// Computes what is missing, in this order, in place of what is being computed. `device`: as
    /// train.device.
    void compute(Checkpoints checkpoints, const std::string& device);
    /// Stops computing; what is done is kept.
    void cancel();
    [[nodiscard]] bool isComputing() const { return m_isComputing; }
    /// Where the newest computation was told to be.
    [[nodiscard]] const std::string& device() const { return m_device; }

Q_SIGNALS:
    void arrived(std::int64_t step);
    /// It was to be read, but has not been computed.
    void missing(std::int64_t step);
    /// What is being done for the step; see training::PictureProgress.
    void progressed(std::int64_t step, mocoscope::training::PictureWork work, std::int64_t done,
                    std::int64_t total);
    /// Nothing is computed any more. Empty: all is done, or cancel() was called.
    void ended(const std::optional<mocoscope::training::Error>& error);

private:
    using Answer = training::Result<training::PictureAnswer>;
    /// Of what a job was begun for.
    struct Numbers
    {
        quint64 generation = 0;
        quint64 computation = 0;
    };
    [[nodiscard]] Answer readAnywhere(training::PictureRequest request,
                                      const std::vector<std::filesystem::path>& folders,
                                      const std::stop_token& stop) const;
    [[nodiscard]] std::filesystem::path folderOf(const training::PictureRequest& request,
                                                 const std::vector<std::filesystem::path>& folders,
                                                 const std::stop_token& stop) const;
    [[nodiscard]] std::optional<training::Error> computeOne(const training::PictureRequest& request,
                                                            const Numbers& numbers,
                                                            storage::RunId run,
                                                            const std::stop_token& stop);
    void post(quint64 generation, std::function<void()> call) const;
    void take(training::FeaturePicture picture);
    void dropFarAttention(std::int64_t step);

    RunLibrary& m_library;
    training::FeaturePictures& m_source;
    PicturePlace m_place;
    std::int64_t m_block = training::PictureRequest::lastBlock;
    bool m_wantsTsne = false;
    std::map<std::int64_t, Picture> m_pictures;
    quint64 m_generation = 0; ///< of run and block: what comes from an older one is dropped
    quint64 m_computation = 0; ///< the progress of an older one, or of a cancelled one, is dropped
    bool m_isComputing = false;
    std::string m_device;
    Mailbox m_mailbox;
    BackgroundJob m_reading; // last: they use all of the above
    BackgroundJob m_computing;
};

} // namespace mocoscope::ui
