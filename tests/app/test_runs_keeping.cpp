// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/run_repository.h"
#include "tests/support/temp_database.h"

#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace mocoscope;
using namespace mocoscope::testing;
using nlohmann::json;

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

/// Tags, archive, report, backup and merge, on two runs: 1 'cool', 2 'hot'.
class TestRunsKeeping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TempDatabase>();
        QCOMPARE(run({"train", "--preset", "demo", "--name", "cool"}).exitCode, 0);
        QCOMPARE(run({"train", "--preset", "demo", "--name", "hot", "--set", "optimizer.lr=0.5"})
                     .exitCode,
                 0);
    }

    void tagsAreAddedAndRemoved()
    {
        const Invocation added
            = run({"runs", "tag", "cool", "hot", "--add", "paper", "--add", "x y"});
        QCOMPARE(added.exitCode, 0);
        VERIFY_HAS(added.out, "run 2 'hot': paper, x y");
        VERIFY_HAS(run({"runs", "tag", "cool", "--remove", "paper", "--star"}).out,
                   "'cool': starred, x y");
        VERIFY_HAS(run({"runs", "tag", "cool", "--unstar", "--remove", "x y"}).out, "no tags");
        QCOMPARE(run({"runs", "tag", "none", "--star"}).exitCode, 2);
        VERIFY_HAS(run({"runs", "list", "--where", "tag = paper"}).out, "hot");
        QCOMPARE(run({"runs", "tag", "hot", "--add", "one, two"}).exitCode, 0); // as in the window
        VERIFY_HAS(run({"runs", "list", "--where", "tag = two"}).out, "hot");
        QCOMPARE(run({"runs", "tag", "hot", "--remove", "one,two"}).exitCode, 0);
    }

    void theArchiveIsLeftOut()
    {
        QCOMPARE(run({"runs", "tag", "cool", "--archive"}).exitCode, 0);
        QVERIFY(run({"runs", "list"}).out.find("cool") == std::string::npos);
        VERIFY_HAS(run({"runs", "list", "--archived"}).out, "cool");
        QCOMPARE(run({"runs", "show", "cool"}).exitCode, 0);
        QCOMPARE(run({"runs", "tag", "cool", "--unarchive"}).exitCode, 0);
        VERIFY_HAS(run({"runs", "list"}).out, "cool");
    }

    void aReportIsOnePage()
    {
        const auto file = m_store->folder() / "report.html";
        const Invocation written = run({"runs", "report", "cool", "hot", file.string(), "--title",
                                        "Rates & more", "--metric", "train/loss"});
        QCOMPARE(written.exitCode, 0);
        VERIFY_HAS(written.out, "report of 2 runs");
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        VERIFY_HAS(text.str(), "<h1>Rates &amp; more</h1>");
        VERIFY_HAS(text.str(), "<td>optimizer.lr</td>");
        VERIFY_HAS(text.str(), "<figcaption>train/loss</figcaption>");
        QVERIFY(text.str().find("<figcaption>train/lr") == std::string::npos);
        QCOMPARE(run({"runs", "report", "cool", "-"}).out.substr(0, 15), "<!DOCTYPE html>");
        QCOMPARE(run({"runs", "report", "cool", "/nowhere/x.html"}).exitCode, 1);
        const auto pdf = m_store->folder() / "report.pdf"; // is made by the window
        const Invocation refused = run({"runs", "report", "cool", pdf.string()});
        QCOMPARE(refused.exitCode, 2);
        VERIFY_HAS(refused.err, "written by the window");
        QVERIFY(!std::filesystem::exists(pdf));
    }

    void aBackupOpensAsAHistory()
    {
        const auto file = (m_store->folder() / "copy.db").string();
        const Invocation made = run({"runs", "backup", file});
        QCOMPARE(made.exitCode, 0);
        VERIFY_HAS(made.out, "copy.db, ");
        VERIFY_HAS(invoke({"runs", "list", "--store", file}).out, "hot");
        QCOMPARE(run({"runs", "backup", m_store->file().string()}).exitCode, 2);
    }

    void mergesAnotherHistory()
    {
        const TempDatabase other;
        const auto file = other.file().string();
        QCOMPARE(invoke({"train", "--preset", "demo", "--name", "far", "--store", file}).exitCode,
                 0);
        const Invocation merged = run({"runs", "merge", file});
        QCOMPARE(merged.exitCode, 0);
        VERIFY_HAS(merged.out, "1 run taken in");
        VERIFY_HAS(run({"runs", "show", "far"}).out, "run 3 'far'");
        QCOMPARE(run({"runs", "export", "far", "--csv", "-"}).out,
                 invoke({"runs", "export", "far", "--csv", "-", "--store", file}).out);
        VERIFY_HAS(run({"runs", "merge", file}).out, "0 runs taken in, 1 known already");
        QCOMPARE(run({"runs", "merge", file + ".none"}).exitCode, 2);
    }

private:
    Invocation run(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.end(), {"--store", m_store->file().string()});
        return invoke(arguments);
    }
    std::unique_ptr<TempDatabase> m_store;
};

QTEST_GUILESS_MAIN(TestRunsKeeping)
#include "test_runs_keeping.moc"
