// SPDX-License-Identifier: GPL-3.0-or-later
// What a run does while its surroundings fail: no space for a checkpoint, images that are gone,
// nothing that records, too little memory. Real runs of a tiny model.
#include "engine_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sys/resource.h>

using namespace mocoscope::training;
namespace fs = std::filesystem;

namespace {

/// A 24-bit BMP of one colour.
void writeBitmap(const fs::path& file, int side, unsigned char grey)
{
    const auto row = static_cast<std::uint32_t>((3 * side + 3) / 4 * 4);
    const std::uint32_t pixels = row * static_cast<std::uint32_t>(side);
    std::string bytes(54 + pixels, static_cast<char>(grey));
    const auto put = [&bytes](std::size_t at, std::uint32_t value) {
        std::memcpy(bytes.data() + at, &value, sizeof value);
    };
    std::fill_n(bytes.begin(), 54, '\0');
    bytes[0] = 'B';
    bytes[1] = 'M';
    put(2, 54 + pixels);
    put(10, 54);
    put(14, 40);
    put(18, static_cast<std::uint32_t>(side));
    put(22, static_cast<std::uint32_t>(side));
    bytes[26] = 1;
    bytes[28] = 24;
    put(34, pixels);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

} // namespace

class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aHeldRunWaitsAndIsTheSame()
    {
        const Curves undisturbed = curvesOf(runToEnd(request("undisturbed")));
        RunControl control;
        std::vector<std::string> reasons;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            const auto* state = std::get_if<StateChanged>(&event);
            if (batch != nullptr && batch->step == 3) {
                control.hold("the disk is full");
            } else if (state != nullptr && state->state == RunState::Paused) {
                reasons.push_back(state->reason);
                control.release();
            }
        });
        const auto events = runToEnd(request("held"), log, control);
        QVERIFY(std::ranges::find(reasons, "the disk is full") != reasons.end());
        QVERIFY(curvesOf(events).at("train/loss") == undisturbed.at("train/loss"));
    }

    void waitsForSpaceOnTheDisk_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("on its way") << 5;
        QTest::newRow("at its end") << 10;
    }
    void waitsForSpaceOnTheDisk()
    {
        QFETCH(int, step);
        const Curves undisturbed = curvesOf(runToEnd(request("undisturbed")));
        RunRequest run = request("full");
        run.config.checkpoint.everyEpochs = 1;
        run.retryInterval = std::chrono::milliseconds(1);
        fillDiskAt(run, step);
        int attempts = 0;
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* progress = std::get_if<Progress>(&event);
            // The half-written file goes after each attempt, and with it our full disk.
            if (progress != nullptr && progress->phase == "saving" && ++attempts < 4 + step / 10) {
                fillDiskAt(run, step);
            }
        });
        const auto events = runToEnd(run, log, control);
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        QCOMPARE(eventsOf<Finished>(events).front().step, 10);
        QVERIFY(fs::exists(run.checkpointFolder / "step-000000010.safetensors"));
        const auto incidents = eventsOf<Incident>(events);
        QCOMPARE(incidents.size(), 1U);
        QCOMPARE(incidents.front().kind, "checkpoint_failed");
        QCOMPARE(incidents.front().step, step);
        std::string paused;
        for (const StateChanged& change : eventsOf<StateChanged>(events)) {
            paused += change.state == RunState::Paused ? change.reason : std::string();
        }
        QVERIFY2(paused.find("No space left") != std::string::npos, paused.c_str());
        QVERIFY(curvesOf(events).at("train/loss") == undisturbed.at("train/loss"));
    }

    void stoppedOnAFullDiskItSaysSo()
    {
        RunRequest run = request();
        fillDiskAt(run, 4);
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            if (batch != nullptr && batch->step == 3) {
                control.requestStop();
            }
        });
        const auto failed = eventsOf<Failed>(runToEnd(run, log, control));
        QCOMPARE(failed.size(), 1U);
        QVERIFY(failed.front().error.code == ErrorCode::Unwritable);
        QVERIFY(toText(failed.front().error).find("No space left") != std::string::npos);
    }

    void waitsForADataFolderThatIsGone()
    {
        const fs::path images = folder() / "images";
        for (int i = 0; i < 80; ++i) {
            const std::string name = std::to_string(i / 40) + "/" + std::to_string(i) + ".bmp";
            writeBitmap(images / name, 32, static_cast<unsigned char>(3 * i));
        }
        RunRequest run = request("undisturbed");
        run.config.data.path = images.string();
        run.config.data.perClassLimit = run.config.data.testPerClassLimit = 0;
        run.config.data.workers = 2;
        run.config.train.epochs = 4;
        run.retryInterval = std::chrono::milliseconds(1);
        const Curves undisturbed = curvesOf(runToEnd(run));

        run.checkpointFolder = folder() / "moved";
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            const auto* batch = std::get_if<MetricBatch>(&event);
            const auto* incident = std::get_if<Incident>(&event);
            if (batch != nullptr && batch->step == 2) {
                fs::rename(images, folder() / "away");
            } else if (incident != nullptr && incident->kind == "data_gone") {
                fs::rename(folder() / "away", images);
            }
        });
        const auto events = runToEnd(run, log, control);
        QVERIFY2(eventsOf<Failed>(events).empty(), failureText(events).c_str());
        const auto incidents = eventsOf<Incident>(events);
        QVERIFY(std::ranges::find(incidents, "data_gone", &Incident::kind) != incidents.end());
        // No image counts as unreadable for it: the same batches follow.
        QVERIFY(std::ranges::find(incidents, "unreadable_image", &Incident::kind)
                == incidents.end());
        QVERIFY(curvesOf(events).at("train/loss") == undisturbed.at("train/loss"));
    }

    void outOfMemoryNamesABatchThatMayFit_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("advice");
        QTest::newRow("ViT") << "vit_tiny"
                             << "train.micro_batch to 32";
        QTest::newRow("with BN") << "resnet18"
                                 << "train.batch_size to 32";
    }
    void outOfMemoryNamesABatchThatMayFit()
    {
        QFETCH(QString, model);
        QFETCH(QString, advice);
        RunRequest run = request();
        run.config.model = {};
        run.config.model.name = model.toStdString();
        run.config.model.imageSize = 224;
        run.config.train.batchSize = 64;
        run.config.data.workers = 1;
        run.config.data.prefetch = 1;
        run.config.evaluation.knnEveryEpochs = 0;
        rlimit before {};
        QCOMPARE(getrlimit(RLIMIT_AS, &before), 0);
        RunControl control;
        EventLog log([&](const TrainingEvent& event) {
            if (std::holds_alternative<MetricsDeclared>(event)) {
                rlimit low = before;
                low.rlim_cur = addressSpace() + (std::size_t {700} << 20U);
                setrlimit(RLIMIT_AS, &low);
            }
        });
        const auto events = runToEnd(run, log, control);
        QCOMPARE(setrlimit(RLIMIT_AS, &before), 0);
        const auto failed = eventsOf<Failed>(events);
        QCOMPARE(failed.size(), 1U);
        const std::string text = toText(failed.front().error);
        QVERIFY2(failed.front().error.code == ErrorCode::OutOfMemory, text.c_str());
        QVERIFY2(text.find(advice.toStdString()) != std::string::npos, text.c_str());
    }

private:
    fs::path folder() const { return m_folder->path().toStdString(); }
    RunRequest request(const std::string& name = "run") const
    {
        return tinyRequest(folder() / name);
    }
    /// The file that this step's checkpoint is written to takes no byte.
    static void fillDiskAt(const RunRequest& run, int step)
    {
        char name[64];
        std::snprintf(name, sizeof name, "step-%09d.safetensors.partial", step);
        std::error_code isThere;
        fs::create_directories(run.checkpointFolder);
        fs::create_symlink("/dev/full", run.checkpointFolder / name, isThere);
    }
    /// Bytes of this process.
    static std::size_t addressSpace()
    {
        std::size_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        return pages * 4096;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
