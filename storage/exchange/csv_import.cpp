// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of other programs, and our own, as runs.
#include "storage/exchange/curve_collector.h"
#include "storage/exchange/run_csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace mocoscope::storage {

namespace {

/// Caught in readCsv(): what is wrong can be in any cell.
struct Wrong
{
    std::string reason;
};

/// The cells of a record and the number of its first line; a quoted cell may go over several.
class CsvReader
{
public:
    explicit CsvReader(std::istream& in)
        : m_in(in)
    {
    }

    bool next(std::vector<std::string>& cells)
    {
        std::string line;
        m_first = m_line + 1;
        if (!readLine(line)) {
            return false;
        }
        cells.assign(1, {});
        for (bool isQuoted = false;;) {
            isQuoted = splitLine(line, m_separator, cells, isQuoted);
            if (!isQuoted) {
                return true;
            }
            cells.back() += '\n';
            if (!readLine(line)) {
                throw Wrong {"line " + std::to_string(m_first) + ": a quote is not closed"};
            }
        }
    }
    [[nodiscard]] std::int64_t line() const { return m_first; }
    /// Whether 0,5 is a number.
    [[nodiscard]] bool hasDecimalComma() const { return m_separator != ','; }

private:
    bool readLine(std::string& line)
    {
        if (!std::getline(m_in, line)) {
            return false;
        }
        ++m_line;
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (m_line == 1 && line.starts_with("\xef\xbb\xbf")) { // as spreadsheets begin UTF-8 with
            line.erase(0, 3);
        }
        if (m_line == 1) {
            m_separator = separatorOf(line);
        }
        return true;
    }

    /// What makes the most cells of the first line: where spreadsheets write a decimal comma they
    /// put semicolons between them.
    static char separatorOf(const std::string& head)
    {
        char separator = ',';
        std::size_t most = 0;
        for (const char candidate : {',', ';', '\t'}) {
            std::vector<std::string> cells(1);
            splitLine(head, candidate, cells, false);
            if (cells.size() > most) {
                separator = candidate;
                most = cells.size();
            }
        }
        return separator;
    }

    /// Appends to the last cell; returns whether the line ends within quotes.
    static bool splitLine(const std::string& line, char separator, std::vector<std::string>& cells,
                          bool isQuoted)
    {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char letter = line[i];
            if (letter == '"' && isQuoted && i + 1 < line.size() && line[i + 1] == '"') {
                cells.back() += letter;
                ++i;
            } else if (letter == '"') {
                isQuoted = !isQuoted;
            } else if (letter == separator && !isQuoted) {
                cells.emplace_back();
            } else {
                cells.back() += letter;
            }
        }
        return isQuoted;
    }

    std::istream& m_in;
    char m_separator = ',';
    std::int64_t m_line = 0;
    std::int64_t m_first = 0;
};

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

