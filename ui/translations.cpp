// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace mocoscope::ui {
namespace {

constexpr QLatin1String folder(":/translations");

/// False where there is no such file.
bool install(QCoreApplication& application, const QString& name, const QString& path)
{
    auto* translator = new QTranslator(&application);
    if (translator->load(name, path) && !translator->isEmpty()) {
        return QCoreApplication::installTranslator(translator);
    }
    delete translator;
    return false;
}

} // namespace

QStringList languages()
{
    QStringList codes {QStringLiteral("en")};
    for (const QString& file : QDir(folder).entryList({QStringLiteral("mocoscope_*.qm")})) {
        codes << file.section('_', 1).section('.', 0, 0);
    }
    codes.removeDuplicates();
    return codes;
}

QString languageFor(const QStringList& wanted)
{
    const QStringList known = languages();
    for (const QString& name : wanted) {
        for (const QString& code : known) {
            if (QLocale(code).language() == QLocale(name).language()) {
                return code;
            }
        }
    }
    return known.front();
}

bool installTranslation(QCoreApplication& application, const QString& language)
{
    const QString code = languageFor(language.isEmpty() ? QLocale::system().uiLanguages()
                                                        : QStringList {language});
    // Qt's comes first: ours is asked before it.
    install(application, "qtbase_" + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return install(application, "mocoscope_" + code, folder);
}

} // namespace mocoscope::ui
