// SPDX-License-Identifier: GPL-3.0-or-later
// CIFAR's binary files, in a store whose files are all the same bytes.
#include "training/data/cifar_dataset.h"

#include <array>
#include <cstdlib>

namespace {

using namespace mocoscope::training;

class SameBytes final : public FileStore
{
public:
    SameBytes(bool isLarge, std::vector<std::uint8_t> bytes)
        : m_bytes(std::move(bytes))
        , m_names(isLarge
                      ? std::vector<std::string> {"fine_label_names.txt", "test.bin", "train.bin"}
                      : std::vector<std::string> {"batches.meta.txt", "data_batch_1.bin",
                                                  "data_batch_2.bin", "data_batch_3.bin",
                                                  "data_batch_4.bin", "data_batch_5.bin",
                                                  "test_batch.bin"})
    {
    }
    [[nodiscard]] std::span<const std::string> names() const override { return m_names; }
    [[nodiscard]] Result<void> read(std::size_t, std::vector<std::uint8_t>& bytes) const override
    {
        bytes = m_bytes;
        return {};
    }

private:
    std::vector<std::uint8_t> m_bytes;
    std::vector<std::string> m_names;
};

void decodeAll(const Dataset& dataset)
{
    for (std::int64_t i = 0; i < dataset.size(); ++i) {
        const auto image = dataset.decode(i, 0);
        const bool isKnown = dataset.label(i) >= -1
            && dataset.label(i) < static_cast<std::int64_t>(dataset.classNames().size());
        if (!isKnown || (image && image->rgb.size() != std::size_t {32} * 32 * 3)) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1) {
        return 0;
    }
    const SameBytes store((data[0] & 1) != 0, {data + 1, data + size});
    const auto place = findCifar(store.names());
    if (!place) {
        std::abort();
    }
    if (const auto pair = readCifar(store, *place, data[0] >> 1, 0)) {
        decodeAll(*pair->train);
        if (pair->test) {
            decodeAll(*pair->test);
        }
    }
    return 0;
}
