// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/run_panel.h"

#include "storage/run_fork.h"
#include "ui/models/text_format.h"
#include "ui/pages/checkpoint_list.h"
#include "ui/pages/notes_edit.h"
#include "ui/pages/widgets.h"
#include "ui/session/run_library.h"
#include "ui/theme.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace mocoscope::ui {

namespace {

constexpr int notesDelayMs = 800;

QStringList tagsOf(const storage::RunRecord& run)
{
    QStringList tags;
    for (const std::string& tag : run.tags) {
        tags << QString::fromStdString(tag);
    }
    return tags;
}

QString tagsText(const storage::RunRecord& run)
{
    return tagsOf(run).join(", ");
}

QStringList typedTags(const QLineEdit& field)
{
    QStringList tags;
    for (const QString& tag : field.text().split(',')) {
        if (!tag.trimmed().isEmpty()) {
            tags << tag.trimmed();
        }
    }
    return tags;
}

QStringList without(QStringList tags, const QStringList& others)
{
    tags.removeIf([&others](const QString& tag) { return others.contains(tag); });
    return tags;
}

QString orNothing(const std::string& text)
{
    return text.empty() ? nothingText : QString::fromStdString(text);
}

} // namespace

RunPanel::RunPanel(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_stack(new QStackedLayout(this))
    , m_hint(makeMutedLabel({}))
{
    m_stack->addWidget(makeHint());
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("The selected run"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(makeRunView());
    m_stack->addWidget(scroll);
    m_notesTimer.setSingleShot(true);
    m_notesTimer.setInterval(notesDelayMs);
    connect(&m_notesTimer, &QTimer::timeout, this, &RunPanel::storeNotes);
    connect(m_notes, &NotesEdit::edited, &m_notesTimer, qOverload<>(&QTimer::start));
    connect(m_tags, &QLineEdit::editingFinished, this, &RunPanel::storeTags);
    connect(m_commonTags, &QLineEdit::editingFinished, this, &RunPanel::storeCommonTags);
    connect(&m_library, &RunLibrary::runsChanged, this, &RunPanel::showRun);
    setMinimumWidth(fontMetrics().averageCharWidth() * 31);
    setSelection({});
}

RunPanel::~RunPanel()
{
    storeNotes();
    // A field that is left when it goes away would tell a panel that is no more.
    for (QLineEdit* tags : {m_tags, m_commonTags}) {
        tags->disconnect(this);
    }
}

/// In the place of a run, where there is none or more than one.
QWidget* RunPanel::makeHint()
{
    auto* view = new QWidget;
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(spacing(4), spacing(4), spacing(4), spacing(4));
    m_hint->setAlignment(Qt::AlignCenter);
    column->addStretch(1);
    column->addWidget(m_hint);
    m_several = new QWidget;
    auto* fields = new QVBoxLayout(m_several);
    fields->setContentsMargins(0, spacing(3), 0, 0);
    m_commonTags = new QLineEdit;
    m_commonTags->setPlaceholderText(tr("separated by commas"));
    m_commonTags->setToolTip(
        tr("What is added here, all of them get; what is taken away, all lose"));
    auto* label = makeHeading(tr("Tags that all of them have"), 0);
    label->setWordWrap(true);
    label->setBuddy(m_commonTags);
    fields->addWidget(label);
    fields->addWidget(m_commonTags);
    column->addWidget(m_several);
    column->addStretch(1);
    return view;
}

QWidget* RunPanel::makeRunView()
{
    auto* view = new QWidget;
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(spacing(4), spacing(2), spacing(4), spacing(4));
    column->setSpacing(spacing(2));
    m_name = makeHeading({}, 2);
    m_name->setWordWrap(true);
    m_name->setTextFormat(Qt::PlainText);
    m_state = new QLabel;
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    column->addWidget(m_name);
    column->addWidget(m_state);
    auto* facts = new QFormLayout;
    facts->setVerticalSpacing(spacing(1));
    facts->setHorizontalSpacing(spacing(4));
    facts->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    facts->setContentsMargins(0, spacing(2), 0, spacing(2));
    m_steps = addFact(*facts, tr("Steps"));
    m_knn = addFact(*facts, tr("kNN accuracy"));
    m_incidents = addFact(*facts, tr("Incidents"));
    m_started = addFact(*facts, tr("Started"));
    m_finished = addFact(*facts, tr("Ended"));
    m_device = addFact(*facts, tr("Device"));
    m_seed = addFact(*facts, tr("Seed"));
    m_software = addFact(*facts, tr("Software"));
    m_id = addFact(*facts, tr("Run"));
    m_origin = addFact(*facts, tr("Made from"));
    m_originCaption = qobject_cast<QLabel*>(facts->labelForField(m_origin));
    column->addLayout(facts);
    m_checkpoints = new CheckpointList(m_library);
    connect(m_checkpoints, &CheckpointList::forkRequested, this, &RunPanel::forkRequested);
    column->addWidget(m_checkpoints);
    m_tags = new QLineEdit;
    m_tags->setPlaceholderText(tr("separated by commas"));
    auto* tagsLabel = makeHeading(tr("Tags"), 0);
    tagsLabel->setBuddy(m_tags);
    column->addWidget(tagsLabel);
    column->addWidget(m_tags);
    m_notes = new NotesEdit;
    m_notes->setMinimumHeight(fontMetrics().lineSpacing() * 5);
    auto* notesLabel = makeHeading(tr("Notes"), 0);
    notesLabel->setBuddy(m_notes);
    column->addWidget(notesLabel);
    column->addWidget(m_notes, 1);
    return view;
}

QLabel* RunPanel::addFact(QFormLayout& facts, const QString& name)
{
    QLabel* caption = makeMutedLabel(name);
    caption->setWordWrap(false);
    auto* value = new QLabel;
    value->setWordWrap(true);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(name);
    facts.addRow(caption, value);
    return value;
}

void RunPanel::setSelection(const std::vector<storage::RunId>& runs)
{
    storeNotes();
    m_selected = runs;
    m_run = runs.size() == 1 ? std::optional(runs.front()) : std::nullopt;
    m_hint->setText(runs.empty() ? tr("Select a run to see its figures and notes.")
                                 : tr("%1 runs are selected.").arg(runs.size()));
    m_several->setVisible(runs.size() > 1);
    showRun();
}

void RunPanel::showRun()
{
    const storage::RunRecord* run = m_run ? m_library.find(*m_run) : nullptr;
    m_stack->setCurrentIndex(run ? 1 : 0);
    if (!run) {
        if (!m_commonTags->hasFocus()) {
            m_commonTags->setText(commonTags().join(QStringLiteral(", ")));
        }
        return;
    }
    m_name->setText(QString::fromStdString(run->name));
    const QString reason = QString::fromStdString(run->stateReason);
    m_state->setText(reason.isEmpty() ? stateName(run->state)
                                      : stateName(run->state) + ": " + reason);
    m_steps->setText(tr("%1, in %2").arg(stepsText(*run), durationText(run->durationMs)));
    m_knn->setText(
        run->lastKnnTop1
            ? tr("%1 (best %2)").arg(percentText(run->lastKnnTop1), percentText(run->bestKnnTop1))
            : tr("not measured"));
    m_incidents->setText(run->incidents == 0 ? tr("none") : countText(run->incidents));
    m_started->setText(timeText(run->startedAt));
    m_finished->setText(timeText(run->finishedAt));
    m_device->setText(orNothing(run->device));
    m_seed->setText(QString::number(run->seed));
    m_software->setText(orNothing(run->software));
    m_id->setText(
        tr("%1 (%2)").arg(run->id.value).arg(QString::fromStdString(run->uuid.substr(0, 8))));
    showOrigin(*run);
    m_checkpoints->setRun(*run);
    if (!m_tags->hasFocus()) {
        m_tags->setText(tagsText(*run));
    }
    if (!m_notesTimer.isActive()) {
        m_notes->setText(QString::fromStdString(run->notes));
    }
}

/// All the way back: "demo at step 500, from first try".
void RunPanel::showOrigin(const storage::RunRecord& run)
{
    QStringList steps;
    const auto ancestry = storage::ancestryOf(run, [this](storage::RunId id) {
        const storage::RunRecord* found = m_library.find(id);
        return found ? std::optional(*found) : std::nullopt;
    });
    for (const storage::Ancestor& ancestor : ancestry) {
        const QString name = ancestor.name.empty()
            ? tr("run %1, which is deleted").arg(ancestor.id.value)
            : QString::fromStdString(ancestor.name);
        steps << (ancestor.forkStep ? tr("%1 at step %2").arg(name, countText(*ancestor.forkStep))
                                    : name);
    }
    m_origin->setText(steps.join(tr(", from ")));
    m_originCaption->setText(run.forkStep ? tr("Forked from") : tr("Made from"));
    m_origin->setVisible(!steps.isEmpty());
    m_originCaption->setVisible(!steps.isEmpty());
}

void RunPanel::storeNotes()
{
    const bool isTyped = m_notesTimer.isActive() || sender() == &m_notesTimer;
    m_notesTimer.stop();
    const auto* run = m_run ? m_library.find(*m_run) : nullptr;
    if (isTyped && run && m_notes->text().toStdString() != run->notes) {
        m_library.setNotes(*m_run, m_notes->text());
    }
}

void RunPanel::storeTags()
{
    const auto* run = m_run ? m_library.find(*m_run) : nullptr;
    if (run && m_tags->text() != tagsText(*run)) {
        m_library.setTags(*m_run, m_tags->text().split(','));
    }
}

/// In the order of the first run.
QStringList RunPanel::commonTags() const
{
    QStringList common;
    for (std::size_t i = 0; i < m_selected.size(); ++i) {
        const auto* run = m_library.find(m_selected[i]);
        const QStringList tags = run ? tagsOf(*run) : QStringList();
        common = i == 0 ? tags : without(common, without(common, tags));
    }
    return common;
}

void RunPanel::storeCommonTags()
{
    const QStringList before = commonTags();
    const QStringList now = typedTags(*m_commonTags);
    const QStringList added = without(now, before);
    const QStringList removed = without(before, now);
    if (m_selected.size() > 1 && !(added.isEmpty() && removed.isEmpty())) {
        m_library.changeTags(m_selected, added, removed);
    }
}

} // namespace mocoscope::ui
