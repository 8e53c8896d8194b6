// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/field_editor.h"

#include "training/api/ports.h"
#include "ui/models/text_format.h"
#include "ui/pages/path_edit.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QWheelEvent>

namespace mocoscope::ui {

using training::FieldDescription;
using training::FieldType;

namespace {

void fill(QWidget& editor, QWidget& input)
{
    auto* row = new QHBoxLayout(&editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(&input);
    editor.setFocusProxy(&input);
}

/// The wheel scrolls the form, not the value under the pointer.
class QuietComboBox final : public QComboBox
{
public:
    QuietComboBox()
    {
        setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(12);
    }

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

class LineEditor final : public FieldEditor
{
public:
    LineEditor(const FieldDescription& field, QWidget* parent)
        : FieldEditor(parent)
        , m_line(new QLineEdit)
    {
        fill(*this, *m_line);
        // Only what can become a number can be typed; the range is told beside the field.
        if (field.type == FieldType::Integer) {
            restrictTo(R"(\s*[-+]?[0-9]*\s*)");
        } else if (field.type == FieldType::Real) {
            restrictTo(R"(\s*[-+]?[0-9]*\.?[0-9]*([eE][-+]?[0-9]*)?\s*)");
        }
        connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    }
    [[nodiscard]] QString text() const override { return m_line->text(); }
    void setText(const QString& text) override { m_line->setText(text); }
    [[nodiscard]] QWidget* input() const override { return m_line; }

private:
    void restrictTo(const QString& pattern)
    {
        m_line->setValidator(new QRegularExpressionValidator(QRegularExpression(pattern), m_line));
    }
    QLineEdit* m_line;
};

class ChoiceEditor final : public FieldEditor
{
public:
    ChoiceEditor(const FieldDescription& field, QWidget* parent)
        : FieldEditor(parent)
        , m_box(new QuietComboBox)
    {
        fill(*this, *m_box);
        for (const training::FieldChoice& choice : field.choices) {
            m_box->addItem(optionWord(choice.label), QString::fromStdString(choice.value));
        }
        connect(m_box, &QComboBox::activated, this, [this] { Q_EMIT edited(text()); });
    }
    [[nodiscard]] QString text() const override { return m_box->currentData().toString(); }
    /// A value of a newer version that is no choice here is shown as it is.
    void setText(const QString& text) override
    {
        int index = m_box->findData(text);
        if (index < 0) {
            m_box->addItem(text, text);
            index = m_box->count() - 1;
        }
        m_box->setCurrentIndex(index);
    }
    [[nodiscard]] QWidget* input() const override { return m_box; }

private:
    QComboBox* m_box;
};

class FlagEditor final : public FieldEditor
{
public:
    FlagEditor(const FieldDescription&, QWidget* parent)
        : FieldEditor(parent)
        , m_box(new QCheckBox)
    {
        fill(*this, *m_box);
        connect(m_box, &QCheckBox::clicked, this, [this] { Q_EMIT edited(text()); });
    }
    [[nodiscard]] QString text() const override { return m_box->isChecked() ? "true" : "false"; }
    void setText(const QString& text) override { m_box->setChecked(text == "true"); }
    [[nodiscard]] QWidget* input() const override { return m_box; }

private:
    QCheckBox* m_box;
};

class PathEditor final : public FieldEditor
{
public:
    PathEditor(const FieldDescription& field, QWidget* parent)
        : FieldEditor(parent)
    {
        const bool isData = field.key.starts_with("data.");
        const int offers = isData ? PathEdit::Folder | PathEdit::File : int(PathEdit::File);
        const bool hasDemo = field.key == "data.path";
        m_path = new PathEdit(
            hasDemo ? offers | PathEdit::Demo : offers,
            isData ? FieldEditor::tr("Archives (*.tar *.tar.gz *.tgz);;All files (*)")
                   : FieldEditor::tr("Weights (*.safetensors);;All files (*)"));
        fill(*this, *m_path);
        connect(m_path, &PathEdit::pathEdited, this, &FieldEditor::edited);
    }
    [[nodiscard]] QString text() const override { return m_path->path(); }
    void setText(const QString& text) override { m_path->setPath(text); }
    [[nodiscard]] QWidget* input() const override { return m_path->lineEdit(); }

private:
    PathEdit* m_path;
};

/// "cuda:0: NVIDIA H200, 12 of 139 GiB in use, 87 % load", as far as it is known.
QString describe(const training::DeviceDescription& device)
{
    QString text = QString::fromStdString(device.id + ": " + device.name);
    if (device.memoryBytes > 0) {
        const QString all = bytesText(static_cast<double>(device.memoryBytes));
        text += QStringLiteral(", ")
            + (device.usedBytes ? FieldEditor::tr("%1 of %2 in use")
                                      .arg(bytesText(static_cast<double>(*device.usedBytes)), all)
                                : all);
    }
    if (device.loadPercent) {
        text += FieldEditor::tr(", %1 % load").arg(qRound(*device.loadPercent));
    }
    return text;
}

/// The devices of this machine, or any other that is typed.
class DeviceEditor final : public FieldEditor
{
public:
    DeviceEditor(const FieldDescription&, QWidget* parent)
        : FieldEditor(parent)
        , m_box(new QuietComboBox)
    {
        fill(*this, *m_box);
        m_box->setEditable(true);
        m_box->setInsertPolicy(QComboBox::NoInsert);
        offer({});
        connect(m_box, &QComboBox::activated, this, [this](int index) {
            m_box->setEditText(m_box->itemData(index).toString());
            Q_EMIT edited(text());
        });
        connect(m_box->lineEdit(), &QLineEdit::textEdited, this, &FieldEditor::edited);
    }
    void offer(std::span<const training::DeviceDescription> devices)
    {
        const QString typed = m_box->currentText();
        m_box->clear();
        m_box->addItem(FieldEditor::tr("auto (first GPU, else CPU)"), "auto");
        for (const training::DeviceDescription& device : devices) {
            const QString id = QString::fromStdString(device.id);
            m_box->addItem(describe(device), id);
        }
        m_box->view()->setMinimumWidth(m_box->view()->sizeHintForColumn(0)); // wider than the box
        m_box->setEditText(typed);
    }
    [[nodiscard]] QString text() const override { return m_box->currentText(); }
    void setText(const QString& text) override { m_box->setEditText(text); }
    [[nodiscard]] QWidget* input() const override { return m_box; }

private:
    QComboBox* m_box;
};

} // namespace

FieldEditor* makeFieldEditor(const FieldDescription& field, QWidget* parent)
{
    if (field.key == "train.device") {
        return new DeviceEditor(field, parent);
    }
    switch (field.type) {
    case FieldType::Boolean:
        return new FlagEditor(field, parent);
    case FieldType::Choice:
        return new ChoiceEditor(field, parent);
    case FieldType::Path:
        return new PathEditor(field, parent);
    case FieldType::Integer:
    case FieldType::Real:
    case FieldType::Text:
        break;
    }
    return new LineEditor(field, parent);
}

void offerDevices(FieldEditor& editor, std::span<const training::DeviceDescription> devices)
{
    if (auto* list = dynamic_cast<DeviceEditor*>(&editor)) {
        list->offer(devices);
    }
}

} // namespace mocoscope::ui
