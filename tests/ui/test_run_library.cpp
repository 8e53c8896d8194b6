// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/metric_recorder.h"
#include "tests/ui/test_history.h"

using namespace mocoscope;
using storage::RunId;
using ui::RunCurves;
using ui::RunLibrary;

class TestRunLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_history = std::make_unique<testing::TestHistory>(); }
    void cleanup() { m_history.reset(); }

    void showsRunsOfThisProcess();
    void showsRunsOfAnotherProcess();
    void aRunWhoseProcessIsKilledIsInterrupted();
    void readsCurves();
    void onlyTheNewestRequestIsAnswered();
    void aReceiverThatIsGoneIsNotAnswered();
    void editsAreShownAtOnceAndStored();
    void trashIsUndone();
    void trashIsEmptiedAtTheEnd();
    void aRefusedChangeIsToldAndTakenBack();
    void aFileOfANewerVersionIsReadOnly();
    void anUnreadableFileIsNamed();

private:
    RunLibrary& library() { return m_history->library(); }
    std::unique_ptr<testing::TestHistory> m_history;
};

void TestRunLibrary::showsRunsOfThisProcess()
{
    const auto run = m_history->makeRun("mine");
    QTRY_VERIFY(library().find(run.id));
    QCOMPARE(library().find(run.id)->name, std::string("mine"));
}

void TestRunLibrary::showsRunsOfAnotherProcess()
{
    QSignalSpy changed(&library(), &RunLibrary::runsChanged);
    QVERIFY(changed.wait());
    auto other = storage::Database::open(m_history->file(), storage::Database::Access::ReadWrite);
    QVERIFY(other.has_value());
    const auto made = storage::RunRepository(*other).create({"theirs", "", "{}", {}});
    QVERIFY(made.has_value());
    QTRY_VERIFY(library().find(made->id)); // found by the look of each second
}

/// While the window is open, not at the next start alone: until then it could be neither resumed
/// nor deleted.
void TestRunLibrary::aRunWhoseProcessIsKilledIsInterrupted()
{
    auto other = storage::Database::open(m_history->file(), storage::Database::Access::ReadWrite);
    QVERIFY(other.has_value());
    storage::RunRepository runs(*other);
    const RunId id = runs.create({"theirs", "", "{}", {}}).value().id;
    QVERIFY(runs.setState(id, training::RunState::Running, ""));
    const auto isShownRunning = [&] {
        const storage::RunRecord* run = library().find(id);
        return run && run->state == training::RunState::Running;
    };
    QTRY_VERIFY(isShownRunning());
    // As if that process had been another one, of which nothing is left.
    QVERIFY(other->execute("UPDATE process SET start_ticks = start_ticks - 1"));
    QTRY_COMPARE(library().find(id)->state, training::RunState::Interrupted);
}

void TestRunLibrary::readsCurves()
{
    const auto run = m_history->playRun("curves", {});
    std::optional<training::Result<std::vector<RunCurves>>> answer;
    QObject receiver;
    library().readCurves(&receiver, {run.id}, {"train/loss", "eval/knn_top1", "no/such"},
                         [&answer](auto result) { answer = std::move(result); });
    QTRY_VERIFY(answer.has_value());
    QVERIFY(answer->has_value());
    const RunCurves& curves = answer->value().front();
    QCOMPARE(curves.curves.size(), std::size_t(3));
    QCOMPARE(curves.curves[0].steps.size(), std::size_t(40));
    QCOMPARE(curves.curves[1].steps.back(), 40);
    QVERIFY(curves.curves[2].steps.empty());
    QVERIFY(!curves.summaries.empty());
    QVERIFY(!curves.times.steps.empty());
}

void TestRunLibrary::onlyTheNewestRequestIsAnswered()
{
    const auto first = m_history->playRun("first", {});
    const auto second = m_history->playRun("second", {});
    QObject receiver;
    std::vector<RunId> answered;
    const auto note = [&answered](auto result) { answered.push_back(result->front().run.id); };
    for (int i = 0; i < 20; ++i) {
        library().readCurves(&receiver, {first.id}, {"train/loss"}, note);
    }
    library().readCurves(&receiver, {second.id}, {"train/loss"}, note);
    QTRY_VERIFY(!answered.empty());
    QCOMPARE(answered, std::vector<RunId> {second.id});
}

