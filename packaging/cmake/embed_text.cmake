# SPDX-License-Identifier: GPL-3.0-or-later
# Writes SOURCE and HEADER with the texts of FILES ('|' between them) as LIST().
string(REPLACE "|" ";" FILES "${FILES}")
file(WRITE "${HEADER}" "#pragma once
#include <span>
#include <string_view>
namespace mocoscope::embedded {
struct TextFile;
#ifndef MOCOSCOPE_EMBEDDED_TEXT_FILE
#define MOCOSCOPE_EMBEDDED_TEXT_FILE
struct TextFile { std::string_view name; std::string_view text; };
#endif
[[nodiscard]] std::span<const TextFile> ${LIST}();
}
")
set(_entries "")
foreach(_file IN LISTS FILES)
  get_filename_component(_name "${_file}" NAME)
  file(READ "${_file}" _text)
  string(APPEND _entries "    {\"${_name}\", R\"embedded(${_text})embedded\"},\n")
endforeach()
file(WRITE "${SOURCE}" "#include \"${LIST}.h\"
namespace mocoscope::embedded {
namespace {
constexpr TextFile files[] = {
${_entries}};
}
std::span<const TextFile> ${LIST}() { return files; }
}
")
