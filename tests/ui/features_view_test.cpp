// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/features_fixture.h"
#include "ui/pages/attention_grid.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/features_bar.h"
#include "ui/pages/features_view.h"
#include "ui/pages/image_grid.h"
#include "ui/plot/colour_map.h"
#include "ui/plot/scatter_plot.h"

#include <QComboBox>
#include <QPushButton>
#include <QSlider>
#include <QTabWidget>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakePicturesOptions;
using mocoscope::testing::titlesOf;

using Fixture = testing::FeaturesFixture;

class FeaturesViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestCheckpointIsComputedAndRecorded();
    void sliderGoesThroughCheckpoints();
    void secondLookComputesNothing();
    void neighboursAreFollowedOverCheckpoints();
    void theOneThatIsLookedAtComesFirst();
    void imagesAreChosen();
    void otherImagesAreTheSameEachTime();
    void blocksAreChosen();
    void attentionIsDrawnByItsWeights();
    void cancelStopsTheWork();
    void newCheckpointsOfARunThatIsOnAppear();
    void picturesOutliveTheirCheckpoint();
    void noCheckpointSaysWhatToDo();
    void evaluationsSayWhichRunToChoose();
    void networksWithoutAttentionSayWhy();
    void unlabelledImagesHaveOneColour();
    void failuresAreToldAndTriedAgain();
    void hiddenViewReadsNothing();
    void pageShowsTheRunThatItDiagnoses();
};

void FeaturesViewTest::newestCheckpointIsComputedAndRecorded()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    FeaturesView& view = fixture.view;
    QCOMPARE(fixture.pictures.computed(), 1);
    QCOMPARE(fixture.pictures.device(), std::string("auto"));
    QCOMPARE(view.waitingText(), QString());
    QVERIFY(view.bar().text().startsWith("step 30"));
    QVERIFY(!view.bar().showsProgress());
    QCOMPARE(view.images().rows().front().cells.size(), 16U);
    QCOMPARE(view.attention().mapCount(), 5U); // the mean and four heads
    QCOMPARE(view.neighbours().rows().front().cells.size(), 8U);
    QCOMPARE(view.plot().table().size(), 41U);
    QCOMPARE(view.plot().selected(), view.chosen());
    const auto recorded = fixture.recorded();
    QCOMPARE(recorded.size(), 1U);
    QCOMPARE(recorded.front().step, 30);
}

void FeaturesViewTest::sliderGoesThroughCheckpoints()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    QSlider& slider = fixture.view.bar().slider();
    QCOMPARE(slider.maximum(), 2);
    QCOMPARE(slider.value(), 2);
    slider.setValue(0);
    QTRY_VERIFY(fixture.shows(10));
    QCOMPARE(fixture.pictures.computed(), 2); // not the one that was passed over
    slider.setValue(2);
    QVERIFY(fixture.shows(30)); // at once
}

void FeaturesViewTest::secondLookComputesNothing()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    FeaturesView again(fixture.history.library(), fixture.session, fixture.pictures);
    again.setRun(fixture.run.id);
    again.show();
    QTRY_VERIFY(again.shownStep() == 30);
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesViewTest::neighboursAreFollowedOverCheckpoints()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    QCOMPARE(titlesOf(fixture.view.neighbours()), QStringList {"step 30*"});
    fixture.view.bar().computeAll().click();
    QTRY_COMPARE(titlesOf(fixture.view.neighbours()),
                 (QStringList {"step 10", "step 20", "step 30*"}));
    QTRY_VERIFY(!fixture.view.bar().showsProgress());
    QCOMPARE(fixture.pictures.computed(), 3);
    fixture.view.bar().slider().setValue(1);
    QVERIFY(fixture.shows(20));
    QCOMPARE(titlesOf(fixture.view.neighbours()), (QStringList {"step 10", "step 20*", "step 30"}));
}

void FeaturesViewTest::theOneThatIsLookedAtComesFirst()
{
    testing::Gate gate;
    gate.isClosed = false;
    Fixture fixture(gate.options());
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    gate.isClosed = true;
    fixture.view.bar().computeAll().click(); // 10, then 20
    fixture.view.bar().slider().setValue(1);
    QTRY_COMPARE(gate.lastStep.load(), 10);
    gate.isClosed = false; // the first of the two may end or not, the second is asked for now
    QTRY_VERIFY(fixture.shows(20));
    QTRY_COMPARE(titlesOf(fixture.view.neighbours()),
                 (QStringList {"step 10", "step 20*", "step 30"}));
}

