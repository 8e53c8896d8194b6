// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/config_json.h"
#include "ui/models/run_filter_model.h"
#include "ui/models/run_table_model.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace mocoscope;
using namespace mocoscope::ui;
using storage::RunRecord;

namespace {

RunRecord record(std::int64_t id, const std::string& name, double lr)
{
    training::TrainingConfig config;
    config.optimizer.lr = lr;
    RunRecord run;
    run.id = {id};
    run.uuid = "uuid " + std::to_string(id);
    run.name = name;
    run.configJson = training::toJson(config);
    return run;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all << model.index(row, RunTableModel::Name).data().toString();
    }
    return all;
}

} // namespace

class RunFilterModelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conditionsLookAtOptions()
    {
        RunRecord unreadable = record(3, "unreadable", 0);
        unreadable.configJson = "{";
        m_model.setRuns({record(1, "slow", 1e-5), record(2, "fast", 1e-2), unreadable});
        RunFilterModel filter;
        const QAbstractItemModelTester tester(&filter);
        filter.setSourceModel(&m_model);
        filter.setSearch("lr > 1e-4");
        QCOMPARE(names(filter), QStringList {"fast"});
        filter.setSearch("lr < 1e-4 or unreadable");
        QCOMPARE(names(filter), QStringList({"slow", "unreadable"}));
        filter.setSearch({});
        QCOMPARE(filter.rowCount(), 3);
    }

    void aWrongSearchLeavesTheOneBefore()
    {
        m_model.setRuns({record(1, "slow", 1e-5), record(2, "fast", 1e-2)});
        RunFilterModel filter;
        filter.setSourceModel(&m_model);
        filter.setSearch("fast");
        QVERIFY(filter.problem().isEmpty());
        filter.setSearch("l\u00e4r > 1");
        QCOMPARE(names(filter), QStringList {"fast"});
        QVERIFY2(filter.problem().contains("<u><b>l\u00e4r</b></u> &gt; 1"),
                 qPrintable(filter.problem()));
        filter.setSearch("lr >");
        QVERIFY(filter.problem().contains("lr &gt;<u>"));
        filter.setSearch("slow");
        QVERIFY(filter.problem().isEmpty());
        QCOMPARE(names(filter), QStringList {"slow"});
    }

private:
    RunTableModel m_model;
};

QTEST_GUILESS_MAIN(RunFilterModelTest)
#include "run_filter_model_test.moc"
