// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"
#include "storage/run_repository.h"
#include "tests/storage/pragma.h"
#include "tests/support/temp_database.h"

#include <QTest>

#include <fstream>
#include <functional>
#include <future>
#include <sqlite3.h>
#include <unistd.h>

using namespace mocoscope::storage;
using mocoscope::testing::pragma;
using mocoscope::testing::TempDatabase;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using Access = Database::Access;
using Prepare = std::function<fs::path(const TempDatabase&)>;

/// File modes do not bind root: be nobody for a while.
class Unprivileged
{
public:
    Unprivileged()
    {
        if (::geteuid() == 0)
            m_isNobody = ::seteuid(65534) == 0;
    }
    ~Unprivileged()
    {
        if (m_isNobody && ::seteuid(0) != 0)
            std::abort();
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;

private:
    bool m_isNobody = false;
};

void write(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::binary) << text;
}

std::string contentOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Without any check of ours.
void executeRaw(const fs::path& file, const char* sql)
{
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    QCOMPARE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

void makeHistory(const TempDatabase& temp)
{
    Database database = temp.open();
    QVERIFY(RunRepository(database).create({"kept", "", "{}", {}}));
}

} // namespace

Q_DECLARE_METATYPE(Access)
Q_DECLARE_METATYPE(ErrorCode)
Q_DECLARE_METATYPE(Prepare)

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesFoldersAndFile();
    void setsItsPragmas();
    void badFiles_data();
    void badFiles();
    void badFilesStayAsTheyAre();
    void aNewerFileCanBeRead();
    void readOnlyFile();
    void readOnlyFolder();
    void aNameWithOddLetters();
    void aLockedFileNamesTheLock();
    void aReaderSeesALiveWriter();
    void anotherUserSeesALiveWriter();
    void twoProgramsMayMakeTheFileAtOnce();
    void interruptCancels();
    void movesLeaveNothingBehind();
    void defaultPathFollowsXdg();
};

void TestDatabase::makesFoldersAndFile()
{
    const TempDatabase temp;
    const fs::path file = temp.folder() / "a" / "b" / "c.db";
    QVERIFY(Database::open(file, Access::ReadWrite));
    QVERIFY(fs::is_regular_file(file));
    QVERIFY(Database::open(file, Access::ReadOnly));
}

void TestDatabase::setsItsPragmas()
{
    const TempDatabase temp;
    const Database writer = temp.open();
    QCOMPARE(pragma(writer, "PRAGMA journal_mode"), std::string("wal"));
    QCOMPARE(pragma(writer, "PRAGMA synchronous"), std::string("1"));
    QCOMPARE(pragma(writer, "PRAGMA foreign_keys"), std::string("1"));
    QCOMPARE(pragma(writer, "PRAGMA busy_timeout"), std::string("5000"));
    QCOMPARE(pragma(writer, "PRAGMA application_id"), std::to_string(0x4d6f636f));
    QCOMPARE(pragma(writer, "PRAGMA user_version"), std::to_string(writer.schemaVersion()));
    QVERIFY(writer.schemaVersion() >= 1);
    const Database reader = temp.open(Access::ReadOnly);
    QCOMPARE(pragma(reader, "PRAGMA query_only"), std::string("1"));
    QCOMPARE(reader.schemaVersion(), writer.schemaVersion());
}

