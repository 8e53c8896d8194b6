# SPDX-License-Identifier: GPL-3.0-or-later
# The pages that show curves; relative to ui/. Included by ui/CMakeLists.txt.
set(plot_page_sources
  pages/compare_page.cpp pages/compare_page.h
  pages/live_page.cpp pages/live_page.h)