void FeaturesViewTest::imagesAreChosen()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    FeaturesView& view = fixture.view;
    ImageGrid& images = view.images();
    const int second = images.rows().front().cells[1].tag;
    QTest::mouseClick(&images, Qt::LeftButton, {}, images.cellRect(0, 1).center());
    QCOMPARE(view.chosen(), second);
    // (i + k + step) % 40, and the label is i % 3
    const ImageCell& nearest = view.neighbours().rows().front().cells.front();
    QCOMPARE(nearest.tag, (second + 31) % 40);
    QCOMPARE(nearest.note.startsWith("✓"), (second + 31) % 40 % 3 == second % 3);
    QTest::mouseClick(&view.neighbours(), Qt::LeftButton, {},
                      view.neighbours().cellRect(0, 0).center());
    QCOMPARE(view.chosen(), (second + 31) % 40);
    QVERIFY(std::ranges::any_of(images.rows().front().cells,
                                [&](const ImageCell& cell) { return cell.tag == view.chosen(); }));
    Q_EMIT view.plot().itemClicked(7);
    QCOMPARE(view.chosen(), 7);
    QCOMPARE(view.plot().selected(), 7);
    view.plot().setSelected(-1);
    Q_EMIT view.plot().itemClicked(-1); // beside all dots
    QCOMPARE(view.chosen(), 7);
    QCOMPARE(view.plot().selected(), 7);
    images.setFocus();
    QTest::keyClick(&images, Qt::Key_Right);
    QTest::keyClick(&images, Qt::Key_Right);
    QTest::keyClick(&images, Qt::Key_Return); // two to the right of where it was clicked
    QCOMPARE(view.chosen(), images.rows().front().cells[3].tag);
}

void FeaturesViewTest::otherImagesAreTheSameEachTime()
{
    const auto drawn = [](int draws) {
        Fixture fixture;
        fixture.show();
        if (!QTest::qWaitFor([&] { return fixture.shows(30); })) {
            return std::vector<int> {};
        }
        for (int i = 0; i < draws; ++i) {
            fixture.view.drawAgain().click();
        }
        return testing::tagsOf(fixture.view.images());
    };
    const auto first = drawn(0);
    QCOMPARE(std::set<int>(first.begin(), first.end()).size(), 16U);
    QCOMPARE(drawn(0), first);
    QVERIFY(drawn(1) != first);
    QCOMPARE(drawn(1), drawn(1));
}

void FeaturesViewTest::blocksAreChosen()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    QComboBox& blocks = fixture.view.bar().blocks();
    QCOMPARE(blocks.count(), 3);
    QCOMPARE(blocks.currentText(), QString("3 (last)"));
    const QImage last = fixture.view.attention().map(1);
    blocks.setCurrentIndex(0);
    QTRY_COMPARE(fixture.pictures.computed(), 2);
    QTRY_VERIFY(fixture.shows(30) && fixture.view.attention().map(1) != last);
    blocks.setCurrentIndex(2);
    QTRY_COMPARE(fixture.view.attention().map(1), last);
    QCOMPARE(fixture.pictures.computed(), 2);
}

void FeaturesViewTest::attentionIsDrawnByItsWeights()
{
    training::AttentionMaps maps {0, 1, 2, 2, {}};
    // of the class token, then patches: the second head looks at the last patch alone
    maps.weights = {0.2F, 0.4F, 0.2F, 0.2F, 0.0F, 0.5F, 0.0F, 0.0F, 0.0F, 0.5F};
    AttentionGrid grid;
    grid.setAttention(QImage(4, 4, QImage::Format_RGB32), maps, 0);
    QCOMPARE(grid.mapCount(), 3U);
    QCOMPARE(grid.map(1).size(), QSize(2, 2));
    QCOMPARE(grid.map(1).pixelColor(0, 0), mapColour(1));
    QCOMPARE(grid.map(1).pixelColor(1, 0), mapColour(0.5));
    QCOMPARE(grid.map(1).pixelColor(1, 1), mapColour(0));
    QCOMPARE(grid.map(2).pixelColor(1, 1), mapColour(1));
    QCOMPARE(grid.map(2).pixelColor(0, 0), mapColour(0));
    QVERIFY(grid.toolTipOf(2).contains("50.0 %"));
    QVERIFY(grid.toolTipOf(0).contains("35.0 %")); // mean on the class token
}

