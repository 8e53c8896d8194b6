// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/pytorch_storages.h"

#include <algorithm>

namespace mocoscope::training {

namespace {

constexpr std::uint64_t maxPickleBytes = 64U << 20U;

Result<Pickle> readNamed(const InputFile& file, std::span<const std::uint8_t> bytes)
{
    Result<Pickle> pickle = readPickle(bytes);
    if (!pickle) {
        return file.unreadable(toText(pickle.error()));
    }
    return pickle;
}

/// Reads pickle after pickle from the start of a file.
class PickleSequence
{
public:
    PickleSequence(const InputFile& file, std::span<const std::uint8_t> bytes)
        : m_file(file)
        , m_bytes(bytes)
    {
    }
    [[nodiscard]] Result<Pickle> next()
    {
        Result<Pickle> pickle = readNamed(m_file, m_bytes.subspan(m_at));
        m_at += pickle ? pickle->bytes : 0;
        return pickle;
    }
    [[nodiscard]] std::uint64_t at() const { return m_at; }

private:
    const InputFile& m_file;
    std::span<const std::uint8_t> m_bytes;
    std::uint64_t m_at = 0;
};

bool isMagicNumber(const Pickle& pickle)
{
    const auto* number = pickle.as<pickled::BigInteger>(pickle.root);
    return number != nullptr
        && number->bytes == std::string("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19");
}

std::map<std::string, std::string> storageTypes(const Pickle& pickle)
{
    std::map<std::string, std::string> types;
    for (const pickled::Value& value : pickle.values) {
        if (const auto* storage = std::get_if<pickled::Storage>(&value)) {
            types[storage->key] = storage->type;
        }
    }
    return types;
}

/// Walks over the storages behind the pickles.
Result<std::map<std::string, PytorchContent::Place>>
findStorages(InputFile& file, const Pickle& object, const Pickle& keys, std::uint64_t at)
{
    const auto* list = keys.as<pickled::List>(keys.root);
    if (list == nullptr) {
        return file.unreadable("its list of storages is damaged");
    }
    const auto types = storageTypes(object);
    std::map<std::string, PytorchContent::Place> places;
    for (const pickled::Id id : list->items) {
        const auto* key = keys.as<std::string>(id);
        const auto type = key != nullptr ? types.find(*key) : types.end();
        const auto head = file.bytes(at, 8);
        if (type == types.end() || head.empty()) {
            return file.unreadable("its list of storages is damaged, or it is cut off");
        }
        const auto elements = littleEndian<std::uint64_t>(head.data());
        const std::uint64_t bytes = elements * elementBytes(type->second);
        if (elements > file.size() || !file.contains(at + 8, bytes)
            || !places.emplace(*key, PytorchContent::Place {at + 8, bytes}).second) {
            return file.unreadable("storage " + *key + " is damaged, or the file is cut off");
        }
        at += 8 + bytes;
    }
    return places;
}

} // namespace

std::uint64_t elementBytes(const std::string& storageType)
{
    const auto isOne = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), storageType) != names.end();
    };
    return isOne({"torch.DoubleStorage", "torch.LongStorage"})                        ? 8
        : isOne({"torch.FloatStorage", "torch.IntStorage"})                           ? 4
        : isOne({"torch.HalfStorage", "torch.BFloat16Storage", "torch.ShortStorage"}) ? 2
                                                                                      : 1;
}

Result<PytorchContent> openZipFormat(const std::filesystem::path& file)
{
    Result<ZipArchive> archive = ZipArchive::open(file);
    if (!archive) {
        return tl::unexpected(archive.error());
    }
    const auto& entries = archive->entries();
    const std::string suffix = "/data.pkl";
    const auto main = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.first.ends_with(suffix)
            && entry.first.find('/') == entry.first.size() - suffix.size();
    });
    InputFile& input = archive->file();
    if (main == entries.end() || main->second.bytes > maxPickleBytes) {
        return input.unreadable("it has no pickle of tensors; is it a file of torch.save()?");
    }
    const std::string prefix = main->first.substr(0, main->first.size() - suffix.size() + 1);
    const auto order = entries.find(prefix + "byteorder");
    if (order != entries.end()) {
        const auto text
            = input.bytes(order->second.offset, std::min<std::uint64_t>(16, order->second.bytes));
        if (std::string(text.begin(), text.end()) != "little") {
            return input.unreadable("its numbers are big-endian");
        }
    }
    const auto bytes = input.bytes(main->second.offset, main->second.bytes);
    Result<Pickle> pickle = readNamed(input, bytes);
    if (!pickle) {
        return tl::unexpected(pickle.error());
    }
    std::map<std::string, PytorchContent::Place> storages;
    for (const auto& [name, entry] : entries) {
        const std::string folder = prefix + "data/";
        if (name.starts_with(folder)) {
            storages[name.substr(folder.size())] = {entry.offset, entry.bytes};
        }
    }
    return PytorchContent {std::move(input), std::move(*pickle), std::move(storages)};
}

Result<PytorchContent> openOldFormat(const std::filesystem::path& file)
{
    Result<InputFile> input = InputFile::open(file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto bytes = input->bytes(0, std::min(input->size(), maxPickleBytes));
    PickleSequence sequence(*input, bytes);
    const Result<Pickle> magic = sequence.next();
    if (!magic) {
        return tl::unexpected(magic.error());
    }
    if (!isMagicNumber(*magic)) {
        return input->unreadable("it is a pickle, but none of torch.save()");
    }
    Result<Pickle> version = sequence.next();
    Result<Pickle> machine = version ? sequence.next() : std::move(version);
    Result<Pickle> object = machine ? sequence.next() : machine;
    const Result<Pickle> keys = object ? sequence.next() : object;
    if (!keys) {
        return tl::unexpected(keys.error());
    }
    const auto* isLittle = machine->find(machine->root, "little_endian");
    if (isLittle == nullptr || std::get_if<bool>(isLittle) == nullptr
        || !std::get<bool>(*isLittle)) {
        return input->unreadable("its numbers are big-endian");
    }
    auto storages = findStorages(*input, *object, *keys, sequence.at());
    if (!storages) {
        return tl::unexpected(storages.error());
    }
    return PytorchContent {std::move(*input), std::move(*object), std::move(*storages)};
}

} // namespace mocoscope::training