std::optional<double> asNumber(std::string_view text)
{
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    double number = 0;
    const auto [last, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = problem == std::errc() && last == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

/// Which column is what; the rest are metrics.
struct Columns
{
    std::optional<std::size_t> run;
    std::optional<std::size_t> name;
    std::optional<std::size_t> step;
    std::optional<std::size_t> epoch;
    std::optional<std::size_t> seconds;
    std::optional<std::size_t> wallTime;
    std::vector<std::string> titles;
    std::vector<std::size_t> metrics;
};

Columns readHead(const std::vector<std::string>& titles)
{
    Columns columns;
    columns.titles = titles;
    const std::map<std::string, std::optional<std::size_t>*> known {
        {"run", &columns.run},           {"name", &columns.name},
        {"step", &columns.step},         {"global_step", &columns.step},
        {"iteration", &columns.step},    {"epoch", &columns.epoch},
        {"seconds", &columns.seconds},   {"wall time", &columns.wallTime},
        {"wall_time", &columns.wallTime}};
    std::set<std::string> seen;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        if (!seen.insert(titles[i]).second) {
            throw Wrong {"two columns are named '" + titles[i] + "'"};
        }
        const auto found = known.find(lowered(titles[i]));
        if (found != known.end() && !*found->second) {
            *found->second = i;
        } else if (!titles[i].empty()) {
            columns.metrics.push_back(i);
        }
    }
    if (!columns.step) {
        throw Wrong {"there is no column 'step' in its first line"};
    }
    return columns;
}

/// One record of the table.
class Row
{
public:
    Row(const Columns& columns, const std::vector<std::string>& cells, const CsvReader& reader)
        : m_columns(columns)
        , m_cells(cells)
        , m_reader(reader)
    {
    }

    [[nodiscard]] std::string text(std::optional<std::size_t> column) const
    {
        return column && *column < m_cells.size() ? m_cells[*column] : std::string();
    }
    /// Empty for an empty cell.
    [[nodiscard]] std::optional<double> number(std::optional<std::size_t> column) const
    {
        const std::string cell = text(column);
        if (cell.empty()) {
            return std::nullopt;
        }
        std::string written = cell;
        if (m_reader.hasDecimalComma()) {
            std::replace(written.begin(), written.end(), ',', '.');
        }
        const auto value = asNumber(written);
        if (!value) {
            fail("'" + cell + "' in the column '" + m_columns.titles[*column] + "' is no number");
        }
        return value;
    }
    [[nodiscard]] std::int64_t step() const
    {
        const auto value = number(m_columns.step);
        constexpr double largest = 9007199254740992.0; // 2^53: exact up to here
        if (!value || *value < 0 || *value > largest || *value != std::floor(*value)) {
            fail("'" + text(m_columns.step) + "' is no step");
        }
        return static_cast<std::int64_t>(*value);
    }

private:
    [[noreturn]] void fail(const std::string& reason) const
    {
        throw Wrong {"line " + std::to_string(m_reader.line()) + ": " + reason};
    }
    const Columns& m_columns;
    const std::vector<std::string>& m_cells;
    const CsvReader& m_reader; ///< still at this record
};

void takeRow(const Columns& columns, const Row& row, CurveCollector& curves)
{
    const std::int64_t step = row.step();
    for (const std::size_t column : columns.metrics) {
        if (const auto value = row.number(column)) {
            curves.addValue(columns.titles[column], step, *value);
        }
    }
    if (const auto wallTime = row.number(columns.wallTime)) {
        curves.addWallTime(step, *wallTime);
    }
    const auto epoch = row.number(columns.epoch);
    const auto seconds = row.number(columns.seconds);
    if (epoch) {
        curves.addEpoch(step, *epoch);
    }
    if (seconds) {
        curves.addSeconds(step, *seconds);
    }
}

std::vector<ImportedRun> readRuns(std::istream& in, const std::filesystem::path& file)
{
    struct Collected
    {
        std::string name;
        CurveCollector curves;
    };
    if (in.peek() == '{' || in.peek() == '[') {
        throw Wrong {"it is JSON: event files of TensorBoard and CSV can be taken in"};
    }
    CsvReader reader(in);
    std::vector<std::string> cells;
    if (!reader.next(cells)) {
        throw Wrong {"it is empty"};
    }
    const Columns columns = readHead(cells);
    std::map<std::string, Collected> runs; // by the cell `run`
    while (reader.next(cells)) {
        if (cells.size() == 1 && cells.front().empty()) {
            continue;
        }
        const Row row(columns, cells, reader);
        Collected& collected = runs[row.text(columns.run)];
        collected.name = row.text(columns.name);
        takeRow(columns, row, collected.curves);
    }
    if (runs.empty()) {
        throw Wrong {"it has no line below its first one"};
    }
    std::vector<ImportedRun> imported;
    for (auto& [key, collected] : runs) {
        ImportedRun run = collected.curves.finish();
        run.name = !collected.name.empty() ? collected.name : file.stem().string();
        run.source = file.string();
        run.format = "CSV";
        imported.push_back(std::move(run));
    }
    return imported;
}

} // namespace

Result<std::vector<ImportedRun>> readCsv(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    const auto problem = [&file](const std::string& reason) {
        return training::failure(ErrorCode::Unreadable, "'" + file.string() + "' cannot be read",
                                 reason);
    };
    if (!in) {
        return problem("Check that it exists, and its rights.");
    }
    try {
        return readRuns(in, file);
    } catch (const Wrong& wrong) {
        return problem(wrong.reason);
    }
}

} // namespace mocoscope::storage
