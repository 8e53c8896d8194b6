// SPDX-License-Identifier: GPL-3.0-or-later
// What the few known globals of a pickle of weights stand for.
#include "training/interchange/pickle_machine.h"

#include <algorithm>
#include <array>

namespace mocoscope::training {

using namespace pickled;

namespace {

constexpr const char* orderedDict = "collections.OrderedDict";
constexpr const char* rebuildTensor = "torch._utils._rebuild_tensor_v2";
constexpr const char* rebuildOldTensor = "torch._utils._rebuild_tensor";
constexpr const char* rebuildParameter = "torch._utils._rebuild_parameter";

/// A short text of the file can name a long list again and again; what is copied is bounded.
constexpr std::size_t maxCopiedItems = 500'000;
constexpr std::size_t maxKeyBytes = 100;

bool isStorage(std::string_view name)
{
    constexpr std::array names {"torch.DoubleStorage",   "torch.FloatStorage", "torch.HalfStorage",
                                "torch.BFloat16Storage", "torch.LongStorage",  "torch.IntStorage",
                                "torch.ShortStorage",    "torch.CharStorage",  "torch.ByteStorage",
                                "torch.BoolStorage"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isKnown(std::string_view name)
{
    return name == orderedDict || name == rebuildTensor || name == rebuildOldTensor
        || name == rebuildParameter || isStorage(name);
}

/// Names come from the file: cut short, and without what a terminal would act on.
std::string shown(std::string name)
{
    name.resize(std::min<std::size_t>(name.size(), 80));
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    return name;
}

} // namespace

void PickleMachine::pushGlobal(const std::string& name)
{
    if (!isKnown(name)) {
        throw Refusal {"it names '" + shown(name)
                       + "', which weights have no use for; nothing of the file was executed"};
    }
    push(Global {name});
}

/// The persistent id that torch writes in place of a storage:
/// ('storage', type, key, device, elements[, None]).
void PickleMachine::loadStorage()
{
    const std::vector<Id> parts = get<Tuple>(pop(), "a persistent id").items;
    if (parts.size() < 5 || parts.size() > 6
        || get<std::string>(parts[0], "a persistent id") != "storage") {
        throw Refusal {"a persistent id is no storage"};
    }
    if (parts.size() == 6 && std::get_if<None>(&m_values[parts[5]]) == nullptr) {
        throw Refusal {"a storage is a view of another one"};
    }
    const std::string type = get<Global>(parts[1], "a storage's type").name;
    const std::int64_t elements = get<std::int64_t>(parts[4], "a storage's size");
    const std::string& key = get<std::string>(parts[2], "a storage's key");
    if (!isStorage(type) || elements < 0 || key.size() > maxKeyBytes) {
        throw Refusal {"a storage is damaged"};
    }
    push(Storage {type, std::string(key), elements});
}

void PickleMachine::reduce()
{
    const std::vector<Id> arguments = get<Tuple>(pop(), "the arguments of a call").items;
    const std::string name = get<Global>(pop(), "what is called").name;
    if (name == orderedDict) {
        push(makeOrderedDict(arguments));
    } else if (name == rebuildTensor || name == rebuildOldTensor) {
        push(makeTensor(arguments));
    } else if (name == rebuildParameter && !arguments.empty()) {
        (void)get<Tensor>(arguments[0], "a parameter");
        pushId(arguments[0]);
    } else {
        throw Refusal {"it calls '" + shown(name) + "'"};
    }
}

/// State of an object: an OrderedDict has attributes (torch keeps versions of modules there), which
/// are passed over. Nothing else may have any.
void PickleMachine::build()
{
    (void)pop();
    (void)get<Dict>(top(), "an object with attributes");
}

Value PickleMachine::makeOrderedDict(const std::vector<Id>& arguments)
{
    Dict dict;
    if (arguments.size() > 1) {
        throw Refusal {"an OrderedDict has too many arguments"};
    }
    if (arguments.size() == 1) { // as Python 2 wrote it: a list of pairs
        for (const Id pair : get<List>(arguments[0], "the items of an OrderedDict").items) {
            const auto* list = std::get_if<List>(&m_values[pair]);
            const auto& items = list != nullptr ? list->items : get<Tuple>(pair, "an item").items;
            if (items.size() != 2) {
                throw Refusal {"an item of an OrderedDict is no pair"};
            }
            dict.items.emplace_back(items[0], items[1]);
            if (++m_copiedItems > maxCopiedItems) {
                throw Refusal {"its dictionaries have too many items"};
            }
        }
    }
    return dict;
}

/// (storage, offset, size, stride[, requires_grad, hooks[, metadata]]).
Value PickleMachine::makeTensor(const std::vector<Id>& arguments)
{
    if (arguments.size() < 4 || arguments.size() > 7) {
        throw Refusal {"a tensor has the wrong number of arguments"};
    }
    (void)get<Storage>(arguments[0], "a tensor's storage");
    Tensor tensor;
    tensor.storage = arguments[0];
    tensor.offset = get<std::int64_t>(arguments[1], "a tensor's offset");
    tensor.sizes = integers(arguments[2]);
    tensor.strides = integers(arguments[3]);
    return tensor;
}

std::vector<std::int64_t> PickleMachine::integers(Id tuple)
{
    std::vector<std::int64_t> numbers;
    const std::vector<Id> items = get<Tuple>(tuple, "a tensor's shape").items;
    if (items.size() > 16) {
        throw Refusal {"a tensor has more than 16 dimensions"};
    }
    for (const Id item : items) {
        numbers.push_back(get<std::int64_t>(item, "a tensor's shape"));
    }
    return numbers;
}

} // namespace mocoscope::training
