// SPDX-License-Identifier: GPL-3.0-or-later
#include "old_history.h"
#include "recorder_fixture.h"
#include "storage/history_copy.h"
#include "storage/statement.h"
#include "storage/sweep_repository.h"

#include <QtTest>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

using namespace mocoscope;
using namespace mocoscope::storage;
using namespace mocoscope::testing;
namespace fs = std::filesystem;

namespace {

void playTo(RecorderFixture& fixture, RunId run, std::int64_t steps)
{
    const auto queue = fixture.recorder->record(run);
    queue->publish(training::StateChanged {training::RunState::Running, {}});
    queue->publish(lossAndAccuracy());
    for (std::int64_t step = 0; step < steps; ++step) {
        queue->publish(lossAt(step));
    }
    queue->publish(training::Incident {1, "spike", "patch_embed", "high"});
    queue->publish(training::CheckpointSaved {steps, "/elsewhere/step-1.ckpt", "sum", 7, {}});
    queue->publish(training::Finished {steps, false});
    queue->close();
    if (!fixture.recorder->flush()) {
        qFatal("cannot be written");
    }
}

std::set<std::string> filesIn(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

RunRecord named(Database& database, const std::string& name)
{
    return RunRepository(database).find(name).value();
}

} // namespace

class TestHistoryCopy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBackupHoldsAll()
    {
        RecorderFixture fixture;
        playTo(fixture, fixture.makeRun("one"), 20);
        const fs::path target = fixture.temp.folder() / "copy.db";
        std::ofstream(target) << "an older backup";
        QVERIFY(backUp(fixture.reader, target).has_value());
        Database copy = Database::open(target, Database::Access::ReadOnly).value();
        const RunRecord run = named(copy, "one");
        QCOMPARE(CurveQuery(copy).curve(run.id, "train/loss")->steps, stepsUpTo(20));
        QCOMPARE(run.state, training::RunState::Finished);
        QVERIFY(!filesIn(fixture.temp.folder()).contains("copy.db.part"));
    }

    /// Ten copies while another thread records: each opens, is whole, and holds no less than the
    /// one before; nothing that was recorded is missing afterwards.
    void recordingGoesOnMeanwhile()
    {
        RecorderFixture fixture(
            {.flushInterval = std::chrono::milliseconds(1), .flushSamples = 10});
        const RunId run = fixture.makeRun("busy");
        const auto queue = fixture.recorder->record(run);
        queue->publish(lossAndAccuracy());
        std::atomic<std::int64_t> published = 0;
        // No faster than can be recorded: what waits would grow and grow.
        std::jthread writer([&](const std::stop_token& stop) {
            for (std::int64_t step = 0; !stop.stop_requested(); ++step) {
                queue->publish(lossAt(step));
                published = step + 1;
                std::this_thread::sleep_for(std::chrono::microseconds(100));
            }
        });
        std::size_t before = 0;
        for (int i = 0; i < 10; ++i) {
            fixture.log.waitForCommits(run, fixture.log.commits(run));
            const fs::path target = fixture.temp.folder() / "copy.db";
            const auto done = backUp(fixture.reader, target);
            QVERIFY2(done.has_value(), done ? "" : toText(done.error()).c_str());
            Database copy = Database::open(target, Database::Access::ReadOnly).value();
            const auto steps = CurveQuery(copy).curve(run, "train/loss")->steps;
            QVERIFY(steps.size() >= before);
            QCOMPARE(steps, stepsUpTo(static_cast<std::int64_t>(steps.size())));
            before = steps.size();
        }
        QVERIFY(before > 0);
        writer.request_stop();
        writer.join();
        queue->close();
        QVERIFY(fixture.recorder->flush().has_value());
        QCOMPARE(fixture.curve(run, "train/loss").steps, stepsUpTo(published));
        QVERIFY(fixture.log.failures().empty());
    }

    /// A window may show the copy while the next one is made; what it has open must not be mixed
    /// with what is new, nor what was recorded there with what takes its place.
    void aBackupThatIsOpenIsBroughtUpToDate()
    {
        RecorderFixture fixture;
        const fs::path target = fixture.temp.folder() / "copy.db";
        playTo(fixture, fixture.makeRun("one"), 20);
        QVERIFY(backUp(fixture.reader, target).has_value());
        Database watching = Database::open(target, Database::Access::ReadWrite).value();
        QVERIFY(RunRepository(watching).setNotes(named(watching, "one").id, "of the copy"));
        playTo(fixture, fixture.makeRun("two"), 2000);
        QVERIFY(backUp(fixture.reader, target).has_value());
        QCOMPARE(CurveQuery(watching).curve(named(watching, "two").id, "train/loss")->steps,
                 stepsUpTo(2000));
        QVERIFY(RunRepository(watching).setNotes(named(watching, "two").id, "later"));
        Database copy = Database::open(target, Database::Access::ReadOnly).value();
        QCOMPARE(named(copy, "two").notes, std::string("later"));
        QCOMPARE(named(copy, "one").notes, std::string());
        Statement check(copy, "PRAGMA integrity_check");
        QVERIFY(check.step());
        QCOMPARE(check.text(0), std::string("ok"));
    }

