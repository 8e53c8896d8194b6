// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/pickle_machine.h"

#include "training/interchange/input_file.h"

#include <algorithm>
#include <array>
#include <bit>

namespace mocoscope::training {

using namespace pickled;

namespace {

/// Ten times what the checkpoint of the largest published model has; bounds the memory.
constexpr std::size_t maxValues = 500'000;

namespace op {
constexpr std::uint8_t protocol = 0x80, frame = 0x95, stop = '.', mark = '(';
} // namespace op

} // namespace

Pickle PickleMachine::run()
{
    for (;;) {
        const std::uint8_t opcode = byte();
        if (opcode == op::stop) {
            const Id root = pop();
            return {std::move(m_values), root, m_at};
        }
        if (opcode == op::protocol) {
            const int version = byte();
            if (version > 5) {
                throw Refusal {"it is of protocol " + std::to_string(version)
                               + ", which is not known"};
            }
        } else if (opcode == op::frame) {
            (void)take(8);
        } else if (opcode == op::mark) {
            m_marks.push_back(m_stack.size());
        } else if (!pushConstant(opcode) && !pushNumber(opcode) && !pushText(opcode)
                   && !useMemo(opcode) && !makeTuple(opcode) && !fillContainer(opcode)
                   && !useGlobal(opcode)) {
            throw Refusal {"operation " + std::to_string(opcode) + " at byte "
                           + std::to_string(m_at - 1) + " has no place in a file of weights"};
        }
    }
}

std::uint8_t PickleMachine::byte()
{
    return take(1)[0];
}

std::span<const std::uint8_t> PickleMachine::take(std::uint64_t count)
{
    if (count > m_bytes.size() - m_at) {
        throw Refusal {"it is cut off"};
    }
    const auto taken = m_bytes.subspan(m_at, count);
    m_at += count;
    return taken;
}

template <typename Number> Number PickleMachine::number()
{
    return littleEndian<Number>(take(sizeof(Number)).data());
}

std::string PickleMachine::text(std::uint64_t size)
{
    const auto bytes = take(size);
    return {bytes.begin(), bytes.end()};
}

std::string PickleMachine::line()
{
    const auto rest = m_bytes.subspan(m_at);
    const auto end = std::find(rest.begin(), rest.end(), '\n');
    if (end == rest.end()) {
        throw Refusal {"it is cut off"};
    }
    std::string result(rest.begin(), end);
    m_at += result.size() + 1;
    return result;
}

void PickleMachine::push(Value value)
{
    if (m_values.size() >= maxValues) {
        throw Refusal {"it has more than " + std::to_string(maxValues) + " values"};
    }
    m_values.push_back(std::move(value));
    m_stack.push_back(static_cast<Id>(m_values.size() - 1));
}

Id PickleMachine::top() const
{
    const std::size_t bottom = m_marks.empty() ? 0 : m_marks.back();
    if (m_stack.size() <= bottom) {
        throw Refusal {"its stack runs empty"};
    }
    return m_stack.back();
}

Id PickleMachine::pop()
{
    const Id id = top();
    m_stack.pop_back();
    return id;
}

std::vector<Id> PickleMachine::popMany(std::size_t count)
{
    std::vector<Id> items(count);
    for (std::size_t i = count; i-- > 0;) {
        items[i] = pop();
    }
    return items;
}

std::vector<Id> PickleMachine::popToMark()
{
    if (m_marks.empty()) {
        throw Refusal {"a mark is missing"};
    }
    const std::size_t height = m_marks.back();
    std::vector<Id> items = popMany(m_stack.size() - height);
    m_marks.pop_back();
    return items;
}

bool PickleMachine::pushConstant(std::uint8_t opcode)
{
    switch (opcode) {
    case 'N':
        push(None {});
        return true;
    case 0x88:
        push(true);
        return true;
    case 0x89:
        push(false);
        return true;
    case '}':
        push(Dict {});
        return true;
    case ']':
        push(List {});
        return true;
    case ')':
        push(Tuple {});
        return true;
    default:
        return false;
    }
}

bool PickleMachine::pushNumber(std::uint8_t opcode)
{
    switch (opcode) {
    case 'K':
        push(std::int64_t {byte()});
        return true;
    case 'M':
        push(std::int64_t {number<std::uint16_t>()});
        return true;
    case 'J':
        push(std::int64_t {static_cast<std::int32_t>(number<std::uint32_t>())});
        return true;
    case 0x8a:
        pushLong(byte());
        return true;
    case 'G': { // big-endian, unlike all others
        std::uint64_t bits = 0;
        for (const std::uint8_t part : take(8)) {
            bits = bits << 8U | part;
        }
        push(std::bit_cast<double>(bits));
        return true;
    }
    default:
        return false;
    }
}

void PickleMachine::pushLong(std::uint64_t size)
{
    const auto bytes = take(size);
    if (size > 8) {
        push(BigInteger {{bytes.begin(), bytes.end()}});
        return;
    }
    std::array<std::uint8_t, 8> wide {};
    wide.fill(size > 0 && (bytes.back() & 0x80U) != 0 ? 0xff : 0); // the sign goes on
    std::copy(bytes.begin(), bytes.end(), wide.begin());
    push(static_cast<std::int64_t>(littleEndian<std::uint64_t>(wide.data())));
}

bool PickleMachine::pushText(std::uint8_t opcode)
{
    switch (opcode) {
    case 'X':
    case 'T': // the text of Python 2
        push(text(number<std::uint32_t>()));
        return true;
    case 0x8c:
    case 'U':
        push(text(byte()));
        return true;
    default:
        return false;
    }
}

bool PickleMachine::useMemo(std::uint8_t opcode)
{
    switch (opcode) {
    case 'q':
        m_memo[byte()] = top();
        return true;
    case 'r':
        m_memo[number<std::uint32_t>()] = top();
        return true;
    case 0x94:
        m_memo[static_cast<std::uint32_t>(m_memo.size())] = top();
        return true;
    case 'h':
    case 'j': {
        const std::uint32_t place = opcode == 'h' ? byte() : number<std::uint32_t>();
        const auto found = m_memo.find(place);
        if (found == m_memo.end()) {
            throw Refusal {"it refers to a value that is not there"};
        }
        pushId(found->second);
        return true;
    }
    default:
        return false;
    }
}

bool PickleMachine::makeTuple(std::uint8_t opcode)
{
    if (opcode == 't') {
        push(Tuple {popToMark()});
        return true;
    }
    if (opcode < 0x85 || opcode > 0x87) {
        return false;
    }
    push(Tuple {popMany(opcode - 0x84U)});
    return true;
}

bool PickleMachine::fillContainer(std::uint8_t opcode)
{
    if (opcode != 'a' && opcode != 'e' && opcode != 's' && opcode != 'u') {
        return false;
    }
    const bool isList = opcode == 'a' || opcode == 'e';
    const bool isMany = opcode == 'e' || opcode == 'u';
    const auto items = isMany ? popToMark() : popMany(isList ? 1 : 2);
    if (isList) {
        appendItems(top(), items);
    } else {
        setItems(top(), items);
    }
    return true;
}

void PickleMachine::appendItems(Id list, const std::vector<Id>& items)
{
    auto& into = get<List>(list, "a list").items;
    into.insert(into.end(), items.begin(), items.end());
}

void PickleMachine::setItems(Id dict, const std::vector<Id>& items)
{
    if (items.size() % 2 != 0) {
        throw Refusal {"a key has no value"};
    }
    auto& into = get<Dict>(dict, "a dictionary").items;
    for (std::size_t i = 0; i < items.size(); i += 2) {
        into.emplace_back(items[i], items[i + 1]);
    }
}

bool PickleMachine::useGlobal(std::uint8_t opcode)
{
    switch (opcode) {
    case 'c': {
        const std::string module = line();
        pushGlobal(module + "." + line());
        return true;
    }
    case 0x93: {
        const Id name = pop();
        const Id module = pop();
        pushGlobal(get<std::string>(module, "a module") + "." + get<std::string>(name, "a name"));
        return true;
    }
    case 'Q':
        loadStorage();
        return true;
    case 'R':
        reduce();
        return true;
    case 'b':
        build();
        return true;
    default:
        return false;
    }
}

} // namespace mocoscope::training
