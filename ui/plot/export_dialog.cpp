// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/export_dialog.h"

#include "ui/plot/plot_export.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QStandardPaths>

#include <functional>

namespace mocoscope::ui {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("PlotExport", text);
}

void ask(QWidget* parent, const QString& title, const QString& name, const QStringList& filters,
         const QString& suffix, const std::function<QString(const QString&)>& save)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(parent, title, folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(asFileName(name) + QLatin1Char('.') + suffix);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        const qsizetype dot = filter.indexOf(QLatin1String("*."));
        dialog->setDefaultSuffix(
            filter.mid(dot + 2, filter.indexOf(QLatin1Char(')'), dot) - dot - 2));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [=](const QString& file) {
        const QString problem = save(file);
        if (!problem.isEmpty()) {
            auto* box
                = new QMessageBox(QMessageBox::Warning, title, problem, QMessageBox::Ok, parent);
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        }
    });
    dialog->open();
}

} // namespace

QString asFileName(const QString& text)
{
    QString name;
    for (const QChar c : text) {
        const bool isPlain = c.isLetterOrNumber() || QStringLiteral("-_.").contains(c);
        name += isPlain ? c : QLatin1Char('_');
    }
    return name.isEmpty() || name.startsWith(QLatin1Char('.')) ? QLatin1String("plot") + name
                                                               : name;
}

void askForImageFile(QWidget* parent, std::vector<CurvePlot*> plots, const QString& suggestedName,
                     bool whitePaper, HeatMapPlot* map)
{
    ask(parent, translated("Save as image"), suggestedName,
        {translated("Scalable image (*.svg)"), translated("Document (*.pdf)"),
         translated("Image (*.png)")},
        QStringLiteral("svg"), [plots = std::move(plots), whitePaper, map](const QString& file) {
            ImageOptions options;
            options.whitePaper = whitePaper;
            return saveImage(plots, file, options, map);
        });
}

void askForCsvFile(QWidget* parent, std::vector<CurvePlot*> plots, const QString& suggestedName)
{
    ask(parent, translated("Save data"), suggestedName,
        {translated("Comma-separated values (*.csv)")}, QStringLiteral("csv"),
        [plots = std::move(plots)](const QString& file) { return saveCsv(plots, file); });
}

} // namespace mocoscope::ui
