// SPDX-License-Identifier: GPL-3.0-or-later
// The plane of "What the features see", by PCA and by t-SNE.
#include "tests/ui/features_fixture.h"
#include "ui/pages/diagnose_page.h"
#include "ui/pages/features_bar.h"
#include "ui/pages/projection_card.h"
#include "ui/plot/scatter_plot.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakePicturesOptions;
using mocoscope::testing::titlesOf;
using training::Projection;

using Fixture = testing::FeaturesFixture;

namespace {

/// Holds t-SNE, and nothing else, until it is released; not for ever.
class TsneGate
{
public:
    [[nodiscard]] FakePicturesOptions options()
    {
        FakePicturesOptions options;
        options.beforePart = [this](std::int64_t step, int part) {
            if (part != FakePicturesOptions::tsnePart) {
                return;
            }
            lastStep = step;
            const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (isClosed && std::chrono::steady_clock::now() < end) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        };
        return options;
    }
    std::atomic<bool> isClosed = true;
    std::atomic<std::int64_t> lastStep = -1;
};

void choose(Fixture& fixture, Projection projection)
{
    fixture.view.projection().button(projection).click();
}

/// By t-SNE, of the step that is looked at.
bool showsTsne(Fixture& fixture)
{
    const ProjectionCard& card = fixture.view.projection();
    return card.projection() == Projection::Tsne && card.waitingText().isEmpty()
        && fixture.view.plot().title().contains("t-SNE");
}

/// Of the first image, in its first direction.
double firstX(Fixture& fixture)
{
    return fixture.view.plot().table().at(1).at(2).toDouble();
}

} // namespace

class FeaturesProjectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pcaIsShownUnlessTsneIsChosen();
    void choiceIsReachedByKeyboardAndHasNames();
    void theRestIsShownWhileTsneIsComputed();
    void sliderComputesTsneOfEach();
    void allCheckpointsAreLaidOut();
    void cancelKeepsTheRest();
    void failuresOfTsneAreTold();
    void tsneOutlivesTheCheckpoint();
    void choosingDuringAComputationWaitsForIt();
    void choiceIsRemembered();
};

void FeaturesProjectionTest::pcaIsShownUnlessTsneIsChosen()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    ProjectionCard& card = fixture.view.projection();
    QVERIFY(card.projection() == Projection::Pca);
    QVERIFY(card.text().contains("PCA"));
    QCOMPARE(fixture.pictures.laidOut(), 0);
    const double pca = firstX(fixture);
    choose(fixture, Projection::Tsne);
    QTRY_VERIFY(showsTsne(fixture));
    QCOMPARE(fixture.pictures.computed(), 1); // the network has not looked again
    QCOMPARE(fixture.pictures.laidOut(), 1);
    QVERIFY(std::abs(firstX(fixture)) > 5 * std::abs(pca));
    QCOMPARE(fixture.view.plot().table().size(), 41U);
    QVERIFY(card.text().contains("Perplexity 13."));
    QVERIFY(card.text().contains("few images"));
    QCOMPARE(fixture.view.plot().selected(), fixture.view.chosen());
    QTRY_VERIFY(!fixture.view.bar().showsProgress());
    const auto recorded = fixture.recorded();
    QCOMPARE(recorded.back().kind, std::string("tsne"));
    choose(fixture, Projection::Pca);
    QCOMPARE(firstX(fixture), pca);
    choose(fixture, Projection::Tsne); // at once
    QVERIFY(showsTsne(fixture));
    QCOMPARE(fixture.pictures.laidOut(), 1);
}

void FeaturesProjectionTest::choiceIsReachedByKeyboardAndHasNames()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30));
    QAbstractButton& pca = fixture.view.projection().button(Projection::Pca);
    QAbstractButton& tsne = fixture.view.projection().button(Projection::Tsne);
    for (QAbstractButton* button : {&pca, &tsne}) {
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QVERIFY(button->accessibleName().startsWith("Projection by "));
        QVERIFY(button->toolTip().contains("apart") || button->toolTip().contains("Distances"));
    }
    pca.setFocus();
    QTest::keyClick(&pca, Qt::Key_Right);
    QTRY_VERIFY(showsTsne(fixture));
    QVERIFY(tsne.isChecked() && !pca.isChecked());
}

void FeaturesProjectionTest::theRestIsShownWhileTsneIsComputed()
{
    TsneGate gate;
    Fixture fixture(gate.options());
    choose(fixture, Projection::Tsne);
    fixture.show();
    QTRY_COMPARE(gate.lastStep.load(), 30);
    QTRY_VERIFY(fixture.shows(30));
    QCOMPARE(fixture.view.waitingText(), QString()); // attention and neighbours are there
    QCOMPARE(titlesOf(fixture.view.neighbours()), QStringList {"step 30*"});
    QVERIFY(fixture.view.projection().waitingText().contains("being computed"));
    QVERIFY(!fixture.view.projection().computeButton().isVisible());
    QTRY_VERIFY(fixture.says("t-SNE, 10 of 1,000 iterations"));
    gate.isClosed = false;
    QTRY_VERIFY(showsTsne(fixture) && !fixture.view.bar().showsProgress());
    QCOMPARE(fixture.pictures.laidOut(), 1);
}

