// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/artifacts.h"
#include "storage/checkpoint_files.h"
#include "storage/folder_size.h"
#include "storage/history_copy.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <array>
#include <fstream>

using namespace mocoscope;
using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;
namespace fs = std::filesystem;

namespace {

RunRecord makeRun(Database& database)
{
    return RunRepository(database).create({"run", "", "{}", {}}).value();
}

void touch(const fs::path& file, const std::string& text = "12345")
{
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// Makes the file, too.
training::Artifact made(const fs::path& folder, const std::string& kind, std::int64_t step)
{
    const fs::path file = folder / (kind + "-" + std::to_string(step) + ".safetensors");
    touch(file);
    return {kind, step, file, "sum", 5};
}

std::vector<std::int64_t> stepsOf(const std::vector<PictureStep>& all)
{
    std::vector<std::int64_t> steps;
    for (const PictureStep& each : all) {
        steps.push_back(each.checkpoint.step);
    }
    return steps;
}

} // namespace

class TestArtifacts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areListedOnceAndReplaced()
    {
        TempDatabase temp;
        Database database = temp.open();
        const RunRecord run = makeRun(database);
        const fs::path folder = artifactFolder(database.file(), run.uuid);
        QCOMPARE(folder.parent_path(), runFolder(database.file(), run.uuid));
        auto features = made(folder, "features", 7);
        QVERIFY(recordArtifacts(database, run.id, {features, made(folder, "sample", 0)}));
        features.sha256 = "other";
        QVERIFY(recordArtifacts(database, run.id, {features}));
        const auto all = artifactsOf(database, run.id).value();
        QCOMPARE(all.size(), 2U);
        QCOMPARE(all[0].kind, std::string("sample"));
        QCOMPARE(all[1].sha256, std::string("other"));
        QCOMPARE(all[1].path, features.path);
        QCOMPARE(all[1].bytes, 5);
        QCOMPARE(folderBytes(runFolder(database.file(), run.uuid)), 10);
    }

    void ofADeletedRunAreNotRecorded()
    {
        TempDatabase temp;
        Database database = temp.open();
        QVERIFY(recordArtifacts(database, {99}, {{"sample", 0, "/x", "", 1}}));
        QVERIFY(artifactsOf(database, {99}).value().empty());
    }

    void stepsAreThoseOfCheckpointsAndPictures()
    {
        TempDatabase temp;
        Database database = temp.open();
        const RunRecord run = makeRun(database);
        const fs::path checkpoints = checkpointFolder(database.file(), run.uuid);
        const fs::path folder = artifactFolder(database.file(), run.uuid);
        touch(checkpoints / "step-000000020.safetensors");
        touch(checkpoints / "step-000000030.safetensors");
        const std::string gone = (checkpoints / "step-000000010.safetensors").string();
        QVERIFY(
            database.execute(("INSERT INTO checkpoint VALUES (1, '" + gone
                              + "', 10, 'g', 1, 1);"
                                "INSERT INTO step_time VALUES (1, 9, 0, 0.9), (1, 19, 0, 1.9);"
                                "INSERT INTO metric_name (id, name) VALUES (1, 'eval/knn_top1');"
                                "INSERT INTO metric_row VALUES (1, 1, 15, 41.5), (1, 1, 25, NULL)")
                                 .c_str()));
        QCOMPARE(stepsOf(pictureSteps(database, run).value()),
                 (std::vector<std::int64_t> {20, 30}));
        auto lost = made(folder, "features", 15);
        QVERIFY(recordArtifacts(database, run.id,
                                {made(folder, "features", 10), made(folder, "features", 30),
                                 made(folder, "attention", 12), lost}));
        fs::remove(lost.path);
        const auto steps = pictureSteps(database, run).value();
        QCOMPARE(stepsOf(steps), (std::vector<std::int64_t> {10, 20, 30}));
        QVERIFY(!steps[0].hasCheckpoint && steps[0].hasPicture);
        QVERIFY(steps[1].hasCheckpoint && !steps[1].hasPicture);
        QVERIFY(steps[2].hasCheckpoint && steps[2].hasPicture);
        QCOMPARE(steps[0].epoch.value(), 0.9);
        QVERIFY(!steps[0].accuracy);
        QCOMPARE(steps[1].accuracy.value(), 41.5);
        QVERIFY(!steps[2].accuracy); // was not a number
    }

    void comeWithAMergedRun()
    {
        TempDatabase here;
        TempDatabase there;
        Database other = there.open();
        const RunRecord run = makeRun(other);
        QVERIFY(RunRepository(other).setState(run.id, training::RunState::Finished, ""));
        const fs::path folder = artifactFolder(other.file(), run.uuid);
        QVERIFY(recordArtifacts(other, run.id, {made(folder, "features", 10)}));
        Database database = here.open();
        makeRun(database);
        QVERIFY(merge(database, other.file()));
        const RunRecord merged = RunRepository(database).find(run.uuid).value();
        QVERIFY(merged.id != run.id);
        const auto steps = pictureSteps(database, merged).value();
        QCOMPARE(stepsOf(steps), (std::vector<std::int64_t> {10}));
        const fs::path own = artifactFolder(database.file(), run.uuid);
        QCOMPARE(artifactFolders(artifactsOf(database, merged.id).value(), own),
                 (std::vector<fs::path> {own, folder}));
        const std::array ids {merged.id};
        QVERIFY(RunRepository(database).moveToTrash(ids));
        QCOMPARE(RunRepository(database).purgeTrash().value().size(), 1U);
        QVERIFY(artifactsOf(database, merged.id).value().empty());
        QCOMPARE(artifactsOf(other, run.id).value().size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestArtifacts)
#include "test_artifacts.moc"
