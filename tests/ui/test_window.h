// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_pictures.h"
#include "tests/support/fake_ports.h"
#include "tests/ui/test_history.h"
#include "ui/main_window.h"
#include "ui/pages/engine_ports.h"
#include "ui/theme.h"

#include <QSettings>

namespace mocoscope::testing {

inline ui::EnginePorts fakePorts()
{
    return {std::make_unique<FakeViewPreview>(),      std::make_unique<FakeDatasetInspector>(),
            std::make_unique<FakeWeightsInspector>(), std::make_unique<FakeDeviceCatalog>(),
            std::make_unique<FakeExporter>(),         std::make_unique<FakeFeaturePictures>()};
}

/// The window with everything behind it, on a history that goes away with it.
class TestWindow
{
public:
    explicit TestWindow(FakeTrainerOptions options)
        : m_settings(m_settingsFolder.path() + "/settings.ini", QSettings::IniFormat)
        , m_ports(fakePorts())
        , m_session(history.library(), fakeTrainers(std::move(options)))
        , m_window(std::make_unique<ui::MainWindow>(history.library(), m_session, m_ports, m_theme,
                                                    m_settings))
    {
        m_settings.setValue("notifications", false); // the desktop of whoever runs the tests
    }

    TestHistory history;
    [[nodiscard]] ui::Session& session() { return m_session; }
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] QSettings& settings() { return m_settings; }
    [[nodiscard]] ui::Theme& theme() { return m_theme; }

private:
    QTemporaryDir m_settingsFolder;
    QSettings m_settings;
    ui::Theme m_theme;
    ui::EnginePorts m_ports;
    ui::Session m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace mocoscope::testing
