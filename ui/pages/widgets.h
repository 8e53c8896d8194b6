// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <functional>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QMenu;
class QVBoxLayout;

namespace mocoscope::ui {

/// A heading of a page or a group: larger by `steps`, bold.
[[nodiscard]] QLabel* makeHeading(const QString& text, int steps, QWidget* parent = nullptr);
/// Wrapped text in the muted colour that follows the theme.
[[nodiscard]] QLabel* makeMutedLabel(const QString& text, QWidget* parent = nullptr);
/// The one button of a page that goes on: in the accent colour.
[[nodiscard]] QPushButton* makePrimaryButton(const QString& iconName, const QString& text,
                                             QWidget* parent = nullptr);
[[nodiscard]] QPushButton* makeButton(const QString& iconName, const QString& text,
                                      QWidget* parent = nullptr);
/// A flat button that shows an icon only; `name` is its tooltip and accessible name.
[[nodiscard]] QToolButton* makeIconButton(const QString& iconName, const QString& name,
                                          QWidget* parent = nullptr);
/// A button of a tool bar, as those of the plots look.
[[nodiscard]] QToolButton* makeBarButton(const QString& text, const QString& toolTip,
                                         QWidget* parent = nullptr);
/// The same; a click opens `menu`, which becomes its own.
[[nodiscard]] QToolButton* makeMenuButton(const QString& text, const QString& toolTip, QMenu* menu,
                                          QWidget* parent = nullptr);
/// Opens a menu of the ways in which a table is copied: `text` with tabs or commas, and Markdown.
[[nodiscard]] QToolButton* makeCopyTableButton(std::function<QString(QChar separator)> text,
                                               std::function<QString()> markdown,
                                               QWidget* parent = nullptr);
/// The magnifying glass at the front of a field in which one searches.
void addSearchIcon(QLineEdit& edit);
/// Disabled with the reason in its tooltip; an empty reason enables it.
void setReason(QWidget& widget, const QString& reasonNotTo, const QString& toolTip);
void setReason(QAction& action, const QString& reasonNotTo, const QString& toolTip);

/// Text of one line that may become narrower than it is long.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode, QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::TextElideMode m_mode;
};

/// Lets a choice become narrower than its longest entry, where there is no room for that.
void letShrink(QComboBox& choice);

/// Lets a long list be searched: what is typed lists the entries that hold all its words, Enter
/// takes the first of them. What is not finished gives way to the choice that there was.
void makeSearchable(QComboBox& choice, const QString& placeholder);
/// Whether somebody is typing into it; to change its entries would take that away.
[[nodiscard]] bool isBeingSearched(const QComboBox& choice);

/// A quiet frame around what belongs together, with a heading.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString& title, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout& content() { return *m_content; }
    /// To the right of the heading.
    void addHeaderWidget(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_content;
    QHBoxLayout* m_header;
};

} // namespace mocoscope::ui
