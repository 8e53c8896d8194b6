# SPDX-License-Identifier: GPL-3.0-or-later
# The pages that show curves; relative to ui/. Included by ui/CMakeLists.txt.
set(plot_page_sources
  pages/ablation_model.cpp pages/ablation_model.h pages/ablation_model_cells.cpp
  pages/ablation_view.cpp pages/ablation_view.h
  pages/attention_grid.cpp pages/attention_grid.h
  pages/collapse_panel.cpp pages/collapse_panel.h
  pages/compare_axes.cpp pages/compare_axes.h
  pages/compare_chooser.cpp pages/compare_chooser.h
  pages/compare_columns.cpp pages/compare_columns.h
  pages/compare_curves.cpp pages/compare_curves.h
  pages/compare_figures.cpp pages/compare_figures.h
  pages/compare_model.cpp pages/compare_model.h pages/compare_model_rows.cpp
  pages/compare_options.cpp pages/compare_options.h
  pages/compare_page.cpp pages/compare_page.h
  pages/compare_plots.cpp pages/compare_plots.h
  pages/compare_run_list.cpp pages/compare_run_list.h
  pages/compare_series.cpp pages/compare_series.h
  pages/compare_store.cpp pages/compare_store.h
  pages/compare_rows_view.cpp pages/compare_rows_view.h
  pages/compare_table.cpp pages/compare_table.h
  pages/compare_table_parts.cpp pages/compare_table_parts.h
  pages/compare_view.cpp pages/compare_view.h
  pages/diagnose_page.cpp pages/diagnose_page.h pages/diagnose_page_texts.cpp
  pages/diagnose_plots.cpp pages/diagnose_plots.h
  pages/diagnosed_run.cpp pages/diagnosed_run.h
  pages/features_bar.cpp pages/features_bar.h
  pages/features_view.cpp pages/features_view.h
  pages/features_view_show.cpp pages/features_view_steps.cpp
  pages/found_runs.cpp pages/found_runs.h
  pages/live_curves.cpp pages/live_curves.h
  pages/live_header.cpp pages/live_header.h
  pages/live_layer_style.cpp pages/live_layer_style.h
  pages/live_notice.cpp pages/live_notice.h
  pages/live_page.cpp pages/live_page.h pages/live_page_history.cpp
  pages/live_plots.cpp pages/live_plots.h
  pages/live_texts.cpp pages/live_texts.h
  pages/multiples_view.cpp pages/multiples_view.h
  pages/parallel_view.cpp pages/parallel_view.h
  pages/plot_docks.cpp pages/plot_docks.h
  pages/scatter_view.cpp pages/scatter_view.h
  pages/spike_table_model.cpp pages/spike_table_model.h
  pages/system_plots.cpp pages/system_plots.h)
