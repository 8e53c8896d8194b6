// SPDX-License-Identifier: GPL-3.0-or-later
// A .safetensors file; each byte of what is read is looked at.
#include "tests/fuzz/memory_file.h"
#include "training/interchange/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const mocoscope::fuzz::MemoryFile file(data, size);
    const auto content = mocoscope::training::readSafetensors(file.path());
    std::int64_t sum = 0;
    if (content) {
        for (const auto& [name, tensor] : content->tensors) {
            const auto* bytes = static_cast<const std::uint8_t*>(tensor.const_data_ptr());
            for (std::size_t i = 0; i < tensor.nbytes(); ++i) {
                sum += bytes[i];
            }
        }
    }
    return sum < 0 ? 1 : 0;
}
