// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "training/api/sweep.h"

#include <QtTest>

#include <set>

using namespace mocoscope::training;

namespace {

std::vector<std::string> namesOf(const std::vector<SweepMember>& members)
{
    std::vector<std::string> names;
    for (const SweepMember& member : members) {
        names.push_back(member.name);
    }
    return names;
}

std::vector<SweepMember> expanded(std::string_view json)
{
    const auto plan = parseSweep(json);
    if (!plan) {
        qFatal("%s", toText(plan.error()).c_str());
    }
    const auto members = expandSweep(*plan);
    if (!members) {
        qFatal("%s", toText(members.error()).c_str());
    }
    return *members;
}

std::string problemsOf(std::string_view json)
{
    const auto plan = parseSweep(json);
    if (!plan) {
        return toText(plan.error());
    }
    const auto members = expandSweep(*plan);
    return members ? std::string() : toText(members.error());
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGridIsEveryCombination();
    void eachSeedRunsThroughAllSettings();
    void aListChangesOptionsTogether();
    void gridAndListMultiply();
    void aSweepMayHaveNothingButSeeds();
    void severalPresetsAreStarts();
    void ambiguousNamesAreSpeltOut();
    void aConfigurationMayStandInPlaceOfAPreset();
    void everyProblemOfTheFileIsListed();
    void everyViolationIsListedOnceWithItsRuns();
    void whatComesTwiceIsRefused();
    void tooManyRunsAreRefusedBeforeTheyAreMade();
    void textAndPlanAreTheSame();
    void builtInSweepsExpand();
};

void TestSweep::aGridIsEveryCombination()
{
    const auto members = expanded(
        R"({"name": "s", "preset": "demo", "set": {"train.epochs": 5},
            "grid": {"optimizer.lr": [1e-4, 0.5], "model.freeze_patch_embed": [true, false]}})");
    QCOMPARE(namesOf(members),
             (std::vector<std::string> {
                 "lr=1e-4, freeze_patch_embed=true", "lr=1e-4, freeze_patch_embed=false",
                 "lr=0.5, freeze_patch_embed=true", "lr=0.5, freeze_patch_embed=false"}));
    const TrainingConfig demo = findPreset("demo")->config;
    TrainingConfig last = demo;
    last.train.epochs = 5;
    last.optimizer.lr = 0.5;
    last.model.freezePatchEmbed = false;
    QVERIFY(members.back().config == last);
    QCOMPARE(members.back().preset, std::string("demo"));
    QCOMPARE(members.front().config.optimizer.lr, 1e-4);
    QCOMPARE(members.front().setting, members.front().name); // one seed: not in the name
}

void TestSweep::eachSeedRunsThroughAllSettings()
{
    const auto members = expanded(
        R"({"name": "s", "preset": "demo", "grid": {"train.epochs": [1, 2]}, "seeds": [7, 8]})");
    QCOMPARE(namesOf(members),
             (std::vector<std::string> {"epochs=1, seed 7", "epochs=2, seed 7", "epochs=1, seed 8",
                                        "epochs=2, seed 8"}));
    QCOMPARE(members[3].config.train.seed, 8);
    QCOMPARE(members[3].setting, std::string("epochs=2"));
}

void TestSweep::aListChangesOptionsTogether()
{
    const auto members = expanded(
        R"({"name": "s", "preset": "demo", "list": [
            {"method.name": "byol"},
            {"method.name": "swav", "method.temperature": 0.1},
            {"label": "gentle", "optimizer.lr": 1e-5}]})");
    QCOMPARE(namesOf(members),
             (std::vector<std::string> {"byol", "swav, temperature=0.1", "gentle"}));
    QCOMPARE(members[1].config.method.temperature, 0.1);
    QCOMPARE(members[2].config.method.name, std::string("moco_v3"));
}

void TestSweep::gridAndListMultiply()
{
    const auto members = expanded(
        R"({"name": "s", "preset": "demo", "grid": {"train.epochs": [1, 2]},
            "list": [{"method.name": "byol"}, {"method.name": "simclr"}], "seeds": [0, 1, 2]})");
    QCOMPARE(members.size(), 12U);
    QCOMPARE(members[1].name, std::string("epochs=1, simclr, seed 0"));
}

void TestSweep::aSweepMayHaveNothingButSeeds()
{
    QCOMPARE(namesOf(expanded(R"({"name": "five", "preset": "demo", "seeds": [3, 5]})")),
             (std::vector<std::string> {"five, seed 3", "five, seed 5"}));
    QCOMPARE(namesOf(expanded(R"({"name": "one", "preset": "demo"})")),
             (std::vector<std::string> {"one"}));
}

void TestSweep::severalPresetsAreStarts()
{
    const auto members = expanded(
        R"({"name": "s", "presets": ["laptop-frameworks-vit-small-byol", "demo"],
            "grid": {"optimizer.lr": [0.1]}})");
    QCOMPARE(namesOf(members), (std::vector<std::string> {"BYOL, lr=0.1", "demo, lr=0.1"}));
    QCOMPARE(members[0].config.method.name, std::string("byol"));
    QCOMPARE(members[0].preset, std::string("laptop-frameworks-vit-small-byol"));
}

void TestSweep::ambiguousNamesAreSpeltOut()
{
    const auto members = expanded(
        R"({"name": "s", "preset": "demo",
            "grid": {"method.momentum": [0.9], "optimizer.momentum": [0.5]}})");
    QCOMPARE(members.front().name, std::string("method.momentum=0.9, optimizer.momentum=0.5"));
}

