// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_repository.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_database.h"

#include <QTest>

#include <array>

using namespace mocoscope;
using namespace mocoscope::storage;
using mocoscope::testing::ManualClock;
using mocoscope::testing::TempDatabase;
using training::RunState;

namespace {

/// A repository on a new file, with a clock that stands still.
struct Store
{
    TempDatabase temp;
    Database database = temp.open();
    ManualClock clock;
    RunRepository runs {database, clock.clock()};

    RunRecord make(const std::string& name)
    {
        return runs.create({name, "demo", "{}", {}}).value();
    }
};

std::vector<std::string> names(const std::vector<RunRecord>& runs)
{
    std::vector<std::string> result;
    for (const RunRecord& run : runs)
        result.push_back(run.name);
    return result;
}

using Names = std::vector<std::string>;

} // namespace

class TestRunRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createStoresEverything();
    void createFindsTheSeed_data();
    void createFindsTheSeed();
    void createNamesTheNameless();
    void createRefusesAnUnknownParent();
    void listIsNewestFirst();
    void findUnderstands_data();
    void findUnderstands();
    void findNamesSeveralMatches();
    void findDoesNotTakeWildcards();
    void editsAreStored();
    void badEditsAreRefused();
    void tagsAreTrimmedSortedAndReplaced();
    void stateKeepsTimes();
    void trashHidesAndRestores();
    void purgeDeletesAllRows();
    void liveRunsCannotBeTrashed();
    void aReadOnlyConnectionCannotWrite();
};

void TestRunRepository::createStoresEverything()
{
    Store store;
    const RunRecord parent = store.make("first");
    const RunRecord made
        = store.runs.create({" second ", "cifar", R"({"train":{"seed":7}})", parent.id}).value();
    const RunRecord read = store.runs.find(made.id).value();
    QCOMPARE(read.name, std::string("second"));
    QCOMPARE(read.preset, std::string("cifar"));
    QCOMPARE(read.configJson, std::string(R"({"train":{"seed":7}})"));
    QCOMPARE(read.parent.value(), parent.id);
    QCOMPARE(read.state, RunState::Created);
    QCOMPARE(read.createdAt, store.clock.now());
    QVERIFY(!read.startedAt && !read.finishedAt && !read.lastLoss && !read.trashedAt);
    QCOMPARE(read.uuid.size(), 36U);
    QVERIFY(read.uuid != parent.uuid);
}

void TestRunRepository::createFindsTheSeed_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<qint64>("seed");
    QTest::newRow("nested") << R"({"train":{"seed":7}})" << qint64 {7};
    QTest::newRow("flat") << R"({"train.seed":8})" << qint64 {8};
    QTest::newRow("none") << "{}" << qint64 {0};
    QTest::newRow("no JSON") << "{" << qint64 {0};
    QTest::newRow("empty") << "" << qint64 {0};
}

void TestRunRepository::createFindsTheSeed()
{
    QFETCH(QString, config);
    QFETCH(qint64, seed);
    Store store;
    QCOMPARE(store.runs.create({"a", "", config.toStdString(), {}}).value().seed, seed);
}

void TestRunRepository::createNamesTheNameless()
{
    Store store;
    QCOMPARE(store.make(" ").name, std::string("demo 1"));
    QCOMPARE(store.runs.create({"", "", "{}", {}}).value().name, std::string("run 2"));
}

void TestRunRepository::createRefusesAnUnknownParent()
{
    Store store;
    QVERIFY(!store.runs.create({"orphan", "", "{}", RunId {99}}));
    QVERIFY(store.runs.list().value().empty());
}

void TestRunRepository::listIsNewestFirst()
{
    Store store;
    QVERIFY(store.runs.list().value().empty());
    store.make("a");
    store.clock.advance(1000);
    store.make("b");
    store.make("c"); // in the same millisecond
    QCOMPARE(names(store.runs.list().value()), (Names {"c", "b", "a"}));
}

void TestRunRepository::findUnderstands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("id") << "2"
                        << "beta";
    QTest::newRow("name") << "alpha"
                          << "alpha";
    QTest::newRow("a name of digits that is no id") << "2024"
                                                    << "2024";
    QTest::newRow("whole uuid") << "UUID"
                                << "beta";
    QTest::newRow("prefix of the uuid") << "UUID6"
                                        << "beta";
    QTest::newRow("five letters of the uuid") << "UUID5"
                                              << "";
    QTest::newRow("part of a name") << "alph"
                                    << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("too large a number") << "99999999999999999999"
                                        << "";
}

