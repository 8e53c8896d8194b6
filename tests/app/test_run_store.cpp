// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/run_store.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <fstream>

using namespace mocoscope::headless;
using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;

namespace {

constexpr auto uuid = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";

CheckpointRecord recorded(const std::filesystem::path& file, std::int64_t step)
{
    CheckpointRecord checkpoint;
    checkpoint.step = step;
    checkpoint.path = file.string();
    return checkpoint;
}

} // namespace

class TestRunStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFilesBesideTheDatabase()
    {
        QCOMPARE(runFolder("/data/my.db", uuid).string(), std::string("/data/my-runs/") + uuid);
        QCOMPARE(runFolder("/data/my", uuid).string(), std::string("/data/my-runs/") + uuid);
        QCOMPARE(runFolder("/data/a.b.db", uuid).string(), std::string("/data/a.b-runs/") + uuid);
        QVERIFY(runFolder("my.db", uuid).is_absolute());
        QCOMPARE(checkpointFolder("/d/my.db", uuid).filename().string(), "checkpoints");
    }

    void trustsNoForeignUuid()
    {
        QVERIFY(runFolder("/data/my.db", "../../../etc").empty());
        QVERIFY(runFolder("/data/my.db", "").empty());
        QVERIFY(runFolder("/data/my.db", "....................................").empty());
        QVERIFY(checkpointFolder("/data/my.db", "/").empty());
    }

    void findsTheNewestCheckpoint()
    {
        const TempDatabase store;
        const auto folder = store.folder() / "checkpoints";
        QVERIFY(checkpointFiles({}, folder).empty()); // no folder
        std::filesystem::create_directories(folder);
        QVERIFY(checkpointFiles({}, folder).empty());

        const auto old = folder / "step-000000004.safetensors";
        const auto newer = folder / "step-000000012.safetensors";
        std::ofstream(old) << "x";
        const std::vector rows {recorded(old, 4), recorded(folder / "gone", 8)};
        QCOMPARE(newestExisting(checkpointFiles(rows, folder))->path.string(), old.string());
        QCOMPARE(checkpointFiles(rows, folder).front().step, 8); // is missed, not forgotten

        // Saved, but the process was killed before its row was written.
        std::ofstream(newer) << "x";
        std::ofstream(folder / "step-000000099.safetensors.partial") << "x";
        std::ofstream(folder / "notes-000000099.safetensors") << "x";
        const auto all = checkpointFiles(rows, folder);
        QCOMPARE(all.size(), 3U);
        QCOMPARE(newestExisting(all)->path.string(), newer.string());
        QCOMPARE(existingAtStep(all, 4)->path.string(), old.string());
        QVERIFY(!existingAtStep(all, 8));
    }

    void aHistoryThatWasMovedFindsItsCheckpoints()
    {
        const TempDatabase store;
        const auto file = store.folder() / "step-000000004.safetensors";
        std::ofstream(file) << "x";
        CheckpointRecord elsewhere = recorded("/was/here/step-000000004.safetensors", 4);
        elsewhere.sha256 = "known";
        const auto files = checkpointFiles({elsewhere}, store.folder());
        QCOMPARE(files.size(), 1U);
        QCOMPARE(files.front().path.string(), file.string());
        QCOMPARE(files.front().sha256, std::string("known"));
    }

    void aCopiedHistoryListsItsOwnCheckpointsOnce()
    {
        const TempDatabase original;
        const TempDatabase copy;
        const auto name = "step-000000004.safetensors";
        std::ofstream(original.folder() / name) << "x";
        std::ofstream(copy.folder() / name) << "x";
        const auto files = checkpointFiles({recorded(original.folder() / name, 4)}, copy.folder());
        QCOMPARE(files.size(), 1U);
        QCOMPARE(files.front().path.string(), (copy.folder() / name).string());
    }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "test_run_store.moc"
