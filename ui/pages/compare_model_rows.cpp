// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines a comparison has.
#include "training/api/config_schema.h"
#include "ui/models/text_format.h"
#include "ui/pages/compare_columns.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/compare_model.h"
#include "ui/pages/compare_options.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cassert>
#include <set>

namespace mocoscope::ui {

/// In the schema's order. What differs between any two runs differs from the first one in one.
std::vector<std::string> CompareModel::findDifferingKeys() const
{
    std::set<std::string> keys;
    const auto first = std::find_if(runs().begin(), runs().end(),
                                    [](const auto& run) { return run.config.has_value(); });
    for (auto run = first; run != runs().end(); ++run) {
        if (run->config) {
            for (const auto& difference : training::difference(*first->config, *run->config)) {
                keys.insert(difference.key);
            }
        }
    }
    std::vector<std::string> ordered;
    for (const training::FieldDescription& field : training::configFields()) {
        if (keys.contains(field.key)) {
            ordered.push_back(field.key);
        }
    }
    return ordered;
}

void CompareModel::rebuildRows()
{
    m_rows.clear();
    if (runs().empty()) {
        return;
    }
    addPinned();
    // What differs is short and says what is compared; all options would push the results away.
    if (m_showsAll) {
        addFigures();
        addOptions();
    } else {
        addOptions();
        addFigures();
    }
}

void CompareModel::addFigures()
{
    m_rows.push_back({Row::Kind::Section, tr("Results"), {}, 0, {}});
    for (std::size_t i = 0; i < figures().size(); ++i) {
        const Figure& figure = figures()[i];
        if (countOf(figure, runs()) > 0) {
            m_rows.push_back({Row::Kind::Figure,
                              figureTitle(figure),
                              QCoreApplication::translate("Figure", figure.help),
                              i,
                              {}});
        }
    }
    addPublished();
}

void CompareModel::addPublished()
{
    const auto labels = publishedLabels(runs());
    if (!labels.empty()) {
        m_rows.push_back({Row::Kind::Section, tr("Published, of models at full size"), {}, 0, {}});
    }
    for (const std::string& label : labels) {
        m_rows.push_back({Row::Kind::Published, QString::fromStdString(label),
                          tr("What the study reports of the setting that the run stands for. "
                             "Not measured here."),
                          0, label});
    }
}

void CompareModel::addOption(const std::string& key)
{
    const training::FieldDescription* field = training::findField(key);
    assert(field);
    const QString help
        = QStringLiteral("%1\n%2").arg(QString::fromStdString(key), optionWord(field->help));
    m_rows.push_back({Row::Kind::Option, optionTitle(key), help, 0, key});
}

void CompareModel::addPinned()
{
    if (!m_pinned.empty()) {
        m_rows.push_back({Row::Kind::Section, tr("Pinned"), {}, 0, {}});
    }
    for (const std::string& key : m_pinned) {
        addOption(key);
    }
}

void CompareModel::addOptions()
{
    std::vector<std::string> keys = m_differing;
    if (m_showsAll) {
        keys.clear();
        for (const training::FieldDescription& field : training::configFields()) {
            keys.push_back(field.key);
        }
    }
    const QString none = runs().size() > 1 ? tr("Options: all are the same")
                                           : tr("Options: choose a second run to see what differs");
    m_rows.push_back({Row::Kind::Section,
                      keys.empty()     ? none
                          : m_showsAll ? tr("All options")
                                       : tr("Options that differ"),
                      {},
                      0,
                      {}});
    for (const std::string& key : keys) {
        if (!isPinned(key)) {
            addOption(key);
        }
    }
}

bool CompareModel::isPinned(const std::string& key) const
{
    return std::ranges::find(m_pinned, key) != m_pinned.end();
}

void CompareModel::setPinned(std::vector<std::string> keys)
{
    std::erase_if(keys, [](const std::string& key) { return !training::findField(key); });
    if (keys != m_pinned) {
        beginResetModel();
        m_pinned = std::move(keys);
        rebuildRows();
        endResetModel();
    }
}

void CompareModel::setPinned(const std::string& key, bool isPinned)
{
    auto keys = m_pinned;
    std::erase(keys, key);
    if (isPinned) {
        keys.push_back(key);
    }
    setPinned(std::move(keys));
}

QString CompareModel::distinction(int run) const
{
    QStringList parts;
    for (const std::string& key : m_differing) {
        parts << QStringLiteral("%1 %2").arg(optionTitle(key),
                                             optionText(key, static_cast<std::size_t>(run)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace mocoscope::ui
