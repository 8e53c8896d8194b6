// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QAbstractButton;
class QVBoxLayout;

namespace mocoscope::ui {

/// The pages of the window, at its left edge. Arrow keys move between them.
class NavigationBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NavigationBar(QWidget* parent = nullptr);

    void addPage(const QString& iconName, const QString& title, const QString& toolTip);
    void setCurrent(int page);
    /// A dot behind the title: something is going on there.
    void setActive(int page, bool active);

Q_SIGNALS:
    void pageChosen(int page);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Button;
    QVBoxLayout* m_column;
    std::vector<Button*> m_buttons;
};

} // namespace mocoscope::ui
