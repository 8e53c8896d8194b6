# SPDX-License-Identifier: GPL-3.0-or-later
# The pages that show curves; relative to ui/. Included by ui/CMakeLists.txt.
set(plot_page_sources
  pages/collapse_panel.cpp pages/collapse_panel.h
  pages/compare_chooser.cpp pages/compare_chooser.h
  pages/compare_columns.cpp pages/compare_columns.h
  pages/compare_curves.cpp pages/compare_curves.h
  pages/compare_figures.cpp pages/compare_figures.h
  pages/compare_model.cpp pages/compare_model.h pages/compare_model_rows.cpp
  pages/compare_page.cpp pages/compare_page.h
  pages/compare_plots.cpp pages/compare_plots.h
  pages/compare_run_list.cpp pages/compare_run_list.h
  pages/compare_table.cpp pages/compare_table.h
  pages/diagnose_page.cpp pages/diagnose_page.h
  pages/diagnose_plots.cpp pages/diagnose_plots.h
  pages/diagnosed_run.cpp pages/diagnosed_run.h
  pages/found_runs.cpp pages/found_runs.h
  pages/live_curves.cpp pages/live_curves.h
  pages/live_header.cpp pages/live_header.h
  pages/live_layer_style.cpp pages/live_layer_style.h
  pages/live_notice.cpp pages/live_notice.h
  pages/live_page.cpp pages/live_page.h
  pages/live_plots.cpp pages/live_plots.h
  pages/live_texts.cpp pages/live_texts.h
  pages/spike_table_model.cpp pages/spike_table_model.h)