void TestDatabase::badFiles_data()
{
    QTest::addColumn<Access>("access");
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, Access access, ErrorCode code, const char* word,
                        const Prepare& prepare) {
        QTest::newRow(name) << access << prepare << code << QString(word);
    };
    const Prepare none = [](const TempDatabase& temp) { return temp.folder() / "none.db"; };
    row("missing file", Access::ReadOnly, ErrorCode::NotFound, "does not exist", none);
    const Prepare missingFolder
        = [](const TempDatabase& temp) { return temp.folder() / "no" / "none.db"; };
    row("missing folder", Access::ReadOnly, ErrorCode::NotFound, "does not exist", missingFolder);
    const Prepare folder = [](const TempDatabase& temp) { return temp.folder(); };
    row("folder, reading", Access::ReadOnly, ErrorCode::BadArgument, "is a folder", folder);
    row("folder, writing", Access::ReadWrite, ErrorCode::BadArgument, "is a folder", folder);
    const Prepare belowFile = [](const TempDatabase& temp) {
        write(temp.folder() / "file", "x");
        return temp.folder() / "file" / "runs.db";
    };
    row("below a file", Access::ReadWrite, ErrorCode::Unwritable, "folder cannot be made",
        belowFile);
    const Prepare text = [](const TempDatabase& temp) {
        write(temp.file(), std::string(5000, 'x'));
        return temp.file();
    };
    row("text, reading", Access::ReadOnly, ErrorCode::Unreadable, "not a database", text);
    row("text, writing", Access::ReadWrite, ErrorCode::Unreadable, "not a database", text);
    const Prepare foreign = [](const TempDatabase& temp) {
        executeRaw(temp.file(), "CREATE TABLE cookies (a)");
        return temp.file();
    };
    row("other program, reading", Access::ReadOnly, ErrorCode::Unreadable, "another program",
        foreign);
    row("other program, writing", Access::ReadWrite, ErrorCode::Unreadable, "another program",
        foreign);
    const Prepare empty = [](const TempDatabase& temp) {
        write(temp.file(), "");
        return temp.file();
    };
    row("empty", Access::ReadOnly, ErrorCode::NotFound, "is empty", empty);
    const Prepare newer = [](const TempDatabase& temp) {
        makeHistory(temp);
        executeRaw(temp.file(), "PRAGMA user_version = 999");
        return temp.file();
    };
    row("newer", Access::ReadWrite, ErrorCode::Newer, "newer version", newer);
    const Prepare truncated = [](const TempDatabase& temp) {
        makeHistory(temp);
        fs::resize_file(temp.file(), 4096 + 100);
        return temp.file();
    };
    row("truncated", Access::ReadWrite, ErrorCode::Unreadable, "damaged", truncated);
    row("no name", Access::ReadWrite, ErrorCode::BadArgument, "is empty",
        [](const TempDatabase&) { return fs::path(); });
}

void TestDatabase::badFiles()
{
    QFETCH(Access, access);
    QFETCH(Prepare, prepare);
    QFETCH(ErrorCode, code);
    QFETCH(QString, word);
    const TempDatabase temp;
    const fs::path file = prepare(temp);
    const auto opened = Database::open(file, access, 10ms);
    QVERIFY(!opened);
    const QString text = QString::fromStdString(toText(opened.error()));
    QVERIFY2(text.contains(word), qPrintable(text));
    QVERIFY2(text.contains(QString::fromStdString(file.string())), qPrintable(text));
    QVERIFY2(!opened.error().detail.empty(), "no way out is named");
    QCOMPARE(opened.error().code, code);
}

void TestDatabase::badFilesStayAsTheyAre()
{
    const TempDatabase temp;
    executeRaw(temp.file(), "CREATE TABLE cookies (a); PRAGMA user_version = 3");
    const std::string before = contentOf(temp.file());
    QVERIFY(!Database::open(temp.file(), Access::ReadWrite));
    QCOMPARE(contentOf(temp.file()), before);
}

void TestDatabase::aNewerFileCanBeRead()
{
    const TempDatabase temp;
    makeHistory(temp);
    executeRaw(temp.file(), "PRAGMA user_version = 999; ALTER TABLE run ADD COLUMN mood TEXT");
    Database reader = temp.open(Access::ReadOnly);
    QCOMPARE(reader.schemaVersion(), 999);
    QCOMPARE(RunRepository(reader).list().value().size(), 1U);
}

void TestDatabase::readOnlyFile()
{
    const TempDatabase temp;
    makeHistory(temp);
    fs::permissions(temp.folder(), fs::perms(0755));
    fs::permissions(temp.file(), fs::perms(0444));
    const Unprivileged nobody;
    const auto opened = Database::open(temp.file(), Access::ReadWrite, 10ms);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unwritable);
    QVERIFY(opened.error().message.find("read-only") != std::string::npos);
}

/// An archive: no place for the shared memory of WAL.
void TestDatabase::readOnlyFolder()
{
    const TempDatabase temp;
    makeHistory(temp);
    fs::permissions(temp.file(), fs::perms(0444));
    fs::permissions(temp.folder(), fs::perms(0555));
    {
        const Unprivileged nobody;
        Database reader = temp.open(Access::ReadOnly);
        QCOMPARE(RunRepository(reader).list().value().size(), 1U);
        const auto opened = Database::open(temp.folder() / "new.db", Access::ReadWrite, 10ms);
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("new.db") != std::string::npos);
    }
    fs::permissions(temp.folder(), fs::perms(0755));
}

void TestDatabase::aNameWithOddLetters()
{
    const TempDatabase temp;
    const fs::path file = temp.folder() / "größe #1?mode=ro%20.db";
    {
        auto writer = Database::open(file, Access::ReadWrite);
        QVERIFY(writer);
        QVERIFY(RunRepository(*writer).create({"kept", "", "{}", {}}));
    }
    QVERIFY(fs::exists(file));
    fs::permissions(file, fs::perms(0444));
    fs::permissions(temp.folder(), fs::perms(0555));
    {
        const Unprivileged nobody;
        QVERIFY(Database::open(file, Access::ReadOnly));
    }
    fs::permissions(temp.folder(), fs::perms(0755));
}

