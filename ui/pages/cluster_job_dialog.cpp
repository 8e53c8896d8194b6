// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cluster_job_dialog.h"

#include "storage/exchange/job_files.h"
#include "ui/models/text_format.h"
#include "ui/pages/path_edit.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace mocoscope::ui {

using training::ClusterJob;
using training::JobLauncher;
using training::Violation;

namespace {

/// What is no number becomes one that no job takes, so that it is told.
std::int64_t numberIn(const QLineEdit& line)
{
    bool isNumber = false;
    const qlonglong number = line.text().trimmed().toLongLong(&isNumber);
    return isNumber ? number : -1;
}

/// The options that are wrong, as the fields are called here.
QString describe(const std::vector<Violation>& violations)
{
    QStringList lines;
    for (const Violation& violation : violations) {
        lines << QString::fromStdString(violation.key + ": " + violation.reason);
    }
    return lines.join(QLatin1Char('\n'));
}

QString describeShare(const ClusterJob& job)
{
    const std::int64_t processes = processCount(job);
    const std::int64_t batch = job.config.train.batchSize;
    const std::int64_t microBatch = job.config.train.microBatch;
    QString text = processes == 1
        ? ClusterJobDialog::tr("One process takes the whole batch of %1").arg(countText(batch))
        : ClusterJobDialog::tr("Of a batch of %1 each of %2 processes takes %3 images")
              .arg(countText(batch), countText(processes), countText(batch / processes));
    if (microBatch > 0) {
        text += ClusterJobDialog::tr(", in micro-batches of %1").arg(countText(microBatch));
    }
    return text + QLatin1Char('.');
}

} // namespace

ClusterJobDialog::ClusterJobDialog(const ClusterJob& proposed, const std::filesystem::path& history,
                                   QWidget* parent)
    : QDialog(parent)
    , m_proposed(proposed)
    , m_history(history)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save as cluster job"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing(5), spacing(4), spacing(5), spacing(4));
    column->setSpacing(spacing(3));
    column->addWidget(makeHeading(tr("Save as cluster job"), 2));
    column->addWidget(makeMutedLabel(tr("A script that trains the configured run in several "
                                        "processes, one a GPU, and the configuration beside it.")));
    column->addLayout(makeForm(proposed));
    m_share = new QLabel;
    m_share->setWordWrap(true);
    column->addWidget(m_share);
    m_text = new QPlainTextEdit;
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The script"));
    m_text->setMinimumHeight(fontMetrics().height() * 9);
    column->addWidget(m_text, 1);
    column->addWidget(makeCommands());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = makePrimaryButton("save", tr("Save"));
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    connect(m_save, &QPushButton::clicked, this, &ClusterJobDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 46);
    refresh();
}

QFormLayout* ClusterJobDialog::makeForm(const ClusterJob& proposed)
{
    m_rows = new QFormLayout;
    m_rows->setHorizontalSpacing(spacing(4));
    m_rows->setVerticalSpacing(spacing(2));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_launcher = new QComboBox;
    m_launcher->addItem(tr("torchrun: on one machine"), int(JobLauncher::Torchrun));
    m_launcher->addItem(tr("Slurm: on one or several machines"), int(JobLauncher::Slurm));
    m_launcher->setCurrentIndex(m_launcher->findData(int(proposed.launcher)));
    connect(m_launcher, &QComboBox::currentIndexChanged, this, &ClusterJobDialog::refresh);
    m_rows->addRow(tr("S&tarted by"), m_launcher);
    m_machines = addNumber(*m_rows, tr("&Machines"), proposed.machines, tr("Slurm\u2019s nodes"));
    m_processes = addNumber(*m_rows, tr("&Processes"), proposed.processes,
                            tr("On each machine, one a GPU; each is one replica"));
    m_cores = addNumber(*m_rows, tr("&Cores"), proposed.cores,
                        tr("Of each process; they decode the images"));
    m_time = new QLineEdit(QString::fromStdString(proposed.timeLimit));
    m_time->setToolTip(tr("Hours:minutes:seconds, or days-hours. Two minutes before it is over the "
                          "run writes a checkpoint and stops."));
    connect(m_time, &QLineEdit::textChanged, this, &ClusterJobDialog::refresh);
    m_rows->addRow(tr("Time &limit"), m_time);
    m_name = new QLineEdit(QString::fromStdString(proposed.name));
    m_name->setMaxLength(200);
    connect(m_name, &QLineEdit::textChanged, this, &ClusterJobDialog::refresh);
    m_rows->addRow(tr("Run &name"), m_name);
    m_store = addPath(*m_rows, tr("Run &history"), QString::fromStdString(proposed.store.string()),
                      true, tr("Where the run is recorded; made where it does not exist"));
    m_program = addPath(*m_rows, tr("Pro&gram"), QString::fromStdString(proposed.program), false,
                        tr("mocoscope-train on the machines that train: a name in PATH, or a "
                           "path"));
    m_script = addPath(*m_rows, tr("Scr&ipt"), QString::fromStdString(proposed.script.string()),
                       true, tr("The configuration is written beside it, with the ending .json"));
    return m_rows;
}

QLineEdit* ClusterJobDialog::addNumber(QFormLayout& rows, const QString& caption,
                                       std::int64_t value, const QString& toolTip)
{
    auto* line = new QLineEdit(QString::number(value));
    line->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]*")), line));
    line->setToolTip(toolTip);
    connect(line, &QLineEdit::textChanged, this, &ClusterJobDialog::refresh);
    rows.addRow(caption, line);
    return line;
}

