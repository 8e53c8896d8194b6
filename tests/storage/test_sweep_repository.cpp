// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrator.h"
#include "storage/run_repository.h"
#include "storage/sweep_repository.h"
#include "tests/support/temp_database.h"

#include <QTest>

#include <barrier>
#include <set>
#include <sqlite3.h>
#include <thread>

using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;
using mocoscope::training::RunState;

namespace {

NewSweep sweepOf(const std::string& name, int runs)
{
    NewSweep sweep {name, R"({"name": ")" + name + "\"}", {}};
    for (int i = 0; i < runs; ++i) {
        const std::string seed = std::to_string(i);
        sweep.runs.push_back({{.name = "lr=1, seed " + seed,
                               .preset = "demo",
                               .configJson = R"({"train": {"seed": )" + seed + "}}",
                               .parent = {}},
                              "lr=1"});
    }
    return sweep;
}

} // namespace

class TestSweepRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void createsAllRunsWaiting();
    void aNameThatIsTakenMakesNothing();
    void runsTellWhereTheyBelong();
    void claimsInOrderUntilNoneIsLeft();
    void whatWasBegunComesFirst();
    void finishedAndFailedRunsAreNotRepeated();
    void aClaimIsGivenBack();
    void waitingRunsOutliveTheirProcess();
    void aDeletedRunIsNotClaimed();
    void aSweepEndsWithItsLastRun();
    void twoConnectionsNeverGetTheSameRun();
    void bringsAnOlderHistoryUpToDate();

private:
    [[nodiscard]] SweepRepository sweeps() { return SweepRepository(*m_database); }
    void end(RunId run, RunState state)
    {
        QVERIFY(RunRepository(*m_database).setState(run, state, {}));
    }

    std::unique_ptr<TempDatabase> m_temp;
    std::unique_ptr<Database> m_database;
};

void TestSweepRepository::init()
{
    m_database.reset();
    m_temp = std::make_unique<TempDatabase>();
    m_database = std::make_unique<Database>(m_temp->open());
}

void TestSweepRepository::createsAllRunsWaiting()
{
    const auto sweep = sweeps().create(sweepOf("s", 3));
    QVERIFY(sweep);
    QCOMPARE(sweep->name, std::string("s"));
    QCOMPARE(sweep->planJson, std::string(R"({"name": "s"})"));
    QCOMPARE(sweep->total, 3);
    QCOMPARE(sweep->waiting, 3);
    QCOMPARE(sweep->active + sweep->finished + sweep->failed, 0);
    QCOMPARE(sweeps().list().value().size(), 1U);
    QCOMPARE(sweeps().find("s").value()->id, sweep->id);
    QVERIFY(!sweeps().find("t").value());
    QVERIFY(!sweeps().find(SweepId {99}));
}

void TestSweepRepository::aNameThatIsTakenMakesNothing()
{
    QVERIFY(sweeps().create(sweepOf("s", 1)));
    const auto again = sweeps().create(sweepOf("s", 2));
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::BadArgument);
    QCOMPARE(RunRepository(*m_database).list().value().size(), 1U);
}

void TestSweepRepository::runsTellWhereTheyBelong()
{
    const SweepId id = sweeps().create(sweepOf("s", 2)).value().id;
    const auto runs = sweeps().runs(id).value();
    QCOMPARE(runs.size(), 2U);
    const SweepPlace second {id, "s", 2, "lr=1"};
    QVERIFY(runs[1].sweep == second);
    QCOMPARE(runs[1].seed, 1);
    QCOMPARE(runs[1].name, std::string("lr=1, seed 1"));
    QCOMPARE(runs[1].state, RunState::Created);
    const auto lone = RunRepository(*m_database).create({"lone", "", "{}", {}}).value();
    QVERIFY(!lone.sweep);
}

void TestSweepRepository::claimsInOrderUntilNoneIsLeft()
{
    const SweepId id = sweeps().create(sweepOf("s", 2)).value().id;
    QVERIFY(sweeps().create(sweepOf("other", 2)));
    for (const std::int64_t place : {1, 2}) {
        const auto run = sweeps().claimNext(id).value();
        QVERIFY(run);
        QCOMPARE(run->sweep->place, place);
        QCOMPARE(run->state, RunState::Created);
    }
    QVERIFY(!sweeps().claimNext(id).value());
    QCOMPARE(sweeps().find(id).value().active, 2);
}

void TestSweepRepository::whatWasBegunComesFirst()
{
    const SweepId id = sweeps().create(sweepOf("s", 3)).value().id;
    const auto runs = sweeps().runs(id).value();
    end(runs[1].id, RunState::Interrupted);
    end(runs[2].id, RunState::Stopped);
    QCOMPARE(sweeps().find(id).value().waiting, 3);
    QCOMPARE(sweeps().claimNext(id).value()->id, runs[1].id);
    QCOMPARE(sweeps().claimNext(id).value()->id, runs[2].id);
    QCOMPARE(sweeps().claimNext(id).value()->id, runs[0].id);
}

