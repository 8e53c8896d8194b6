// SPDX-License-Identifier: GPL-3.0-or-later
#include "invocation.h"
#include "training/api/config_json.h"
#include "training/api/config_schema.h"
#include "training/api/presets.h"

#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace mocoscope::testing;
using namespace mocoscope::training;

class TestCatalogs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPresetIsValid()
    {
        for (const Preset& preset : presets()) {
            for (const Violation& violation : validate(preset.config)) {
                QFAIL((preset.name + ": " + violation.key + " " + violation.reason).c_str());
            }
        }
        QCOMPARE(presets().front().name, "demo");
        QCOMPARE(presets().front().config.train.batchSize, 64);
    }

    void listsPresets()
    {
        const Invocation text = invoke({"presets"});
        QCOMPARE(text.exitCode, 0);
        const Invocation json = invoke({"presets", "--json"});
        std::istringstream lines(json.out);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line); ++count) {
            const auto object = nlohmann::json::parse(line);
            const std::string name = object.at("name");
            QVERIFY(text.out.find(name) != std::string::npos);
            QVERIFY(fromJson(object.at("config").dump()).has_value());
        }
        QCOMPARE(count, presets().size());
    }

    void printsAPresetAsAFile()
    {
        const Invocation result = invoke({"presets", "moco-v3-vit-base"});
        QCOMPARE(result.exitCode, 0);
        const auto config = fromJson(result.out);
        QVERIFY(config.has_value());
        QVERIFY(*config == findPreset("moco-v3-vit-base")->config);
        QCOMPARE(invoke({"presets", "nothing"}).exitCode, 2);
    }

    void listsDevices()
    {
        World world;
        world.devices.push_back({"cuda:0", "Scripted GPU", 1'000'000'000});
        QVERIFY(invoke({"devices"}, world).out.find("cuda:0  Scripted GPU") != std::string::npos);
        QVERIFY(invoke({"devices", "--json"}, world).out.find("load_percent") == std::string::npos);
        world.devices.push_back({"cuda:1", "Busy GPU", 80'000'000'000, 60'000'000'000, 87.4});
        const std::string table = invoke({"devices"}, world).out;
        QVERIFY2(table.find("87 %") != std::string::npos, table.c_str());
        const std::string json = invoke({"devices", "--json"}, world).out;
        QVERIFY2(json.find("\"used_bytes\":60000000000,\"load_percent\":87.4") != std::string::npos,
                 json.c_str());
        QVERIFY(invoke({"devices", "--json"}, world).out.find("\"memory_bytes\":1000000000")
                != std::string::npos);
    }

    void theOptionsReferenceIsFresh()
    {
        const QString file = qEnvironmentVariable("MOCOSCOPE_SOURCE_DIR") + "/docs/options.md";
        std::ifstream in(file.toStdString(), std::ios::binary);
        std::ostringstream stored;
        stored << in.rdbuf();
        const Invocation made = invoke({"options", "--markdown"});
        QCOMPARE(made.exitCode, 0);
        QVERIFY2(stored.str() == made.out,
                 "docs/options.md is stale: mocoscope-train options --markdown > docs/options.md");
    }
};

QTEST_GUILESS_MAIN(TestCatalogs)
#include "test_catalogs.moc"
