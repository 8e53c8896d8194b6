// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QFormLayout;
class QLabel;
class QLineEdit;
class QStackedLayout;

namespace mocoscope::ui {

class CheckpointList;
class NotesEdit;
class RunLibrary;

/// What is known about the selected run beside the table, with its tags and notes to be edited. Of
/// several runs the tags that all of them have.
class RunPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(RunLibrary& library, QWidget* parent = nullptr);
    /// Stores notes that are being typed.
    ~RunPanel() override;

    void setSelection(const std::vector<storage::RunId>& runs);

Q_SIGNALS:
    /// A new run is to go on from this checkpoint.
    void forkRequested(mocoscope::storage::RunId run, std::int64_t step);

private:
    [[nodiscard]] QWidget* makeRunView();
    QLabel* addFact(QFormLayout& facts, const QString& name);
    void showRun();
    void showOrigin(const storage::RunRecord& run);
    void storeNotes();
    void storeTags();
    [[nodiscard]] QWidget* makeHint();
    [[nodiscard]] QStringList commonTags() const;
    void storeCommonTags();

    RunLibrary& m_library;
    std::vector<storage::RunId> m_selected;
    std::optional<storage::RunId> m_run; ///< the one that is selected
    QStackedLayout* m_stack;
    QLabel* m_hint;
    QWidget* m_several; ///< what can be edited of several runs
    QLineEdit* m_commonTags;
    QLabel* m_name;
    QLabel* m_state;
    QLabel* m_steps;
    QLabel* m_knn;
    QLabel* m_incidents;
    QLabel* m_started;
    QLabel* m_finished;
    QLabel* m_device;
    QLabel* m_software;
    QLabel* m_seed;
    QLabel* m_id;
    QLabel* m_origin;
    QLabel* m_originCaption;
    CheckpointList* m_checkpoints;
    QLineEdit* m_tags;
    NotesEdit* m_notes;
    QTimer m_notesTimer; ///< runs while notes were typed that are not stored
};

} // namespace mocoscope::ui
