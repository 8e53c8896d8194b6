// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedLayout;

namespace mocoscope::ui {

class CheckpointList;
class RunLibrary;

/// What is known about the selected run beside the table, with its tags and notes to be edited.
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

    RunLibrary& m_library;
    std::optional<storage::RunId> m_run;
    QStackedLayout* m_stack;
    QLabel* m_hint;
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
    QPlainTextEdit* m_notes;
    QTimer m_notesTimer; ///< runs while notes were typed that are not stored
};

} // namespace mocoscope::ui
