// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/field_row.h"

#include "ui/models/text_format.h"
#include "ui/models/word_filter.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/widgets.h"
#include "ui/plot/plot_theme.h"
#include "ui/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace mocoscope::ui {

using training::FieldDescription;
using training::FieldType;

namespace {

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

QString unitText(const FieldDescription& field)
{
    if (field.zeroMeans.empty()) {
        return optionWord(field.unit);
    }
    const QString zero = FieldRow::tr("0: %1").arg(optionWord(field.zeroMeans));
    return field.unit.empty() ? zero : optionWord(field.unit) + ", " + zero;
}

QString boundText(const FieldDescription& field, double bound)
{
    return field.type == FieldType::Integer ? countText(static_cast<std::int64_t>(bound))
                                            : fieldText(bound);
}

/// In English too: that is what papers and the command line say.
QStringList wordsOf(const std::string& told)
{
    return {text(told), optionWord(told)};
}

QStringList namesOf(const FieldDescription& field)
{
    return QStringList {text(field.key), text(field.symbol)} + wordsOf(field.label);
}

bool haveAll(const QStringList& texts, const QStringList& words)
{
    return holdsAll(texts.join('\n'), words);
}

/// A path, or a choice of long names that has no unit beside it, takes the unit's column too.
bool needsWidth(const FieldDescription& field)
{
    constexpr qsizetype longName = 16;
    return field.type == FieldType::Path
        || (unitText(field).isEmpty()
            && std::ranges::any_of(field.choices, [](const training::FieldChoice& choice) {
                   return optionWord(choice.label).size() > longName;
               }));
}

/// Of the label of an option that was changed, the widest that it gets.
QFont changedFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

FieldRow::FieldRow(const FieldDescription& field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_editor(makeFieldEditor(field))
    , m_label(new QLabel)
    , m_unit(makeMutedLabel(unitText(field), this))
    , m_reset(makeIconButton("reset", {}))
    , m_problem(new QLabel)
{
    const QString symbol = field.symbol.empty() ? QString() : "  " + text(field.symbol);
    m_label->setText(optionWord(field.label) + symbol);
    m_label->setBuddy(m_editor->input());
    m_unit->setWordWrap(false);
    m_unit->setVisible(field.type != FieldType::Path);
    m_problem->setWordWrap(true);
    m_problem->hide();
    // Keeps its room, so that a change does not move the row.
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    m_reset->hide();

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(spacing(2));
    grid->setVerticalSpacing(spacing(1) / 2);
    grid->addWidget(m_label, 0, 0);
    const bool isWide = needsWidth(field);
    grid->addWidget(m_editor, 0, 1, 1, isWide ? 2 : 1);
    if (!isWide) {
        grid->addWidget(m_unit, 0, 2);
    }
    grid->addWidget(m_reset, 0, 3);
    grid->addWidget(m_problem, 1, 1, 1, 3);
    grid->setColumnStretch(1, 1);

    for (QWidget* widget : {static_cast<QWidget*>(m_label), m_editor->input()}) {
        widget->setToolTip(toolTipText());
    }
    m_editor->input()->setAccessibleName(optionWord(field.label));
    m_editor->input()->setAccessibleDescription(optionWord(field.help));
    m_editor->input()->setObjectName(text(field.key));
    connect(m_editor, &FieldEditor::edited, this, &FieldRow::edited);
    connect(m_reset, &QToolButton::clicked, this, &FieldRow::resetRequested);
    updateProblemColour();
}

QString FieldRow::toolTipText() const
{
    QStringList lines {QStringLiteral("<b>%1</b>").arg(text(m_field.key).toHtmlEscaped()),
                       optionWord(m_field.help).toHtmlEscaped()};
    if (!m_field.symbol.empty()) {
        lines << tr("In the paper: %1").arg(text(m_field.symbol).toHtmlEscaped());
    }
    if (m_field.type == FieldType::Integer || m_field.type == FieldType::Real) {
        lines << tr("From %1 to %2")
                     .arg(boundText(m_field, m_field.minimum), boundText(m_field, m_field.maximum));
    }
    return "<qt>" + lines.join("<br>") + "</qt>";
}

bool FieldRow::matches(const QStringList& words) const
{
    return haveAll(namesOf(m_field) + wordsOf(m_field.help) + wordsOf(m_field.group), words);
}

bool FieldRow::isCalled(const QStringList& words) const
{
    return haveAll(namesOf(m_field), words);
}

void FieldRow::setProblem(const QString& reason, const QString& note)
{
    const QString& told = reason.isEmpty() ? note : reason;
    if (reason == m_reason && told == m_problem->text()) {
        return;
    }
    m_reason = reason;
    m_problem->setText(told);
    m_problem->setVisible(!told.isEmpty());
    m_editor->input()->setAccessibleDescription(told.isEmpty() ? optionWord(m_field.help) : told);
    updateProblemColour();
}

QString FieldRow::remark() const
{
    return m_problem->text();
}

void FieldRow::setChanged(bool changed, const QString& presetText)
{
    QFont usual = m_label->font();
    usual.setWeight(QFont::Normal);
    m_label->setFont(changed ? changedFont(usual) : usual);
    m_reset->setVisible(changed);
    const QString shown = presetText.isEmpty() ? tr("nothing") : presetText;
    m_reset->setToolTip(tr("Changed. Go back to the preset's value: %1").arg(shown));
    m_reset->setAccessibleName(
        tr("Reset %1 to the preset's value %2").arg(optionWord(m_field.label), shown));
}

FieldRow::ColumnWidths FieldRow::columnWidths() const
{
    return {QFontMetrics(changedFont(m_label->font())).horizontalAdvance(m_label->text())
                + spacing(1),
            QFontMetrics(m_unit->font()).horizontalAdvance(m_unit->text()) + 1};
}

FieldRow::ColumnWidths FieldRow::wrappedWidths() const
{
    const auto longestWord = [](const QString& text, const QFont& font) {
        int width = 0;
        for (const QString& word : text.split(' ')) {
            width = std::max(width, QFontMetrics(font).horizontalAdvance(word));
        }
        return width;
    };
    const ColumnWidths whole = columnWidths();
    const int label = longestWord(m_label->text(), changedFont(m_label->font())) + spacing(1);
    const int unit = longestWord(m_unit->text(), m_unit->font()) + 1;
    return {std::max(whole.label * 2 / 3, label), std::max(whole.unit / 2, unit)};
}

void FieldRow::setColumnWidths(ColumnWidths widths, bool areWrapped)
{
    m_label->setWordWrap(areWrapped);
    m_unit->setWordWrap(areWrapped);
    m_label->setMinimumWidth(widths.label);
    m_unit->setMinimumWidth(widths.unit);
}

void FieldRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange
        || event->type() == QEvent::ApplicationPaletteChange) {
        updateProblemColour();
    }
    QWidget::changeEvent(event);
}

void FieldRow::updateProblemColour()
{
    const QPalette theme = Theme::palette(isDark(palette()));
    const QColor bad = toneColour(Tone::Bad, isDark(palette()));
    const QColor told = m_reason.isEmpty() ? toneColour(Tone::Attention, isDark(palette())) : bad;
    QPalette problem = theme;
    problem.setColor(QPalette::WindowText, told);
    if (m_problem->palette().color(QPalette::WindowText) != told) {
        m_problem->setPalette(problem);
    }
    QPalette input = theme;
    if (!m_reason.isEmpty()) {
        input.setColor(QPalette::Base, mixed(bad, theme.color(QPalette::Base), 0.12));
    }
    if (m_editor->input()->palette().color(QPalette::Base) != input.color(QPalette::Base)) {
        m_editor->input()->setPalette(input);
    }
}

} // namespace mocoscope::ui
