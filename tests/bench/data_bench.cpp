// SPDX-License-Identifier: GPL-3.0-or-later
// How many view pairs a second the loader makes: data_bench PATH SIZE [SECONDS [WORKERS [exact]]].
// One line of JSON, as tests/bench/peer/data_peer.py writes for the same files.
#include "training/data/view_loader.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

using namespace mocoscope::training;

namespace {

struct Plan
{
    std::string path;
    std::int64_t size = 224;
    double seconds = 3;
    std::int64_t workers = 1;
    bool exactDecode = false;
};

struct Rate
{
    double perSecond = 0;
    double perCpuSecond = 0; ///< of all threads: hardly changes when others use the machine
};

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Rate measure(ViewLoader& loader, double seconds)
{
    using Clock = std::chrono::steady_clock;
    static_cast<void>(loader.next()); // warm-up
    const Clock::time_point begin = Clock::now();
    const double cpuBegin = cpuSeconds();
    std::int64_t pairs = 0;
    double passed = 0;
    while (passed < seconds) {
        const auto batch = loader.next();
        if (!batch) {
            std::fprintf(stderr, "%s\n", toText(batch.error()).c_str());
            std::exit(1);
        }
        pairs += batch->size;
        passed = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    const auto count = static_cast<double>(pairs);
    return {count / passed, count / (cpuSeconds() - cpuBegin)};
}

int run(const Plan& plan)
{
    DataConfig data;
    data.path = plan.path;
    const auto datasets = openDatasets(data, {}, {});
    if (!datasets) {
        std::fprintf(stderr, "%s\n", toText(datasets.error()).c_str());
        return 1;
    }
    ViewLoader::Options options;
    options.imageSize = plan.size;
    options.batchSize = 16;
    options.workers = plan.workers;
    options.exactDecode = plan.exactDecode;
    ViewLoader loader(datasets->train, {}, options, {});
    loader.start(0, 0);
    const Rate rate = measure(loader, plan.seconds);
    std::printf("{\"program\": \"mocoscope\", \"size\": %lld, \"workers\": %lld, "
                "\"exact_decode\": %s, \"pairs_per_s\": %.1f, \"pairs_per_cpu_s\": %.1f}\n",
                static_cast<long long>(plan.size), static_cast<long long>(plan.workers),
                plan.exactDecode ? "true" : "false", rate.perSecond, rate.perCpuSecond);
    return 0;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 3) {
        std::fprintf(stderr, "usage: data_bench PATH SIZE [SECONDS [WORKERS [exact]]]\n");
        return 2;
    }
    Plan plan {arguments[1], std::atoll(arguments[2])};
    plan.seconds = count > 3 ? std::atof(arguments[3]) : plan.seconds;
    plan.workers = count > 4 ? std::atoll(arguments[4]) : plan.workers;
    plan.exactDecode = count > 5 && std::string(arguments[5]) == "exact";
    return run(plan);
}