PathEdit* ClusterJobDialog::addPath(QFormLayout& rows, const QString& caption, const QString& path,
                                    bool isNew, const QString& toolTip)
{
    auto* edit = new PathEdit(isNew ? PathEdit::NewFile : PathEdit::File, tr("All files (*)"));
    edit->setPath(path);
    edit->lineEdit()->setToolTip(toolTip);
    connect(edit, &PathEdit::pathEdited, this, &ClusterJobDialog::refresh);
    rows.addRow(caption, edit);
    return edit;
}

QWidget* ClusterJobDialog::makeCommands()
{
    auto* holder = new QWidget;
    auto* rows = new QFormLayout(holder);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(spacing(4));
    rows->setVerticalSpacing(spacing(1));
    rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_start = addCommand(*rows, tr("Start it"));
    m_resume = addCommand(*rows, tr("After a stop"));
    m_watch = addCommand(*rows, tr("Watch it"));
    return holder;
}

QLabel* ClusterJobDialog::addCommand(QFormLayout& rows, const QString& caption)
{
    auto* text = new QLabel;
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(caption);
    QLabel* label = makeMutedLabel(caption);
    label->setWordWrap(false);
    rows.addRow(label, text);
    return text;
}

ClusterJob ClusterJobDialog::job() const
{
    ClusterJob job = m_proposed;
    job.launcher = static_cast<JobLauncher>(m_launcher->currentData().toInt());
    job.machines = job.launcher == JobLauncher::Slurm ? numberIn(*m_machines) : 1;
    job.processes = numberIn(*m_processes);
    job.cores = numberIn(*m_cores);
    job.timeLimit = m_time->text().trimmed().toStdString();
    job.name = m_name->text().trimmed().toStdString();
    job.store = m_store->path().trimmed().toStdString();
    job.program = m_program->path().trimmed().toStdString();
    job.script = m_script->path().trimmed().toStdString();
    return job;
}

void ClusterJobDialog::refresh()
{
    if (!m_save) {
        return; // not all fields are there yet
    }
    const ClusterJob now = job();
    for (QWidget* onlySlurm : {m_machines, m_cores, m_time}) {
        m_rows->setRowVisible(onlySlurm, now.launcher == JobLauncher::Slurm);
    }
    const auto script = training::jobScript(now);
    const QString problem = script ? QString() : describe(violations(now));
    m_share->setText(script ? describeShare(now) : problem);
    QPalette colours = palette();
    if (!script) {
        colours.setColor(QPalette::WindowText, toneColour(Tone::Bad, isDark(palette())));
    }
    m_share->setPalette(colours);
    m_text->setPlainText(script ? QString::fromStdString(*script) : QString());
    setReason(*m_save, problem, tr("Write the script and the configuration"));
    showCommands(now);
}

void ClusterJobDialog::showCommands(const ClusterJob& job)
{
    const auto commands = jobCommands(job);
    m_start->setText(QString::fromStdString(commands.start));
    m_resume->setText(QString::fromStdString(commands.resume));
    std::error_code ignored;
    const bool isShownHere = std::filesystem::absolute(job.store, ignored) == m_history;
    m_watch->setText(isShownHere
                         ? tr("It appears on Runs in this window as soon as it has started.")
                         : tr("%1, or \u201cOpen history\u201d in the menu File, as soon as it has "
                              "started.")
                               .arg(QString::fromStdString(commands.watch)));
}

void ClusterJobDialog::save()
{
    m_writing.run([this, job = job()](const std::stop_token&) -> BackgroundJob::Answer {
        return [this, job, existing = storage::existingFiles(job)] {
            if (existing.empty()) {
                write(job);
            } else {
                askToReplace(job, existing);
            }
        };
    });
}

void ClusterJobDialog::askToReplace(const ClusterJob& job,
                                    const std::vector<std::filesystem::path>& existing)
{
    QStringList names;
    for (const auto& file : existing) {
        names << QString::fromStdString(file.string());
    }
    auto* box = new QMessageBox(QMessageBox::NoIcon, windowTitle(),
                                tr("<b>Replace what is there?</b>"), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(names.join(QLatin1Char('\n')).toHtmlEscaped());
    auto* replace = box->addButton(tr("&Replace"), QMessageBox::AcceptRole);
    box->addButton(QMessageBox::Cancel);
    connect(replace, &QAbstractButton::clicked, this, [this, job] { write(job); });
    box->open();
}

void ClusterJobDialog::write(const ClusterJob& job)
{
    m_writing.run([this, job](const std::stop_token&) -> BackgroundJob::Answer {
        return [this, job, written = storage::writeJob(job)] {
            if (written) {
                tellWritten(job);
                close();
            } else {
                m_share->setText(QString::fromStdString(toText(written.error())));
                Q_EMIT messageRaised(messageOf(written.error()));
            }
        };
    });
}

void ClusterJobDialog::tellWritten(const ClusterJob& job)
{
    const QString start = QString::fromStdString(jobCommands(job).start);
    Message message;
    message.tone = Tone::Good;
    message.text = tr("The job is in %1.").arg(QString::fromStdString(job.script.string()));
    message.detail = tr("Start it with: %1").arg(start);
    message.actionText = tr("Copy the command");
    message.action = [start] { QApplication::clipboard()->setText(start); };
    message.key = "job written";
    Q_EMIT messageRaised(message);
}

} // namespace mocoscope::ui
