// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/run_filter_syntax.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace mocoscope::storage {

namespace {

using Kind = FilterKey::Kind;
using Node = RunFilter::Node;
using NodePointer = std::shared_ptr<const Node>;

constexpr int deepestNesting = 100; // brackets within brackets; each takes a piece of the stack

struct Token
{
    enum class Kind : std::uint8_t
    {
        Word,
        Quoted,
        Operator,
        Open,
        Close,
        End
    };
    Kind kind = Kind::End;
    std::size_t position = 0;
    std::size_t length = 0;
    std::string text; ///< without quotes
    Operator comparison = Operator::Equal;
};

/// Caught in parseFilter(): what is wrong can be found deep inside brackets.
struct Wrong
{
    FilterProblem problem;
};

[[noreturn]] void failAt(const Token& token, std::string message)
{
    throw Wrong {{token.position, token.length, std::move(message)}};
}

struct OperatorText
{
    std::string_view text;
    Operator comparison;
};
/// Longer ones first: `<=` is not `<` and `=`.
constexpr std::array operatorTexts {
    OperatorText {"==", Operator::Equal},       OperatorText {"!=", Operator::NotEqual},
    OperatorText {"<=", Operator::LessOrEqual}, OperatorText {">=", Operator::GreaterOrEqual},
    OperatorText {"=", Operator::Equal},        OperatorText {"<", Operator::Less},
    OperatorText {">", Operator::Greater},      OperatorText {"~", Operator::Contains},
};

constexpr std::string_view blankCharacters = " \t\r\n";
constexpr std::string_view ends = " \t\r\n()=<>~!"; // of a word

/// From `position` on, which is not behind the end.
Token quotedToken(std::string_view text, std::size_t position)
{
    Token token {Token::Kind::Quoted, position, text.size() - position, {}, {}};
    for (std::size_t i = position + 1; i < text.size(); ++i) {
        if (text[i] == text[position]) {
            token.length = i + 1 - position;
            return token;
        }
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
        }
        token.text += text[i];
    }
    failAt(token, "the quote is not closed");
}

Token nextToken(std::string_view text, std::size_t position)
{
    position = std::min(text.find_first_not_of(blankCharacters, position), text.size());
    if (position == text.size()) {
        return {Token::Kind::End, position, 0, {}, {}};
    }
    const char first = text[position];
    if (first == '(' || first == ')') {
        return {first == '(' ? Token::Kind::Open : Token::Kind::Close, position, 1, {first}, {}};
    }
    if (first == '"' || first == '\'') {
        return quotedToken(text, position);
    }
    for (const OperatorText& known : operatorTexts) {
        if (text.substr(position).starts_with(known.text)) {
            return {Token::Kind::Operator, position, known.text.size(), std::string(known.text),
                    known.comparison};
        }
    }
    const std::size_t end = std::min(text.find_first_of(ends, position), text.size());
    const std::size_t length = std::max<std::size_t>(end - position, 1); // a lone '!'
    return {Token::Kind::Word, position, length, std::string(text.substr(position, length)), {}};
}

