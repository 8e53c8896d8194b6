// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines a comparison has.
#include "training/api/config_schema.h"
#include "ui/pages/compare_columns.h"
#include "ui/pages/compare_figures.h"
#include "ui/pages/compare_model.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cassert>
#include <set>

namespace mocoscope::ui {
namespace {

QString figureText(const char* source)
{
    return QCoreApplication::translate("Figure", source);
}

QString fieldTitle(const training::FieldDescription& field)
{
    return field.label.empty() ? QString::fromStdString(field.key)
                               : QString::fromStdString(field.label);
}

} // namespace

/// In the schema's order. What differs between any two runs differs from the first one in one.
std::vector<std::string> CompareModel::differingKeys() const
{
    std::set<std::string> keys;
    const auto first = std::find_if(m_runs.begin(), m_runs.end(),
                                    [](const auto& run) { return run.config.has_value(); });
    for (auto run = first; run != m_runs.end(); ++run) {
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
    if (m_runs.empty()) {
        return;
    }
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
        const bool isKnown = std::any_of(m_runs.begin(), m_runs.end(), [&](const ComparedRun& run) {
            return figure.value(run).has_value();
        });
        if (isKnown) {
            m_rows.push_back(
                {Row::Kind::Figure, figureText(figure.title), figureText(figure.help), i, {}});
        }
    }
    addPublished();
}

void CompareModel::addPublished()
{
    const auto labels = publishedLabels(m_runs);
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

void CompareModel::addOptions()
{
    std::vector<std::string> keys = differingKeys();
    if (m_showsAll) {
        keys.clear();
        for (const training::FieldDescription& field : training::configFields()) {
            keys.push_back(field.key);
        }
    }
    const QString none = m_runs.size() > 1 ? tr("Options: all are the same")
                                           : tr("Options: choose a second run to see what differs");
    m_rows.push_back({Row::Kind::Section,
                      keys.empty()     ? none
                          : m_showsAll ? tr("All options")
                                       : tr("Options that differ"),
                      {},
                      0,
                      {}});
    for (const std::string& key : keys) {
        const training::FieldDescription* field = training::findField(key);
        assert(field);
        const QString help = QStringLiteral("%1\n%2").arg(QString::fromStdString(key),
                                                          QString::fromStdString(field->help));
        m_rows.push_back({Row::Kind::Option, fieldTitle(*field), help, 0, key});
    }
}

QString CompareModel::distinction(int run) const
{
    QStringList parts;
    for (const std::string& key : differingKeys()) {
        const training::FieldDescription* field = training::findField(key);
        parts << QStringLiteral("%1 %2").arg(fieldTitle(*field),
                                             optionText(key, static_cast<std::size_t>(run)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace mocoscope::ui
