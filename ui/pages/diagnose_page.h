// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/run_record.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QComboBox;
class QLabel;
class QSettings;
class QStackedLayout;
class QTableView;
class QTabWidget;

namespace mocoscope::training {
class FeaturePictures;
}

namespace mocoscope::ui {

class CollapsePanel;
class DiagnosedRun;
class DiagnosePlots;
class FeaturesView;
class RunLibrary;
class Session;
class SpikeTableModel;

/// Why a run went wrong: gradients of all layers over the steps, the incidents in them and whether
/// the features collapse; and what its features see. Of the session's run, or of a past one.
class DiagnosePage final : public QWidget
{
    Q_OBJECT

public:
    /// All outlive this.
    DiagnosePage(Session& session, RunLibrary& library, training::FeaturePictures& pictures,
                 QWidget* parent = nullptr);
    ~DiagnosePage() override;

    /// A run of the library, or the session's. While the page is hidden it is only noted: a run is
    /// read when somebody looks.
    void showRun(storage::RunId run);
    [[nodiscard]] std::optional<storage::RunId> shownRun() const;
    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);

    [[nodiscard]] DiagnosePlots& plots() { return *m_plots; }
    [[nodiscard]] SpikeTableModel& incidents() { return *m_model; }
    [[nodiscard]] CollapsePanel& collapse() { return *m_collapse; }
    [[nodiscard]] QComboBox& chooser() { return *m_chooser; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] FeaturesView& features() { return *m_features; }
    [[nodiscard]] QTabWidget& views() { return *m_views; }

Q_SIGNALS:
    /// There is no run yet, and the user wants to set one up.
    void configurationRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeEmptyState();
    QWidget* makeContent();
    QWidget* makeGradients();
    QWidget* makeHeader();
    QWidget* makeTable();
    void connectSession();
    void follow(DiagnosedRun* run);
    void showNewest();
    void onRunsChanged();
    [[nodiscard]] bool isShownDeleted() const;
    void updateChooser();
    void showShown();
    void showGrowth();
    void showIncidents();
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] QString noIncidentText() const;

    Session& m_session;
    RunLibrary& m_library;
    DiagnosedRun* m_live; ///< the session's run, also while another one is shown
    DiagnosedRun* m_past;
    DiagnosedRun* m_shown = nullptr; ///< one of the two
    SpikeTableModel* m_model;
    QTimer m_growTimer; ///< a run of another process is read again now and then
    bool m_isChosen = false; ///< a past run, by the user: a run that starts does not replace it
    std::optional<storage::RunId> m_wanted; ///< as soon as the page is shown
    bool m_isStale = false; ///< something came while the page was hidden
    QStackedLayout* m_stack;
    QComboBox* m_chooser = nullptr;
    std::vector<std::pair<QString, qlonglong>> m_entries; ///< of the chooser: name, id
    QLabel* m_summary = nullptr;
    DiagnosePlots* m_plots = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_noIncident = nullptr;
    CollapsePanel* m_collapse = nullptr;
    FeaturesView* m_features; ///< what the features see
    QTabWidget* m_views; ///< gradients, features
};

} // namespace mocoscope::ui
