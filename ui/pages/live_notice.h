// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace mocoscope::ui {

/// A message in the page, above what it is about; hidden while there is none.
class LiveNotice final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : std::uint8_t
    {
        Warning,
        Failure
    };
    explicit LiveNotice(QWidget* parent = nullptr);

    /// `message` is one sentence, `detail` says why and what to do.
    void show(Kind kind, const QString& message, const QString& detail);
    void clear();
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QColor colour() const;
    Kind m_kind = Kind::Warning;
    QLabel* m_text;
};

} // namespace mocoscope::ui
