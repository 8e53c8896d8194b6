# SPDX-License-Identifier: GPL-3.0-or-later
# Tests of the plots. Included by tests/ui/CMakeLists.txt.
set(plot_test_folder "${CMAKE_CURRENT_LIST_DIR}")
function(mocoscope_plot_test name labels)
  mocoscope_test(${name} LABELS ${labels} LIBRARIES mocoscope_plot Qt6::Svg
                 SOURCES "${plot_test_folder}/${name}.cpp")
endfunction()
mocoscope_plot_test(plot_data_test unit)
mocoscope_plot_test(plot_derived_test unit)
mocoscope_plot_test(plot_thinning_test unit)
mocoscope_plot_test(plot_text_test unit)
mocoscope_plot_test(plot_heat_map_test gui)
mocoscope_plot_test(plot_items_test gui)
mocoscope_plot_test(plot_parallel_test gui)
mocoscope_plot_test(plot_legend_test "unit;gui")
mocoscope_plot_test(plot_widget_test gui)
mocoscope_plot_test(plot_interaction_test gui)
mocoscope_plot_test(plot_export_test gui)

# Of the pages, on a stored history.
function(mocoscope_plot_page_test name labels)
  mocoscope_test(${name} LABELS ${labels} SOURCES "${plot_test_folder}/${name}.cpp"
                 LIBRARIES mocoscope_ui mocoscope_plot mocoscope_session mocoscope_test_support Qt6::Widgets)
endfunction()
mocoscope_plot_page_test(live_curves_test unit)
mocoscope_plot_page_test(live_page_test gui)
mocoscope_plot_page_test(live_layout_test gui)
mocoscope_plot_page_test(diagnose_page_test gui)
mocoscope_plot_page_test(ablation_test gui)
mocoscope_plot_page_test(compare_model_test unit)
mocoscope_plot_page_test(compare_curves_test unit)
mocoscope_plot_page_test(run_files_test gui)
mocoscope_plot_page_test(compare_page_test gui)
mocoscope_plot_page_test(compare_views_test gui)
