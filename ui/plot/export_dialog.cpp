// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/export_dialog.h"

#include "ui/plot/drawn_plot.h"
#include "ui/plot/plot_export.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>

#include <functional>

namespace mocoscope::ui {
namespace {

struct ExportDialogText
{
    Q_DECLARE_TR_FUNCTIONS(ExportDialog)
};

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

void askForImage(QWidget* parent, const QString& name,
                 const std::function<QString(const QString&)>& save)
{
    ask(parent, ExportDialogText::tr("Save as image"), name,
        {ExportDialogText::tr("Scalable image (*.svg)"), ExportDialogText::tr("Document (*.pdf)"),
         ExportDialogText::tr("Image (*.png)")},
        QStringLiteral("svg"), save);
}

void askForCsv(QWidget* parent, const QString& name,
               const std::function<QString(const QString&)>& save)
{
    ask(parent, ExportDialogText::tr("Save data"), name,
        {ExportDialogText::tr("Comma-separated values (*.csv)")}, QStringLiteral("csv"), save);
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
    askForImage(parent, suggestedName,
                [plots = std::move(plots), whitePaper, map](const QString& file) {
                    ImageOptions options;
                    options.whitePaper = whitePaper;
                    return saveImage(plots, file, options, map);
                });
}

void askForCsvFile(QWidget* parent, std::vector<CurvePlot*> plots, const QString& suggestedName)
{
    askForCsv(parent, suggestedName,
              [plots = std::move(plots)](const QString& file) { return saveCsv(plots, file); });
}

void addExportActions(QMenu& menu, DrawnPlot& plot, const QString& suggestedName)
{
    auto* white = new QAction(ExportDialogText::tr("Images on white"), &menu);
    white->setCheckable(true);
    white->setChecked(true);
    menu.addAction(ExportDialogText::tr("Plot as image (SVG, PDF, PNG)…"), &plot,
                   [&plot, suggestedName, white] {
                       askForImage(&plot, suggestedName, [&plot, white](const QString& file) {
                           ImageOptions options;
                           options.plotSize = plot.size().expandedTo({480, 300});
                           options.whitePaper = white->isChecked();
                           return saveImage(plot, file, options);
                       });
                   });
    menu.addAction(ExportDialogText::tr("Data as CSV…"), &plot, [&plot, suggestedName] {
        askForCsv(&plot, suggestedName,
                  [&plot](const QString& file) { return saveCsv(plot, file); });
    });
    menu.addSeparator();
    menu.addAction(white);
}

} // namespace mocoscope::ui
