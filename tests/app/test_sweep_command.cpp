// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "storage/run_repository.h"
#include "storage/sweep_repository.h"
#include "tests/support/temp_database.h"
#include "training/api/sweep.h"

#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>

using namespace mocoscope;
using namespace mocoscope::testing;
using nlohmann::json;
using training::RunState;

namespace {

constexpr const char* rates = R"({"name": "rates", "preset": "demo",
    "grid": {"optimizer.lr": [0.001, 0.1]}, "seeds": [0, 1]})";

int count(const std::vector<json>& lines, const std::string& type)
{
    return static_cast<int>(std::count_if(
        lines.begin(), lines.end(), [&](const json& line) { return line.at("type") == type; }));
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestSweepCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_store = std::make_unique<TempDatabase>(); }

    void trainsEveryRunAndGroupsThem()
    {
        const Invocation result = sweep({file(rates)});
        QCOMPARE(result.exitCode, 0);
        const auto lines = parseLines(result.out);
        QCOMPARE(count(lines, "sweep"), 4);
        QCOMPARE(count(lines, "finished"), 4);
        QCOMPARE(lines.front().at("total"), 4);
        QCOMPARE(lines.front().at("setting"), "lr=0.001");
        VERIFY_HAS(result.err, "4 of 4 runs are finished");
        for (const storage::RunRecord& run : runs()) {
            QCOMPARE(run.state, RunState::Finished);
            QCOMPARE(run.sweep->name, std::string("rates"));
        }
        QCOMPARE(runs().back().name, std::string("lr=0.001, seed 0")); // the oldest comes last
        VERIFY_HAS(invoke({"runs", "list", "--store", storeFile()}).out, "rates");
    }

    void theSameCommandAgainRepeatsNothing()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        const Invocation again = sweep({file(rates)});
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.out, std::string());
        QCOMPARE(runs().size(), 4U);
        QCOMPARE(sweep({"--resume", "rates"}).out, std::string());
    }

    void anotherPlanNeedsAnotherName()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        const std::string changed = R"({"name": "rates", "preset": "demo", "seeds": [5]})";
        const Invocation refused = sweep({file(changed)});
        QCOMPARE(refused.exitCode, 2);
        VERIFY_HAS(refused.err, "with other settings");
        QCOMPARE(sweep({file(changed), "--name", "rates 2"}).exitCode, 0);
        QCOMPARE(runs().size(), 5U);
    }

    void aRunThatFailsDoesNotStopTheOthers()
    {
        World world;
        world.script.nonFiniteAt = 3;
        const Invocation result = sweep({file(rates)}, world);
        QCOMPARE(result.exitCode, 1);
        VERIFY_HAS(result.err, "4 of 4 runs failed");
        QCOMPARE(runs().size(), 4U);
        QCOMPARE(sweep({file(rates)}).exitCode, 1); // a failed run is not tried again by itself
        QCOMPARE(runs().front().state, RunState::Failed);
    }

    void whatWasBegunGoesOnFromItsCheckpoint()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        const auto begun = runs()[1]; // as if it had been stopped
        auto database = m_store->open();
        QVERIFY(storage::RunRepository(database).setState(begun.id, RunState::Stopped, {}));
        World longer;
        longer.script.steps = 15;
        const Invocation again = sweep({"--resume", "rates"}, longer);
        QCOMPARE(again.exitCode, 0);
        const auto lines = parseLines(again.out);
        QCOMPARE(count(lines, "sweep"), 1);
        QCOMPARE(lines.front().at("run"), begun.id.value);
        for (const json& line : lines) {
            if (line.at("type") == "facts") {
                QCOMPARE(line.at("step"), 10);
            }
        }
    }

    void aTerminalIsToldWhichRunIsOn()
    {
        World terminal;
        terminal.isTerminal = true;
        const Invocation result = sweep({file(rates)}, terminal);
        VERIFY_HAS(result.out, "sweep 'rates', 1 of 4\n");
        VERIFY_HAS(result.out, "sweep 'rates', 4 of 4\n");
    }

    void everyProblemIsToldBeforeAnythingIsStored()
    {
        const Invocation wrong = sweep({file(
            R"({"name": "s", "preset": "demo", "grid": {"train.epochs": [0], "a.b": [1]}})")});
        QCOMPARE(wrong.exitCode, 2);
        VERIFY_HAS(wrong.err, "train.epochs");
        VERIFY_HAS(wrong.err, "unknown option 'a.b'");
        const Invocation missing = sweep(
            {file(R"({"name": "s", "preset": "demo", "set": {"data.path": "/no/such/place"}})")});
        QCOMPARE(missing.exitCode, 2);
        VERIFY_HAS(missing.err, "no such file or folder");
        const std::string weights = (m_store->folder() / "misfit.safetensors").string();
        std::ofstream(weights) << "weights";
        const json plan {
            {"name", "s"}, {"preset", "demo"}, {"set", {{"model.initial_weights", weights}}}};
        const Invocation misfit = sweep({file(plan.dump())});
        QCOMPARE(misfit.exitCode, 2);
        VERIFY_HAS(misfit.err, "does not fit the model");
        QVERIFY(!std::filesystem::exists(m_store->file()));
        VERIFY_HAS(sweep({"frameworks-vit-smal"}).err, "did you mean 'frameworks-vit-small'?");
        QCOMPARE(sweep({}).exitCode, 2);
        QCOMPARE(sweep({file(rates), "--resume", "rates"}).exitCode, 2);
        QCOMPARE(sweep({"--resume", "rates"}).exitCode, 2);
    }

    void aDryRunListsTheRuns()
    {
        const Invocation text = sweep({file(rates), "--dry-run"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "lr=0.1, seed 1");
        VERIFY_HAS(text.out, "4 runs, 400 steps"); // 640 images, batch 64, ten epochs
        const auto lines = parseLines(sweep({file(rates), "--dry-run", "--json"}).out);
        QCOMPARE(lines.size(), 4U);
        QCOMPARE(lines[3].at("seed"), 1);
        QCOMPARE(lines[3].at("total_steps"), 100);
        QVERIFY(!std::filesystem::exists(m_store->file()));
    }

    void builtInSweepsAreListedAndTrained()
    {
        const auto lines = parseLines(sweep({"--list", "--json"}).out);
        QCOMPARE(lines.size(), training::builtInSweeps().size());
        VERIFY_HAS(sweep({"--list"}).out, "frameworks-vit-small");
        QCOMPARE(sweep({"head-norm"}).exitCode, 0);
        QCOMPARE(runs().size(), 6U);
        QCOMPARE(runs().back().preset, std::string("laptop-head-norm-with"));
    }

    void aFileMayComeFromStandardInput()
    {
        World world;
        world.standardInput = rates;
        QCOMPARE(sweep({"-"}, world).exitCode, 0);
        QCOMPARE(runs().size(), 4U);
    }

    void meansAreThoseOfTheSeeds()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        setKnn({{"lr=0.001, seed 0", 60},
                {"lr=0.001, seed 1", 64},
                {"lr=0.1, seed 0", 20},
                {"lr=0.1, seed 1", 20}});
        const Invocation text = compare({"--sweep", "rates"});
        QCOMPARE(text.exitCode, 0);
        VERIFY_HAS(text.out, "62 ± 2.8 (2)");
        VERIFY_HAS(text.out, "20 ± 0 (2)");
        const json means = json::parse(compare({"--sweep", "rates", "--json"}).out).at("means");
        QCOMPARE(means.size(), 2U);
        QCOMPARE(means[0].at("setting"), "lr=0.001");
        for (const json& figure : means[0].at("figures")) {
            if (figure.at("metric") == "eval/knn_top1" && figure.at("which") == "last") {
                QCOMPARE(figure.at("mean"), 62.0);
                QCOMPARE(figure.at("deviation").get<double>(), std::sqrt(8.0));
                QCOMPARE(figure.at("n"), 2);
            }
        }
        QCOMPARE(compare({"--sweep", "no such"}).exitCode, 2);
        QCOMPARE(compare({"--sweep", "rates", "1"}).exitCode, 2);
    }

    void unfinishedRunsAreInNoMean()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        auto database = m_store->open();
        QVERIFY(storage::RunRepository(database).setState(runs().back().id, RunState::Stopped, {}));
        VERIFY_HAS(compare({"--sweep", "rates"}).out, "1 of 4 runs are not finished and left out");
    }

    void seedsAmongComparedRunsAreAveragedToo()
    {
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        VERIFY_HAS(compare({"lr=0.1, seed 0", "lr=0.1, seed 1"}).out, "mean ± standard deviation");
        QVERIFY(compare({"lr=0.1, seed 0", "lr=0.001, seed 0"}).out.find("mean ±")
                == std::string::npos);
    }

    void publishedValuesStandApart()
    {
        QCOMPARE(sweep({"head-norm"}).exitCode, 0);
        const Invocation text = compare({"--sweep", "head-norm"});
        VERIFY_HAS(text.out, "paper (ImageNet, linear probing)");
        VERIFY_HAS(text.out, "74.4 %");
        const json object
            = json::parse(compare({"with BN, seed 0", "without BN, seed 2", "--json"}).out);
        const json expected {{{"label", "paper (ImageNet, linear probing)"},
                              {"unit", "%"},
                              {"values", {76.5, 74.4}}}};
        QCOMPARE(object.at("published"), expected);
        VERIFY_HAS(compare({"with BN, seed 0", "without BN, seed 2"}).out, "published");
        QCOMPARE(sweep({file(rates)}).exitCode, 0);
        QVERIFY(compare({"--sweep", "rates"}).out.find("paper") == std::string::npos);
    }

