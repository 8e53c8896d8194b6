// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/config_form.h"

#include "ui/models/text_format.h"
#include "ui/models/word_filter.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_row.h"
#include "ui/pages/option_group.h"
#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mocoscope::ui {

using training::FieldDescription;

namespace {

/// Pretraining shows all: what is set for the evaluations of a run stays with it. An evaluation
/// shows what it uses itself.
bool isUsed(const std::string& key, const QString& task)
{
    if (task == QLatin1String("pretrain")) {
        return true;
    }
    if (key.starts_with("linear.") || key.starts_with("finetune.")) {
        return key.starts_with(task.toStdString() + ".");
    }
    constexpr std::array<std::string_view, 5> ofPretraining {
        "model.freeze_patch_embed", "train.batch_size", "train.epochs", "train.warmup_epochs",
        "evaluation.knn_every_epochs"};
    if (std::ranges::find(ofPretraining, key) != ofPretraining.end()) {
        return false;
    }
    if (key.starts_with("evaluation.knn_")) {
        return task == QLatin1String("knn");
    }
    return !key.starts_with("method.") && !key.starts_with("optimizer.")
        && !key.starts_with("views.")
        && (!key.starts_with("monitor.") || key.starts_with("monitor.system"));
}

/// What an evaluation is set up by. Pretraining has no group of its own.
bool isOwn(const std::string& key, const QString& task)
{
    return key.starts_with(task == QLatin1String("knn") ? "evaluation." : task.toStdString() + ".");
}

} // namespace

ConfigForm::ConfigForm(QWidget* parent)
    : QScrollArea(parent)
    , m_nothingFound(makeMutedLabel(tr("No option contains all of these words.")))
{
    setAccessibleName(tr("Options"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, spacing(2), 0);
    column->setSpacing(spacing(3));
    m_nothingFound->hide();
    column->addWidget(m_nothingFound);
    std::vector<QString> titles;
    std::map<QString, std::vector<FieldRow*>> groups;
    for (const FieldDescription& field : training::configFields()) {
        auto* row = new FieldRow(field);
        const std::string key = field.key;
        m_rows[key] = row;
        connect(row, &FieldRow::edited, this, [this, key](const QString& text) {
            m_draft.setText(key, text);
            updateMarks();
            Q_EMIT changed();
        });
        connect(row, &FieldRow::resetRequested, this,
                [this, key] { setOption(key, m_draft.referenceText(key)); });
        const QString title = optionWord(field.group);
        if (!groups.contains(title)) {
            titles.push_back(title);
        }
        groups[title].push_back(row);
    }
    for (const QString& title : titles) {
        m_groups.push_back(new OptionGroup(title, groups[title]));
        column->addWidget(m_groups.back());
    }
    column->addStretch();
    setWidget(body);
    measureRows();
    alignRows();
    load({}, {});
}

QSize ConfigForm::minimumSizeHint() const
{
    // In place also where groups are hidden.
    const int measured = widget()->minimumSizeHint().width();
    if (m_taken == 0) {
        m_leastWhole = std::max(m_leastWhole, measured);
    } else { // less is saved than the columns give where buttons stand
        m_leastWrapped = std::max(m_leastWrapped, measured - (mostTaken() - m_taken));
    }
    return {std::max(m_leastWhole - mostTaken(), m_leastWrapped)
                + verticalScrollBar()->sizeHint().width(),
            QScrollArea::minimumSizeHint().height()};
}

int ConfigForm::mostTaken() const
{
    return m_whole.label - m_wrapped.label + m_whole.unit - m_wrapped.unit;
}

void ConfigForm::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    static_cast<void>(minimumSizeHint()); // measures
    const int wanted = m_leastWhole + verticalScrollBar()->sizeHint().width();
    const int taken = std::clamp(wanted - width(), 0, mostTaken());
    if (taken != m_taken) {
        m_taken = taken;
        alignRows();
    }
}

void ConfigForm::measureRows()
{
    const auto widen = [](FieldRow::ColumnWidths& all, FieldRow::ColumnWidths one) {
        all = {std::max(all.label, one.label), std::max(all.unit, one.unit)};
    };
    for (const auto& [key, row] : m_rows) {
        widen(m_whole, row->columnWidths());
        widen(m_wrapped, row->wrappedWidths());
    }
}

