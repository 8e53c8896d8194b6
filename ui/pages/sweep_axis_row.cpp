// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sweep_axis_row.h"

#include "training/api/config_schema.h"
#include "ui/models/text_format.h"
#include "ui/pages/widgets.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollBar>

namespace mocoscope::ui {

using training::FieldDescription;
using training::FieldType;

namespace {

/// An epoch list holds commas itself.
QChar separatorOf(const FieldDescription& field)
{
    return field.type == FieldType::Text || field.type == FieldType::Path ? u';' : u',';
}

QString exampleFor(const FieldDescription& field)
{
    const QString between = QString(separatorOf(field)) + ' ';
    switch (field.type) {
    case FieldType::Boolean:
        return "true" + between + "false";
    case FieldType::Choice: {
        QStringList values;
        for (const training::FieldChoice& choice : field.choices) {
            values << QString::fromStdString(choice.value);
        }
        return values.join(between);
    }
    default:
        return SweepAxisRow::tr("values such as %1").arg(fieldText(field.defaultValue) + between)
            + QStringLiteral("\u2026");
    }
}

} // namespace

SweepAxisRow::SweepAxisRow(QWidget* parent)
    : QWidget(parent)
    , m_option(new QComboBox)
    , m_values(new QLineEdit)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing(2));
    for (const FieldDescription& field : training::configFields()) {
        if (field.key != "train.seed") { // has a line of its own
            const QString key = QString::fromStdString(field.key);
            // Some labels are used more than once: the options of an evaluation have theirs too.
            m_option->addItem(QStringLiteral("%1 (%2)").arg(optionWord(field.label), key), key);
        }
    }
    m_option->setEditable(true);
    m_option->setInsertPolicy(QComboBox::NoInsert);
    m_option->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_option->completer()->setFilterMode(Qt::MatchContains);
    const int nameWidth = m_option->view()->sizeHintForColumn(0);
    for (QAbstractItemView* popup : {m_option->view(), m_option->completer()->popup()}) {
        popup->setMinimumWidth(nameWidth + popup->verticalScrollBar()->sizeHint().width());
    }
    m_option->setCurrentIndex(-1);
    m_option->lineEdit()->setPlaceholderText(tr("Option"));
    m_option->setAccessibleName(tr("Option that changes"));
    m_option->setMinimumContentsLength(16);
    m_option->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_values->setAccessibleName(tr("Values that it takes"));
    auto* remove = makeIconButton("close", tr("Remove this option"));
    row->addWidget(m_option, 1);
    row->addWidget(m_values, 1);
    row->addWidget(remove);
    connect(m_option, &QComboBox::currentIndexChanged, this, [this] {
        showHint();
        Q_EMIT edited();
    });
    connect(m_option->lineEdit(), &QLineEdit::editingFinished, this, &SweepAxisRow::settleOption);
    connect(m_values, &QLineEdit::textChanged, this, &SweepAxisRow::edited);
    connect(remove, &QToolButton::clicked, this, &SweepAxisRow::removeRequested);
    showHint();
}

/// What was typed becomes the option of that name or key; what is neither goes away again.
void SweepAxisRow::settleOption()
{
    const QString text = m_option->currentText().trimmed();
    const int named = m_option->findText(text, Qt::MatchFixedString);
    const int found = named >= 0 ? named : m_option->findData(text);
    if (found >= 0 || text.isEmpty()) {
        m_option->setCurrentIndex(found);
    } else {
        m_option->setEditText(m_option->itemText(m_option->currentIndex()));
    }
    m_option->lineEdit()->setCursorPosition(0); // a name too long for the field shows its start
}

bool SweepAxisRow::isHalfFilled() const
{
    const bool hasOption = m_option->currentIndex() >= 0;
    return !axis() && (hasOption || !m_values->text().trimmed().isEmpty());
}

void SweepAxisRow::showHint()
{
    const FieldDescription* field
        = training::findField(m_option->currentData().toString().toStdString());
    m_values->setPlaceholderText(field ? exampleFor(*field) : tr("Values"));
    m_option->setToolTip(field ? QStringLiteral("%1\n%2").arg(QString::fromStdString(field->key),
                                                              optionWord(field->help))
                               : tr("Type a part of its name"));
}

void SweepAxisRow::setOption(const std::string& key)
{
    m_option->setCurrentIndex(m_option->findData(QString::fromStdString(key)));
}

void SweepAxisRow::setValues(const QString& values)
{
    m_values->setText(values);
}

std::optional<training::SweepAxis> SweepAxisRow::axis() const
{
    const FieldDescription* field
        = training::findField(m_option->currentData().toString().toStdString());
    if (!field) {
        return std::nullopt;
    }
    training::SweepAxis axis {field->key, {}};
    for (const QString& part : m_values->text().split(separatorOf(*field), Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty()) {
            axis.values.push_back(part.trimmed().toStdString());
        }
    }
    return axis.values.empty() ? std::nullopt : std::optional(axis);
}

QWidget& SweepAxisRow::firstInput()
{
    return *m_option;
}

} // namespace mocoscope::ui
