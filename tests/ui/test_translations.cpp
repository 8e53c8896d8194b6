// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of the window can be translated: with a translator that marks whatever it is asked for, all
// that is seen has its marks.
#include "tests/ui/test_window.h"
#include "training/api/presets.h"
#include "ui/models/text_format.h"
#include "ui/pages/field_row.h"
#include "ui/pages/navigation_bar.h"
#include "ui/pages/preset_chooser.h"
#include "ui/pages/runs_page.h"
#include "ui/translations.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTranslator>
#include <QtTest>

using namespace mocoscope;
using testing::TestWindow;
using ui::MainWindow;

namespace {

constexpr QChar opening(0x00ab);

/// Translates "Runs" into "«Runs»", into a language that nobody speaks.
class Marker final : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char*, const char* source, const char*,
                                    int) const override
    {
        return opening + QString::fromUtf8(source) + QChar(0x00bb);
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

/// Whether it has words, and none of them was translated.
bool isUntranslated(const QString& text)
{
    static const QRegularExpression word("\\p{L}{3,}");
    return text.contains(word) && !text.contains(opening);
}

void addActions(const QList<QAction*>& actions, QStringList& texts)
{
    for (const QAction* action : actions) {
        if (!ui::languages().contains(action->data().toString())) { // each in its own
            texts << action->text();
        }
        if (action->menu()) {
            addActions(action->menu()->actions(), texts);
        }
    }
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void menusAreTranslatable();
    void whatCanBeDoneWithRunsIsTranslatable();
    void tablesAreTranslatable();
    void longerTextsFitASmallScreen();
    void buttonsAndFieldsAreTranslatable_data();
    void buttonsAndFieldsAreTranslatable();
    void theFirstKnownLanguageIsSpoken_data();
    void theFirstKnownLanguageIsSpoken();
    void aLanguageIsChosenInTheMenu();
    void germanIsGerman();
    void presetsAreTranslatable();
    void countsAreNotReadAsFractions();
    void cleanupTestCase();

private:
    void verify(const QStringList& texts);

    std::unique_ptr<QTranslator> m_marker;
    std::unique_ptr<TestWindow> m_test;
};

void TestTranslations::verify(const QStringList& texts)
{
    QVERIFY(!texts.isEmpty());
    for (const QString& text : texts) {
        QVERIFY2(!isUntranslated(text), qPrintable(text));
    }
}

void TestTranslations::initTestCase()
{
    m_marker = std::make_unique<Marker>();
    QVERIFY(QCoreApplication::installTranslator(m_marker.get()));
    m_test = std::make_unique<TestWindow>(testing::FakeTrainerOptions());
    m_test->history.playRun("1", {});
    m_test->window().resize(1400, 900);
    m_test->window().show();
    QTRY_COMPARE(m_test->window().runsPage().model().rowCount(), 1);
}

void TestTranslations::cleanupTestCase()
{
    m_test.reset();
    QCoreApplication::removeTranslator(m_marker.get());
}

void TestTranslations::menusAreTranslatable()
{
    QStringList texts;
    addActions(m_test->window().menuBar()->actions(), texts);
    QVERIFY(texts.size() > 20);
    verify(texts);
}

void TestTranslations::whatCanBeDoneWithRunsIsTranslatable()
{
    QStringList texts;
    addActions(m_test->window().runsPage().commands(), texts);
    for (const QAction* action : m_test->window().runsPage().commands()) {
        if (action->isEnabled()) { // else it is a reason, which may be the engine's
            texts << action->toolTip();
        }
    }
    verify(texts);
}

void TestTranslations::tablesAreTranslatable()
{
    QStringList texts;
    const auto& model = m_test->window().runsPage().model();
    for (int column = 0; column < model.columnCount(); ++column) {
        texts << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
              << model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
    }
    texts << model.index(0, ui::RunTableModel::State).data().toString();
    verify(texts);
}

/// Of 1920 pixels at 150 %.
void TestTranslations::longerTextsFitASmallScreen()
{
    const MainWindow& window = m_test->window();
    const auto* navigation = window.findChild<ui::NavigationBar*>();
    const auto* pages = window.findChild<QStackedWidget*>();
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        const auto* area = qobject_cast<const QScrollArea*>(pages->widget(page));
        QVERIFY(area);
        const int width
            = navigation->sizeHint().width() + area->widget()->minimumSizeHint().width();
        QVERIFY2(width <= 1280, qPrintable(QString::number(width)));
    }
    QVERIFY(window.minimumSizeHint().width() <= 800); // where there is less, pages are scrolled
}

