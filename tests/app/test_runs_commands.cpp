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

namespace {

std::string contentOf(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

/// Two runs: 1 'cool', 2 'hot' with another learning rate and more steps.
class TestRunsCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TempDatabase>();
        QCOMPARE(run({"train", "--preset", "demo", "--name", "cool"}).exitCode, 0);
        World longer;
        longer.script.steps = 20;
        QCOMPARE(
            run({"train", "--preset", "demo", "--name", "hot", "--set", "optimizer.lr=0.5"}, longer)
                .exitCode,
            0);
    }

    void listsRuns()
    {
        const Invocation text = run({"runs", "list"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "cool");
        VERIFY_HAS(text.out, "finished");
        const Invocation lines = run({"runs", "list", "--json"});
        std::istringstream in(lines.out);
        std::vector<std::string> names;
        for (std::string line; std::getline(in, line);) {
            names.push_back(json::parse(line).at("name"));
        }
        std::sort(names.begin(), names.end());
        QCOMPARE(names, (std::vector<std::string> {"cool", "hot"}));
    }

    void listsRunsThatFit()
    {
        const auto namesOf = [this](const std::string& where) {
            std::istringstream in(run({"runs", "list", "--json", "--where", where}).out);
            std::vector<std::string> names;
            for (std::string line; std::getline(in, line);) {
                names.push_back(json::parse(line).at("name"));
            }
            return names;
        };
        QCOMPARE(namesOf("lr > 0.1"), std::vector<std::string> {"hot"});
        QCOMPARE(namesOf("optimizer.lr < 0.1 and state = finished"),
                 std::vector<std::string> {"cool"});
        QCOMPARE(namesOf("HOT"), std::vector<std::string> {"hot"});
        QCOMPARE(namesOf("steps > 100").size(), 0U);
        VERIFY_HAS(run({"runs", "list", "--where", "steps > 100"}).err, "no run fits");
        const Invocation wrong = run({"runs", "list", "--where", "lr > fast"});
        QCOMPARE(wrong.exitCode, 2);
        VERIFY_HAS(wrong.err, "'fast'");
        VERIFY_HAS(wrong.err, "  lr > fast\n       ^^^^\n");
    }

    void listsNothingWhereThereIsNothing()
    {
        const auto missing = (m_store->folder() / "other.db").string();
        const Invocation result = invoke({"runs", "list", "--store", missing});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, missing);
        QVERIFY(!std::filesystem::exists(missing));
    }

