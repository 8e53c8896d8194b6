// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/own_address.h"

#include <QTest>

#include <map>

using namespace mocoscope::training;

namespace {

constexpr std::uint16_t somePort = 29500;

/// What each process of a run takes for its address; they come in this order.
QStringList addressesOf(const std::vector<std::optional<NetworkRoute>>& routes)
{
    std::map<std::int64_t, std::string> posted;
    const NoticeBoard board {
        [&](std::int64_t rank, const std::string& text) { posted[rank] = text; },
        [&](std::int64_t rank) { return posted.at(rank); }};
    const auto count = static_cast<std::int64_t>(routes.size());
    QStringList all;
    for (const bool isSecondRound : {false, true}) { // now all have posted
        for (std::int64_t rank = 0; rank < count; ++rank) {
            const auto& route = routes[static_cast<std::size_t>(rank)];
            if (isSecondRound) {
                all << QString::fromStdString(ownAddress(route, rank, count, board));
            } else {
                posted[rank] = route && !isLoopback(route->own) ? route->other : "-";
            }
        }
    }
    return all;
}

} // namespace

class OwnAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatReachesThisMachineAlone()
    {
        for (const char* address : {"127.0.0.1", "127.0.1.1", "::1", "::ffff:127.0.0.1"}) {
            QVERIFY2(isLoopback(address), address);
        }
        for (const char* address : {"10.0.0.1", "::", "fd00::1", "1127.0.0.1", ""}) {
            QVERIFY2(!isLoopback(address), address);
        }
    }

    void findsTheWayWithinThisMachine()
    {
        const auto route = routeTo("127.0.0.1", somePort);
        QVERIFY(route);
        QCOMPARE(route->own, std::string("127.0.0.1"));
        QCOMPARE(route->other, std::string("127.0.0.1"));
        QVERIFY(isLoopback(routeTo("localhost", somePort)->own));
    }

    void saysWhereNoWayLeads() { QVERIFY(!routeTo("", somePort)); }

    void machinesTakeTheInterfaceThatLeadsThere()
    {
        const NetworkRoute first {"10.0.0.1", "10.0.0.1"};
        const NetworkRoute second {"10.0.0.2", "10.0.0.1"};
        QCOMPARE(addressesOf({first, first, second}),
                 QStringList({"10.0.0.1", "10.0.0.1", "10.0.0.2"}));
    }

    /// /etc/hosts of the first machine says that its name is 127.0.1.1.
    void theFirstMachineIsToldItsAddress()
    {
        const NetworkRoute within {"127.0.0.1", "127.0.1.1"};
        const NetworkRoute outside {"10.0.0.2", "10.0.0.1"};
        QCOMPARE(addressesOf({within, within, outside, outside}),
                 QStringList({"10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.2"}));
    }

    void oneMachineNeedsNoNetwork()
    {
        const NetworkRoute within {"127.0.0.1", "127.0.0.1"};
        QCOMPARE(addressesOf({within, std::nullopt}), QStringList({"127.0.0.1", "127.0.0.1"}));
    }
};

QTEST_GUILESS_MAIN(OwnAddressTest)
#include "own_address_test.moc"