void TestRunLibrary::aReceiverThatIsGoneIsNotAnswered()
{
    const auto run = m_history->playRun("run", {});
    bool isAnswered = false;
    {
        QObject receiver;
        library().readCurves(&receiver, {run.id}, {}, [&isAnswered](auto) { isAnswered = true; });
    }
    bool isOver = false;
    QObject other;
    library().readEvents(&other, run.id, [&isOver](auto) { isOver = true; });
    QTRY_VERIFY(isOver);
    QVERIFY(!isAnswered);
}

void TestRunLibrary::editsAreShownAtOnceAndStored()
{
    const auto run = m_history->makeRun("old name");
    QTRY_VERIFY(library().find(run.id));
    library().rename(run.id, "  new name ");
    library().setNotes(run.id, "a note");
    library().setColour(run.id, "#123456");
    library().setTags(run.id, {"one", " ", "two"});
    QCOMPARE(library().find(run.id)->name, std::string("new name"));
    QVERIFY(library().recorder().flush());
    const auto stored = m_history->stored(run.id);
    QCOMPARE(stored.name, std::string("new name"));
    QCOMPARE(stored.notes, std::string("a note"));
    QCOMPARE(stored.colour, std::string("#123456"));
    QCOMPARE(stored.tags, (std::vector<std::string> {"one", "two"}));
}

void TestRunLibrary::trashIsUndone()
{
    const auto run = m_history->playRun("trashed", {});
    QTRY_VERIFY(library().find(run.id));
    library().moveToTrash({run.id});
    QVERIFY(!library().find(run.id));
    library().restore({run.id});
    QTRY_VERIFY(library().find(run.id));
}

void TestRunLibrary::trashIsEmptiedAtTheEnd()
{
    const auto run = m_history->playRun("deleted", {});
    const auto kept = m_history->playRun("kept", {});
    const auto folder = library().runFolder(run.uuid);
    QVERIFY(std::filesystem::exists(folder));
    library().moveToTrash({run.id});
    m_history->close();
    QVERIFY(!std::filesystem::exists(folder));
    m_history->open();
    QTRY_VERIFY(library().find(kept.id));
    QVERIFY(!library().find(run.id));
}

void TestRunLibrary::aRefusedChangeIsToldAndTakenBack()
{
    const auto run = m_history->makeRun("name");
    QTRY_VERIFY(library().find(run.id));
    QSignalSpy failed(&library(), &RunLibrary::failed);
    library().setColour(run.id, "blue");
    QVERIFY(failed.wait());
    QTRY_COMPARE(library().find(run.id)->colour, std::string());
}

void TestRunLibrary::aFileOfANewerVersionIsReadOnly()
{
    const auto run = m_history->playRun("from the future", {});
    m_history->close();
    {
        auto database
            = storage::Database::open(m_history->file(), storage::Database::Access::ReadWrite);
        QVERIFY(database->execute("PRAGMA user_version = 9999"));
    }
    m_history->open();
    QVERIFY(library().readOnlyReason().has_value());
    QCOMPARE(library().readOnlyReason()->code, training::ErrorCode::Newer);
    QTRY_VERIFY(library().find(run.id));
    QSignalSpy failed(&library(), &RunLibrary::failed);
    library().rename(run.id, "other");
    QCOMPARE(failed.size(), 1);
    QCOMPARE(library().find(run.id)->name, std::string("from the future"));
    ui::Session session(library(), testing::fakeTrainers({}));
    QVERIFY(!session.start({}, "new", {}));
}

void TestRunLibrary::anUnreadableFileIsNamed()
{
    QTemporaryDir folder;
    const QString path = folder.path() + "/not a database.db";
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto opened = RunLibrary::open(path.toStdString());
    QVERIFY(!opened.has_value());
    QVERIFY(opened.error().message.find("not a database.db") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestRunLibrary)
#include "test_run_library.moc"
