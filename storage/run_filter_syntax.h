// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_filter.h"
#include "storage/run_filter_keys.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Inside only: what RunFilter is made of.
namespace mocoscope::storage {

enum class Operator : std::uint8_t
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains
};

/// `key operator operand`, checked: the operator suits the key, the operand its kind.
struct Condition
{
    FilterKey key;
    Operator comparison = Operator::Equal;
    std::string operand;
    double number = 0; ///< of Kind::Number
    bool isAboutNone = false; ///< `= none`, `!= none`: whether there is a value
};

struct RunFilter::Node
{
    enum class Kind : std::uint8_t
    {
        All,
        Any,
        Not, ///< of the one part
        Word,
        Condition
    };
    Kind kind = Kind::All;
    std::vector<std::shared_ptr<const Node>> parts;
    std::string word;
    std::optional<storage::Condition> condition;
};

/// nullptr for an empty text.
///     any := all ('or' all)*
///     all := one (['and'] one)*
///     one := 'not' one | '(' any ')' | KEY OPERATOR OPERAND | WORD
[[nodiscard]] tl::expected<std::shared_ptr<const RunFilter::Node>, FilterProblem>
parseFilter(std::string_view text);

} // namespace mocoscope::storage