void FeaturesViewTest::cancelStopsTheWork()
{
    testing::Gate gate;
    Fixture fixture(gate.options());
    fixture.show();
    QTRY_VERIFY(gate.isAtWork);
    FeaturesView& view = fixture.view;
    QTRY_VERIFY(view.bar().showsProgress());
    QVERIFY(!view.waitingText().isEmpty());
    view.bar().cancel().click();
    gate.isClosed = false;
    QVERIFY(!view.bar().showsProgress());
    QVERIFY(view.computeButton().isVisible());
    view.bar().slider().setValue(1); // does not begin by itself any more
    QTRY_VERIFY(view.waitingText().contains("not been looked at"));
    QVERIFY(!view.bar().showsProgress());
    QCOMPARE(fixture.pictures.computed(), 0);
    view.computeButton().click();
    QTRY_VERIFY(fixture.shows(20) && !view.bar().showsProgress());
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesViewTest::newCheckpointsOfARunThatIsOnAppear()
{
    Fixture fixture({}, {10});
    fixture.show();
    QTRY_VERIFY(fixture.shows(10));
    QVERIFY(!fixture.view.bar().slider().isEnabled());
    fixture.save(20);
    fixture.history.library().refresh();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.view.bar().slider().maximum(), 1, 10000);
    QVERIFY(fixture.shows(10)); // nothing is computed that was not asked for
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesViewTest::picturesOutliveTheirCheckpoint()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    fixture.keepOnlyPictures();
    FeaturesView again(fixture.history.library(), fixture.session, fixture.pictures);
    again.setRun(fixture.run.id);
    again.show();
    QTRY_VERIFY(again.shownStep() == 30);
    QVERIFY(again.bar().text().contains("gone"));
    again.bar().blocks().setCurrentIndex(0); // of which there is nothing
    QTRY_VERIFY(again.waitingText().contains("deleted"));
    QVERIFY(!again.computeButton().isVisible());
}

void FeaturesViewTest::noCheckpointSaysWhatToDo()
{
    Fixture fixture({}, {});
    fixture.show();
    QTRY_VERIFY(fixture.says("checkpoint.every_minutes"));
    QCOMPARE(fixture.pictures.computed(), 0);
}

void FeaturesViewTest::evaluationsSayWhichRunToChoose()
{
    Fixture fixture;
    training::TrainingConfig config;
    config.task.name = "linear";
    const auto probing = fixture.history.makeRun("probing", config);
    fixture.history.library().refresh();
    QTRY_VERIFY(fixture.history.library().find(probing.id));
    fixture.view.show();
    fixture.view.setRun(probing.id);
    QVERIFY(fixture.says("choose the run that they evaluate"));
    fixture.view.setRun(fixture.run.id);
    QTRY_VERIFY(fixture.shows(30));
}

void FeaturesViewTest::networksWithoutAttentionSayWhy()
{
    FakePicturesOptions options;
    options.reasonWithoutAttention = "A ResNet has no attention.";
    Fixture fixture(options);
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    QVERIFY(!fixture.view.attention().isVisible());
    QVERIFY(!fixture.view.bar().blocks().isVisible());
    QVERIFY(fixture.says("A ResNet has no attention."));
    QCOMPARE(fixture.view.neighbours().rows().size(), 1U);
}

void FeaturesViewTest::unlabelledImagesHaveOneColour()
{
    FakePicturesOptions options;
    options.isLabelled = false;
    Fixture fixture(options);
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    const auto rows = fixture.view.plot().table();
    for (std::size_t row = 1; row < rows.size(); ++row) {
        QCOMPARE(rows[row][1], QString("unlabelled"));
    }
    QVERIFY(fixture.view.images().rows().front().cells[0].caption.startsWith("image "));
    QVERIFY(!fixture.view.neighbours().rows().front().cells[0].note.contains("✓"));
}

void FeaturesViewTest::failuresAreToldAndTriedAgain()
{
    FakePicturesOptions options;
    options.failure = training::Error {training::ErrorCode::NotFound, "there are no images", ""};
    Fixture fixture(options);
    fixture.show();
    QTRY_COMPARE(fixture.view.waitingText(), QString("there are no images"));
    QVERIFY(fixture.view.computeButton().isVisible());
    fixture.pictures.options.failure.reset();
    fixture.view.computeButton().click();
    QTRY_VERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    fixture.pictures.options.failure = options.failure;
    fixture.view.bar().computeAll().click(); // while a picture is shown
    QTRY_COMPARE(fixture.view.bar().problem(), QString("there are no images"));
    QVERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    fixture.pictures.options.failure.reset();
    fixture.view.bar().computeAll().click();
    QCOMPARE(fixture.view.bar().problem(), QString());
}

void FeaturesViewTest::hiddenViewReadsNothing()
{
    Fixture fixture;
    fixture.view.setRun(fixture.run.id);
    QSignalSpy changed(&fixture.history.library(), &RunLibrary::runsChanged);
    fixture.history.library().refresh();
    QVERIFY(changed.wait());
    QCOMPARE(fixture.pictures.computed(), 0);
    QVERIFY(!fixture.view.shownStep());
    fixture.view.show();
    QTRY_VERIFY(fixture.shows(30));
    fixture.view.setRun(std::nullopt);
    QVERIFY(!fixture.view.shownStep());
}

void FeaturesViewTest::pageShowsTheRunThatItDiagnoses()
{
    Fixture fixture;
    DiagnosePage page(fixture.session, fixture.history.library(), fixture.pictures);
    page.resize(1200, 800);
    page.show();
    page.showRun(fixture.run.id);
    QCOMPARE(fixture.pictures.computed(), 0);
    page.views().setCurrentWidget(&page.features());
    QTRY_VERIFY(page.features().shownStep() == 30);
}

QTEST_MAIN(FeaturesViewTest)
#include "features_view_test.moc"
