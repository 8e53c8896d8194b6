// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "storage/run_record.h"

#include <QWidget>

namespace mocoscope::ui {

class RunLibrary;
class Session;

/// The run of the session while one is on, else the run last chosen: curves, facts and controls.
class LivePage final : public QWidget
{
    Q_OBJECT

public:
    LivePage(Session& session, RunLibrary& library, QWidget* parent = nullptr);
    ~LivePage() override;

    /// Shows a run of the library; ignored while the session has a run on, which comes first.
    void showRun(storage::RunId run);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace mocoscope::ui
