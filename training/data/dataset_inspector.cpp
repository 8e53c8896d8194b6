// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/dataset_inspector.h"

#include "training/data/dataset.h"

namespace mocoscope::training {
namespace {

class Inspector final : public DatasetInspector
{
public:
    [[nodiscard]] Result<DatasetFacts> inspect(const DataConfig& config,
                                               std::stop_token stop) override
    {
        return openDatasets(config, std::move(stop), {}).map([](const DatasetPair& pair) {
            const auto classes = pair.train->classNames();
            return DatasetFacts {pair.kind,
                                 pair.train->size(),
                                 pair.test ? pair.test->size() : 0,
                                 {classes.begin(), classes.end()}};
        });
    }
};

} // namespace

std::unique_ptr<DatasetInspector> makeDatasetInspector()
{
    return std::make_unique<Inspector>();
}

} // namespace mocoscope::training