void TestRunRepository::findUnderstands()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    Store store;
    store.make("alpha");
    const std::string uuid = store.make("beta").uuid;
    store.make("2024");
    if (text.startsWith("UUID"))
        text = QString::fromStdString(text.size() == 4 ? uuid
                                                       : uuid.substr(0, text.mid(4).toUInt()));
    const auto found = store.runs.find(text.toStdString());
    QCOMPARE(QString::fromStdString(found ? found->name : ""), name);
    if (!found)
        QCOMPARE(found.error().code, ErrorCode::NotFound);
}

void TestRunRepository::findNamesSeveralMatches()
{
    Store store;
    store.make("twin");
    const RunRecord second = store.make("twin");
    const auto found = store.runs.find("twin");
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::BadArgument);
    QVERIFY(found.error().message.find("2 runs") != std::string::npos);
    QVERIFY(found.error().detail.find(second.uuid) != std::string::npos);
}

void TestRunRepository::findDoesNotTakeWildcards()
{
    Store store;
    store.make("a");
    QVERIFY(!store.runs.find("%%%%%%%"));
    QVERIFY(!store.runs.find("______"));
}

void TestRunRepository::editsAreStored()
{
    Store store;
    const RunId id = store.make("a").id;
    QVERIFY(store.runs.rename(id, "näher"));
    QVERIFY(store.runs.setNotes(id, "line\n'quoted'; DROP TABLE run"));
    QVERIFY(store.runs.setColour(id, "#1f77B4"));
    const RunRecord run = store.runs.find(id).value();
    QCOMPARE(run.name, std::string("näher"));
    QCOMPARE(run.notes, std::string("line\n'quoted'; DROP TABLE run"));
    QCOMPARE(run.colour, std::string("#1f77B4"));
    QVERIFY(store.runs.setColour(id, ""));
    QCOMPARE(store.runs.find(id).value().colour, std::string());
}

void TestRunRepository::badEditsAreRefused()
{
    Store store;
    const RunId id = store.make("a").id;
    QCOMPARE(store.runs.rename(id, " \n").error().code, ErrorCode::BadArgument);
    QCOMPARE(store.runs.setColour(id, "blue").error().code, ErrorCode::BadArgument);
    QCOMPARE(store.runs.setColour(id, "#12345g").error().code, ErrorCode::BadArgument);
    for (const auto& done :
         {store.runs.rename({9}, "b"), store.runs.setNotes({9}, "b"),
          store.runs.setTags({9}, {"b"}), store.runs.setState({9}, RunState::Running, "")})
        QCOMPARE(done.error().code, ErrorCode::NotFound);
    QCOMPARE(store.runs.find(id).value().name, std::string("a"));
}

void TestRunRepository::tagsAreTrimmedSortedAndReplaced()
{
    Store store;
    const RunId id = store.make("a").id;
    store.make("b");
    QVERIFY(store.runs.setTags(id, {" vit ", "baseline", "", "vit", "a,b"}));
    QCOMPARE(store.runs.find(id).value().tags, (Names {"a,b", "baseline", "vit"}));
    QVERIFY(store.runs.setTags(id, {"new"}));
    const auto runs = store.runs.list().value();
    QCOMPARE(runs[1].tags, (Names {"new"}));
    QVERIFY(runs[0].tags.empty());
}

void TestRunRepository::stateKeepsTimes()
{
    Store store;
    const RunId id = store.make("a").id;
    const UtcMilliseconds start = store.clock.now();
    QVERIFY(store.runs.setState(id, RunState::Running, ""));
    store.clock.advance(5000);
    QVERIFY(store.runs.setState(id, RunState::Paused, "by the user"));
    QVERIFY(store.runs.setState(id, RunState::Running, ""));
    store.clock.advance(5000);
    QVERIFY(store.runs.setState(id, RunState::Stopped, "enough"));
    RunRecord run = store.runs.find(id).value();
    QCOMPARE(run.startedAt.value(), start);
    QCOMPARE(run.finishedAt.value(), start + 10000);
    QCOMPARE(run.stateReason, std::string("enough"));
    store.clock.advance(5000);
    QVERIFY(store.runs.setState(id, RunState::Running, "resumed"));
    run = store.runs.find(id).value();
    QCOMPARE(run.startedAt.value(), start);
    QVERIFY(!run.finishedAt);
}