void TestSweep::aConfigurationMayStandInPlaceOfAPreset()
{
    const auto members
        = expanded(R"({"name": "s", "config": {"train": {"epochs": 17}, "optimizer.lr": 0.25}})");
    QCOMPARE(members.front().config.train.epochs, 17);
    QCOMPARE(members.front().config.optimizer.lr, 0.25);
    QVERIFY(members.front().preset.empty());
}

void TestSweep::everyProblemOfTheFileIsListed()
{
    const std::string problems
        = problemsOf(R"({"nam": "s", "preset": "demo", "config": {}, "set": [1],
                         "grid": {"optimizer.lr": []}, "list": [{"a": null}], "seeds": [0, -1]})");
    for (const char* part :
         {"7 errors", "unknown entry 'nam'", "name: expected", "one of preset, presets and config",
          "set: expected options", "grid: optimizer.lr: expected a list of values",
          "list, entry 1: a: expected", "seeds: expected whole numbers"}) {
        VERIFY_HAS(problems, part);
    }
    VERIFY_HAS(problemsOf("{"), "not a JSON object");
    VERIFY_HAS(problemsOf(R"({"name": "s", "presets": []})"), "names of presets");
    VERIFY_HAS(problemsOf(R"({"name": "s", "config": {"optimizer": {"rl": 1}}})"),
               "did you mean 'optimizer.lr'");
    VERIFY_HAS(
        problemsOf(R"({"name": "s", "config": {"train": {"epochs": 1}, "train.epochs": 2}})"),
        "'train.epochs' is given twice");
}

void TestSweep::everyViolationIsListedOnceWithItsRuns()
{
    const std::string problems = problemsOf(
        R"({"name": "s", "preset": "demo", "set": {"train.epochs": 0},
            "grid": {"model.patch_size": [4, 5], "optimizer.lrr": [1, 2]}, "seeds": [0, 1]})");
    VERIFY_HAS(problems, "train.epochs");
    VERIFY_HAS(problems, "unknown option 'optimizer.lrr'");
    VERIFY_HAS(problems,
               "model.image_size = 32: expected a multiple of the patch size 5 (in "
               "'patch_size=5, lrr=1, seed 0', ");
    QCOMPARE(problems.find("patch size 5"), problems.rfind("patch size 5"));
    VERIFY_HAS(problemsOf(R"({"name": "s", "preset": "dmeo"})"), "no preset 'dmeo'");
    VERIFY_HAS(problemsOf(R"({"name": "s", "preset": "demo", "grid": {"train.seed": [1]}})"),
               "expected under \"seeds\"");
}

void TestSweep::whatComesTwiceIsRefused()
{
    VERIFY_HAS(problemsOf(R"({"name": "s", "preset": "demo", "seeds": [1, 1]})"),
               "'s, seed 1' comes twice");
    VERIFY_HAS(problemsOf(R"({"name": "s", "preset": "demo", "grid": {"train.epochs": [2, 2]}})"),
               "'epochs=2' comes twice");
}

void TestSweep::tooManyRunsAreRefusedBeforeTheyAreMade()
{
    SweepPlan plan;
    plan.name = "endless";
    plan.seeds = std::vector<std::int64_t>(100'000, 0);
    for (const char* key : {"train.epochs", "train.batch_size", "train.max_steps"}) {
        plan.grid.push_back({key, std::vector<std::string>(100'000, "2")});
    }
    const auto members = expandSweep(plan);
    QVERIFY(!members);
    VERIFY_HAS(members.error().message, "too many runs");
}

void TestSweep::textAndPlanAreTheSame()
{
    const auto plan = parseSweep(
        R"({"name": "s", "title": "T", "summary": "S", "presets": ["demo", "cifar10-vit-tiny"],
            "set": {"train.epochs": 3, "data.path": "a, \"b\""}, "grid": {"optimizer.lr": [1e-4, 2]},
            "list": [{"label": "x", "model.freeze_patch_embed": false}], "seeds": [4]})");
    QVERIFY(plan);
    const auto again = parseSweep(toJson(*plan));
    QVERIFY2(again, again ? "" : toText(again.error()).c_str());
    QVERIFY(*again == *plan);
    QCOMPARE(toJson(*again), toJson(*plan));
    auto other = *plan;
    other.seeds.push_back(5);
    QVERIFY(toJson(other) != toJson(*plan));

    SweepPlan own;
    own.name = "own";
    own.config.optimizer.lr = 0.125;
    own.seeds = {0};
    QVERIFY(*parseSweep(toJson(own)) == own);
}

void TestSweep::builtInSweepsExpand()
{
    std::set<std::string> names;
    for (const SweepPlan& plan : builtInSweeps()) {
        const auto members = expandSweep(plan);
        QVERIFY2(members, (plan.name + ": " + (members ? "" : toText(members.error()))).c_str());
        QVERIFY2(members->size() >= 2, plan.name.c_str());
        QVERIFY2(!plan.title.empty() && !plan.summary.empty(), plan.name.c_str());
        QVERIFY2(names.insert(plan.name).second, plan.name.c_str());
        for (const SweepMember& member : *members) { // without any download
            QVERIFY2(member.config.data.path == "demo", member.name.c_str());
        }
        QCOMPARE(findBuiltInSweep(plan.name), &plan);
    }
    QCOMPARE(findBuiltInSweep("no such sweep"), nullptr);
}

QTEST_GUILESS_MAIN(TestSweep)
#include "test_sweep.moc"
