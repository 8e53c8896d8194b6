// SPDX-License-Identifier: GPL-3.0-or-later
// Where what the features see is computed while runs start and end.
#include "tests/ui/features_fixture.h"

using namespace mocoscope;
using Fixture = testing::FeaturesFixture;

class FeaturesDevicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunThatIsOnKeepsItsGpu();
    void aRunThatStartsGetsTheGpu();
    void theNextRunOfASweepStopsNoWorkOnTheCpu();
};

void FeaturesDevicesTest::aRunThatIsOnKeepsItsGpu()
{
    Fixture fixture({}, {10}, testing::waitingTrainer());
    QVERIFY(fixture.session.start({}, "on", {}));
    QTRY_COMPARE(fixture.session.state(), training::RunState::Paused);
    fixture.show();
    QTRY_VERIFY(fixture.shows(10));
    QCOMPARE(fixture.pictures.device(), std::string("cpu"));
    QVERIFY(fixture.stopsTheRun());
}

void FeaturesDevicesTest::aRunThatStartsGetsTheGpu()
{
    testing::Gate gate;
    Fixture fixture(gate.options(), {10}, testing::waitingTrainer());
    fixture.show();
    QTRY_VERIFY(gate.isAtWork);
    QVERIFY(fixture.session.start({}, "on", {}));
    QTRY_COMPARE(fixture.session.state(), training::RunState::Paused);
    gate.isClosed = false;
    QTRY_VERIFY(fixture.shows(10));
    QCOMPARE(fixture.pictures.device(), std::string("cpu"));
    QCOMPARE(fixture.pictures.computed(), 1);
    QVERIFY(fixture.stopsTheRun());
}

void FeaturesDevicesTest::theNextRunOfASweepStopsNoWorkOnTheCpu()
{
    testing::Gate gate;
    std::atomic<int> begun = 0;
    auto options = gate.options();
    options.beforePart = [&begun, hold = options.beforePart](std::int64_t step, int part) {
        begun += part == 0 ? 1 : 0;
        hold(step, part);
    };
    Fixture fixture(options, {10}, testing::waitingTrainer());
    QVERIFY(fixture.session.start({}, "first of a sweep", {}));
    QTRY_COMPARE(fixture.session.state(), training::RunState::Paused);
    fixture.show();
    QTRY_VERIFY(gate.isAtWork);
    QVERIFY(fixture.stopsTheRun());
    QVERIFY(fixture.session.start({}, "second", {}));
    QTRY_COMPARE(fixture.session.state(), training::RunState::Paused);
    gate.isClosed = false;
    QTRY_VERIFY(fixture.shows(10));
    QCOMPARE(begun.load(), 1); // not all over
    QVERIFY(fixture.stopsTheRun());
}

QTEST_MAIN(FeaturesDevicesTest)
#include "features_devices_test.moc"
