// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_page.h"

namespace mocoscope::ui {

class ComparePage::Impl
{
};

ComparePage::ComparePage(RunLibrary& /*library*/, QWidget* parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
}

ComparePage::~ComparePage() = default;

void ComparePage::setRuns(std::vector<storage::RunId> /*runs*/) { }

} // namespace mocoscope::ui
