// SPDX-License-Identifier: GPL-3.0-or-later
// The study's results, and the presets and sweeps that redo them.
#include "training/api/config_schema.h"
#include "training/api/presets.h"
#include "training/api/study_reference.h"
#include "training/api/sweep.h"

#include <QtTest>

#include <map>
#include <set>

using namespace mocoscope::training;

namespace {

/// The table of the study, written down a second time, so that a slip of the pen shows.
const std::map<std::string, std::vector<double>> published {
    {"vit-300-epochs", {73.2, 81.4, 76.7, 83.2}},
    {"resnet50", {68.9, 72.8, 74.6}},
    {"batch-size", {71.5, 72.6, 72.2, 69.7}},
    {"learning-rate", {70.4, 72.2, 71.7}},
    {"patch-projection", {71.7, 73.4, 69.3, 70.1, 69.7, 71.0}},
    {"frameworks-vit-small", {72.5, 69.0, 71.0, 67.1}},
    {"frameworks-vit-base", {76.5, 73.9, 73.9, 71.6}},
    {"position-embedding", {76.5, 76.1, 74.9}},
    {"class-token", {76.5, 69.7, 76.3}},
    {"head-norm", {76.5, 74.4}},
    {"prediction-head", {76.5, 75.5}},
    {"momentum", {74.3, 75.6, 76.5, 75.0}},
    {"training-time", {2.1, 9.8}},
    {"transfer", {98.9, 90.5, 97.7, 93.2}},
};

bool isAtFullSize(const Preset& preset)
{
    return preset.name.starts_with("study-") || preset.name.starts_with("moco-v3-");
}

TrainingConfig configOf(const char* preset)
{
    const auto found = findPreset(preset);
    if (!found) {
        qFatal("%s", toText(found.error()).c_str());
    }
    return found->config;
}

} // namespace

class TestStudy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreThePublishedOnes();
    void labelsSayWhoseValueItIs();
    void everySettingHasPresetsAtBothScales();
    void theOptionsOfARowTellItsSettingsApart();
    void everyRowHasASweep();
    void groupsStandTogether();
    void recipesAreThePublishedOnes();
    void transferIsFineTuning();
    void aRunFindsItsSetting();
    void aChangedRunIsTakenForWhatItIs();
    void whatCorrespondsToNothingHasNoValue();
};

void TestStudy::valuesAreThePublishedOnes()
{
    QCOMPARE(studyRows().size(), published.size());
    for (const StudyRow& row : studyRows()) {
        std::vector<double> values;
        for (const StudyValue& value : row.values) {
            values.push_back(value.value);
        }
        QVERIFY2(published.contains(row.name), row.name.c_str());
        QCOMPARE(values, published.at(row.name));
        QCOMPARE(findStudyRow(row.name), &row);
    }
}

void TestStudy::labelsSayWhoseValueItIs()
{
    QCOMPARE(findStudyRow("momentum")->values.front().label,
             std::string("paper (ImageNet, linear probing)"));
    QCOMPARE(findStudyRow("resnet50")->values.front().label,
             std::string("authors' code (ImageNet, linear probing)"));
    QCOMPARE(findStudyRow("training-time")->values.front().unit, std::string("h"));
    QCOMPARE(findStudyRow("transfer")->values.front().label,
             std::string("paper (CIFAR-10, fine-tuning)"));
}

void TestStudy::everySettingHasPresetsAtBothScales()
{
    std::map<std::pair<std::string, std::string>, std::pair<int, int>> counts;
    for (const StudyRow& row : studyRows()) {
        for (const StudyValue& value : row.values) {
            counts[{row.name, value.study.setting}];
        }
    }
    for (const Preset& preset : presets()) {
        if (preset.study) {
            const auto count = counts.find({preset.study->row, preset.study->setting});
            QVERIFY2(count != counts.end(), preset.name.c_str());
            ++(isAtFullSize(preset) ? count->second.first : count->second.second);
        }
    }
    for (const auto& [setting, count] : counts) {
        QVERIFY2(count == std::pair(1, 1), (setting.first + ": " + setting.second).c_str());
    }
}

void TestStudy::theOptionsOfARowTellItsSettingsApart()
{
    for (const StudyRow& row : studyRows()) {
        if (row.options.empty()) {
            continue; // transfer: the images, whose place everyone chooses
        }
        std::set<std::vector<std::string>> full;
        std::set<std::vector<std::string>> small;
        std::size_t count = 0;
        for (const Preset& preset : presets()) {
            if (preset.study && preset.study->row == row.name) {
                std::vector<std::string> values;
                for (const std::string& key : row.options) {
                    QVERIFY2(findField(key), key.c_str());
                    values.push_back(toText(findField(key)->get(preset.config)));
                }
                (isAtFullSize(preset) ? full : small).insert(values);
                ++count;
            }
        }
        QCOMPARE(full.size() + small.size(), count);
    }
}

void TestStudy::everyRowHasASweep()
{
    for (const StudyRow& row : studyRows()) {
        if (row.name == "transfer") {
            continue; // its runs start from weights that another run has to make first
        }
        const SweepPlan* sweep = findBuiltInSweep(row.name);
        QVERIFY2(sweep, row.name.c_str());
        std::set<std::string> settings;
        for (const std::string& name : sweep->presets) {
            const auto preset = findPreset(name);
            QVERIFY2(preset && preset->study && preset->study->row == row.name, name.c_str());
            settings.insert(preset->study->setting);
        }
        for (const StudyValue& value : row.values) {
            QVERIFY2(settings.contains(value.study.setting), value.study.setting.c_str());
        }
    }
}