private:
    [[nodiscard]] std::string storeFile() const { return m_store->file().string(); }

    std::string file(const std::string& text)
    {
        const auto path = m_store->folder() / "sweep.json";
        std::ofstream(path) << text;
        return path.string();
    }

    Invocation sweep(std::vector<std::string> arguments, const World& world = {})
    {
        arguments.insert(arguments.begin(), "sweep");
        arguments.insert(arguments.end(), {"--store", storeFile()});
        return invoke(arguments, world);
    }

    Invocation compare(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), {"runs", "compare"});
        arguments.insert(arguments.end(), {"--store", storeFile()});
        return invoke(arguments);
    }

    [[nodiscard]] std::vector<storage::RunRecord> runs() const
    {
        auto database = m_store->open(storage::Database::Access::ReadOnly);
        return storage::RunRepository(database).list().value();
    }

    void setKnn(const std::map<std::string, int>& values)
    {
        auto database = m_store->open();
        for (const auto& [name, value] : values) {
            const std::string sql = "UPDATE metric_row SET value = " + std::to_string(value)
                + " WHERE run_id = (SELECT id FROM run WHERE name = '" + name
                + "') AND name_id = (SELECT id FROM metric_name WHERE name = 'eval/knn_top1')";
            QVERIFY(database.execute(sql.c_str()));
        }
    }

    std::unique_ptr<TempDatabase> m_store;
};

QTEST_GUILESS_MAIN(TestSweepCommand)
#include "test_sweep_command.moc"
