// SPDX-License-Identifier: GPL-3.0-or-later
// A file of torch.save(), new or old format: pickles, archives, storages and strides.
#include "tests/fuzz/memory_file.h"
#include "training/interchange/pytorch_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const mocoscope::fuzz::MemoryFile file(data, size);
    const auto content = mocoscope::training::readWeights(file.path());
    std::int64_t sum = 0;
    if (content) {
        for (const auto& [name, tensor] : content->tensors) {
            // Through strides and offsets, which must stay inside of their storage.
            const auto plain = tensor.numel() < (1 << 20) ? tensor.contiguous() : tensor;
            const auto* bytes = static_cast<const std::uint8_t*>(plain.const_data_ptr());
            for (std::size_t i = 0; plain.is_contiguous() && i < plain.nbytes(); ++i) {
                sum += bytes[i];
            }
        }
    }
    return sum < 0 ? 1 : 0;
}
