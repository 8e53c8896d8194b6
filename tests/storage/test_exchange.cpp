// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorder_fixture.h"
#include "storage/exchange/crc32c.h"
#include "storage/exchange/json_lines.h"
#include "storage/exchange/run_csv.h"
#include "storage/exchange/tensorboard.h"
#include "storage/exchange/tensorboard_events.h"
#include "storage/run_filter.h"
#include "training/api/config_json.h"

#include <QtTest>

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

using namespace mocoscope;
using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;
namespace fs = std::filesystem;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// Three curves that do not share their steps; one value is not finite, one has no time.
WholeRun sample()
{
    WholeRun whole;
    whole.run.id = {3};
    whole.run.uuid = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
    whole.run.name = "a run, \"quoted\"";
    whole.run.startedAt = 1764000000250;
    whole.run.notes = "spiked";
    training::TrainingConfig config;
    config.optimizer.lr = 0.25;
    whole.run.configJson = training::toJson(config);
    whole.metrics.resize(3);
    whole.metrics[0].name = "train/loss";
    whole.metrics[1].name = "odd, \"name\"";
    whole.metrics[2].name = "eval/knn_top1";
    whole.curves = {{"train/loss", {0, 1, 2}, {0.1, notANumber, 1e-7}},
                    {"odd, \"name\"", {1}, {1.0 / 3}},
                    {"eval/knn_top1", {4}, {62.5}}};
    whole.times = {{0, 1, 2}, {0, 0.25, 0.5}, {0.5, 1.25, 2}};
    return whole;
}

bool areSame(const std::vector<double>& one, const std::vector<double>& other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](double a, double b) {
        return a == b || (std::isnan(a) && std::isnan(b));
    });
}

const Curve* find(const ImportedRun& run, const std::string& metric)
{
    const auto found = std::find_if(run.curves.begin(), run.curves.end(),
                                    [&](const Curve& curve) { return curve.metric == metric; });
    return found == run.curves.end() ? nullptr : &*found;
}

std::string contentOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

void write(const fs::path& file, const std::string& content)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

std::string eventOf(const std::string& tag, std::int64_t step, double value, double wallTime = 10)
{
    std::ostringstream out;
    writeEvent(out, {wallTime, step, {}, {{tag, value}}, {}});
    return out.str();
}

} // namespace