void TestRunRepository::trashHidesAndRestores()
{
    Store store;
    const RunId first = store.make("a").id;
    const RunId second = store.make("b").id;
    const std::array both {first, second};
    QVERIFY(store.runs.moveToTrash(both));
    QVERIFY(store.runs.list().value().empty());
    QCOMPARE(names(store.runs.trash().value()), (Names {"b", "a"}));
    QVERIFY(!store.runs.find("a"));
    QVERIFY(store.runs.find(first).value().trashedAt.has_value());
    QVERIFY(store.runs.restore(std::span(both).first(1)));
    QCOMPARE(names(store.runs.list().value()), (Names {"a"}));
}

void TestRunRepository::purgeDeletesAllRows()
{
    Store store;
    const RunId gone = store.make("gone").id;
    const RunId child = store.runs.create({"child", "", "{}", gone}).value().id;
    QVERIFY(store.runs.setTags(gone, {"t"}));
    QVERIFY(store.database.execute(
        "INSERT INTO metric_name (id, name) VALUES (1, 'train/loss');"
        "INSERT INTO metric_row VALUES (1, 1, 0, 1.5), (2, 1, 0, 2.5);"
        "INSERT INTO step_time VALUES (1, 0, 0, 0);"
        "INSERT INTO event (run_id, step, at, kind) VALUES (1, 0, 0, 'non_finite');"
        "INSERT INTO checkpoint VALUES (1, 'b.ckpt', 2, '', 0, 0), (1, 'a.ckpt', 1, '', 0, 0);"
        "INSERT INTO artifact VALUES (1, 'c.safetensors', 'features', 1, '', 0, 0)"));
    const std::array ids {gone};
    QVERIFY(store.runs.moveToTrash(ids));
    QCOMPARE(store.runs.purgeTrash().value(), (Names {"a.ckpt", "b.ckpt", "c.safetensors"}));
    QCOMPARE(names(store.runs.list().value()), (Names {"child"}));
    QVERIFY(!store.runs.find(child).value().parent);
    QVERIFY(store.runs.trash().value().empty());
    QVERIFY(store.runs.checkpoints(gone).value().empty());
    QVERIFY(store.runs.events(gone).value().empty());
    // Fails on the second row if anything of run 1 is left.
    QVERIFY(
        store.database.execute("CREATE TABLE left_over (none INTEGER CHECK (none = 0));"
                               "INSERT INTO left_over SELECT count(*) FROM metric WHERE run_id = 1;"
                               "INSERT INTO left_over SELECT count(*) FROM step_time;"
                               "INSERT INTO left_over SELECT count(*) FROM artifact;"
                               "INSERT INTO left_over SELECT count(*) FROM tag"));
    QVERIFY(store.make("next").id.value > child.value);
}

void TestRunRepository::liveRunsCannotBeTrashed()
{
    Store store;
    const RunId idle = store.make("idle").id;
    const RunId on = store.make("on").id;
    QVERIFY(store.runs.setState(on, RunState::Running, ""));
    const std::array both {idle, on};
    const auto refused = store.runs.moveToTrash(both);
    QCOMPARE(refused.error().code, ErrorCode::BadArgument);
    QVERIFY(refused.error().message.find("on") != std::string::npos);
    QCOMPARE(store.runs.list().value().size(), 2U);
    QVERIFY(store.runs.setState(on, RunState::Finished, ""));
    QVERIFY(store.runs.moveToTrash(both));
    QVERIFY(store.runs.setState(on, RunState::Running, "resumed all the same"));
    QVERIFY(store.runs.purgeTrash());
    QVERIFY(store.runs.find(on));
    QVERIFY(!store.runs.find(idle));
}

void TestRunRepository::aReadOnlyConnectionCannotWrite()
{
    Store store;
    const RunId id = store.make("a").id;
    Database reader = store.temp.open(Database::Access::ReadOnly);
    RunRepository runs(reader);
    QCOMPARE(runs.list().value().size(), 1U);
    const auto refused = runs.rename(id, "b");
    QCOMPARE(refused.error().code, ErrorCode::Unwritable);
    QVERIFY(refused.error().message.find(store.temp.file().string()) != std::string::npos);
}

QTEST_GUILESS_MAIN(TestRunRepository)
#include "test_run_repository.moc"
