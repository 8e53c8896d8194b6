// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/exchange/report.h"
#include "tests/ui/file_content.h"
#include "tests/ui/test_history.h"
#include "ui/pages/run_files.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::contentOf;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;
using Format = RunFiles::Format;

namespace {

/// What `stream` of a PDF says before it was compressed; empty where it is something else.
QByteArray inflated(const QByteArray& stream)
{
    const QByteArray expectedSize(4, '\0'); // which Qt wants before zlib's bytes; a guess will do
    return qUncompress(expectedSize + stream);
}

QByteArray drawingOf(const QByteArray& pdf)
{
    QByteArray all;
    qsizetype at = 0;
    while ((at = pdf.indexOf("stream\n", at)) >= 0) {
        at += 7;
        const qsizetype end = pdf.indexOf("endstream", at);
        all += inflated(pdf.mid(at, end - at));
        at = end + 9;
    }
    return all;
}

qsizetype countOf(const QByteArray& text, const char* pattern)
{
    const QRegularExpression expression(QString::fromLatin1(pattern),
                                        QRegularExpression::MultilineOption);
    qsizetype count = 0;
    for (auto match = expression.globalMatch(QString::fromLatin1(text)); match.hasNext();) {
        match.next();
        ++count;
    }
    return count;
}

} // namespace

class ReportPdfTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_history = std::make_unique<TestHistory>();
        FakeTrainerOptions options;
        options.steps = 30;
        training::TrainingConfig config;
        for (const auto& [name, rate] : {std::pair("calm one", 0.1), std::pair("hot one", 0.5)}) {
            config.optimizer.lr = rate;
            const auto run = m_history->makeRun(name, config);
            m_history->play(run, options);
            m_runs.push_back(run.id);
        }
        m_history->library().refresh();
        QTRY_COMPARE(m_history->library().runs().size(), m_runs.size());
        m_files = std::make_unique<RunFiles>(m_history->library(), nullptr);
    }
    void cleanup()
    {
        m_files.reset();
        m_history.reset();
        m_runs.clear();
    }

    void plotsArePaths()
    {
        const QByteArray with = drawingOf(write({"train/loss"}));
        const QByteArray without = drawingOf(write({"no/such"}));
        const char* blue = "^0 0\\.447\\d* 0\\.698\\d* SCN"; // of the first run
        QVERIFY2(countOf(with, blue) > countOf(without, blue), with.left(3000).constData());
        const char* lines = "[\\d.]+ [\\d.]+ l$";
        QVERIFY(countOf(with, lines) >= countOf(without, lines) + 60); // two curves of 30 steps
        QVERIFY(!write({"train/loss"}).contains("/Subtype /Image"));
    }

    void longReportsHavePages()
    {
        const QByteArray some = write({"train/loss"});
        QVERIFY(some.startsWith("%PDF-"));
        QVERIFY(countOf(some, "/Type /Page$") >= 2); // two whole configurations are in it
        const QByteArray more = write({});
        QVERIFY(countOf(more, "/Type /Page$") > countOf(some, "/Type /Page$"));
    }

    void textCanBeReadBack()
    {
        const QString reader = QStandardPaths::findExecutable("pdftotext");
        if (reader.isEmpty()) {
            QSKIP("there is no pdftotext (poppler-utils)");
        }
        write({"train/loss"});
        QProcess process;
        process.start(reader, {"-layout", m_folder.filePath("report.pdf"), "-"});
        QVERIFY(process.waitForFinished());
        const QString text = QString::fromUtf8(process.readAllStandardOutput())
                                 .normalized(QString::NormalizationForm_KC) // no ligatures
                                 .simplified();
        for (const char* part :
             {"calm one, hot one", "optimizer.lr 0.1 0.5", "train/loss", "Figures",
              "Ablation: what changing one option did", "Whole configurations", "\"lr\": 0.5"}) {
            QVERIFY2(text.contains(part), qPrintable(QString(part) + " is not in\n" + text));
        }
        QVERIFY(!text.contains("picture:"));
    }

    void whatCannotBeWrittenIsTold()
    {
        QSignalSpy messages(m_files.get(), &RunFiles::messageRaised);
        m_files->write(Format::ReportPdf, m_runs, "/nowhere/at/all.pdf");
        QTRY_COMPARE(messages.size(), 1);
        const auto message = messages.front().front().value<Message>();
        QVERIFY2(message.text.contains("/nowhere/at/all.pdf"), qPrintable(message.text));
    }

private:
    QByteArray write(const std::vector<std::string>& metrics)
    {
        QSignalSpy messages(m_files.get(), &RunFiles::messageRaised);
        const QString path = m_folder.filePath("report.pdf");
        m_files->write(Format::ReportPdf, m_runs, path, metrics);
        if (!QTest::qWaitFor([&] { return messages.size() == 1; }, 20'000)) {
            qFatal("no answer");
        }
        return contentOf(path);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<TestHistory> m_history;
    std::vector<storage::RunId> m_runs;
    std::unique_ptr<RunFiles> m_files;
};

QTEST_MAIN(ReportPdfTest)
#include "report_pdf_test.moc"
