// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that meet over a store, and what happens where the others do not come.
#include "test_device.h"
#include "training/collectives/process_collectives.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mocoscope::training;
using torch::Tensor;

namespace {

/// A port of this machine that nobody listens on.
std::uint16_t freePort()
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* place = reinterpret_cast<sockaddr*>(&address);
    const bool isBound
        = bind(listener, place, size) == 0 && getsockname(listener, place, &size) == 0;
    close(listener);
    return isBound ? ntohs(address.sin_port) : std::uint16_t {0};
}

} // namespace

class JoinProcessesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One process that has joined itself: Gloo, and NCCL where MOCOSCOPE_TEST_DEVICE is a GPU.
    void aProcessMeetsItself()
    {
        LaunchedProcess process;
        process.launcher = "torchrun";
        process.host = "127.0.0.1";
        process.port = freePort();
        const torch::Device device = testDevice();
        const auto joined = joinProcesses(process, {device, device.is_cuda() ? "0000:00:00.0" : ""},
                                          {std::chrono::seconds(60)});
        if (!joined) {
            const std::string reason = toText(joined.error());
            QVERIFY2(reason.find("made without Gloo") != std::string::npos, reason.c_str());
            QSKIP("this build has no Gloo");
        }
        Collectives& own = **joined;
        const Tensor values = torch::arange(12, torch::dtype(torch::kFloat32).device(device));
        const Tensor sum = values.clone();
        own.allReduceSum(sum);
        auto background = own.beginAllReduceSum(sum);
        own.broadcast({sum});
        background.get();
        QVERIFY(sum.equal(values));
        QVERIFY(own.allGather(values.view({4, 3})).equal(values.view({4, 3})));
        own.barrier();
    }

    /// A name that nobody has, a port where nobody listens, a rank 1 that does not come.
    void waitingForTheOthersCanBeStopped_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("rank");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no such host") << "host.invalid" << 1 << "waited for rank 0";
        QTest::newRow("nobody there") << "127.0.0.1" << 1 << "waited for rank 0";
        QTest::newRow("server") << "127.0.0.1" << 0 << "waited for rank 1";
    }
    void waitingForTheOthersCanBeStopped()
    {
        QFETCH(QString, host);
        QFETCH(int, rank);
        QFETCH(QString, reason);
        LaunchedProcess process;
        process.launcher = "torchrun";
        process.host = host.toStdString();
        process.port = freePort();
        process.rank = rank;
        process.worldSize = 2;
        int asked = 0;
        const auto joined = joinProcesses(process, {torch::kCPU}, {},
                                          {[&] { return ++asked > 3; }, [](std::int64_t) {}});
        QVERIFY(!joined);
        const std::string said = toText(joined.error());
        if (said.find("made without Gloo") != std::string::npos) {
            QSKIP("this build has no Gloo");
        }
        QVERIFY2(said.find(reason.toStdString()) != std::string::npos, said.c_str());
    }

    void whoDoesNotComeIsNamed()
    {
        LaunchedProcess process;
        process.host = "127.0.0.1";
        process.port = freePort();
        process.worldSize = 2;
        std::vector<std::int64_t> come;
        const auto joined = joinProcesses(
            process, {torch::kCPU}, {std::chrono::milliseconds(200)},
            {[] { return false; }, [&](std::int64_t count) { come.push_back(count); }});
        QVERIFY(!joined);
        const std::string said = toText(joined.error());
        if (said.find("made without Gloo") != std::string::npos) {
            QSKIP("this build has no Gloo");
        }
        QVERIFY2(said.find("rank 1 has not come") != std::string::npos, said.c_str());
        QCOMPARE(come, std::vector<std::int64_t> {1});
    }
};

QTEST_GUILESS_MAIN(JoinProcessesTest)
#include "join_processes_test.moc"
