// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/api/launch.h"
#include "training/collectives/gpu_per_process.h"

#include <QTest>

#include <map>

using namespace mocoscope::training;

namespace {

struct Place
{
    std::string machine;
    std::string gpu;
};

/// What each process of a run finds, after all have posted.
QList<bool> answersOf(const std::vector<Place>& places)
{
    std::map<std::int64_t, std::string> posted;
    const auto count = static_cast<std::int64_t>(places.size());
    const NoticeBoard board {
        [&](std::int64_t rank, const std::string& text) { posted[rank] = text; },
        [&](std::int64_t rank) { return posted[rank]; }};
    QList<bool> all;
    for (int round = 0; round < 2; ++round) {
        all.clear();
        for (std::int64_t rank = 0; rank < count; ++rank) {
            const Place& own = places[static_cast<std::size_t>(rank)];
            all << hasEachItsGpu(own.machine, own.gpu, rank, count, board);
        }
    }
    return all;
}

} // namespace

class GpuPerProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGpuForEachProcess()
    {
        QCOMPARE(answersOf({{"one", "0000:3b:00.0"}, {"one", "0000:5e:00.0"}}),
                 QList<bool>({true, true}));
        QCOMPARE(answersOf({{"one", "0000:3b:00.0"}}), QList<bool>({true}));
    }

    /// Machines of a cluster have their GPUs in the same places.
    void thePlaceOfAGpuIsOfOneMachine()
    {
        QCOMPARE(answersOf({{"one", "0000:3b:00.0"}, {"two", "0000:3b:00.0"}}),
                 QList<bool>({true, true}));
    }

    void oneGpuForTwoProcessesIsKnownToAll()
    {
        QCOMPARE(answersOf({{"one", "0000:3b:00.0"},
                            {"one", "0000:5e:00.0"},
                            {"two", "0000:3b:00.0"},
                            {"one", "0000:5e:00.0"}}),
                 QList<bool>({false, false, false, false}));
    }

    void aProcessOnACpuIsKnownToAll()
    {
        QCOMPARE(answersOf({{"one", "0000:3b:00.0"}, {"one", ""}}), QList<bool>({false, false}));
    }

    void thisMachineHasAName()
    {
        QVERIFY(!bootId().empty());
        QCOMPARE(bootId(), bootId());
    }
};

QTEST_GUILESS_MAIN(GpuPerProcessTest)
#include "gpu_per_process_test.moc"
