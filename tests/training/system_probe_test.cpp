// SPDX-License-Identifier: GPL-3.0-or-later
// What the machine does, read from a folder that stands in for /proc and a driver that is scripted.
#include "training/monitors/system_probe.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>
#include <fstream>

using namespace mocoscope::training;

namespace {

/// A /proc of numbers that a test chooses.
class FakeProc
{
public:
    [[nodiscard]] std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    /// Ticks of all cores and of this process, since the start.
    void setTicks(int busy, int idle, int waiting, int process) const
    {
        write("stat",
              "cpu  " + std::to_string(busy) + " 0 0 " + std::to_string(idle) + " "
                  + std::to_string(waiting) + " 0 0 0 999999 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
        // A program may be called anything, and its user and system times are words 14 and 15.
        write("self/stat",
              "42 (a) b 1 (c) R 1 2 3 4 5 6 7 8 9 10 " + std::to_string(process - 1) + " 1 7 7 20");
    }
    void setMemory(int totalKb, int availableKb, int residentKb) const
    {
        write("meminfo",
              "MemTotal:  " + std::to_string(totalKb) + " kB\nMemFree:  1 kB\nMemAvailable:   "
                  + std::to_string(availableKb) + " kB\n");
        write("self/status",
              "Name:\tmocoscope\nVmRSS:\t   " + std::to_string(residentKb) + " kB\nThreads:\t9\n");
    }
    void write(const char* file, const std::string& text) const
    {
        std::filesystem::create_directories(folder() / "self");
        std::ofstream(folder() / file) << text;
    }

private:
    QTemporaryDir m_folder;
};

/// A driver with two GPUs. Its functions have no object, so their state is here.
struct FakeDriver
{
    static inline int starts = 0;
    static inline int ends = 0;
    static inline bool isThere = true;
    static inline bool tellsPower = true;
    static inline unsigned int load = 0;

    static NvmlFunctions::Device handle(unsigned int index)
    {
        return reinterpret_cast<NvmlFunctions::Device>(std::uintptr_t {index} + 1);
    }
    static unsigned int indexOf(NvmlFunctions::Device device)
    {
        return static_cast<unsigned int>(reinterpret_cast<std::uintptr_t>(device) - 1);
    }

    static NvmlFunctions functions()
    {
        starts = ends = 0;
        isThere = tellsPower = true;
        NvmlFunctions all;
        all.init = [] { return isThere ? (++starts, 0) : 9; };
        all.shutdown = [] { return ++ends, 0; };
        all.deviceCount = [](unsigned int* count) { return *count = 2, 0; };
        all.deviceByIndex = [](unsigned int index, NvmlFunctions::Device* device) {
            return *device = handle(index), 0;
        };
        all.deviceByBusId = [](const char* id, NvmlFunctions::Device* device) {
            *device = handle(1);
            return std::strcmp(id, "0000:3b:00.0") == 0 ? 0 : 6;
        };
        all.index = [](NvmlFunctions::Device device, unsigned int* index) {
            return *index = indexOf(device), 0;
        };
        all.name = [](NvmlFunctions::Device, char* text, unsigned int size) {
            std::strncpy(text, "NVIDIA Scripted", size);
            return 0;
        };
        all.utilization = [](NvmlFunctions::Device, NvmlFunctions::Utilization* both) {
            return *both = {load, 3}, 0;
        };
        all.memory = [](NvmlFunctions::Device, NvmlFunctions::Memory* memory) {
            return *memory = {80'000, 30'000, 50'000}, 0;
        };
        all.temperature
            = [](NvmlFunctions::Device, int, unsigned int* celsius) { return *celsius = 61, 0; };
        all.power = [](NvmlFunctions::Device, unsigned int* milliwatts) {
            *milliwatts = 412'500;
            return tellsPower ? 0 : 3;
        };
        return all;
    }
};

double valueOf(const SystemProbe& probe, const std::vector<double>& values, const char* metric)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (probe.metrics()[i].name == metric) {
            return values[i];
        }
    }
    qFatal("there is no metric %s", metric);
}

} // namespace

class SystemProbeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadIsThatSinceTheLastLook();
    void memoryIsThatOfNow();
    void whatIsMissingIsLeftOut();
    void readsTheRealThing();
    void metricsHaveNamesAndUnits();
    void tellsOfTheGpusOfTheRun();
    void aDriverThatDoesNotStartIsNone();
    void whatADriverDoesNotTellIsLeftOut();
    void theDiskIsThatOfTheNearestFolder();
    void samplesAreTakenOnce();
    void stopsAtOnce();
    void costsLittle();
};

void SystemProbeTest::loadIsThatSinceTheLastLook()
{
    const FakeProc proc;
    proc.setTicks(1000, 5000, 100, 500);
    ProcReader reader(proc.folder());
    proc.setTicks(1030, 5060, 110, 520); // 100 ticks, 30 of them busy, 20 ours
    MachineLoad load = reader.read();
    QCOMPARE(*load.cpuPercent, 30.0);
    QCOMPARE(*load.processCpuPercent, 20.0);
    proc.setTicks(1080, 5110, 110, 520);
    load = reader.read();
    QCOMPARE(*load.cpuPercent, 50.0);
    QCOMPARE(*load.processCpuPercent, 0.0);
    load = reader.read(); // no tick has passed
    QVERIFY(!load.cpuPercent);
    QVERIFY(!load.processCpuPercent);
}

void SystemProbeTest::memoryIsThatOfNow()
{
    const FakeProc proc;
    proc.setMemory(8000, 5000, 1200);
    ProcReader reader(proc.folder());
    MachineLoad load = reader.read();
    QCOMPARE(*load.totalBytes, 8000 * 1024);
    QCOMPARE(*load.usedBytes, 3000 * 1024);
    QCOMPARE(*load.processBytes, 1200 * 1024);
    proc.setMemory(8000, 4000, 1300);
    QCOMPARE(*reader.read().processBytes, 1300 * 1024);
}

void SystemProbeTest::whatIsMissingIsLeftOut()
{
    const FakeProc proc;
    ProcReader empty(proc.folder());
    MachineLoad load = empty.read();
    QVERIFY(!load.cpuPercent && !load.processBytes && !load.usedBytes && !load.totalBytes);
    for (const char* text : {"", "cpu", "cpu 1 2 3", "intr 1 2 3 4 5 6 7 8 9", "\xff\xfe"}) {
        proc.write("stat", text);
        proc.write("self/stat", text);
        proc.write("meminfo", text);
        QVERIFY(!empty.read().cpuPercent);
    }
    proc.write("meminfo", "MemTotal: many kB\n");
    QVERIFY(!empty.read().totalBytes);
}

void SystemProbeTest::readsTheRealThing()
{
    ProcReader reader;
    const MachineLoad load = reader.read();
    QVERIFY(load.processBytes && *load.processBytes > 1'000'000);
    QVERIFY(load.totalBytes && *load.usedBytes > 0 && *load.usedBytes < *load.totalBytes);
    volatile double work = 1;
    QTRY_VERIFY([&] {
        for (int i = 0; i < 10'000'000; ++i) {
            work = work * 1.0000001;
        }
        const MachineLoad busy = reader.read();
        return busy.processCpuPercent && *busy.processCpuPercent > 0 && *busy.cpuPercent <= 100;
    }());
}

void SystemProbeTest::metricsHaveNamesAndUnits()
{
    const SystemProbe probe({"/", {"0000:3b:00.0"}}, Nvml::start(FakeDriver::functions()));
    std::string all;
    for (const MetricDescription& metric : probe.metrics()) {
        all += metric.name + " " + metric.unit + ", ";
    }
    QCOMPARE(all,
             std::string("system/cpu_percent %, system/process_cpu_percent %, "
                         "system/process_memory_bytes B, system/memory_bytes B, "
                         "system/disk_free_bytes B, system/gpu1_percent %, "
                         "system/gpu1_memory_bytes B, system/gpu1_temperature_c \u00b0C, "
                         "system/gpu1_power_w W, "));
}