void TestDatabase::aLockedFileNamesTheLock()
{
    const TempDatabase temp;
    makeHistory(temp);
    Database other = temp.open();
    QVERIFY(other.execute("PRAGMA busy_timeout = 1"));
    {
        Database holder = temp.open();
        QVERIFY(holder.execute("BEGIN IMMEDIATE"));
        const auto refused = other.execute("BEGIN IMMEDIATE");
        QCOMPARE(refused.error().code, ErrorCode::Unwritable);
        QVERIFY(refused.error().message.find("locked") != std::string::npos);
        QVERIFY2(Database::open(temp.file(), Access::ReadWrite, 10ms), "opening writes nothing");
    }
    {
        const Database closed = std::move(other);
    }
    executeRaw(temp.file(), "PRAGMA journal_mode = DELETE");
    Database holder = temp.open();
    QVERIFY(holder.execute(
        "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE run SET name = 'b'"));
    for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
        const auto refused = Database::open(temp.file(), access, 10ms);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("locked") != std::string::npos);
    }
}

void TestDatabase::aReaderSeesALiveWriter()
{
    const TempDatabase temp;
    Database writer = temp.open();
    Database reader = temp.open(Access::ReadOnly);
    RunRepository written(writer);
    RunRepository read(reader);
    QVERIFY(read.list().value().empty());
    QVERIFY(written.create({"a", "", "{}", {}}));
    QCOMPARE(read.list().value().size(), 1U);
    QVERIFY(writer.execute("BEGIN IMMEDIATE; UPDATE run SET name = 'b'"));
    QCOMPARE(read.list().value().front().name, std::string("a"));
    QVERIFY(writer.execute("COMMIT"));
    QCOMPARE(read.list().value().front().name, std::string("b"));
}

/// Somebody else's history on a shared disk: readable, but neither file nor folder can be written.
void TestDatabase::anotherUserSeesALiveWriter()
{
    const TempDatabase temp;
    fs::permissions(temp.folder(), fs::perms(0755));
    Database writer = temp.open();
    RunRepository written(writer);
    QVERIFY(written.create({"a", "", "{}", {}}));
    auto reader = [&] {
        const Unprivileged nobody;
        return temp.open(Access::ReadOnly);
    }();
    QCOMPARE(RunRepository(reader).list().value().size(), 1U);
    QVERIFY(written.create({"b", "", "{}", {}}));
    QCOMPARE(RunRepository(reader).list().value().size(), 2U);
}

void TestDatabase::twoProgramsMayMakeTheFileAtOnce()
{
    for (int round = 0; round < 10; ++round) {
        const TempDatabase temp;
        const auto open = [&] { return Database::open(temp.file(), Access::ReadWrite); };
        auto first = std::async(std::launch::async, open);
        auto second = std::async(std::launch::async, open);
        const auto one = first.get();
        const auto two = second.get();
        QVERIFY2(one, one ? "" : toText(one.error()).c_str());
        QVERIFY2(two, two ? "" : toText(two.error()).c_str());
    }
}

void TestDatabase::interruptCancels()
{
    const TempDatabase temp;
    Database database = temp.open();
    auto endless = std::async(std::launch::async, [&] {
        return database.execute("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                                "SELECT count(*) FROM n");
    });
    while (endless.wait_for(1ms) != std::future_status::ready)
        database.interrupt();
    QCOMPARE(endless.get().error().code, ErrorCode::Cancelled);
    QVERIFY(database.execute("SELECT 1"));
}

void TestDatabase::movesLeaveNothingBehind()
{
    const TempDatabase temp;
    Database first = temp.open();
    Database second = std::move(first);
    QVERIFY(second.execute("SELECT count(*) FROM run"));
    const TempDatabase otherTemp;
    Database third = otherTemp.open();
    third = std::move(second);
    QCOMPARE(third.file(), temp.file());
    QVERIFY(third.execute("SELECT count(*) FROM run"));
}

void TestDatabase::defaultPathFollowsXdg()
{
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(defaultDatabasePath(), fs::path("/data/mocoscope/runs.db"));
    qputenv("XDG_DATA_HOME", "relative");
    qputenv("HOME", "/home/user");
    QCOMPARE(defaultDatabasePath(), fs::path("/home/user/.local/share/mocoscope/runs.db"));
    qunsetenv("XDG_DATA_HOME");
    QCOMPARE(defaultDatabasePath(), fs::path("/home/user/.local/share/mocoscope/runs.db"));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "test_database.moc"
