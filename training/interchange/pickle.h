// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mocoscope::training {

/// What the pickles of weights are made of, and nothing else. Containers name their members by
/// number, so that neither depth nor cycles of a hostile file matter.
namespace pickled {

using Id = std::uint32_t;

struct None
{
};
struct BigInteger
{
    std::string bytes; ///< little-endian, two's complement
};
struct List
{
    std::vector<Id> items;
};
struct Tuple
{
    std::vector<Id> items;
};
struct Dict
{
    std::vector<std::pair<Id, Id>> items; ///< in the order of the file; keys may come twice
};
/// A function or class by name, from the list of those that are known. Never looked up or called.
struct Global
{
    std::string name; ///< torch.FloatStorage
};
/// Elements that are kept outside the pickle.
struct Storage
{
    std::string type; ///< torch.FloatStorage
    std::string key;
    std::int64_t elements = 0;
};
/// A strided view of a storage. Nothing is checked against the storage's size yet.
struct Tensor
{
    Id storage = 0;
    std::int64_t offset = 0; ///< in elements
    std::vector<std::int64_t> sizes;
    std::vector<std::int64_t> strides;
};
using Value = std::variant<None, bool, std::int64_t, double, BigInteger, std::string, List, Tuple,
                           Dict, Global, Storage, Tensor>;

} // namespace pickled

/// A pickle as plain values.
struct Pickle
{
    std::vector<pickled::Value> values;
    pickled::Id root = 0;
    std::size_t bytes = 0; ///< that the pickle takes at the start of what was given

    [[nodiscard]] const pickled::Value& at(pickled::Id id) const { return values[id]; }
    /// Null when it is of another type.
    template <typename Type> [[nodiscard]] const Type* as(pickled::Id id) const
    {
        return std::get_if<Type>(&values[id]);
    }
    /// The last value of a text key; null when `dict` is no dictionary or has none.
    [[nodiscard]] const pickled::Value* find(pickled::Id dict, std::string_view key) const;
};

/// Reads a pickle as torch.save() writes it, protocol 2 to 5. Interprets only what builds the
/// values above: dict, list, tuple, str, int, float, bool, None, collections.OrderedDict, torch's
/// storages, _rebuild_tensor_v2 and _rebuild_parameter. Whatever else the file names is refused
/// with its name; nothing is ever called. Memory is bounded by the size of `bytes`.
[[nodiscard]] Result<Pickle> readPickle(std::span<const std::uint8_t> bytes);

} // namespace mocoscope::training