    void showsARun()
    {
        const Invocation text = run({"runs", "show", "hot"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "run 2 'hot'");
        VERIFY_HAS(text.out, "optimizer.lr  0.5   0.004");
        VERIFY_HAS(text.out, "train/loss");
        VERIFY_HAS(text.out, "step-20.safetensors");
        const json object = json::parse(run({"runs", "show", "hot", "--json"}).out);
        QCOMPARE(object.at("config").at("optimizer").at("lr"), 0.5);
        QCOMPARE(object.at("state"), "finished");
        QCOMPARE(object.at("checkpoints").size(), 1U);
        QCOMPARE(object.at("metrics").at(0).at("name"), "train/loss");
        QCOMPARE(object.at("metrics").at(0).at("count"), 20);
        QCOMPARE(object.at("metrics").at(0).at("last_step"), 19);
    }

    void namesNearRuns()
    {
        const Invocation result = run({"runs", "show", "coool"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "near: 'cool' (run 1)");
        VERIFY_HAS(run({"runs", "show", "zzzzzzzz"}).err, "newest runs are");
    }

    void comparesRuns()
    {
        const Invocation text = run({"runs", "compare", "cool", "hot"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "optimizer.lr");
        QVERIFY(text.out.find("train.seed") == std::string::npos); // equal
        QVERIFY(text.out.find("grad/") == std::string::npos);
        VERIFY_HAS(run({"runs", "compare", "1", "2", "--all"}).out, "grad/l2/patch_embed");

        const json object = json::parse(run({"runs", "compare", "1", "2", "--json"}).out);
        QCOMPARE(object.at("options").at("optimizer.lr"), (json {"0.004", "0.5"}));
        const json& loss = object.at("figures").at(0);
        QCOMPARE(loss.at("metric"), "train/loss");
        const json& values = loss.at("values");
        QVERIFY(values.at(0) != values.at(1));
        QCOMPARE(loss.at("differences").at(0), 0.0);
        QCOMPARE(loss.at("differences").at(1).get<double>(),
                 values.at(1).get<double>() - values.at(0).get<double>());
    }

    void tellsWhatChangingOneOptionDid()
    {
        run({"train", "--preset", "demo", "--name", "cool again", "--set", "train.seed=1"});
        run({"train", "--preset", "demo", "--name", "hot and large", "--set", "optimizer.lr=0.5",
             "--set", "train.batch_size=32"});
        const std::vector<std::string> compare {"runs", "compare", "1",         "2",
                                                "3",    "4",       "--ablation"};
        const auto with = [&compare](std::vector<std::string> more) {
            more.insert(more.begin(), compare.begin(), compare.end());
            return more;
        };
        const json object = json::parse(run(with({"--baseline", "cool again", "--json"})).out);
        QCOMPARE(object.at("metric"), "eval/knn_top1");
        QCOMPARE(object.at("baseline").at("runs"), (json {1, 3}));
        const json& row = object.at("one_option").at(0);
        QCOMPARE(row.at("changes").at(0),
                 (json {{"option", "optimizer.lr"}, {"baseline", "0.004"}, {"value", "0.5"}}));
        QCOMPARE(row.at("difference").get<double>(),
                 row.at("mean").get<double>() - object.at("baseline").at("mean").get<double>());
        QCOMPARE(object.at("several_options").at(0).at("changes").size(), 2U);
        QVERIFY(object.at("left_out").empty());
        const Invocation text = run(with({"--baseline", "1", "--metric", "train/loss", "--best"}));
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "train/loss, best");
        VERIFY_HAS(text.out, "several options changed");
    }

    void saysWhyThereIsNoAblation()
    {
        const Invocation metric
            = run({"runs", "compare", "1", "2", "--ablation", "--metric", "eval/knn_top2"});
        QCOMPARE(metric.exitCode, 2);
        VERIFY_HAS(metric.err, "'eval/knn_top1'");
        QCOMPARE(run({"train", "--preset", "demo", "--name", "other"}).exitCode, 0);
        const Invocation baseline
            = run({"runs", "compare", "1", "2", "--ablation", "--baseline", "other"});
        QCOMPARE(baseline.exitCode, 2);
        VERIFY_HAS(baseline.err, "not among the runs");
        QCOMPARE(run({"runs", "compare", "1", "2", "--best"}).exitCode, 2); // of what?
    }

    void bestIsTheLowestLossAndTheHighestAccuracy()
    {
        const json object = json::parse(run({"runs", "compare", "1", "2", "--json"}).out);
        std::map<std::string, json> best;
        for (const json& figure : object.at("figures")) {
            if (figure.at("which") == "best") {
                best[figure.at("metric")] = figure.at("values");
            }
        }
        QCOMPARE(best.size(), 2U);
        const json cool = json::parse(run({"runs", "show", "cool", "--json"}).out);
        for (const json& metric : cool.at("metrics")) {
            if (metric.at("name") == "train/loss") {
                QCOMPARE(best["train/loss"].at(0), metric.at("minimum"));
            } else if (metric.at("name") == "eval/knn_top1") {
                QCOMPARE(best["eval/knn_top1"].at(0), metric.at("maximum"));
            }
        }
    }

    void exportsEveryValue()
    {
        const auto file = m_store->folder() / "curves.csv";
        QCOMPARE(run({"runs", "export", "cool", "--csv", file.string()}).exitCode, 0);
        std::istringstream lines(contentOf(file));
        std::vector<std::string> all;
        for (std::string line; std::getline(lines, line);) {
            all.push_back(line);
        }
        QCOMPARE(all.size(), 12U);
        QCOMPARE(all[0],
                 "step,epoch,seconds,train/loss,train/images_per_s,train/lr,eval/knn_top1,"
                 "grad/l2/patch_embed,grad/l2/blocks.0,grad/l2/norm,grad/l2/projector,"
                 "grad/l2/predictor");
        QVERIFY(all[3].starts_with("2,0.4,0.2,"));
        QVERIFY(all[11].starts_with("10,2,1,,,,57"));
        QCOMPARE(run({"runs", "export", "cool", "--csv", "-"}).out, contentOf(file));

        const json object = json::parse(run({"runs", "export", "cool", "--json", "-"}).out);
        QCOMPARE(object.at("metrics").at("train/loss").at("values").size(), 10U);
        QCOMPARE(object.at("times").at("epochs").at(5), 1.0);
        const auto comma = all[3].find(',', 10);
        const std::string loss = all[3].substr(10, comma - 10); // reads back as the same number
        QCOMPARE(std::stod(loss), object.at("metrics").at("train/loss").at("values").at(2));
        QCOMPARE(object.at("name"), "cool");
    }

    void exportsSeveralRuns()
    {
        const std::string table = run({"runs", "export", "cool", "hot", "--csv", "-"}).out;
        VERIFY_HAS(table, "run,name,step,epoch,seconds,train/loss");
        VERIFY_HAS(table, "\n1,cool,0,");
        VERIFY_HAS(table, "\n2,hot,19,");
        const std::string lines = run({"runs", "export", "cool", "hot", "--jsonl", "-"}).out;
        QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), 2 + 11 + 21);
        const auto logs = m_store->folder() / "logs";
        QCOMPARE(run({"runs", "export", "cool", "hot", "--tensorboard", logs.string()}).exitCode,
                 0);
        QVERIFY(std::filesystem::is_directory(logs / "1-cool"));
        QVERIFY(std::filesystem::is_directory(logs / "2-hot"));
        const Invocation both = run({"runs", "export", "cool", "hot", "--json", "-"});
        QCOMPARE(both.exitCode, 2);
        VERIFY_HAS(both.err, "--jsonl");
    }

