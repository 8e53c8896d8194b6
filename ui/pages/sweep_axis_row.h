// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/api/sweep.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;

namespace mocoscope::ui {

/// An option and the values that it takes in a sweep.
class SweepAxisRow final : public QWidget
{
    Q_OBJECT

public:
    explicit SweepAxisRow(QWidget* parent = nullptr);

    void setOption(const std::string& key);
    /// Separated by commas, by semicolons where the option is a text.
    void setValues(const QString& values);
    /// Empty while the option is not chosen or has no values.
    [[nodiscard]] std::optional<training::SweepAxis> axis() const;
    /// An option without values, or the other way round.
    [[nodiscard]] bool isHalfFilled() const;
    [[nodiscard]] QWidget& firstInput();

Q_SIGNALS:
    void edited();
    void removeRequested();

private:
    void settleOption();
    void showHint();
    QComboBox* m_option;
    QLineEdit* m_values;
};

} // namespace mocoscope::ui
