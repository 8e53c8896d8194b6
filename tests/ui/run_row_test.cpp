// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_model.h"
#include "ui/pages/run_row_delegate.h"

#include <QHelpEvent>
#include <QTest>
#include <QToolTip>
#include <QTreeView>

using namespace mocoscope;
using namespace mocoscope::ui;

class RunRowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Names of a sweep's runs differ in what is left out of the middle.
    void whatIsCutOffIsToldInFull()
    {
        storage::RunRecord run;
        run.id = {1};
        run.name = "lr=0.0003, freeze_patch_embed=<true>, seed 0";
        RunTableModel model;
        model.setRuns({run});
        QTreeView view;
        view.setModel(&model);
        RunRowDelegate delegate;
        const auto isToldIn = [&](int width) {
            QHelpEvent event(QEvent::ToolTip, {5, 5}, {5, 5});
            QStyleOptionViewItem option;
            option.rect = {0, 0, width, 20};
            return delegate.helpEvent(&event, &view, option, model.index(0, RunTableModel::Name));
        };
        view.show();
        QVERIFY(!isToldIn(2000));
        QVERIFY(isToldIn(100));
        QVERIFY(QToolTip::text().contains("freeze_patch_embed=&lt;true&gt;"));
    }
};

QTEST_MAIN(RunRowTest)
#include "run_row_test.moc"
