// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QObject>

class QWidget;

namespace mocoscope::ui {

class RunLibrary;

/// The whole history as a file: a copy of it, and the runs of another one. Asks for the file, then
/// works on a thread of its own, also while a run is recorded. Lives on the window's thread.
class HistoryFiles final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive this.
    HistoryFiles(RunLibrary& library, QWidget* parent);

    /// Asks where to and returns at once.
    void askBackUp();
    void backUp(const QString& path);
    /// Asks which and returns at once.
    void askMerge();
    void merge(const QString& path);

Q_SIGNALS:
    void messageRaised(const mocoscope::ui::Message& message);

private:
    RunLibrary& m_library;
    QWidget* m_parent;
    BackgroundJob m_copying;
    BackgroundJob m_merging;
};

} // namespace mocoscope::ui
