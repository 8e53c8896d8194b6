// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/pytorch_file.h"

#include "training/interchange/pytorch_storages.h"

#include <new>
#include <optional>

namespace mocoscope::training {

namespace {

torch::ScalarType scalarType(const std::string& storageType)
{
    static const std::map<std::string, torch::ScalarType> types {
        {"torch.DoubleStorage", torch::kFloat64}, {"torch.FloatStorage", torch::kFloat32},
        {"torch.HalfStorage", torch::kFloat16},   {"torch.BFloat16Storage", torch::kBFloat16},
        {"torch.LongStorage", torch::kInt64},     {"torch.IntStorage", torch::kInt32},
        {"torch.ShortStorage", torch::kInt16},    {"torch.CharStorage", torch::kInt8},
        {"torch.ByteStorage", torch::kUInt8},     {"torch.BoolStorage", torch::kBool}};
    return types.at(storageType);
}

/// Whether every element of the view is in the storage, and no view is larger than it.
bool isInside(const pickled::Tensor& tensor, std::int64_t elements)
{
    if (tensor.sizes.size() != tensor.strides.size() || tensor.offset < 0) {
        return false;
    }
    std::int64_t count = 1;
    std::int64_t last = tensor.offset;
    for (std::size_t i = 0; i < tensor.sizes.size(); ++i) {
        const std::int64_t size = tensor.sizes[i];
        const std::int64_t stride = tensor.strides[i];
        std::int64_t reach = 0;
        if (size < 0 || stride < 0 || __builtin_mul_overflow(count, size, &count)
            || __builtin_mul_overflow(std::max<std::int64_t>(size - 1, 0), stride, &reach)
            || __builtin_add_overflow(last, reach, &last)) {
            return false;
        }
    }
    return count == 0 || (last < elements && count <= elements);
}

/// Makes tensors of a file; those that share a storage share memory.
class TensorReader
{
public:
    explicit TensorReader(PytorchContent& content)
        : m_content(content)
    {
    }

    /// On failure the reason.
    [[nodiscard]] tl::expected<torch::Tensor, std::string> read(const pickled::Tensor& tensor)
    {
        const auto& storage = *m_content.pickle.as<pickled::Storage>(tensor.storage);
        if (!isInside(tensor, storage.elements)) {
            return tl::make_unexpected("reaches beyond its storage");
        }
        const auto elements = storageOf(storage);
        if (!elements) {
            return elements;
        }
        return elements->as_strided(tensor.sizes, tensor.strides, tensor.offset);
    }

private:
    [[nodiscard]] tl::expected<torch::Tensor, std::string>
    storageOf(const pickled::Storage& storage)
    {
        const torch::ScalarType type = scalarType(storage.type);
        if (const auto known = m_storages.find(storage.key); known != m_storages.end()) {
            if (known->second.scalar_type() != type || known->second.numel() != storage.elements) {
                return tl::make_unexpected("describes its storage in another way than before");
            }
            return known->second;
        }
        const auto place = m_content.storages.find(storage.key);
        const auto elements = static_cast<std::uint64_t>(storage.elements);
        if (place == m_content.storages.end()
            || place->second.bytes / c10::elementSize(type) != elements
            || place->second.bytes % c10::elementSize(type) != 0) {
            return tl::make_unexpected("has a storage of another size, or none");
        }
        torch::Tensor read = torch::empty({storage.elements}, type);
        if (!m_content.file.read(place->second.offset, read.data_ptr(), place->second.bytes)) {
            return tl::make_unexpected("cannot be read");
        }
        m_storages.emplace(storage.key, read);
        return read;
    }

    PytorchContent& m_content;
    std::map<std::string, torch::Tensor> m_storages;
};

/// The dictionary of tensors: under a name that is usual, or the whole.
const pickled::Dict* stateOf(const Pickle& pickle)
{
    for (const char* key : {"state_dict", "model"}) {
        const auto* found = pickle.find(pickle.root, key);
        if (found != nullptr && std::get_if<pickled::Dict>(found) != nullptr) {
            return std::get_if<pickled::Dict>(found);
        }
    }
    return pickle.as<pickled::Dict>(pickle.root);
}

std::map<std::string, std::string> metadataOf(const Pickle& pickle)
{
    std::map<std::string, std::string> metadata;
    const auto* root = pickle.as<pickled::Dict>(pickle.root);
    for (const auto& [keyId, valueId] : root->items) {
        const auto* key = pickle.as<std::string>(keyId);
        if (key == nullptr) {
            continue;
        }
        if (const auto* text = pickle.as<std::string>(valueId)) {
            metadata[*key] = *text;
        } else if (const auto* number = pickle.as<std::int64_t>(valueId)) {
            metadata[*key] = std::to_string(*number);
        }
    }
    return metadata;
}

Result<TensorFile> readTensors(PytorchContent& content)
{
    const Pickle& pickle = content.pickle;
    const pickled::Dict* state = stateOf(pickle);
    if (state == nullptr || pickle.as<pickled::Dict>(pickle.root) == nullptr) {
        return content.file.unreadable("it holds no dictionary of tensors");
    }
    TensorReader reader(content);
    TensorFile result {{}, metadataOf(pickle)};
    for (const auto& [keyId, valueId] : state->items) {
        const auto* name = pickle.as<std::string>(keyId);
        const auto* tensor = pickle.as<pickled::Tensor>(valueId);
        if (name == nullptr || tensor == nullptr) {
            return content.file.unreadable("'" + (name != nullptr ? *name : "a key")
                                           + "' is no tensor; a state_dict is expected");
        }
        auto read = reader.read(*tensor);
        if (!read) {
            return content.file.unreadable("tensor '" + *name + "' " + read.error());
        }
        if (!result.tensors.emplace(*name, std::move(*read)).second) {
            return content.file.unreadable("tensor '" + *name + "' comes twice");
        }
    }
    return result;
}

std::array<std::uint8_t, 4> firstBytes(InputFile& file)
{
    std::array<std::uint8_t, 4> first {};
    (void)file.read(0, first.data(), std::min<std::uint64_t>(first.size(), file.size()));
    return first;
}

} // namespace

Result<TensorFile> readPytorchFile(const std::filesystem::path& file)
{
    Result<InputFile> input = InputFile::open(file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto first = firstBytes(*input);
    try {
        Result<PytorchContent> content
            = first[0] == 'P' ? openZipFormat(file) : openOldFormat(file);
        if (!content) {
            return tl::unexpected(content.error());
        }
        return readTensors(*content);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "not enough memory to read " + file.string());
    } catch (const c10::Error& error) {
        return input->unreadable(error.what_without_backtrace());
    }
}

Result<TensorFile> readWeights(const std::filesystem::path& file)
{
    Result<InputFile> input = InputFile::open(file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto first = firstBytes(*input);
    const bool isZip = first[0] == 'P' && first[1] == 'K';
    const bool isPickle = first[0] == 0x80 && first[1] <= 5;
    const std::string name = file.filename().string();
    const bool isNamedPytorch
        = name.ends_with(".pth") || name.ends_with(".pt") || name.ends_with(".tar");
    if (isZip || isNamedPytorch || (isPickle && !name.ends_with(".safetensors"))) {
        return readPytorchFile(file);
    }
    return readSafetensors(file);
}

} // namespace mocoscope::training
