// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QObject>

class QWidget;

namespace mocoscope::training {
class Exporter;
}

namespace mocoscope::ui {

class RunLibrary;

/// Writes the base encoder of a run's newest checkpoint to a file of the user's choice, on a thread
/// of its own. Lives on the window's thread; a newer export cancels the answer of the one before.
class WeightsExport final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this.
    WeightsExport(RunLibrary& library, training::Exporter& exporter, QWidget* parent);

    /// Asks for the file and returns at once; without a run nothing happens.
    void ask(const storage::RunRecord* run);
    void write(const storage::RunRecord& run, const QString& file);
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

Q_SIGNALS:
    void messageRaised(const mocoscope::ui::Message& message);

private:
    RunLibrary& m_library;
    training::Exporter& m_exporter;
    QWidget* m_parent;
    BackgroundJob m_job;
};

} // namespace mocoscope::ui
