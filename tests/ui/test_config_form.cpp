// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_ports.h"
#include "training/api/presets.h"
#include "ui/models/text_format.h"
#include "ui/pages/config_form.h"
#include "ui/pages/estimate_panel.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_row.h"
#include "ui/pages/path_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest>

#include <memory>
#include <set>

using namespace mocoscope;
using namespace mocoscope::ui;
using training::FieldDescription;
using training::FieldType;
using training::TrainingConfig;

namespace {

/// Does with the widget what a user would do to give an option a value.
void enter(FieldRow& row, const QString& text)
{
    QWidget* input = row.editor().input();
    if (auto* box = qobject_cast<QCheckBox*>(input)) {
        if (row.editor().text() != text) {
            box->click();
        }
    } else if (auto* list = qobject_cast<QComboBox*>(input); list && !list->isEditable()) {
        list->setCurrentIndex(list->findData(text));
        Q_EMIT list->activated(list->currentIndex());
    } else {
        auto* line = list ? list->lineEdit() : qobject_cast<QLineEdit*>(input);
        line->selectAll();
        text.isEmpty() ? QTest::keyClick(line, Qt::Key_Delete) : QTest::keyClicks(line, text);
    }
}

QStringList valuesOf(const FieldDescription& field)
{
    switch (field.type) {
    case FieldType::Boolean:
        return {"false", "true"};
    case FieldType::Integer:
        return {fieldText(static_cast<std::int64_t>(field.minimum)),
                fieldText(static_cast<std::int64_t>(field.maximum))};
    case FieldType::Real:
        return {fieldText(field.minimum), fieldText(field.maximum)};
    case FieldType::Choice: {
        QStringList all;
        for (const auto& choice : field.choices) {
            all << QString::fromStdString(choice.value);
        }
        return all;
    }
    case FieldType::Text:
    case FieldType::Path:
        return {"some text", "cuda:3"};
    }
    return {};
}

} // namespace

class TestConfigForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEachPresetAsItIs();
    void tellsTheBackboneThatTheOptionsMake();
    void wrapsItsWordsWhereItIsNarrow();
    void widgetsRoundTrip_data();
    void widgetsRoundTrip();
    void cleanupTestCase();
    void whatIsTypedIsKept();
    void anErrorStandsBesideItsField();
    void changesAreMarkedAndTakenBack();
    void whatHasNoEffectIsTold();
    void searchShowsAdvancedOptionsToo();
    void anEvaluationShowsWhatItUses();
    void everyFieldIsNamed();
    void devicesAreOffered();
    void aDroppedFolderBecomesThePath();

private:
    // Making one takes long beside what is tried on it.
    std::unique_ptr<ConfigForm> m_entered;
    std::unique_ptr<ConfigForm> m_loaded;
};

/// The demo's depth and width are not those of the name that it shows.
void TestConfigForm::tellsTheBackboneThatTheOptionsMake()
{
    testing::FakeDatasetInspector inspector;
    testing::FakeWeightsInspector weights;
    EstimatePanel panel(inspector, weights);
    const auto backbone = [&panel](const TrainingConfig& config) {
        panel.setConfig(config);
        for (const auto* label : panel.findChildren<QLabel*>()) {
            if (label->accessibleName() == "Backbone") {
                return label->text();
            }
        }
        return QString();
    };
    TrainingConfig config = training::findPreset("demo")->config;
    QCOMPARE(backbone(config), "4 blocks, 96 wide, 3 heads, 17 tokens");
    config.model.depth = 0;
    config.model.width = 0;
    QCOMPARE(backbone(config), "12 blocks, 192 wide, 3 heads, 17 tokens");
    config.model.name = "resnet50";
    QCOMPARE(backbone(config), "3 + 4 + 6 + 3 blocks, feature of 2048");
}

void TestConfigForm::wrapsItsWordsWhereItIsNarrow()
{
    ConfigForm form;
    form.resize(1600, 600);
    form.show();
    const int whole = form.widget()->minimumSizeHint().width();
    form.resize(form.minimumSizeHint().width(), 600);
    QTRY_VERIFY(form.widget()->minimumSizeHint().width() < whole);
    form.resize(form.minimumSizeHint().width(), 600);
    QVERIFY(form.width() < whole);
    QTRY_COMPARE(form.widget()->width(), form.viewport()->width()); // nothing is cut off
    std::set<int> editorsAt;
    for (const char* key : {"model.name", "optimizer.lr", "train.batch_size"}) {
        editorsAt.insert(form.row(key).editor().x());
    }
    QCOMPARE(editorsAt.size(), std::size_t {1});
    form.resize(1600, 600);
    QTRY_COMPARE(form.widget()->minimumSizeHint().width(), whole);
}

