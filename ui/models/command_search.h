// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace mocoscope::ui {

/// Something that the window can be asked for by name.
struct Command
{
    QString title; ///< "New run"
    QString group; ///< where else it is found: "File", "Preset"; may be empty
    QString shortcut; ///< as the desktop writes it; may be empty
    QString reasonNotTo; ///< empty: it can be run
    QIcon icon {};
    std::function<void()> run {};
    QStringList otherNames {}; ///< found by them as by the title: in other places it is called so
};

/// How well all words of `query` fit: the higher the better, nothing where one of them does not.
/// Best is the title itself, then its beginning, the beginning of one of its words, a part of it,
/// the initials of its words, the group, the letters in order. Letter case does not count.
[[nodiscard]] std::optional<int> matchScore(const QString& query, const QString& title,
                                            const QString& group = {});

/// Indices of the commands that fit, the best first; equally good ones keep their order, those that
/// cannot be run follow the others of their rank. An empty query fits all.
[[nodiscard]] std::vector<std::size_t> findCommands(const QString& query,
                                                    const std::vector<Command>& commands);

} // namespace mocoscope::ui