void FeaturesProjectionTest::sliderComputesTsneOfEach()
{
    Fixture fixture;
    choose(fixture, Projection::Tsne);
    fixture.show();
    QTRY_VERIFY(fixture.shows(30) && showsTsne(fixture));
    fixture.view.bar().slider().setValue(0);
    QTRY_VERIFY(fixture.shows(10) && showsTsne(fixture));
    QCOMPARE(fixture.pictures.laidOut(), 2);
    fixture.view.bar().slider().setValue(2);
    QVERIFY(fixture.shows(30) && showsTsne(fixture)); // at once
}

void FeaturesProjectionTest::allCheckpointsAreLaidOut()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    fixture.view.bar().computeAll().click();
    QTRY_VERIFY(fixture.pictures.computed() == 3 && !fixture.view.bar().showsProgress());
    QCOMPARE(fixture.pictures.laidOut(), 0); // PCA alone was asked for
    choose(fixture, Projection::Tsne);
    fixture.view.bar().computeAll().click();
    QTRY_COMPARE(fixture.pictures.laidOut(), 3);
    QTRY_VERIFY(!fixture.view.bar().showsProgress());
    QCOMPARE(fixture.pictures.computed(), 3);
    fixture.view.bar().slider().setValue(1);
    QVERIFY(fixture.shows(20) && showsTsne(fixture));
}

void FeaturesProjectionTest::cancelKeepsTheRest()
{
    TsneGate gate;
    Fixture fixture(gate.options());
    choose(fixture, Projection::Tsne);
    fixture.show();
    QTRY_VERIFY(gate.lastStep == 30 && fixture.shows(30));
    ProjectionCard& card = fixture.view.projection();
    fixture.view.bar().cancel().click();
    gate.isClosed = false;
    QVERIFY(card.waitingText().contains("not been computed"));
    QVERIFY(card.computeButton().isVisible());
    QVERIFY(fixture.shows(30) && fixture.view.waitingText().isEmpty());
    choose(fixture, Projection::Pca);
    QVERIFY(card.waitingText().isEmpty());
    choose(fixture, Projection::Tsne); // does not begin by itself any more
    QVERIFY(card.computeButton().isVisible());
    card.computeButton().click();
    QTRY_VERIFY(showsTsne(fixture) && !fixture.view.bar().showsProgress());
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesProjectionTest::failuresOfTsneAreTold()
{
    FakePicturesOptions options;
    options.tsneFailure = training::Error {training::ErrorCode::BadArgument, "too many images", ""};
    Fixture fixture(options);
    choose(fixture, Projection::Tsne);
    fixture.show();
    ProjectionCard& card = fixture.view.projection();
    QTRY_COMPARE(card.waitingText(), QString("too many images"));
    QVERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    fixture.pictures.options.tsneFailure.reset();
    card.computeButton().click();
    QTRY_VERIFY(showsTsne(fixture));
}

void FeaturesProjectionTest::tsneOutlivesTheCheckpoint()
{
    Fixture fixture;
    fixture.show();
    QTRY_VERIFY(fixture.shows(30) && !fixture.view.bar().showsProgress());
    fixture.keepOnlyPictures();
    FeaturesView again(fixture.history.library(), fixture.session, fixture.pictures);
    again.projection().choose(Projection::Tsne);
    again.setRun(fixture.run.id);
    again.show();
    QTRY_VERIFY(again.shownStep() == 30 && again.projection().waitingText().isEmpty());
    QVERIFY(again.bar().text().contains("gone"));
    QCOMPARE(fixture.pictures.laidOut(), 1);
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesProjectionTest::choosingDuringAComputationWaitsForIt()
{
    testing::Gate gate;
    Fixture fixture(gate.options());
    fixture.show();
    QTRY_VERIFY(gate.isAtWork);
    choose(fixture, Projection::Tsne); // what is on was begun without it
    gate.isClosed = false;
    QTRY_VERIFY(fixture.shows(30) && showsTsne(fixture));
    QCOMPARE(fixture.pictures.computed(), 1);
}

void FeaturesProjectionTest::choiceIsRemembered()
{
    QTemporaryDir folder;
    QSettings settings(folder.path() + "/settings.ini", QSettings::IniFormat);
    Fixture fixture;
    DiagnosePage page(fixture.session, fixture.history.library(), fixture.pictures);
    page.restoreLayout(settings); // that say nothing
    QVERIFY(page.features().projection().projection() == Projection::Pca);
    page.features().projection().choose(Projection::Tsne);
    page.saveLayout(settings);
    DiagnosePage next(fixture.session, fixture.history.library(), fixture.pictures);
    next.restoreLayout(settings);
    QVERIFY(next.features().projection().projection() == Projection::Tsne);
    settings.setValue("diagnose/projection", "of a newer version");
    next.restoreLayout(settings);
    QVERIFY(next.features().projection().projection() == Projection::Pca);
}

QTEST_MAIN(FeaturesProjectionTest)
#include "features_projection_test.moc"
