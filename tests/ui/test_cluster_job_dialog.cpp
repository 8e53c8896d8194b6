// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/file_content.h"
#include "tests/ui/test_window.h"
#include "training/api/config_json.h"
#include "training/api/presets.h"
#include "ui/pages/cluster_job_dialog.h"
#include "ui/pages/config_form.h"
#include "ui/pages/configure_page.h"
#include "ui/pages/message_bar.h"
#include "ui/pages/path_edit.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace mocoscope;
using testing::contentOf;
using testing::TestWindow;
using training::ClusterJob;
using ui::ClusterJobDialog;

namespace {

ClusterJob demoJob(const QString& script)
{
    ClusterJob job;
    job.config = training::findPreset("demo")->config;
    job.processes = 2;
    job.name = "big";
    job.store = "/shared/runs.db";
    job.script = script.toStdString();
    return job;
}

QString scriptIn(const ClusterJobDialog& dialog)
{
    return dialog.findChild<QPlainTextEdit*>()->toPlainText();
}

/// The field beside this caption.
QWidget* field(const ClusterJobDialog& dialog, const QString& caption)
{
    for (const auto* label : dialog.findChildren<QLabel*>()) {
        if (label->text().remove('&') == caption) {
            return label->buddy();
        }
    }
    return nullptr;
}

void type(const ClusterJobDialog& dialog, const QString& caption, const QString& text)
{
    QWidget* found = field(dialog, caption);
    auto* line = qobject_cast<QLineEdit*>(found);
    line = line ? line : qobject_cast<ui::PathEdit*>(found)->lineEdit();
    line->selectAll();
    QTest::keyClicks(line, text);
}

QString shownTexts(const QWidget& widget)
{
    QStringList texts;
    for (const auto* label : widget.findChildren<QLabel*>()) {
        texts << label->text();
    }
    return texts.join('\n');
}

QPushButton* button(const QWidget& widget, const QString& text)
{
    for (auto* one : widget.findChildren<QPushButton*>()) {
        if (one->text().remove('&') == text) {
            return one;
        }
    }
    return nullptr;
}

void click(QAction& action)
{
    QVERIFY(action.isEnabled());
    action.trigger();
}

QAction* actionNamed(const QWidget& parent, const QString& text)
{
    for (auto* action : parent.findChildren<QAction*>()) {
        if (action->text().remove('&') == text) {
            return action;
        }
    }
    return nullptr;
}

} // namespace

class TestClusterJobDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScriptFollowsTheFields()
    {
        ClusterJobDialog dialog(demoJob("/jobs/big.sh"), "/here/runs.db");
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(scriptIn(dialog).contains("replicas=${REPLICAS:-2}\n"));
        QVERIFY(shownTexts(dialog).contains("each of 2 processes takes 32 images"));
        QVERIFY(!field(dialog, "Machines")->isVisible());
        type(dialog, "Processes", "4");
        QVERIFY(scriptIn(dialog).contains("replicas=${REPLICAS:-4}\n"));
        auto* launcher = qobject_cast<QComboBox*>(field(dialog, "Started by"));
        launcher->setCurrentIndex(1);
        QVERIFY(field(dialog, "Machines")->isVisible());
        type(dialog, "Machines", "2");
        type(dialog, "Cores", "12");
        type(dialog, "Time limit", "2-00:00:00");
        type(dialog, "Run name", "my run");
        type(dialog, "Run history", "/other/runs.db");
        for (const char* line : {"#SBATCH --nodes=2\n", "#SBATCH --ntasks-per-node=4\n",
                                 "#SBATCH --cpus-per-task=12\n", "#SBATCH --time=2-00:00:00\n",
                                 "--name='my run' --store /other/runs.db)\n"}) {
            QVERIFY2(scriptIn(dialog).contains(line), line);
        }
        QVERIFY(shownTexts(dialog).contains("each of 8 processes takes 8 images"));
        QVERIFY(shownTexts(dialog).contains("sbatch /jobs/big.sh resume 'my run'"));
        QVERIFY(shownTexts(dialog).contains("mocoscope /other/runs.db"));
        type(dialog, "Run history", "/here/runs.db");
        QVERIFY(shownTexts(dialog).contains("appears on Runs in this window"));
    }

    void whatIsWrongIsSaid()
    {
        ClusterJobDialog dialog(demoJob("/jobs/big.sh"), "/here/runs.db");
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(button(dialog, "Save")->isEnabled());
        type(dialog, "Processes", "3");
        QVERIFY(!button(dialog, "Save")->isEnabled());
        QVERIFY(shownTexts(dialog).contains("multiple of the 3 processes"));
        QVERIFY(scriptIn(dialog).isEmpty());
        type(dialog, "Processes", "4");
        QVERIFY(button(dialog, "Save")->isEnabled());
        field(dialog, "Processes")->setProperty("text", "");
        QVERIFY(!button(dialog, "Save")->isEnabled());
    }

    void bothFilesAreWrittenAndReplacedOnlyWhenAsked()
    {
        const QTemporaryDir folder;
        const QString script = folder.filePath("big.sh");
        const auto open = [&script] {
            auto* dialog = new ClusterJobDialog(demoJob(script), "/here/runs.db");
            dialog->open();
            return QPointer(dialog);
        };
        auto dialog = open();
        QSignalSpy messages(dialog.data(), &ClusterJobDialog::messageRaised);
        button(*dialog, "Save")->click();
        QTRY_VERIFY(!dialog);
        QCOMPARE(messages.size(), 1);
        const auto message = messages[0][0].value<ui::Message>();
        QVERIFY(message.text.contains(script) && message.detail.contains("bash " + script));
        message.action();
        QCOMPARE(QApplication::clipboard()->text(), "bash " + script);
        QVERIFY(QFileInfo(script).isExecutable());
        const QByteArray config = contentOf(folder.filePath("big.json"));
        QCOMPARE(training::fromJson(config.toStdString())->train.device, std::string("auto"));

        QFile changed(script);
        QVERIFY(changed.open(QIODevice::WriteOnly));
        changed.close();
        dialog = open();
        button(*dialog, "Save")->click();
        QTRY_VERIFY(dialog->findChild<QMessageBox*>());
        auto* question = dialog->findChild<QMessageBox*>();
        QVERIFY(question->informativeText().contains("big.json"));
        question->button(QMessageBox::Cancel)->click();
        QCOMPARE(QFileInfo(script).size(), 0);
        QTRY_VERIFY(!dialog->findChild<QMessageBox*>());
        button(*dialog, "Save")->click();
        QTRY_VERIFY(dialog->findChild<QMessageBox*>());
        button(*dialog->findChild<QMessageBox*>(), "Replace")->click();
        QTRY_VERIFY(!dialog);
        QVERIFY(QFileInfo(script).size() > 0);
    }

    void whatCannotBeWrittenKeepsTheDialog()
    {
        ClusterJobDialog dialog(demoJob("/nowhere/at/all.sh"), "/here/runs.db");
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QSignalSpy messages(&dialog, &ClusterJobDialog::messageRaised);
        button(dialog, "Save")->click();
        QTRY_COMPARE(messages.size(), 1);
        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains("cannot write '/nowhere/at/all.json'"));
    }

    void theMenuOffersItForTheConfiguredRun()
    {
        TestWindow test({});
        test.window().show();
        auto& page = test.window().configurePage();
        page.form().setOption("train.batch_size", "128");
        click(*actionNamed(test.window(), QStringLiteral("Save as cluster job\u2026")));
        auto* dialog = page.findChild<ClusterJobDialog*>();
        QVERIFY(dialog);
        QCOMPARE(test.window().page(), ui::MainWindow::Configure);
        QCOMPARE(dialog->job().config.train.batchSize, 128);
        QCOMPARE(dialog->job().store, test.history.library().file());
        QCOMPARE(dialog->job().name, std::string("demo"));
        dialog->close();
    }

    void whatCannotBeAJobIsSaid()
    {
        TestWindow test({});
        test.window().show();
        auto& page = test.window().configurePage();
        page.form().setOption("task.name", "linear");
        click(*actionNamed(test.window(), QStringLiteral("Save as cluster job\u2026")));
        QVERIFY(!page.findChild<ClusterJobDialog*>());
        QVERIFY(test.window().messages().texts().join('\n').contains("cannot be a job"));
    }

    void anotherHistoryIsAskedFor()
    {
        TestWindow test({});
        test.window().show();
        QSignalSpy chosen(&test.window(), &ui::MainWindow::historyChosen);
        click(*actionNamed(test.window(), QStringLiteral("Open history\u2026")));
        auto* dialog = test.window().findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected("/other/runs.db");
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("/other/runs.db"));
        dialog->close();
    }
};

QTEST_MAIN(TestClusterJobDialog)

#include "test_cluster_job_dialog.moc"
