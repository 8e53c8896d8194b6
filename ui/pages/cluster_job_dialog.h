// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/cluster_job.h"
#include "ui/pages/message_bar.h"
#include "ui/session/background_job.h"

#include <QDialog>

#include <filesystem>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace mocoscope::ui {

class PathEdit;

/// Asks how a configured run is to be started on a cluster, shows the script while it is set up,
/// and writes it with the configuration beside it, on a thread of its own. Closes when they are
/// written. Lives on the window's thread.
class ClusterJobDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `history`: the one that the window shows.
    ClusterJobDialog(const training::ClusterJob& proposed, const std::filesystem::path& history,
                     QWidget* parent = nullptr);

    /// As the fields say.
    [[nodiscard]] training::ClusterJob job() const;

Q_SIGNALS:
    void messageRaised(const mocoscope::ui::Message& message);

private:
    [[nodiscard]] QFormLayout* makeForm(const training::ClusterJob& proposed);
    [[nodiscard]] QWidget* makeCommands();
    [[nodiscard]] QLabel* addCommand(QFormLayout& rows, const QString& caption);
    QLineEdit* addNumber(QFormLayout& rows, const QString& caption, std::int64_t value,
                         const QString& toolTip);
    PathEdit* addPath(QFormLayout& rows, const QString& caption, const QString& path, bool isNew,
                      const QString& toolTip);
    void refresh();
    void showCommands(const training::ClusterJob& job);
    void save();
    void askToReplace(const training::ClusterJob& job,
                      const std::vector<std::filesystem::path>& existing);
    void write(const training::ClusterJob& job);
    void tellWritten(const training::ClusterJob& job);

    const training::ClusterJob m_proposed;
    const std::filesystem::path m_history;
    QFormLayout* m_rows = nullptr;
    QComboBox* m_launcher = nullptr;
    QLineEdit* m_machines = nullptr;
    QLineEdit* m_processes = nullptr;
    QLineEdit* m_cores = nullptr;
    QLineEdit* m_time = nullptr;
    QLineEdit* m_name = nullptr;
    PathEdit* m_store = nullptr;
    PathEdit* m_program = nullptr;
    PathEdit* m_script = nullptr;
    QLabel* m_share = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QLabel* m_start = nullptr;
    QLabel* m_resume = nullptr;
    QLabel* m_watch = nullptr;
    QPushButton* m_save = nullptr;
    BackgroundJob m_writing;
};

} // namespace mocoscope::ui