class TestExchange final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksumsAreThoseOfTheStandard()
    {
        QCOMPARE(crc32c("123456789"), 0xe3069283U); // RFC 3720, B.4
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aaU);
        QCOMPARE(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
        QCOMPARE(maskedCrc32c(""), 0xa282ead8U);
    }

    void csvComesBackExactly()
    {
        const WholeRun whole = sample();
        const fs::path file = m_folder.folder() / "run.csv";
        std::ostringstream out;
        writeCsv(whole, out);
        write(file, out.str());
        QVERIFY2(out.str().starts_with("step,epoch,seconds,train/loss,\"odd, \"\"name\"\"\",eval/"),
                 out.str().c_str());
        const auto runs = readForImport(file, "");
        QVERIFY2(runs.has_value(), runs ? "" : toText(runs.error()).c_str());
        QCOMPARE(runs->size(), std::size_t(1));
        const ImportedRun& run = runs->front();
        QCOMPARE(run.name, "run");
        QCOMPARE(run.curves.size(), std::size_t(3));
        for (const Curve& curve : whole.curves) {
            QCOMPARE(find(run, curve.metric)->steps, curve.steps);
            QVERIFY(areSame(find(run, curve.metric)->values, curve.values));
        }
        QCOMPARE(run.times.steps, whole.times.steps);
        QCOMPARE(run.times.epochs, whole.times.epochs);
        QCOMPARE(run.times.seconds, whole.times.seconds);
    }

    void severalRunsShareATable()
    {
        WholeRun other = sample();
        other.run.id = {4};
        other.run.name = "other";
        other.metrics.resize(2);
        other.metrics[0].name = "eval/knn_top1";
        other.metrics[1].name = "only/here";
        other.curves = {{"eval/knn_top1", {0}, {5}}, {"only/here", {0}, {6}}};
        std::ostringstream out;
        writeCsv(std::vector {sample(), other}, out);
        QVERIFY2(out.str().find("\n4,other,0,0,0.5,,,5,6\n") != std::string::npos,
                 out.str().c_str());
        const fs::path file = m_folder.folder() / "both.csv";
        write(file, out.str());
        const auto runs = readCsv(file);
        QCOMPARE(runs->size(), std::size_t(2));
        QCOMPARE((*runs)[0].name, sample().run.name);
        QCOMPARE((*runs)[1].curves.size(), std::size_t(2));
        QCOMPARE(find((*runs)[1], "only/here")->values, std::vector<double> {6});
    }

    void csvOfOthersIsRead()
    {
        const fs::path file = m_folder.folder() / "board.csv";
        write(file,
              "\xef\xbb\xbfWall time,Step,Value\r\n1764000000.5,0,2.5\r\n1764000002,10,\r\n"
              "\r\n1764000004,20.0, 1e-3 \r\n");
        const auto runs = readCsv(file);
        QVERIFY2(runs.has_value(), runs ? "" : toText(runs.error()).c_str());
        const ImportedRun& run = runs->front();
        QCOMPARE(find(run, "Value")->steps, (std::vector<std::int64_t> {0, 20}));
        QCOMPARE(find(run, "Value")->values, (std::vector<double> {2.5, 1e-3}));
        QCOMPARE(run.times.seconds, (std::vector<double> {0, 3.5}));
        QCOMPARE(run.startedAt.value(), 1764000000500);
        QCOMPARE(run.finishedAt.value(), 1764000004000);
    }

    void tablesWithDecimalCommasAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("semicolons") << "step;loss;\"a, b; c\"\n0;2,5;1\n10;0,125;-1,5e-3\n";
        QTest::newRow("tabs") << "step\tloss\ta, b; c\n0\t2.5\t1\n10\t0,125\t-1.5e-3\n";
    }
    void tablesWithDecimalCommasAreRead()
    {
        QFETCH(QString, text);
        const fs::path file = m_folder.folder() / "sheet.csv";
        write(file, text.toStdString());
        const auto runs = readCsv(file);
        QVERIFY2(runs.has_value(), runs ? "" : toText(runs.error()).c_str());
        QCOMPARE(find(runs->front(), "loss")->values, (std::vector<double> {2.5, 0.125}));
        QCOMPARE(find(runs->front(), "a, b; c")->values, (std::vector<double> {1, -1.5e-3}));
    }

    void wrongTablesAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << ""
                               << "empty";
        QTest::newRow("no step") << "a,b\n1,2\n"
                                 << "column 'step'";
        QTest::newRow("twice") << "step,a,a\n1,2,3\n"
                               << "two columns";
        QTest::newRow("text") << "step,a\n1,2\n2,high\n"
                              << "line 3: 'high' in the column 'a'";
        QTest::newRow("part of a step") << "step,a\n1.5,2\n"
                                        << "line 2: '1.5' is no step";
        QTest::newRow("before the first") << "step,a\n-1,2\n"
                                          << "'-1' is no step";
        QTest::newRow("quote") << "step,a\n1,\"2\n"
                               << "line 2: a quote is not closed";
        QTest::newRow("no lines") << "step,a\n\n"
                                  << "it has no line below its first one";
        QTest::newRow("JSON lines") << "{\"type\":\"run\",\"step\":1}\n"
                                    << "it is JSON";
    }
    void wrongTablesAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        const fs::path file = m_folder.folder() / "wrong.csv";
        write(file, text.toStdString());
        const auto runs = readCsv(file);
        QVERIFY(!runs.has_value());
        QVERIFY2(runs.error().detail.find(reason.toStdString()) != std::string::npos,
                 runs.error().detail.c_str());
    }

    void tensorBoardComesBackAsFloats()
    {
        const WholeRun whole = sample();
        const fs::path folder = m_folder.folder() / "logs";
        const auto file = writeTensorBoard(whole, folder);
        QVERIFY2(file.has_value(), file ? "" : toText(file.error()).c_str());
        QVERIFY(isEventFile(*file));
        const std::string before = contentOf(*file);
        QCOMPARE(writeTensorBoard(whole, folder)->string(), file->string()); // replaces it
        QCOMPARE(contentOf(*file), before);
        const auto runs = readForImport(folder.string() + "/", "");
        QVERIFY2(runs.has_value(), runs ? "" : toText(runs.error()).c_str());
        const ImportedRun& run = runs->front();
        QCOMPARE(run.name, "logs");
        QCOMPARE(run.configJson, whole.run.configJson);
        QCOMPARE(run.notes, "spiked");
        QCOMPARE(run.curves.size(), std::size_t(3));
        for (const Curve& curve : whole.curves) {
            std::vector<double> rounded;
            for (const double value : curve.values) {
                rounded.push_back(double {static_cast<float>(value)});
            }
            QCOMPARE(find(run, curve.metric)->steps, curve.steps);
            QVERIFY(areSame(find(run, curve.metric)->values, rounded));
        }
        QCOMPARE(run.times.epochs, (std::vector<double> {0, 0.25, 0.5, 0.5}));
        QCOMPARE(run.times.seconds, (std::vector<double> {0, 0.75, 1.5, 1.5}));
        QCOMPARE(run.startedAt.value(), 1764000000750); // its first value
    }

    void foldersOfOthersAreLeftAlone()
    {
        const fs::path folder = m_folder.folder() / "theirs";
        write(folder / "events.out.tfevents.1.host", eventOf("a", 0, 1));
        const auto refused = writeTensorBoard(sample(), folder);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::BadArgument);
    }

    void aFolderHoldsSeveralRuns()
    {
        const fs::path folder = m_folder.folder() / "many";
        write(folder / "one" / "events.out.tfevents.1.host",
              eventOf("loss", 0, 1, 10) + eventOf("loss", 1, 2, 11));
        write(folder / "one" / "events.out.tfevents.2.host", eventOf("loss", 1, 3, 20)); // resumed
        write(folder / "two" / "deep" / "events.out.tfevents.1.host", eventOf("x", 0, 4));
        write(folder / "two" / "notes.txt", "not an event file");
        const auto runs = readForImport(folder, "");
        QCOMPARE(runs->size(), std::size_t(2));
        QCOMPARE((*runs)[0].name, "one");
        QCOMPARE(find((*runs)[0], "train/loss")->values, (std::vector<double> {1, 3}));
        QCOMPARE((*runs)[1].name, "two/deep");
        QCOMPARE(readForImport(folder, "all")->at(1).name, "all/two/deep");
        QVERIFY(!readForImport(m_folder.folder() / "absent", "").has_value());
        fs::create_directories(m_folder.folder() / "bare");
        QCOMPARE(readForImport(m_folder.folder() / "bare", "").error().code, ErrorCode::NotFound);
    }

    /// A program that is killed leaves half a record; a disk that fails leaves wrong bytes.
    void cutOffIsReadDamagedIsNot()
    {
        const std::string whole = eventOf("a", 0, 1) + eventOf("a", 1, 2);
        const std::size_t first = eventOf("a", 0, 1).size();
        const fs::path file = m_folder.folder() / "events.out.tfevents.9";
        for (std::size_t size = first; size < whole.size(); ++size) {
            write(file, whole.substr(0, size));
            const auto runs = readTensorBoard(file);
            QVERIFY2(runs.has_value(), qPrintable(QString::number(size)));
            QCOMPARE(runs->front().curves.front().steps.size(), std::size_t(1));
        }
        for (std::size_t place = 0; place < whole.size(); ++place) {
            std::string wrong = whole;
            wrong[place] = static_cast<char>(wrong[place] ^ 0x10);
            write(file, wrong);
            const auto runs = readTensorBoard(file);
            QVERIFY2(!runs.has_value(), qPrintable(QString::number(place)));
            QCOMPARE(runs.error().code, ErrorCode::Unreadable);
        }
    }

    void linesAreThoseOfARunThatIsOn()
    {
        std::ostringstream out;
        writeJsonLines(sample(), out);
        const QList<QByteArray> lines = QByteArray::fromStdString(out.str()).trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        const auto quoted = [](QByteArray text) { return text.replace('\'', '"'); };
        const QByteArray heading = quoted("{'type':'run','run':3,");
        const QByteArray option = quoted("'lr':0.25");
        const QByteArray first = quoted("{'type':'metrics','run':3,'step':0,'epoch':0.0,"
                                        "'seconds':0.5,'values':{'train/loss':0.1}}");
        const QByteArray notFinite
            = quoted("{'train/loss':null,'odd, \\'name\\'':0.3333333333333333}");
        const QByteArray timeless = quoted("'step':4,'epoch':null,'seconds':null");
        QVERIFY(lines[0].startsWith(heading));
        QVERIFY(lines[0].contains(option));
        QCOMPARE(lines[1], first);
        QVERIFY2(lines[2].contains(notFinite), lines[2].constData());
        QVERIFY(lines[4].contains(timeless));
    }

    void importedRunsAreStoredAsFinished()
    {
        Database database = m_folder.open();
        ImportedRun run;
        run.name = "theirs";
        run.source = "runs/a";
        run.format = "TensorBoard";
        run.startedAt = 1764000000000;
        run.finishedAt = 1764000009000;
        run.curves = {{"train/loss", {0, 10}, {2, 1.5}}, {"acc", {5}, {notANumber}}};
        run.times = {{0, 5, 10}, {0, 0, 0}, {0, 4, 9}};
        const auto ids = storeImportedRuns(database, {run}, 1764000100000);
        QVERIFY2(ids.has_value(), ids ? "" : toText(ids.error()).c_str());
        const RunRecord stored = RunRepository(database).find(ids->front()).value();
        QCOMPARE(stored.state, training::RunState::Finished);
        QCOMPARE(stored.tags, std::vector<std::string> {"imported"});
        QCOMPARE(stored.stateReason, "Imported from runs/a");
        QCOMPARE(stored.lastLoss.value(), 1.5);
        QCOMPARE(stored.lastStep, 10);
        QCOMPARE(stored.durationMs, 9000);
        QCOMPARE(stored.startedAt.value(), 1764000000000);
        const WholeRun whole = readWholeRun(database, stored).value();
        QCOMPARE(whole.metrics.size(), std::size_t(2));
        QVERIFY(RunRepository(database).recoverInterrupted().value() == 0);
        const auto filter = RunFilter::parse("tag = imported and lr = none");
        QVERIFY(filter->matches({stored, nullptr, {}}));

        ImportedRun empty = run;
        empty.curves.clear();
        const auto refused = storeImportedRuns(database, {run, empty}, 0);
        QVERIFY(!refused.has_value());
        QCOMPARE(RunRepository(database).list()->size(), std::size_t(1)); // all or none
    }

private:
    TempDatabase m_folder;
};

QTEST_GUILESS_MAIN(TestExchange)
#include "test_exchange.moc"
