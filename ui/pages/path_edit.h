// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QMimeData;

namespace mocoscope::ui {

/// A path to be typed, chosen or dropped.
class PathEdit final : public QWidget
{
    Q_OBJECT

public:
    enum Offer
    {
        Folder = 1,
        File = 2,
        Demo = 4,
        NewFile = 8 ///< that need not exist
    };
    /// `offers`: what can be chosen. `fileFilter` as QFileDialog takes it.
    PathEdit(int offers, const QString& fileFilter, QWidget* parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString& path);
    [[nodiscard]] QLineEdit* lineEdit() const { return m_line; }

    /// The local path that was dropped; empty: none.
    [[nodiscard]] static QString droppedPath(const QMimeData& data);

Q_SIGNALS:
    void pathEdited(const QString& path);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void take(const QString& path);

    QLineEdit* m_line;
};

} // namespace mocoscope::ui