void TestConfigForm::showsEachPresetAsItIs()
{
    ConfigForm form;
    for (const training::Preset& preset : training::presets()) {
        form.load(preset.config, preset.config);
        QVERIFY2(form.draft().isValid(), preset.name.c_str());
        QVERIFY2(form.draft().config() == preset.config, preset.name.c_str());
        QVERIFY(form.draft().changedKeys().empty());
    }
}

void TestConfigForm::widgetsRoundTrip_data()
{
    m_entered = std::make_unique<ConfigForm>();
    m_loaded = std::make_unique<ConfigForm>();
    QTest::addColumn<QString>("key");
    for (const FieldDescription& field : training::configFields()) {
        QTest::newRow(field.key.c_str()) << QString::fromStdString(field.key);
    }
}

/// Form to configuration to form, at the ends of each option's range.
void TestConfigForm::widgetsRoundTrip()
{
    QFETCH(QString, key);
    const std::string name = key.toStdString();
    const FieldDescription& field = *training::findField(name);
    ConfigForm& form = *m_entered;
    form.load({}, {});
    for (const QString& text : valuesOf(field)) {
        enter(form.row(name), text);
        QCOMPARE(form.draft().text(name), text);
        const auto value = parseField(field, text.toStdString());
        QVERIFY(value.has_value());
        QVERIFY(field.get(form.draft().config()) == *value);
        ConfigForm& other = *m_loaded;
        other.load(form.draft().config(), {});
        QCOMPARE(other.row(name).editor().text(), text);
        QVERIFY(other.draft().config() == form.draft().config());
    }
}

void TestConfigForm::cleanupTestCase()
{
    m_entered.reset();
    m_loaded.reset();
}

void TestConfigForm::whatIsTypedIsKept()
{
    ConfigForm form;
    enter(form.row("optimizer.lr"), "1.5e-4");
    QCOMPARE(form.draft().config().optimizer.lr, 1.5e-4);
    QCOMPARE(form.row("optimizer.lr").editor().text(), QString("1.5e-4"));
    enter(form.row("optimizer.lr"), "0.000150");
    QCOMPARE(form.row("optimizer.lr").editor().text(), QString("0.000150"));
    enter(form.row("optimizer.lr"), "1,5abc");
    QCOMPARE(form.row("optimizer.lr").editor().text(), QString("15"));
}

void TestConfigForm::anErrorStandsBesideItsField()
{
    ConfigForm form;
    form.show();
    FieldRow& row = form.row("train.batch_size");
    enter(row, "1");
    QVERIFY(row.problem().contains("from 2 to"));
    QVERIFY(!form.draft().isValid());
    enter(row, "256");
    QVERIFY(row.problem().isEmpty());
    enter(form.row("train.warmup_epochs"), "1e4");
    QVERIFY(!form.row("train.warmup_epochs").problem().isEmpty());
    enter(form.row("train.epochs"), "20000"); // now it fits: the other field's error goes
    QVERIFY(form.row("train.warmup_epochs").problem().isEmpty());
}

void TestConfigForm::whatHasNoEffectIsTold()
{
    ConfigForm form;
    FieldRow& row = form.row("method.prototypes");
    form.setOption("method.prototypes", "50");
    QCOMPARE(row.remark(), QString("has no effect: MoCo v3 does not use it"));
    QVERIFY(row.problem().isEmpty() && form.draft().isValid());
    form.setOption("method.name", "swav");
    QVERIFY(row.remark().isEmpty());
    form.setOption("method.prototypes", "1"); // what is wrong comes first
    form.setOption("method.name", "byol");
    QCOMPARE(row.remark(), row.problem());
    QVERIFY(!row.problem().isEmpty());
}

void TestConfigForm::changesAreMarkedAndTakenBack()
{
    ConfigForm form;
    QSignalSpy changed(&form, &ConfigForm::changed);
    enter(form.row("model.freeze_patch_embed"), "false");
    QCOMPARE(changed.size(), 1);
    QVERIFY(form.draft().isChanged("model.freeze_patch_embed"));
    Q_EMIT form.row("model.freeze_patch_embed").resetRequested();
    QVERIFY(!form.draft().isChanged("model.freeze_patch_embed"));
    QCOMPARE(form.row("model.freeze_patch_embed").editor().text(), QString("true"));
}

