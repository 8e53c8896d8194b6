// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_arguments.h"

#include "storage/database.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

namespace mocoscope {

namespace {

bool hasArgument(int count, char** arguments, std::span<const std::string_view> wanted)
{
    return std::any_of(
        arguments + std::min(count, 1), arguments + count, [&](const char* argument) {
            return std::ranges::find(wanted, std::string_view(argument)) != wanted.end();
        });
}

constexpr std::array<std::string_view, 3> platformOptions {"-platform", "--platform", "-display"};

/// Only an application with a window takes these away, each with its value.
std::vector<char*> withoutPlatform(int count, char** arguments)
{
    std::vector<char*> kept;
    for (int i = 0; i < count; ++i) {
        if (i > 0
            && std::ranges::find(platformOptions, std::string_view(arguments[i]))
                != platformOptions.end()) {
            ++i;
        } else {
            kept.push_back(arguments[i]);
        }
    }
    return kept;
}

bool hasDisplay(int count, char** arguments)
{
    constexpr std::array names {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"};
    const bool isNamed = std::ranges::any_of(names, [](const char* name) {
        const char* value = std::getenv(name);
        return value && *value;
    });
    return isNamed || hasArgument(count, arguments, platformOptions);
}

} // namespace

void answerWithoutWindow(int count, char** arguments)
{
    constexpr std::array<std::string_view, 6> questions {"-h",         "-?", "--help",
                                                         "--help-all", "-v", "--version"};
    if (hasArgument(count, arguments, questions)) {
        std::vector<char*> own = withoutPlatform(count, arguments);
        int ownCount = static_cast<int>(own.size());
        const QCoreApplication application(ownCount, own.data());
        static_cast<void>(databaseFromArguments());
    } else if (!hasDisplay(count, arguments)) {
        std::fputs("mocoscope: there is no display to open a window on\n"
                   "  mocoscope-train trains without one, and shows and compares runs\n",
                   stderr);
        std::exit(1);
    }
}

std::filesystem::path databaseFromArguments()
{
    const std::filesystem::path usual = storage::defaultDatabasePath();
    QCommandLineParser parser;
    parser.setApplicationDescription(
        "Workbench for self-supervised training of Vision Transformers with MoCo v3");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        "DB", QString("Run history (default: %1)").arg(QString::fromStdString(usual.string())),
        "[DB]");
    parser.process(*QCoreApplication::instance());
    const QStringList files = parser.positionalArguments();
    return files.isEmpty() ? usual : std::filesystem::path(files.front().toStdString());
}

} // namespace mocoscope