void TestStudy::groupsStandTogether()
{
    std::set<std::string> closed;
    std::set<std::string> names;
    std::string current;
    for (const Preset& preset : presets()) {
        QVERIFY2(!preset.group.empty() && !preset.title.empty() && !preset.summary.empty(),
                 preset.name.c_str());
        QVERIFY2(names.insert(preset.name).second, preset.name.c_str());
        if (preset.group != current) {
            closed.insert(current);
            current = preset.group;
            QVERIFY2(!closed.contains(current), current.c_str());
        }
    }
}

void TestStudy::recipesAreThePublishedOnes()
{
    const TrainingConfig resnet = configOf("study-resnet50-1000-epochs");
    QCOMPARE(resnet.optimizer.name, std::string("lars"));
    QCOMPARE(resnet.optimizer.lr, 0.3);
    QCOMPARE(resnet.optimizer.weightDecay, 1.5e-6);
    QCOMPARE(resnet.method.momentum, 0.996);
    QCOMPARE(resnet.method.temperature, 1.0);
    QCOMPARE(resnet.method.projectorLayers, 2);
    QVERIFY(!resnet.method.predictorOutputNorm);
    QCOMPARE(resnet.views.cropMin, 0.2);
    QCOMPARE(resnet.train.warmupEpochs, 10.0);
    QCOMPARE(configOf("study-resnet50-100-epochs").optimizer.lr, 0.6);
    QCOMPARE(configOf("study-resnet50-300-epochs").optimizer.lr, 0.3);

    const TrainingConfig batch = configOf("study-batch-size-6k");
    QCOMPARE(batch.train.batchSize, 6144);
    QCOMPARE(batch.train.epochs, 100);
    QVERIFY(!batch.model.freezePatchEmbed);
    const TrainingConfig swav = configOf("study-frameworks-vit-small-swav");
    QCOMPARE(swav.method.temperature, 0.1);
    QCOMPARE(swav.method.sinkhornEpsilon, 0.05);
    QCOMPARE(swav.method.sinkhornIterations, 3);
    QCOMPARE(swav.model.name, std::string("vit_small"));
    QCOMPARE(swav.train.batchSize, 4096);
}

/// METHOD: 100 epochs, batch 128, otherwise DeiT's recipe.
void TestStudy::transferIsFineTuning()
{
    const TrainingConfig transfer = configOf("study-transfer-pets");
    QCOMPARE(transfer.task.name, std::string("finetune"));
    QCOMPARE(transfer.model.name, std::string("vit_base"));
    QCOMPARE(transfer.finetune.epochs, 100);
    QCOMPARE(transfer.finetune.batchSize, 128);
    QCOMPARE(transfer.finetune.lr, 5e-4);
    QCOMPARE(transfer.finetune.mixup, 0.8);
    for (const char* name : {"study-transfer-pets", "laptop-transfer-pets"}) {
        TrainingConfig config = configOf(name);
        QVERIFY(
            !config.model.initialWeights.empty()); // nobody fine-tunes an untrained one unawares
        config.data.path = "/images/pets";
        config.model.initialWeights = "/runs/vit.safetensors";
        QCOMPARE(studyValues(name, config).front().value, 93.2);
    }
}

void TestStudy::aRunFindsItsSetting()
{
    const char* name = "laptop-patch-projection-byol-frozen";
    const auto values = studyValues(name, configOf(name));
    QCOMPARE(values.size(), 1U);
    QCOMPARE(values.front().value, 71.0);
    TrainingConfig other = configOf(name); // options that are not the row's make no difference
    other.train.seed = 12;
    other.train.epochs = 3;
    QCOMPARE(studyValues(name, other).front().value, 71.0);
    QCOMPARE(studyValues("moco-v3-vit-base", configOf("moco-v3-vit-base")).size(), 2U);
}

void TestStudy::aChangedRunIsTakenForWhatItIs()
{
    const char* name = "laptop-patch-projection-byol-frozen";
    TrainingConfig learned = configOf(name);
    learned.model.freezePatchEmbed = false;
    QCOMPARE(studyValues(name, learned).front().value, 69.7);
    TrainingConfig rate = configOf("laptop-learning-rate-0.5");
    rate.optimizer.lr = configOf("laptop-learning-rate-1.5").optimizer.lr;
    QCOMPARE(studyValues("laptop-learning-rate-0.5", rate).front().study.setting,
             std::string("lr 1.5e-4"));
}

void TestStudy::whatCorrespondsToNothingHasNoValue()
{
    QVERIFY(studyValues("demo", configOf("demo")).empty());
    QVERIFY(studyValues("", {}).empty());
    QVERIFY(studyValues("a preset of old", {}).empty());
    TrainingConfig rate = configOf("laptop-learning-rate-0.5");
    rate.optimizer.lr = 0.123;
    QVERIFY(studyValues("laptop-learning-rate-0.5", rate).empty());
    TrainingConfig mocoV2 = configOf("laptop-frameworks-vit-small-byol");
    mocoV2.method.name = "moco_v2";
    QVERIFY(studyValues("laptop-frameworks-vit-small-byol", mocoV2).empty());
}

QTEST_GUILESS_MAIN(TestStudy)
#include "test_study.moc"
