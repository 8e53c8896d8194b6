// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_tags.h"
#include "tests/ui/file_content.h"
#include "tests/ui/test_history.h"
#include "ui/pages/run_files.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::contentOf;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;
using Format = RunFiles::Format;

class RunFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_history = std::make_unique<TestHistory>();
        FakeTrainerOptions options;
        options.steps = 30;
        m_runs = {m_history->playRun("one", options).id, m_history->playRun("two", options).id};
        m_history->library().refresh();
        QTRY_COMPARE(m_history->library().runs().size(), std::size_t(2));
        m_files = std::make_unique<RunFiles>(m_history->library(), nullptr);
        m_messages = std::make_unique<QSignalSpy>(m_files.get(), &RunFiles::messageRaised);
    }
    void cleanup()
    {
        m_messages.reset();
        m_files.reset();
        m_history.reset();
    }

    void everyFormatIsWritten()
    {
        const QTemporaryDir folder;
        m_files->write(Format::Csv, m_runs, folder.filePath("both.csv"));
        QTRY_COMPARE(m_messages->size(), 1);
        QVERIFY(contentOf(folder.filePath("both.csv")).startsWith("run,name,step,epoch,seconds,"));
        m_files->write(Format::JsonLines, {m_runs[0]}, folder.filePath("one.jsonl"));
        QTRY_COMPARE(m_messages->size(), 2);
        QVERIFY(contentOf(folder.filePath("one.jsonl")).startsWith("{\"type\":\"run\""));
        m_files->write(Format::TensorBoard, m_runs, folder.filePath("logs"));
        QTRY_COMPARE(m_messages->size(), 3);
        QCOMPARE(QDir(folder.filePath("logs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
                 QStringList({"1-one", "2-two"}));
        m_files->write(Format::Report, m_runs, folder.filePath("report.html"), {"train/loss"});
        QTRY_COMPARE(m_messages->size(), 4);
        const QByteArray report = contentOf(folder.filePath("report.html"));
        QVERIFY(report.contains("<figcaption>train/loss</figcaption>"));
        QCOMPARE(report.count("<figcaption>"), 1); // of the metrics that were asked for
    }

    void whatCannotBeWrittenIsTold()
    {
        m_files->write(Format::Csv, m_runs, "/nowhere/at/all.csv");
        QTRY_COMPARE(m_messages->size(), 1);
        const auto message = m_messages->front().front().value<Message>();
        QVERIFY2(message.text.contains("/nowhere/at/all.csv"), qPrintable(message.text));
    }

    void importsAndTakesBack()
    {
        const QTemporaryDir folder;
        QFile table(folder.filePath("theirs.csv"));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("step,train/loss\n0,2\n1,1.5\n");
        table.close();
        QSignalSpy imported(m_files.get(), &RunFiles::imported);
        m_files->read({table.fileName()});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(m_history->library().runs().size(), std::size_t(3));
        const storage::RunRecord& run = m_history->library().runs().front();
        QCOMPARE(run.name, "theirs");
        QVERIFY(storage::hasTag(run, storage::importedTag));
        QCOMPARE(run.lastLoss.value(), 1.5);
        m_messages->front().front().value<Message>().action();
        QTRY_COMPARE(m_history->library().runs().size(), std::size_t(2));
    }

    void oneWrongFileImportsNothing()
    {
        const QTemporaryDir folder;
        for (const auto& [name, text] :
             {std::pair("good.csv", "step,a\n0,1\n"), std::pair("wrong.csv", "step,a\n0,high\n")}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        m_files->read({folder.filePath("good.csv"), folder.filePath("wrong.csv")});
        QTRY_COMPARE(m_messages->size(), 1);
        QVERIFY(m_messages->front().front().value<Message>().detail.contains("'high'"));
        auto database
            = storage::Database::open(m_history->file(), storage::Database::Access::ReadOnly);
        QCOMPARE(storage::RunRepository(*database).list()->size(), std::size_t(2));
    }

private:
    std::unique_ptr<TestHistory> m_history;
    std::vector<storage::RunId> m_runs;
    std::unique_ptr<RunFiles> m_files;
    std::unique_ptr<QSignalSpy> m_messages;
};

QTEST_MAIN(RunFilesTest)
#include "run_files_test.moc"