std::optional<double> asNumber(std::string_view text)
{
    if (text.ends_with('%')) {
        text.remove_suffix(1);
    }
    double number = 0;
    const auto [last, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = problem == std::errc() && last == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

/// `2026`, `2026-11`, … `2026-11-24 09:30`, with a T in place of the blank as well.
std::optional<std::string> asTime(std::string text)
{
    constexpr std::string_view pattern = "dddd-dd-dd dd:dd";
    if (text.size() > 10 && text[10] == 'T') {
        text[10] = ' ';
    }
    const auto fits = [](char letter, char wanted) {
        return wanted == 'd' ? letter >= '0' && letter <= '9' : letter == wanted;
    };
    const bool isTime = text.size() >= 4 && text.size() <= pattern.size()
        && std::equal(text.begin(), text.end(), pattern.begin(), fits);
    return isTime ? std::optional(text) : std::nullopt;
}

std::string listed(const std::vector<std::string>& choices)
{
    std::string text;
    for (const std::string& choice : choices) {
        text += (text.empty() ? "" : ", ") + choice;
    }
    return text;
}

bool isOrder(Operator comparison)
{
    return comparison != Operator::Equal && comparison != Operator::NotEqual
        && comparison != Operator::Contains;
}

void checkOperator(const FilterKey& key, const Token& token)
{
    const bool isText = key.kind == Kind::Text || key.kind == Kind::Choice;
    if (isText && isOrder(token.comparison)) {
        failAt(token, key.name + " is a text: compare it with =, != or ~ (contains)");
    }
    if (!isText && token.comparison == Operator::Contains) {
        failAt(token,
               key.name + (key.kind == Kind::Time ? " is a time" : " is a number")
                   + ": compare it with =, !=, <, <=, > or >=");
    }
}

void takeOperand(Condition& condition, const Token& token)
{
    const FilterKey& key = condition.key;
    const bool isOrdered = isOrder(condition.comparison);
    condition.operand = token.text;
    condition.isAboutNone = token.kind == Token::Kind::Word && lowerCase(token.text) == "none"
        && !isOrdered && condition.comparison != Operator::Contains;
    if (condition.isAboutNone) {
        return;
    }
    if (key.kind == Kind::Number) {
        const auto number = asNumber(token.text);
        if (!number) {
            failAt(token, key.name + " is a number, '" + token.text + "' is none");
        }
        condition.number = *number;
    } else if (key.kind == Kind::Time) {
        const auto time = asTime(token.text);
        if (!time) {
            failAt(token, "a time is written as 2026-11-24 or \"2026-11-24 09:30\"");
        }
        condition.operand = *time;
    } else if (key.kind == Kind::Choice && condition.comparison != Operator::Contains) {
        const bool isKnown
            = std::any_of(key.choices.begin(), key.choices.end(), [&](const std::string& choice) {
                  return lowerCase(choice) == lowerCase(token.text);
              });
        if (!isKnown) {
            failAt(token, key.name + " is one of " + listed(key.choices));
        }
    }
}

class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
        , m_token(nextToken(text, 0))
    {
    }

    NodePointer parse()
    {
        if (m_token.kind == Token::Kind::End) {
            return nullptr;
        }
        NodePointer root = any();
        if (m_token.kind != Token::Kind::End) {
            failAt(m_token, "this bracket was never opened"); // all else goes on with an all()
        }
        return root;
    }

private:
    Token take()
    {
        Token taken = std::move(m_token);
        m_token = nextToken(m_text, taken.position + taken.length);
        return taken;
    }

    [[nodiscard]] bool isKeyword(std::string_view keyword) const
    {
        return m_token.kind == Token::Kind::Word && lowerCase(m_token.text) == keyword;
    }

    [[nodiscard]] bool isAnd() const
    {
        return isKeyword("and") || isKeyword("&") || isKeyword("&&");
    }
    [[nodiscard]] bool isOr() const { return isKeyword("or") || isKeyword("|") || isKeyword("||"); }

    [[nodiscard]] bool isAtEndOfAll() const
    {
        return m_token.kind == Token::Kind::End || m_token.kind == Token::Kind::Close || isOr();
    }

    static NodePointer joined(Node::Kind kind, std::vector<NodePointer> parts)
    {
        if (parts.size() == 1) {
            return parts.front();
        }
        return std::make_shared<Node>(Node {kind, std::move(parts), {}, {}});
    }

    NodePointer any()
    {
        std::vector<NodePointer> parts {all()};
        while (isOr()) {
            take();
            parts.push_back(all());
        }
        return joined(Node::Kind::Any, std::move(parts));
    }

    NodePointer all()
    {
        std::vector<NodePointer> parts {one()};
        while (!isAtEndOfAll()) {
            if (isAnd()) {
                take();
            }
            parts.push_back(one());
        }
        return joined(Node::Kind::All, std::move(parts));
    }

    NodePointer one()
    {
        if (++m_depth > deepestNesting) {
            failAt(m_token, "too many brackets within brackets");
        }
        NodePointer node = m_token.kind == Token::Kind::Open ? bracket()
            : isKeyword("not")                               ? negation()
                                                             : conditionOrWord();
        --m_depth;
        return node;
    }

    NodePointer bracket()
    {
        const Token open = take();
        NodePointer inside = any();
        if (m_token.kind != Token::Kind::Close) {
            failAt(open, "this bracket is not closed");
        }
        take();
        return inside;
    }

    NodePointer negation()
    {
        take();
        return std::make_shared<Node>(Node {Node::Kind::Not, {one()}, {}, {}});
    }

    NodePointer conditionOrWord()
    {
        const bool isText
            = m_token.kind == Token::Kind::Word || m_token.kind == Token::Kind::Quoted;
        if (!isText || isAnd() || isOr()) {
            failAt(m_token, "a condition or a word is missing here");
        }
        const Token word = take();
        if (m_token.kind != Token::Kind::Operator) {
            if (word.text == "!") {
                failAt(word, "write `not`, or != between a key and a value");
            }
            refuseList(word);
            return std::make_shared<Node>(Node {Node::Kind::Word, {}, word.text, {}});
        }
        return std::make_shared<Node>(Node {Node::Kind::Condition, {}, {}, condition(word)});
    }

    /// `method in (byol, simclr)` would look for four words, and find nothing without a word.
    void refuseList(const Token& word) const
    {
        const bool isList = isKeyword("in")
            && nextToken(m_text, m_token.position + m_token.length).kind == Token::Kind::Open
            && findFilterKey(word.text).has_value();
        if (isList) {
            failAt(m_token,
                   "there are no lists: write (" + word.text + " = A or " + word.text + " = B)");
        }
    }

    Condition condition(const Token& word)
    {
        auto key = findFilterKey(word.text);
        if (!key) {
            failAt(word, key.error());
        }
        Condition made;
        made.key = std::move(*key);
        checkOperator(made.key, m_token);
        made.comparison = take().comparison;
        if (m_token.kind != Token::Kind::Word && m_token.kind != Token::Kind::Quoted) {
            failAt(m_token, "a value is missing here");
        }
        takeOperand(made, take());
        return made;
    }

    std::string_view m_text;
    Token m_token;
    int m_depth = 0;
};

} // namespace

tl::expected<NodePointer, FilterProblem> parseFilter(std::string_view text)
{
    try {
        return Parser(text).parse();
    } catch (const Wrong& wrong) {
        return tl::unexpected(wrong.problem);
    }
}

} // namespace mocoscope::storage
