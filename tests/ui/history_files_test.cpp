// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/test_history.h"
#include "ui/pages/history_files.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace mocoscope;
using namespace mocoscope::ui;
using mocoscope::testing::FakeTrainerOptions;
using mocoscope::testing::TestHistory;

class HistoryFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBackupOpensAsAHistory()
    {
        TestHistory history;
        history.playRun("one", {});
        HistoryFiles files(history.library(), nullptr);
        QSignalSpy messages(&files, &HistoryFiles::messageRaised);
        const QTemporaryDir folder;
        files.backUp(folder.filePath("copy.db"));
        QTRY_COMPARE(messages.size(), 1);
        const auto message = messages[0][0].value<Message>();
        QVERIFY2(message.tone == Tone::Good, qPrintable(message.text + message.detail));
        auto copy = storage::Database::open(folder.filePath("copy.db").toStdString(),
                                            storage::Database::Access::ReadOnly);
        QVERIFY(copy.has_value());
        QVERIFY(storage::RunRepository(*copy).find("one").has_value());
        files.backUp(folder.filePath("no/where.db"));
        QTRY_COMPARE(messages.size(), 2);
        QVERIFY(messages[1][0].value<Message>().tone == Tone::Bad);
    }

    void anotherHistoryIsTakenIn()
    {
        TestHistory theirs;
        theirs.playRun("of another machine", {});
        theirs.makeRun("waits");
        TestHistory history;
        history.playRun("one", {});
        HistoryFiles files(history.library(), nullptr);
        QSignalSpy messages(&files, &HistoryFiles::messageRaised);
        files.merge(QString::fromStdString(theirs.file().string()));
        QTRY_COMPARE(messages.size(), 1);
        const auto message = messages[0][0].value<Message>();
        QCOMPARE(message.text, QString("1 run(s) are taken in."));
        QCOMPARE(message.detail, QString("1 run(s) that wait or are on there are left out."));
        QTRY_COMPARE(history.library().runs().size(), std::size_t(2));
    }
};

QTEST_MAIN(HistoryFilesTest)
#include "history_files_test.moc"
