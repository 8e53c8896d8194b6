// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_history.h"
#include "ui/pages/notes_edit.h"
#include "ui/pages/run_panel.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextBrowser>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::TestHistory;

namespace {

/// The field that is there to be typed into.
QLineEdit* tagField(RunPanel& panel)
{
    for (auto* field : panel.findChildren<QLineEdit*>()) {
        if (field->isVisible()) {
            return field;
        }
    }
    return nullptr;
}

void type(QLineEdit& field, const QString& text)
{
    field.setFocus();
    field.selectAll();
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Return);
}

} // namespace

class RunPanelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_history = std::make_unique<TestHistory>();
        m_runs.clear();
        for (const char* name : {"one", "two", "three"}) {
            m_runs.push_back(m_history->makeRun(name).id);
        }
        m_history->library().refresh();
        QTRY_COMPARE(m_history->library().runs().size(), std::size_t(3));
        m_panel = std::make_unique<RunPanel>(m_history->library());
        m_panel->resize(300, 700);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_history.reset();
    }

    void severalRunsAreTaggedAtOnce()
    {
        m_history->library().setTags(m_runs[0], {"old", "paper"});
        m_history->library().setTags(m_runs[1], {"paper", "other"});
        m_panel->setSelection({m_runs[0], m_runs[1]});
        QLineEdit* field = tagField(*m_panel);
        QVERIFY(field);
        QCOMPARE(field->text(), QString("paper"));
        type(*field, "final, paper");
        QTRY_COMPARE(tagsOf(0), QStringList({"final", "old", "paper"}));
        QTRY_COMPARE(tagsOf(1), QStringList({"final", "other", "paper"}));
        QTRY_COMPARE(tagsOf(2), QStringList());
        type(*field, "final");
        QTRY_COMPARE(tagsOf(0), QStringList({"final", "old"}));
        QTRY_COMPARE(tagsOf(1), QStringList({"final", "other"}));
    }

    void notesAreFormattedWhileTheyAreRead()
    {
        m_history->library().setNotes(m_runs[0], "# Why\n\n*Too* hot, see `lr`. <b>not bold</b>");
        m_panel->setSelection({m_runs[0]});
        auto& notes = *m_panel->findChild<NotesEdit*>();
        auto* reader = m_panel->findChild<QTextBrowser*>();
        auto* editor = m_panel->findChild<QPlainTextEdit*>();
        QCOMPARE(notes.currentWidget(), static_cast<QWidget*>(reader));
        QVERIFY2(reader->toPlainText().startsWith("Why\nToo hot, see lr."),
                 qPrintable(reader->toPlainText()));
        QVERIFY(!reader->toHtml().contains("<b>not bold"));
        QTest::mouseClick(reader->viewport(), Qt::LeftButton, {}, {5, 5});
        QCOMPARE(notes.currentWidget(), static_cast<QWidget*>(editor));
        QTRY_VERIFY(editor->hasFocus());
        editor->selectAll();
        QTest::keyClicks(editor, "fine");
        tagField(*m_panel)->setFocus();
        QCOMPARE(notes.currentWidget(), static_cast<QWidget*>(reader));
        QTRY_COMPARE(m_history->library().find(m_runs[0])->notes, std::string("fine"));
        m_panel->setSelection({m_runs[1]}); // has none: ready to be typed into
        QCOMPARE(notes.currentWidget(), static_cast<QWidget*>(editor));
        QCOMPARE(editor->toPlainText(), QString());
    }

    void aNameIsNoMarkup()
    {
        m_history->library().rename(m_runs[0], "<b>bold</b> & co");
        m_panel->setSelection({m_runs[0]});
        for (const auto* label : m_panel->findChildren<QLabel*>()) {
            QVERIFY(label->text() != "<b>bold</b> & co" || label->textFormat() == Qt::PlainText);
        }
    }

private:
    /// As they are stored.
    QStringList tagsOf(std::size_t run)
    {
        QStringList tags;
        for (const std::string& tag : m_history->stored(m_runs[run]).tags) {
            tags << QString::fromStdString(tag);
        }
        return tags;
    }

    std::unique_ptr<TestHistory> m_history;
    std::vector<storage::RunId> m_runs;
    std::unique_ptr<RunPanel> m_panel;
};

QTEST_MAIN(RunPanelTest)
#include "run_panel_test.moc"
