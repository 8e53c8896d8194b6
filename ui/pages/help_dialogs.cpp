// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help_dialogs.h"

#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QAction>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QMessageBox>
#include <QVBoxLayout>

namespace mocoscope::ui {

namespace {

void addRow(QFormLayout& rows, const QString& keys, const QString& meaning)
{
    auto* key = new QLabel(keys);
    QFont font = key->font();
    font.setWeight(QFont::DemiBold);
    key->setFont(font);
    rows.addRow(key, new QLabel(meaning));
}

} // namespace

void showShortcuts(QWidget* parent, const QList<QAction*>& actions)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QDialog::tr("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(spacing(5), spacing(4), spacing(5), spacing(4));
    column->setSpacing(spacing(3));
    column->addWidget(makeHeading(QDialog::tr("Keyboard shortcuts"), 2));
    auto* rows = new QFormLayout;
    rows->setHorizontalSpacing(spacing(8));
    rows->setVerticalSpacing(spacing(2));
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty()) {
            addRow(*rows, action->shortcut().toString(QKeySequence::NativeText),
                   action->text().remove('&').remove(QStringLiteral("\u2026")));
        }
    }
    addRow(*rows, "F2", QDialog::tr("Rename the selected run"));
    addRow(*rows, "Del", QDialog::tr("Delete the selected runs (can be undone)"));
    addRow(*rows, "Return", QDialog::tr("Show the curves of the selected run"));
    addRow(*rows, "Space", QDialog::tr("Check the current run for comparison"));
    column->addLayout(rows);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    column->addWidget(buttons);
    dialog->open();
}

void showAbout(QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(QMessageBox::tr("About Mocoscope"));
    box->setTextFormat(Qt::RichText);
    box->setText(QMessageBox::tr("<b>Mocoscope %1</b>").arg(MOCOSCOPE_VERSION));
    box->setInformativeText(
        QMessageBox::tr("A workbench for self-supervised training of Vision Transformers with "
                        "MoCo v3.<br><br>Free software under the GNU General Public License, "
                        "version 3 or later. Uses Qt, LibTorch, OpenCV, QCustomPlot and SQLite."));
    box->open();
}

} // namespace mocoscope::ui
