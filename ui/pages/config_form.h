// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/ports.h"
#include "ui/models/config_draft.h"
#include "ui/pages/field_row.h"

#include <QScrollArea>

#include <map>
#include <set>
#include <span>
#include <vector>

class QLabel;

namespace mocoscope::ui {

class OptionGroup;

/// All options, made from their descriptions: grouped, searchable, checked while they are typed.
class ConfigForm final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ConfigForm(QWidget* parent = nullptr);

    [[nodiscard]] const ConfigDraft& draft() const { return m_draft; }
    /// As ConfigDraft::reset().
    void load(const training::TrainingConfig& config, const training::TrainingConfig& reference,
              std::optional<training::ForkOrigin> forkOf = {});
    void setOption(const std::string& key, const QString& text);
    void setSearch(const QString& text);
    /// Focuses the first option that the search shows, rather one whose name it finds than one
    /// whose description; if any.
    void focusFirstFound();
    void setDevices(std::span<const training::DeviceDescription> devices);
    /// Unfolds, scrolls to and focuses an option.
    void showOption(const std::string& key);
    [[nodiscard]] FieldRow& row(const std::string& key) const { return *m_rows.at(key); }

    /// As narrow as its rows can be with their words below each other: it scrolls downwards only.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A value, and with it validity or marks, changed.
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void measureRows();
    void alignRows();
    [[nodiscard]] int mostTaken() const;
    void updateMarks();
    [[nodiscard]] FieldRow* firstFound() const;

    ConfigDraft m_draft;
    QStringList m_words; ///< of the search
    QString m_task; ///< that the groups are shown for
    std::set<std::string> m_wanted; ///< options that it does not use, but somebody asked for
    FieldRow::ColumnWidths m_whole; ///< of the columns of all rows
    FieldRow::ColumnWidths m_wrapped; ///< likewise, with their words below each other
    int m_taken = 0; ///< pixels that the columns give up, at most mostTaken()
    mutable int m_leastWhole = 0; ///< pixels that the widest group takes
    mutable int m_leastWrapped = 0; ///< the same where most is taken; 0: not known yet
    std::map<std::string, FieldRow*> m_rows;
    std::vector<OptionGroup*> m_groups;
    QLabel* m_nothingFound;
};

} // namespace mocoscope::ui