void TestSweepRepository::finishedAndFailedRunsAreNotRepeated()
{
    const SweepId id = sweeps().create(sweepOf("s", 2)).value().id;
    const auto runs = sweeps().runs(id).value();
    end(runs[0].id, RunState::Finished);
    end(runs[1].id, RunState::Failed);
    QVERIFY(!sweeps().claimNext(id).value());
    const auto sweep = sweeps().find(id).value();
    QCOMPARE(sweep.finished, 1);
    QCOMPARE(sweep.failed, 1);
    QCOMPARE(sweep.waiting, 0);
}

void TestSweepRepository::aClaimIsGivenBack()
{
    const SweepId id = sweeps().create(sweepOf("s", 1)).value().id;
    const RunId run = sweeps().claimNext(id).value()->id;
    QVERIFY(sweeps().release(run));
    QCOMPARE(sweeps().claimNext(id).value()->id, run);
    end(run, RunState::Running);
    QVERIFY(sweeps().release(run)); // has no effect on a run that is on
    QVERIFY(!sweeps().claimNext(id).value());
    end(run, RunState::Stopped);
    QVERIFY(sweeps().claimNext(id).value());
    QVERIFY(sweeps().release(run));
    QCOMPARE(RunRepository(*m_database).find(run).value().state, RunState::Stopped);
}

void TestSweepRepository::waitingRunsOutliveTheirProcess()
{
    const SweepId id = sweeps().create(sweepOf("s", 2)).value().id;
    const RunId claimed = sweeps().claimNext(id).value()->id;
    QVERIFY(m_database->execute("UPDATE process SET start_ticks = start_ticks - 1"));
    RunRepository runs(*m_database);
    QCOMPARE(runs.recoverInterrupted().value(), 1); // the claimed one, whose process is gone
    QCOMPARE(runs.find(claimed).value().state, RunState::Interrupted);
    QCOMPARE(sweeps().claimNext(id).value()->id, claimed);
}

void TestSweepRepository::aDeletedRunIsNotClaimed()
{
    const SweepId id = sweeps().create(sweepOf("s", 2)).value().id;
    const RunId first = sweeps().runs(id).value()[0].id;
    RunRepository runs(*m_database);
    QVERIFY(runs.moveToTrash(std::vector {first}));
    QCOMPARE(sweeps().find(id).value().total, 1);
    QCOMPARE(sweeps().claimNext(id).value()->sweep->place, 2);
    QVERIFY(runs.restore(std::vector {first}));
    QCOMPARE(sweeps().claimNext(id).value()->id, first);
}

void TestSweepRepository::aSweepEndsWithItsLastRun()
{
    const SweepId id = sweeps().create(sweepOf("s", 1)).value().id;
    RunRepository runs(*m_database);
    QVERIFY(runs.moveToTrash(std::vector {sweeps().runs(id).value()[0].id}));
    QVERIFY(sweeps().find(id)); // can be restored still
    QVERIFY(runs.purgeTrash());
    QVERIFY(!sweeps().find(id));
    QVERIFY(sweeps().create(sweepOf("s", 1))); // the name is free again
}

void TestSweepRepository::twoConnectionsNeverGetTheSameRun()
{
    constexpr int runCount = 40;
    const SweepId id = sweeps().create(sweepOf("s", runCount)).value().id;
    std::vector<RunId> claimed[2];
    std::barrier start(2);
    const auto work = [&](int which) {
        Database database = m_temp->open();
        SweepRepository own(database);
        start.arrive_and_wait();
        while (const auto run = own.claimNext(id).value())
            claimed[which].push_back(run->id);
    };
    {
        std::jthread first(work, 0);
        std::jthread second(work, 1);
    }
    std::set<RunId> all(claimed[0].begin(), claimed[0].end());
    all.insert(claimed[1].begin(), claimed[1].end());
    QCOMPARE(claimed[0].size() + claimed[1].size(), std::size_t(runCount));
    QCOMPARE(all.size(), std::size_t(runCount));
}

void TestSweepRepository::bringsAnOlderHistoryUpToDate()
{
    const TempDatabase temp;
    sqlite3* old = nullptr;
    const std::string made = std::string(builtInMigrations().front().sql)
        + "; INSERT INTO run (uuid, name, created_at, updated_at, config_json)"
          " VALUES ('u', 'kept', 1, 1, '{}'); PRAGMA user_version = 1";
    QCOMPARE(sqlite3_open(temp.file().c_str(), &old), SQLITE_OK);
    QCOMPARE(sqlite3_exec(old, made.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(old), SQLITE_OK);

    Database database = temp.open();
    QCOMPARE(database.schemaVersion(), builtInMigrations().back().version);
    const auto runs = RunRepository(database).list().value();
    QCOMPARE(runs.front().name, std::string("kept"));
    QVERIFY(!runs.front().sweep);
    QVERIFY(SweepRepository(database).create(sweepOf("s", 1)));
    QVERIFY(std::filesystem::exists(temp.folder() / "runs.db.v1.bak"));
}

QTEST_GUILESS_MAIN(TestSweepRepository)
#include "test_sweep_repository.moc"