void SystemProbeTest::tellsOfTheGpusOfTheRun()
{
    const FakeProc proc;
    const auto functions = FakeDriver::functions();
    {
        SystemProbe probe({"/", {"0000:3b:00.0", "0000:99:00.0"}, proc.folder()},
                          Nvml::start(functions));
        FakeDriver::load = 87;
        const auto values = probe.read();
        QCOMPARE(values.size(), probe.metrics().size());
        QCOMPARE(valueOf(probe, values, "system/gpu1_percent"), 87.0);
        QCOMPARE(valueOf(probe, values, "system/gpu1_memory_bytes"), 50'000.0);
        QCOMPARE(valueOf(probe, values, "system/gpu1_temperature_c"), 61.0);
        QCOMPARE(valueOf(probe, values, "system/gpu1_power_w"), 412.5);
        QVERIFY(std::isnan(valueOf(probe, values, "system/cpu_percent")));
    }
    QCOMPARE(FakeDriver::starts, 1);
    QCOMPARE(FakeDriver::ends, 1);
    const auto driver = Nvml::start(functions);
    QCOMPARE(driver->gpus().size(), std::size_t(2));
    QCOMPARE(driver->gpus()[1].index, 1U);
    QCOMPARE(driver->gpus()[0].name, std::string("NVIDIA Scripted"));
    QVERIFY(!driver->gpuAt("0000:99:00.0"));
}

void SystemProbeTest::aDriverThatDoesNotStartIsNone()
{
    const auto functions = FakeDriver::functions();
    FakeDriver::isThere = false;
    QVERIFY(!Nvml::start(functions));
    QCOMPARE(FakeDriver::ends, 0);
    SystemProbe probe({"/", {"0000:3b:00.0"}}, nullptr);
    QCOMPARE(probe.read().size(), std::size_t(5));
    const auto loaded = Nvml::load(); // there or not: it is silent
    qInfo("%s", loaded ? "this machine has NVML" : "this machine has no NVML");
}

void SystemProbeTest::whatADriverDoesNotTellIsLeftOut()
{
    const auto functions = FakeDriver::functions();
    FakeDriver::tellsPower = false;
    SystemProbe probe({"/", {"0000:3b:00.0"}}, Nvml::start(functions));
    const auto values = probe.read();
    QVERIFY(std::isnan(valueOf(probe, values, "system/gpu1_power_w")));
    QCOMPARE(valueOf(probe, values, "system/gpu1_temperature_c"), 61.0);
}

void SystemProbeTest::theDiskIsThatOfTheNearestFolder()
{
    const QTemporaryDir folder;
    const std::filesystem::path real = folder.path().toStdString();
    SystemProbe probe({real / "not" / "there" / "yet"});
    const double free = valueOf(probe, probe.read(), "system/disk_free_bytes");
    const double expected = static_cast<double>(std::filesystem::space(real).available);
    QVERIFY(free > 0);
    QVERIFY(std::abs(free - expected) < 0.2 * expected); // others write meanwhile
    SystemProbe here({std::filesystem::path()});
    QVERIFY(valueOf(here, here.read(), "system/disk_free_bytes") > 0);
}

void SystemProbeTest::samplesAreTakenOnce()
{
    const FakeProc proc;
    proc.setMemory(8000, 5000, 1200);
    SystemSampler sampler(SystemProbe({"/", {}, proc.folder()}), std::chrono::milliseconds(1));
    std::optional<std::vector<double>> sample;
    QTRY_VERIFY(sample.has_value() || (sample = sampler.take()).has_value());
    QCOMPARE(sample->size(), sampler.metrics().size());
    QCOMPARE((*sample)[2], 1200 * 1024.0);
    SystemSampler slow(SystemProbe({"/", {}, proc.folder()}), std::chrono::hours(1));
    QVERIFY(!slow.take()); // none before an interval has passed
}

void SystemProbeTest::stopsAtOnce()
{
    const auto start = std::chrono::steady_clock::now();
    {
        SystemSampler sampler(SystemProbe({"/"}), std::chrono::hours(1));
    }
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}

/// Says what a sample costs; fails only where it would be felt.
void SystemProbeTest::costsLittle()
{
    SystemProbe probe({"/"});
    constexpr int samples = 200;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < samples; ++i) {
        (void)probe.read();
    }
    const std::chrono::duration<double, std::micro> spent
        = std::chrono::steady_clock::now() - start;
    qInfo("a sample takes %.0f µs", spent.count() / samples);
    QVERIFY(spent.count() / samples < 20'000);
}

QTEST_APPLESS_MAIN(SystemProbeTest)
#include "system_probe_test.moc"
