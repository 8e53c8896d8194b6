// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/live_page.h"

namespace mocoscope::ui {

class LivePage::Impl
{
};

LivePage::LivePage(Session& /*session*/, RunLibrary& /*library*/, QWidget* parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
}

LivePage::~LivePage() = default;

void LivePage::showRun(storage::RunId /*run*/) { }

} // namespace mocoscope::ui
