# SPDX-License-Identifier: GPL-3.0-or-later
# Texts of the window in other languages: resources/translations/mocoscope_LANGUAGE.ts. Included by
# ui/CMakeLists.txt. Without Qt's Linguist tools the window speaks English. They are looked for as
# programs: their CMake package comes with Qt's designer, which is not needed here.
get_target_property(moc Qt6::moc LOCATION)
cmake_path(GET moc PARENT_PATH qt_programs)
find_program(MOCOSCOPE_LRELEASE NAMES lrelease-qt6 lrelease6 lrelease
  HINTS "${qt_programs}/../bin" "${qt_programs}" DOC "Compiles translations: Qt 6's lrelease")
find_program(MOCOSCOPE_LUPDATE NAMES lupdate-qt6 lupdate6 lupdate
  HINTS "${qt_programs}/../bin" "${qt_programs}" DOC "Finds new texts: Qt 6's lupdate")
mark_as_advanced(MOCOSCOPE_LRELEASE MOCOSCOPE_LUPDATE)
add_feature_info("Translations" MOCOSCOPE_LRELEASE "needs Qt's Linguist tools, qt6-l10n-tools")
file(GLOB translation_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/resources/translations/*.ts")
if(NOT MOCOSCOPE_LRELEASE OR NOT translation_files)
  return()
endif()
set(compiled_translations "")
foreach(file IN LISTS translation_files)
  cmake_path(GET file STEM name)
  set(compiled "${CMAKE_CURRENT_BINARY_DIR}/${name}.qm")
  add_custom_command(OUTPUT "${compiled}"
    COMMAND "${MOCOSCOPE_LRELEASE}" -silent "${file}" -qm "${compiled}"
    DEPENDS "${file}" COMMENT "Compiling ${name}" VERBATIM)
  list(APPEND compiled_translations "${compiled}")
endforeach()
qt_add_resources(mocoscope_ui translations PREFIX /translations
  BASE "${CMAKE_CURRENT_BINARY_DIR}" FILES ${compiled_translations})

# Brings the files up to date with the sources: `cmake --build … --target update_translations`.
if(MOCOSCOPE_LUPDATE)
  add_executable(list_option_texts EXCLUDE_FROM_ALL list_option_texts.cpp)
  target_link_libraries(list_option_texts PRIVATE mocoscope_options mocoscope_api)
  set(option_texts "${CMAKE_CURRENT_BINARY_DIR}/option_texts.cpp")
  foreach(file IN LISTS translation_files)
    set(plural_only "")
    if(file MATCHES "_en\\.ts$") # the sources are in English, but for forms such as "run(s)"
      set(plural_only -pluralonly)
    endif()
    list(APPEND update_commands COMMAND "${MOCOSCOPE_LUPDATE}" -silent -I "${PROJECT_SOURCE_DIR}"
      -locations none -no-obsolete ${plural_only} -extensions cpp,h "${PROJECT_SOURCE_DIR}/ui"
      "${option_texts}" -ts "${file}")
  endforeach()
  add_custom_target(update_translations COMMAND list_option_texts > "${option_texts}" ${update_commands}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" VERBATIM)
endif()
