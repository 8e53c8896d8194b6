// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help_dialogs.h"

#include <QMessageBox>

namespace mocoscope::ui {

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
