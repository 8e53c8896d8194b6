// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_legend.h"
#include "ui/plot/plot_theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace mocoscope::ui;

namespace {
std::vector<LegendModel::Row> rowsOf(int count)
{
    std::vector<LegendModel::Row> rows;
    for (int i = 0; i < count; ++i) {
        rows.push_back({QStringLiteral("blocks.%1").arg(i), {}, {Qt::red}, true, {}});
    }
    return rows;
}

QString shownOf(const LegendModel& model)
{
    QString shown;
    for (const LegendModel::Row& row : model.rows()) {
        shown += row.isVisible ? QLatin1Char('x') : QLatin1Char('.');
    }
    return shown;
}
} // namespace

class PlotLegendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongNameKeepsItsEnd();
    void modelKeepsItsContract();
    void clickTogglesDoubleClickIsolates();
    void keysDoTheSame();
};

void PlotLegendTest::modelKeepsItsContract()
{
    LegendModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setRows(rowsOf(16));
    QCOMPARE(model.rowCount(), 16);
    model.setValues(std::vector<QString>(16, QStringLiteral("1.5")));
    model.setValues(std::vector<QString>(16, QStringLiteral("1.5")));
    QCOMPARE(changes.size(), 1);
    QVERIFY(model.setData(model.index(3), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(model.index(3).data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Unchecked));
    model.setRows({});
    model.setValues({});
    QCOMPARE(model.rowCount(), 0);
}

void PlotLegendTest::clickTogglesDoubleClickIsolates()
{
    LegendModel model;
    model.setRows(rowsOf(3));
    PlotLegend view(model);
    view.resize(200, 200);
    view.show();
    const QPoint second = view.visualRect(model.index(1)).center();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(shownOf(model), QStringLiteral("x.x"));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(shownOf(model), QStringLiteral("xxx"));
    // A double click is a click and then a double click.
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(shownOf(model), QStringLiteral(".x."));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(shownOf(model), QStringLiteral("xxx"));
}

void PlotLegendTest::keysDoTheSame()
{
    LegendModel model;
    model.setRows(rowsOf(3));
    PlotLegend view(model);
    view.setCurrentIndex(model.index(2));
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(shownOf(model), QStringLiteral("xx."));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(shownOf(model), QStringLiteral("..x"));
}

void PlotLegendTest::aLongNameKeepsItsEnd()
{
    const QFontMetrics metrics {QFont()};
    const QString name = "moco_v3, ViT-S/16, lr 1.5e-4, seed 1";
    QCOMPARE(elidedName(metrics, name, metrics.horizontalAdvance(name)), name);
    const int room = metrics.horizontalAdvance("moc\u2026e-4, seed 1") + 2;
    const QString shown = elidedName(metrics, name, room);
    QVERIFY(shown.startsWith("moc\u2026"));
    QVERIFY(shown.endsWith("seed 1"));
    QVERIFY(metrics.horizontalAdvance(shown) <= room);
}

QTEST_MAIN(PlotLegendTest)
#include "plot_legend_test.moc"