void TestTranslations::buttonsAndFieldsAreTranslatable_data()
{
    QTest::addColumn<int>("page");
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        QTest::addRow("page %d", page) << page;
    }
}

void TestTranslations::buttonsAndFieldsAreTranslatable()
{
    QFETCH(int, page);
    m_test->window().showPage(static_cast<MainWindow::Page>(page));
    QStringList texts;
    for (const auto* widget : m_test->window().findChildren<QWidget*>()) {
        if (!widget->isVisible()) {
            continue;
        }
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            texts << button->text();
        } else if (const auto* choice = qobject_cast<const QLabel*>(widget);
                   choice && qobject_cast<const ui::FieldRow*>(widget->parentWidget())) {
            texts << choice->text();
        } else if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
            texts << line->placeholderText();
        }
    }
    verify(texts);
}

void TestTranslations::theFirstKnownLanguageIsSpoken_data()
{
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<QString>("language");
    const QString german = ui::languages().contains("de") ? "de" : "en";
    QTest::addRow("none") << QStringList() << "en";
    QTest::addRow("no language") << QStringList {"C"} << "en";
    QTest::addRow("unknown") << QStringList {"zu-ZA", "zu"} << "en";
    QTest::addRow("of a country") << QStringList {"de-AT", "de"} << german;
    QTest::addRow("the second best") << QStringList {"zu", "de"} << german;
    QTest::addRow("English before others") << QStringList {"en-GB", "en", "de"} << "en";
}

void TestTranslations::theFirstKnownLanguageIsSpoken()
{
    QFETCH(QStringList, wanted);
    QTEST(ui::languageFor(wanted), "language");
}

void TestTranslations::aLanguageIsChosenInTheMenu()
{
    if (ui::languages().size() < 2) {
        QSKIP("built without Qt's Linguist tools");
    }
    QAction* german = nullptr;
    for (auto* action : m_test->window().findChildren<QAction*>()) {
        german = action->data() == QVariant("de") ? action : german;
    }
    QVERIFY(german);
    QCOMPARE(german->text(), QString("Deutsch"));
    QVERIFY(!german->isChecked());
    german->trigger();
    QCOMPARE(m_test->settings().value("language").toString(), QString("de"));
    QVERIFY(german->isChecked());
}

void TestTranslations::germanIsGerman()
{
    if (!ui::languages().contains("de")) {
        QSKIP("built without Qt's Linguist tools");
    }
    QTranslator german;
    QVERIFY(german.load("mocoscope_de", ":/translations"));
    QCOMPARE(german.translate("mocoscope::ui::MainWindow", "&File"), QString("&Datei"));
    QCOMPARE(german.translate("mocoscope::ui::ParallelView", "%n runs", nullptr, 1),
             QString("%n Lauf"));
    QCOMPARE(german.translate("mocoscope::ui::ParallelView", "%n runs", nullptr, 2),
             QString("%n L\u00e4ufe"));
    QCOMPARE(german.translate("Dataset", "tar archive"), QString("tar-Archiv"));
    for (const training::Preset& preset : training::presets()) {
        for (const std::string& text : {preset.group, preset.summary}) {
            QVERIFY2(!german.translate("Preset", text.c_str()).isEmpty(), text.c_str());
        }
    }
}

void TestTranslations::presetsAreTranslatable()
{
    const ui::PresetChooser chooser;
    verify(chooser.shownTitles());
}

/// A point that separates thousands stands beside none that begins a fraction.
void TestTranslations::countsAreNotReadAsFractions()
{
    const QLocale before;
    QLocale::setDefault(QLocale("de_DE"));
    const QString german = ui::countText(1560);
    QLocale::setDefault(QLocale("en_US"));
    const QString english = ui::countText(1560);
    QLocale::setDefault(before);
    QCOMPARE(german, QString("1\u202f560"));
    QCOMPARE(english, QString("1,560"));
}

QTEST_MAIN(TestTranslations)
#include "test_translations.moc"
