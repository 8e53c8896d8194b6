// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace mocoscope::ui {

/// What a page shows while it has nothing to show: why, and the next step.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& title, const QString& text,
               QWidget* parent = nullptr);
    /// The first one added is the primary one.
    QPushButton* addButton(const QString& iconName, const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateIcon();
    QString m_iconName;
    QLabel* m_icon;
    QHBoxLayout* m_buttons;
};

} // namespace mocoscope::ui
