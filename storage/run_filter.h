// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "training/api/training_config.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace mocoscope::storage {

/// Why an expression cannot be read, and where.
struct FilterProblem
{
    std::size_t position = 0; ///< byte of the first letter that is wrong
    std::size_t length = 0; ///< in bytes; 0 at the end of the text
    std::string message;
};

/// What a filter looks at.
struct FilterSubject
{
    const RunRecord& run;
    const training::TrainingConfig* config; ///< nullptr: unknown; no condition on an option fits
    /// Whether the run's texts contain a word of the search.
    std::function<bool(const std::string& word)> contains;
};

/// Which runs a search is about: `lr > 1e-4 and method = "byol"`. Words without an operator are
/// looked for in the run's texts, so that a plain search is an expression too; conditions side by
/// side must all hold. Described in docs/command-line.md.
class RunFilter
{
public:
    struct Node;

    /// Fits all runs.
    RunFilter() = default;
    [[nodiscard]] static tl::expected<RunFilter, FilterProblem> parse(std::string_view text);

    [[nodiscard]] bool matches(const FilterSubject& subject) const;
    /// Whether `config` is looked at; to read it costs more than all the rest.
    [[nodiscard]] bool needsOptions() const { return m_needsOptions; }

private:
    std::shared_ptr<const Node> m_root; ///< nullptr: all runs
    bool m_needsOptions = false;
};

/// Name, preset, state, notes, device, tags and sweep, one a line: where words are looked for.
[[nodiscard]] std::string searchText(const RunRecord& run);
/// Case matters for letters outside ASCII only.
[[nodiscard]] bool containsIgnoringCase(std::string_view text, std::string_view word);

} // namespace mocoscope::storage
