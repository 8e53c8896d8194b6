// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/config_schema.h"

#include <QWidget>

#include <span>

namespace mocoscope::training {
struct DeviceDescription;
}

namespace mocoscope::ui {

/// Edits the value of one option as text, as parseField() reads it.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    [[nodiscard]] virtual QString text() const = 0;
    /// Does not signal.
    virtual void setText(const QString& text) = 0;
    /// The widget that takes the keyboard and is named after the option.
    [[nodiscard]] virtual QWidget* input() const = 0;

Q_SIGNALS:
    /// The user changed the value.
    void edited(const QString& text);

protected:
    using QWidget::QWidget;
};

/// A check box, a list, a line for numbers, text or paths, as the option asks for.
[[nodiscard]] FieldEditor* makeFieldEditor(const training::FieldDescription& field,
                                           QWidget* parent = nullptr);
/// Fills the list of devices; for the editor of `train.device`.
void offerDevices(FieldEditor& editor, std::span<const training::DeviceDescription> devices);

} // namespace mocoscope::ui
