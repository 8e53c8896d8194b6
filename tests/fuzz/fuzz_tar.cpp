// SPDX-License-Identifier: GPL-3.0-or-later
// A tar archive: no name may lead out of it, whatever its members are.
#include "tests/fuzz/memory_file.h"
#include "training/data/file_store.h"
#include "training/data/image_layout.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace mocoscope::training;
    const mocoscope::fuzz::MemoryFile file(data, size);
    const auto store = openTar(file.path(), {}, [](std::int64_t, std::int64_t) {});
    if (!store) {
        return 0;
    }
    const auto names = (*store)->names();
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string inside = "/" + names[i] + "/";
        if (names[i].starts_with('/') || inside.find("/../") != std::string::npos) {
            std::abort();
        }
        if ((*store)->read(i, bytes) && bytes.size() > size) {
            std::abort();
        }
    }
    (void)arrangeImages(names, 3, 3);
    return 0;
}
