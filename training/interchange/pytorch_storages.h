// SPDX-License-Identifier: GPL-3.0-or-later
// Where the two formats of PyTorch keep the elements of tensors. For pytorch_file.cpp only.
#pragma once

#include "training/interchange/pickle.h"
#include "training/interchange/zip_archive.h"

#include <map>
#include <string>

namespace mocoscope::training {

/// A PyTorch file once its pickle is read: the pickle and the place of each storage.
struct PytorchContent
{
    struct Place
    {
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
    };
    InputFile file;
    Pickle pickle;
    std::map<std::string, Place> storages; ///< by key
};

/// Bytes of one element of `torch.FloatStorage` …; the name is one that readPickle() lets pass.
[[nodiscard]] std::uint64_t elementBytes(const std::string& storageType);

/// The format since torch 1.6: a zip archive with <name>/data.pkl and <name>/data/<key>.
[[nodiscard]] Result<PytorchContent> openZipFormat(const std::filesystem::path& file);

/// The format before: pickles of a magic number, a version, the machine, the object and the keys;
/// then for each key the number of elements and the elements.
[[nodiscard]] Result<PytorchContent> openOldFormat(const std::filesystem::path& file);

} // namespace mocoscope::training