    /// Two names in the wrong order must not cost somebody's runs.
    void aBackupDoesNotReplaceAnotherHistory()
    {
        RecorderFixture fixture;
        playTo(fixture, fixture.makeRun("one"), 3);
        RecorderFixture other;
        playTo(other, other.makeRun("of somebody"), 3);
        const auto refused = backUp(fixture.reader, other.temp.file());
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::BadArgument);
        QVERIFY(QString::fromStdString(refused.error().message).contains("another run history"));
        QCOMPARE(named(other.reader, "of somebody").lastStep, std::int64_t {2});
    }

    /// It may be somebody's history all the same: a damaged one can be saved in part.
    void aBackupDoesNotReplaceWhatCannotBeRead()
    {
        RecorderFixture fixture;
        playTo(fixture, fixture.makeRun("one"), 3);
        RecorderFixture other;
        playTo(other, other.makeRun("of somebody"), 3);
        const fs::path damaged = fixture.temp.folder() / "damaged.db";
        QVERIFY(backUp(other.reader, damaged).has_value());
        QFile file(QString::fromStdString(damaged.string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096)); // the first page says that it is a database
        QVERIFY(file.write(QByteArray(int(file.size()) - 4096, '\xff')) > 0);
        QVERIFY(file.seek(0));
        const QByteArray before = file.readAll();
        const auto refused = backUp(fixture.reader, damaged);
        QVERIFY(!refused.has_value());
        QVERIFY(QString::fromStdString(refused.error().message).contains("damaged.db"));
        QFile after(file.fileName());
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), before);
    }

    void whatCannotBeMergedIsNamed()
    {
        RecorderFixture fixture;
        const fs::path picture = fixture.temp.folder() / "picture.png";
        std::ofstream(picture) << std::string(5000, 'x');
        Database history = fixture.temp.open(Database::Access::ReadWrite);
        const auto merged = merge(history, picture);
        QVERIFY(!merged.has_value());
        QVERIFY2(QString::fromStdString(merged.error().message).contains("picture.png is not"),
                 merged.error().message.c_str());
    }

    void aBackupIsRefusedWhereItWouldHarm()
    {
        RecorderFixture fixture;
        QCOMPARE(backUp(fixture.reader, fixture.temp.file()).error().code, ErrorCode::BadArgument);
        QCOMPARE(backUp(fixture.reader, fixture.temp.folder()).error().code,
                 ErrorCode::BadArgument);
        QVERIFY(!backUp(fixture.reader, fixture.temp.folder() / "none" / "x.db").has_value());
    }

    void mergingAnOlderHistoryLeavesNothingBehind()
    {
        RecorderFixture here;
        const auto old = here.temp.folder() / "old.db";
        QVERIFY(writeVersion3(old));
        const auto before = filesIn(here.temp.folder());
        const auto merged
            = here.recorder
                  ->submit([&](Database& database) { return storage::merge(database, old); })
                  .get();
        QVERIFY2(merged.has_value(), merged ? "" : toText(merged.error()).c_str());
        QCOMPARE(filesIn(here.temp.folder()), before);
        QCOMPARE(here.curve(named(here.reader, "old").id, "a").values, std::vector<double> {7});
    }

    /// It is copied before it is brought up to date, so nobody loses what is still recorded there.
    void mergesAnOlderHistoryInWhichARunIsOn()
    {
        RecorderFixture here;
        playTo(here, here.makeRun("here"), 1);
        const auto old = here.temp.folder() / "old.db";
        QVERIFY(writeVersion3(old));
        const std::string busy = "ATTACH '" + old.string()
            + "' AS old; INSERT INTO old.process SELECT * FROM main.process;"
              "INSERT INTO old.run (uuid, name, created_at, updated_at, config_json, state,"
              " process_id) SELECT 'v', 'busy', 2, 2, '{}', 'running', id FROM old.process;"
              "DETACH old";
        const auto merged = here.recorder
                                ->submit([&](Database& database) {
                                    return database.execute(busy.c_str()).and_then([&] {
                                        return storage::merge(database, old);
                                    });
                                })
                                .get();
        QVERIFY2(merged.has_value(), merged ? "" : toText(merged.error()).c_str());
        QCOMPARE(merged->added, 1);
        QCOMPARE(merged->unfinished, std::vector<std::string> {"busy"});
        QVERIFY(!Database::open(old, Database::Access::ReadWrite)); // still refused
    }

    void mergingTakesInWhatIsNew()
    {
        RecorderFixture here;
        playTo(here, here.makeRun("here"), 5);
        RecorderFixture there;
        const RunId parent = there.makeRun("parent");
        playTo(there, parent, 8);
        const RunId child
            = there.recorder
                  ->submit([parent](Database& database) {
                      RunRepository runs(database);
                      const RunId id = runs.create({"child", "", "{}", parent}).value().id;
                      const bool isNoted = runs.setTags(id, {"a tag"}).has_value()
                          && runs.setNotes(id, "noted").has_value();
                      return isNoted ? id : RunId {};
                  })
                  .get();
        playTo(there, child, 3);
        const RunId waiting = there.makeRun("waiting");
        Q_UNUSED(waiting);
        const auto before = filesIn(here.temp.folder());
        const auto merge = [&] {
            return here.recorder
                ->submit(
                    [&](Database& database) { return storage::merge(database, there.temp.file()); })
                .get();
        };
        const auto merged = merge();
        QVERIFY2(merged.has_value(), merged ? "" : toText(merged.error()).c_str());
        QCOMPARE(merged->added, 2);
        QCOMPARE(merged->known, 0);
        QCOMPARE(merged->unfinished, std::vector<std::string> {"waiting"});
        QCOMPARE(filesIn(here.temp.folder()), before); // the copy is gone

        const RunRecord taken = named(here.reader, "child");
        QCOMPARE(taken.parent.value(), named(here.reader, "parent").id);
        QVERIFY(taken.parent.value() != parent); // 1 is taken here
        QCOMPARE(taken.tags, std::vector<std::string> {"a tag"});
        QCOMPARE(taken.notes, "noted");
        QCOMPARE(taken.uuid, there.read(child).uuid);
        QCOMPARE(here.curve(taken.id, "train/loss").values,
                 there.curve(child, "train/loss").values);
        QCOMPARE(CurveQuery(here.reader).stepTimes(taken.id)->seconds,
                 CurveQuery(there.reader).stepTimes(child)->seconds);
        RunRepository runs(here.reader);
        QCOMPARE(runs.events(taken.id)->size(), std::size_t(1));
        QCOMPARE(runs.checkpoints(taken.id)->front().path, "/elsewhere/step-1.ckpt");
        QCOMPARE(here.curve(named(here.reader, "here").id, "train/loss").steps, stepsUpTo(5));

        const auto again = merge();
        QCOMPARE(again->added, 0);
        QCOMPARE(again->known, 2);
        QCOMPARE(runs.list()->size(), std::size_t(3));
    }

    /// Metrics have other numbers there; sweeps of the same name are not mixed.
    void namesAreMapped()
    {
        TempDatabase one;
        TempDatabase two;
        Database here = one.open();
        Database there = two.open();
        QVERIFY(here.execute("INSERT INTO metric_name (name) VALUES ('x'), ('y')"));
        QVERIFY(there.execute("INSERT INTO metric_name (name) VALUES ('y'), ('z'), ('x')"));
        for (Database* database : {&here, &there}) {
            QVERIFY(database->execute(
                "INSERT INTO run (uuid, name, state, created_at, updated_at, config_json)"
                " VALUES (hex(randomblob(16)), 'run', 'finished', 1, 1, '{}')"));
        }
        QVERIFY(there.execute(
            "INSERT INTO metric_row VALUES (1, 1, 0, 10), (1, 2, 0, 20), (1, 3, 0, 30)"));
        QVERIFY(here.execute("INSERT INTO sweep VALUES (1, 'rates', 5, 'a')"));
        QVERIFY(there.execute("INSERT INTO sweep VALUES (7, 'rates', 6, 'b');"
                              "UPDATE run SET sweep_id = 7, sweep_place = 1, sweep_setting = 's'"));
        const auto merged = merge(here, two.file());
        QVERIFY2(merged.has_value(), merged ? "" : toText(merged.error()).c_str());
        const RunRecord run = RunRepository(here).find(RunId {2}).value();
        QCOMPARE(run.sweep->name, "rates (6)");
        QCOMPARE(run.sweep->setting, "s");
        CurveQuery query(here);
        QCOMPARE(query.curve(run.id, "x")->values, std::vector<double> {30});
        QCOMPARE(query.curve(run.id, "y")->values, std::vector<double> {10});
        QCOMPARE(query.curve(run.id, "z")->values, std::vector<double> {20});
    }

    void whatIsNoHistoryIsRefused()
    {
        TempDatabase one;
        Database here = one.open();
        const fs::path text = one.folder() / "text.db";
        std::ofstream(text) << "no database, but long enough to be looked at as one";
        QVERIFY(!merge(here, text).has_value());
        QCOMPARE(merge(here, one.folder() / "absent.db").error().code, ErrorCode::NotFound);
        QCOMPARE(merge(here, one.file()).error().code, ErrorCode::BadArgument);
        QVERIFY(RunRepository(here).list()->empty());
    }
};

QTEST_GUILESS_MAIN(TestHistoryCopy)
#include "test_history_copy.moc"