    void importsWhatWasExported()
    {
        const auto logs = (m_store->folder() / "logs").string();
        QCOMPARE(run({"runs", "export", "cool", "--tensorboard", logs}).exitCode, 0);
        const Invocation imported = run({"runs", "import", logs, "--name", "again"});
        QCOMPARE(imported.exitCode, 0);
        VERIFY_HAS(imported.out, "imported run 3 'again', up to step 10");
        const json object = json::parse(run({"runs", "show", "again", "--json"}).out);
        QCOMPARE(object.at("state"), "finished");
        QCOMPARE(object.at("tags"), json {"imported"});
        QCOMPARE(object.at("config"),
                 json::parse(run({"runs", "show", "cool", "--json"}).out).at("config"));
        const Invocation missing = run({"runs", "import", logs + "/none"});
        QCOMPARE(missing.exitCode, 2);
        VERIFY_HAS(missing.err, "/none");
    }

    void comparesRunsWhoseOptionsAreNotKnown()
    {
        const auto file = m_store->folder() / "theirs.csv";
        std::ofstream(file) << "step,train/loss\n0,3\n1,2\n";
        QCOMPARE(run({"runs", "import", file.string()}).exitCode, 0);
        const Invocation text = run({"runs", "compare", "cool", "hot", "theirs"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "optimizer.lr");
        VERIFY_HAS(text.out, "?");
        QCOMPARE(run({"runs", "show", "theirs"}).exitCode, 0);
    }

    void leavesNoHalfFile()
    {
        const auto folder = m_store->folder();
        const Invocation nowhere
            = run({"runs", "export", "cool", "--csv", (folder / "no" / "x.csv").string()});
        QCOMPARE(nowhere.exitCode, 1);
        VERIFY_HAS(nowhere.err, "x.csv");
        const Invocation isFolder = run({"runs", "export", "cool", "--csv", folder.string()});
        QCOMPARE(isFolder.exitCode, 1);
        VERIFY_HAS(isFolder.err, "it is a folder");
        QCOMPARE(run({"runs", "export", "cool", "--csv", "/dev/full"}).exitCode, 1);
    }

    void asksBeforeItDeletes()
    {
        const Invocation nobody = run({"runs", "delete", "cool"});
        QCOMPARE(nobody.exitCode, 2);
        VERIFY_HAS(nobody.err, "--yes");
        World no;
        no.isTerminal = true;
        no.standardInput = "n\n";
        const Invocation refused = run({"runs", "delete", "cool"}, no);
        QCOMPARE(refused.exitCode, 0);
        VERIFY_HAS(refused.err, "run 1 'cool', 10 steps, 2 B of files");
        QCOMPARE(run({"runs", "show", "cool"}).exitCode, 0);
    }

    void deletesRunsAndTheirFiles()
    {
        const json object = json::parse(run({"runs", "show", "cool", "--json"}).out);
        const std::filesystem::path folder = object.at("folder");
        QVERIFY(std::filesystem::exists(folder));
        World yes;
        yes.isTerminal = true;
        yes.standardInput = "y\n";
        const Invocation deleted = run({"runs", "delete", "cool"}, yes);
        QCOMPARE(deleted.exitCode, 0);
        VERIFY_HAS(deleted.out, "frees 2 B");
        QVERIFY(!std::filesystem::exists(folder));
        QCOMPARE(run({"runs", "show", "cool"}).exitCode, 2);
        QCOMPARE(run({"runs", "show", "hot"}).exitCode, 0);
    }

    void deletesSeveralOrNone()
    {
        QCOMPARE(run({"runs", "delete", "cool", "wrong", "--yes"}).exitCode, 2);
        QCOMPARE(run({"runs", "show", "cool"}).exitCode, 0);
        QCOMPARE(run({"runs", "delete", "cool", "1", "hot", "--yes"}).exitCode, 0);
        VERIFY_HAS(run({"runs", "list"}).err, "no runs");
    }

    void leavesFilesOutsideItsFolderAlone()
    {
        const auto outside = m_store->folder() / "precious.txt";
        std::ofstream(outside) << "keep";
        {
            storage::Database database = m_store->open();
            const std::string sql = "UPDATE checkpoint SET path = '" + outside.string()
                + "' WHERE run_id = 1;" + "UPDATE run SET uuid = '../../..' WHERE id = 2";
            QVERIFY(database.execute(sql.c_str()).has_value());
        }
        QCOMPARE(run({"runs", "delete", "1", "2", "--yes"}).exitCode, 0);
        QVERIFY(std::filesystem::exists(outside));
    }

    void refusesToDeleteARunThatIsOn()
    {
        {
            storage::Database database = m_store->open();
            QVERIFY(storage::RunRepository(database)
                        .setState({1}, training::RunState::Running, {})
                        .has_value());
        }
        const Invocation result = run({"runs", "delete", "cool", "--yes"});
        QCOMPARE(result.exitCode, 2);
        VERIFY_HAS(result.err, "still on");
        QCOMPARE(run({"runs", "show", "cool"}).exitCode, 0);
    }

private:
    Invocation run(std::vector<std::string> arguments, const World& world = {}) const
    {
        arguments.insert(arguments.end(), {"--store", m_store->file().string()});
        return invoke(arguments, world);
    }
    std::unique_ptr<TempDatabase> m_store;
};

QTEST_GUILESS_MAIN(TestRunsCommands)
#include "test_runs_commands.moc"