void TestConfigForm::searchShowsAdvancedOptionsToo()
{
    ConfigForm form;
    form.show();
    const auto& beta = form.row("optimizer.beta2");
    QVERIFY(!beta.isVisible());
    form.setSearch("beta adamw");
    QVERIFY(beta.isVisible());
    QVERIFY(!form.row("data.path").isVisible());
    form.setSearch(QString::fromUtf8("\u03c4"));
    QVERIFY(form.row("method.temperature").isVisible());
    form.setSearch("optimizer.lr");
    QVERIFY(form.row("optimizer.lr").isVisible());
    form.focusFirstFound();
    QCOMPARE(form.window()->focusWidget(), form.row("optimizer.lr").editor().input());
    form.setSearch("initial_weights"); // which the description of the task names first
    form.focusFirstFound();
    QCOMPARE(form.window()->focusWidget(), form.row("model.initial_weights").editor().input());
    form.setSearch({});
    QVERIFY(!beta.isVisible());
    form.showOption("optimizer.beta2");
    QVERIFY(beta.isVisible());
}

void TestConfigForm::anEvaluationShowsWhatItUses()
{
    ConfigForm form;
    form.show();
    const auto isShown = [&form](const char* key) { return form.row(key).isVisible(); };
    const auto hasGroup
        = [&form](const char* key) { return form.row(key).parentWidget()->isVisible(); };
    QVERIFY(isShown("method.name") && hasGroup("linear.epochs") && hasGroup("finetune.epochs"));
    QVERIFY(!isShown("linear.epochs")); // folded: not what pretraining is set up by
    enter(form.row("task.name"), "linear");
    QVERIFY(isShown("linear.epochs") && isShown("data.path") && isShown("model.name"));
    QVERIFY(!isShown("method.name") && !isShown("optimizer.lr") && !isShown("finetune.epochs"));
    QVERIFY(isShown("train.device") && !isShown("train.epochs") && !isShown("train.batch_size"));
    QVERIFY(isShown("model.patch_size") && !isShown("model.freeze_patch_embed"));
    QVERIFY(!isShown("evaluation.knn_neighbours"));
    form.setSearch("optimizer.lr");
    QVERIFY(isShown("optimizer.lr"));
    form.setSearch({});
    QVERIFY(!isShown("optimizer.lr"));
    form.showOption("optimizer.lr");
    QVERIFY(isShown("optimizer.lr"));
    enter(form.row("optimizer.lr"), "2000"); // above the largest
    enter(form.row("task.name"), "finetune");
    QVERIFY(isShown("finetune.epochs") && !isShown("linear.epochs"));
    QVERIFY(isShown("optimizer.lr") && !form.row("optimizer.lr").problem().isEmpty());
    enter(form.row("task.name"), "knn");
    QVERIFY(isShown("evaluation.knn_neighbours") && !isShown("evaluation.knn_every_epochs"));
    enter(form.row("task.name"), "pretrain");
    QVERIFY(isShown("method.name") && hasGroup("linear.epochs") && isShown("train.epochs"));
}

void TestConfigForm::everyFieldIsNamed()
{
    ConfigForm form;
    for (const FieldDescription& field : training::configFields()) {
        const QWidget* input = form.row(field.key).editor().input();
        QVERIFY2(!input->accessibleName().isEmpty(), field.key.c_str());
        QVERIFY2(input->toolTip().contains(QString::fromStdString(field.key)), field.key.c_str());
        QVERIFY2(input->focusPolicy() & Qt::TabFocus, field.key.c_str());
    }
}

void TestConfigForm::devicesAreOffered()
{
    ConfigForm form;
    form.setOption("train.device", "cuda:0");
    const std::vector<training::DeviceDescription> devices {
        {"cpu", "CPU", 0}, {"cuda:0", "GPU", 1 << 30, 1 << 28, 86.6}};
    form.setDevices(devices);
    auto* list = qobject_cast<QComboBox*>(form.row("train.device").editor().input());
    QCOMPARE(list->count(), 3);
    QCOMPARE(form.row("train.device").editor().text(), QString("cuda:0"));
    QCOMPARE(list->itemText(1), QString("cpu: CPU"));
    QVERIFY2(list->itemText(2).endsWith("in use, 87 % load"), qPrintable(list->itemText(2)));
    list->setCurrentIndex(1);
    Q_EMIT list->activated(1);
    QCOMPARE(form.draft().config().train.device, std::string("cpu"));
}

void TestConfigForm::aDroppedFolderBecomesThePath()
{
    QMimeData data;
    QVERIFY(PathEdit::droppedPath(data).isEmpty());
    data.setUrls({QUrl::fromLocalFile("/data/some images")});
    QCOMPARE(PathEdit::droppedPath(data), QString("/data/some images"));
}

QTEST_MAIN(TestConfigForm)
#include "test_config_form.moc"
