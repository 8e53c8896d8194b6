// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headless/run_store.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <fstream>

using namespace mocoscope::headless;
using mocoscope::storage::CheckpointRecord;
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
        QVERIFY(newestCheckpoint({}, folder).empty()); // no folder
        std::filesystem::create_directories(folder);
        QVERIFY(newestCheckpoint({}, folder).empty());

        const auto old = folder / "step-000000004.safetensors";
        const auto newer = folder / "step-000000012.safetensors";
        std::ofstream(old) << "x";
        const std::vector rows {recorded(old, 4), recorded(folder / "gone", 8)};
        QCOMPARE(newestCheckpoint(rows, folder).string(), old.string());

        // Saved, but the process was killed before its row was written.
        std::ofstream(newer) << "x";
        std::ofstream(folder / "step-000000099.safetensors.part") << "x";
        std::ofstream(folder / "notes-000000099.safetensors") << "x";
        QCOMPARE(newestCheckpoint(rows, folder).string(), newer.string());
    }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "test_run_store.moc"
