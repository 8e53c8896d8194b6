// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

namespace mocoscope::ui {

/// A panel over the upper part of a window that keeps nothing from being used: Escape closes it,
/// and so does going elsewhere. The focus returns to where it was.
class FloatingPanel : public QFrame
{
    Q_OBJECT

public:
    /// `window` is its parent; hidden at first.
    explicit FloatingPanel(QWidget& window);

    /// Closes it and gives the focus back.
    void dismiss();

protected:
    /// Shows it with the focus on `first`, which is in it.
    void present(QWidget& first);
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget& m_window;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace mocoscope::ui
