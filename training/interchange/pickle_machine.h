// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/interchange/pickle.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace mocoscope::training {

/// The stack machine of a pickle, cut down to what weights need. For pickle.cpp only.
/// Source of the opcodes: CPython's pickletools.py.
class PickleMachine
{
public:
    /// Thrown inside, caught by readPickle().
    struct Refusal
    {
        std::string reason;
    };

    explicit PickleMachine(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] Pickle run();

private:
    using Id = pickled::Id;

    // bytes
    [[nodiscard]] std::uint8_t byte();
    [[nodiscard]] std::span<const std::uint8_t> take(std::uint64_t count);
    template <typename Number> [[nodiscard]] Number number();
    [[nodiscard]] std::string text(std::uint64_t size);
    [[nodiscard]] std::string line();

    // stack
    void push(pickled::Value value);
    void pushId(Id id) { m_stack.push_back(id); }
    [[nodiscard]] Id pop();
    [[nodiscard]] Id top() const;
    [[nodiscard]] std::vector<Id> popToMark();
    [[nodiscard]] std::vector<Id> popMany(std::size_t count);
    template <typename Type> [[nodiscard]] Type& get(Id id, const char* what)
    {
        auto* value = std::get_if<Type>(&m_values[id]);
        if (value == nullptr) {
            throw Refusal {std::string(what) + " is of the wrong type"};
        }
        return *value;
    }

    // operations; each takes the opcodes of one kind and says whether it knew this one
    [[nodiscard]] bool pushConstant(std::uint8_t opcode);
    [[nodiscard]] bool pushNumber(std::uint8_t opcode);
    [[nodiscard]] bool pushText(std::uint8_t opcode);
    [[nodiscard]] bool useMemo(std::uint8_t opcode);
    [[nodiscard]] bool makeTuple(std::uint8_t opcode);
    [[nodiscard]] bool fillContainer(std::uint8_t opcode);
    [[nodiscard]] bool useGlobal(std::uint8_t opcode);
    void pushLong(std::uint64_t size);
    void pushGlobal(const std::string& name);
    void appendItems(Id list, const std::vector<Id>& items);
    void setItems(Id dict, const std::vector<Id>& items);

    // what the globals stand for
    void loadStorage();
    void reduce();
    void build();
    [[nodiscard]] pickled::Value makeOrderedDict(const std::vector<Id>& arguments);
    [[nodiscard]] pickled::Value makeTensor(const std::vector<Id>& arguments);
    [[nodiscard]] std::vector<std::int64_t> integers(Id tuple);

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    std::vector<pickled::Value> m_values;
    std::vector<Id> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::unordered_map<std::uint32_t, Id> m_memo;
    std::size_t m_copiedItems = 0;
};

} // namespace mocoscope::training
