// SPDX-License-Identifier: GPL-3.0-or-later
// The tags of one run and of many.
#include "ui/session/run_library_impl.h"

#include <algorithm>

namespace mocoscope::ui {

using storage::Result;
using storage::RunId;
using storage::RunRecord;
using storage::RunRepository;

namespace {

std::vector<std::string> tagTexts(const QStringList& tags)
{
    std::vector<std::string> texts;
    for (const QString& tag : tags) {
        if (!tag.trimmed().isEmpty()) {
            texts.push_back(tag.trimmed().toStdString());
        }
    }
    return texts;
}

} // namespace

void RunLibrary::setTags(RunId id, const QStringList& tags)
{
    const std::vector<std::string> texts = tagTexts(tags);
    m_impl->edit(
        id, [&texts](RunRecord& run) { run.tags = texts; },
        [id, texts](RunRepository& runs) { return runs.setTags(id, texts); });
}

void RunLibrary::changeTags(const std::vector<RunId>& ids, const QStringList& added,
                            const QStringList& removed)
{
    const auto change = [more = tagTexts(added), less = tagTexts(removed)](RunRecord& run) {
        for (const std::string& tag : less) {
            std::erase(run.tags, tag);
        }
        for (const std::string& tag : more) {
            if (std::ranges::find(run.tags, tag) == run.tags.end()) {
                run.tags.push_back(tag);
            }
        }
    };
    std::vector<RunRecord> edited;
    for (RunRecord& run : m_impl->m_runs) {
        if (std::ranges::find(ids, run.id) != ids.end()) {
            edited.push_back(run);
            change(edited.back());
            if (!readOnlyReason()) {
                run.tags = edited.back().tags;
            }
        }
    }
    if (!readOnlyReason()) {
        Q_EMIT runsChanged();
    }
    m_impl->write([edited](RunRepository& runs) {
        Result<void> done;
        for (auto run = edited.begin(); done && run != edited.end(); ++run) {
            done = runs.setTags(run->id, run->tags);
        }
        return done;
    });
}

} // namespace mocoscope::ui