void ConfigForm::alignRows()
{
    const int ofUnits = std::min(m_taken, m_whole.unit - m_wrapped.unit); // labels rather stay
    const FieldRow::ColumnWidths widths {m_whole.label - (m_taken - ofUnits),
                                         m_whole.unit - ofUnits};
    for (const auto& [key, row] : m_rows) {
        row->setColumnWidths(widths, m_taken > 0);
        row->updateGeometry();
    }
    for (OptionGroup* group : m_groups) {
        group->layout()->activate(); // now, since minimumSizeHint() measures
        group->updateGeometry();
    }
    widget()->layout()->activate();
}

void ConfigForm::load(const training::TrainingConfig& config,
                      const training::TrainingConfig& reference,
                      std::optional<training::ForkOrigin> forkOf)
{
    m_draft.reset(config, reference, std::move(forkOf));
    for (const auto& [key, row] : m_rows) {
        row->editor().setText(m_draft.text(key));
    }
    updateMarks();
    Q_EMIT changed();
}

void ConfigForm::setOption(const std::string& key, const QString& text)
{
    m_draft.setText(key, text);
    row(key).editor().setText(text);
    updateMarks();
    Q_EMIT changed();
}

void ConfigForm::updateMarks()
{
    const QString task = m_draft.text("task.name");
    const bool isOther = std::exchange(m_task, task) != task;
    if (isOther) {
        m_wanted.clear();
    }
    for (OptionGroup* group : m_groups) {
        int changed = 0;
        int wrong = 0;
        bool isOfTask = false;
        bool hasOtherRows = false;
        for (const auto& [key, row] : m_rows) {
            if (group->contains(row)) {
                row->setChanged(m_draft.isChanged(key), m_draft.referenceText(key));
                row->setProblem(m_draft.problem(key), m_draft.note(key));
                isOfTask = isOfTask || isOwn(key, task);
                // What keeps the run from starting is shown as well.
                const bool isShown = isUsed(key, task) || m_wanted.contains(key)
                    || !m_draft.problem(key).isEmpty();
                hasOtherRows = hasOtherRows || isShown != row->isUsed();
                row->setUsed(isShown);
                changed += isShown && row->field().advanced && m_draft.isChanged(key) ? 1 : 0;
                wrong += row->field().advanced && !m_draft.problem(key).isEmpty() ? 1 : 0;
            }
        }
        group->setHiddenMarks(changed, wrong);
        if (hasOtherRows) {
            group->updateUsed();
        }
        if (isOther && isOfTask) {
            group->unfold();
        }
    }
}

void ConfigForm::setSearch(const QString& text)
{
    m_words = searchWords(text);
    int found = 0;
    for (OptionGroup* group : m_groups) {
        found += group->setSearch(m_words);
    }
    m_nothingFound->setVisible(found == 0);
}

FieldRow* ConfigForm::firstFound() const
{
    FieldRow* first = nullptr;
    for (const OptionGroup* group : m_groups) {
        for (FieldRow* row : group->shownRows()) {
            if (row->isCalled(m_words)) {
                return row;
            }
            first = first ? first : row;
        }
    }
    return first;
}

void ConfigForm::focusFirstFound()
{
    if (FieldRow* row = firstFound()) {
        ensureWidgetVisible(row);
        row->editor().input()->setFocus(Qt::TabFocusReason); // selects the text
    }
}

void ConfigForm::setDevices(std::span<const training::DeviceDescription> devices)
{
    offerDevices(row("train.device").editor(), devices);
}

void ConfigForm::showOption(const std::string& key)
{
    FieldRow& shown = row(key);
    m_wanted.insert(key);
    shown.setUsed(true);
    for (OptionGroup* group : m_groups) {
        if (group->contains(&shown)) {
            group->updateUsed();
            if (shown.field().advanced) {
                group->unfold();
            }
        }
    }
    widget()->layout()->activate();
    ensureWidgetVisible(&shown);
    shown.editor().input()->setFocus(Qt::OtherFocusReason);
}

} // namespace mocoscope::ui
