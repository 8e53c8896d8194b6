// SPDX-License-Identifier: GPL-3.0-or-later
// The queries of docs/database.md do what the page says, and the page names what there is.
#include "storage/run_repository.h"
#include "storage/statement.h"
#include "tests/support/temp_database.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace mocoscope::storage;
using mocoscope::testing::TempDatabase;

namespace {

/// Columns divided by `|`, NULL as nothing, as the sqlite3 program prints them.
QStringList rowsOf(Database& database, const QString& sql, int columns)
{
    QStringList rows;
    Statement statement(database, sql.toStdString());
    while (statement.step()) {
        QStringList row;
        for (int column = 0; column < columns; ++column)
            row += QString::fromStdString(statement.text(column));
        rows += row.join('|');
    }
    return rows;
}

} // namespace

class TestSchemaDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void queriesAnswer_data();
    void queriesAnswer();
    void thePageNamesEveryTableAndColumn();

private:
    TempDatabase m_temp;
    QString m_page;
    QStringList m_queries;
};

void TestSchemaDocument::initTestCase()
{
    QFile file(qEnvironmentVariable("MOCOSCOPE_SOURCE_DIR") + "/docs/database.md");
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    m_page = QString::fromUtf8(file.readAll());
    static const QRegularExpression block("```sql\n(.*?)```",
                                          QRegularExpression::DotMatchesEverythingOption);
    for (auto found = block.globalMatch(m_page); found.hasNext();)
        m_queries += found.next().captured(1);
    QCOMPARE(m_queries.size(), 4);

    Database database = m_temp.open();
    RunRepository runs(database);
    QVERIFY(
        runs.create({"wide", "", R"({"model":{"width":384,"depth":4},"train":{"seed":1}})", {}}));
    QVERIFY(
        runs.create({"narrow", "", R"({"model":{"width":192,"depth":4},"train":{"seed":2}})", {}}));
    QVERIFY(database.execute(
        "UPDATE run SET best_knn_top1 = 40 + id, last_loss = 1.5, duration_ms = 7200000,"
        " started_at = 1700000000000;"
        "INSERT INTO metric_name (id, name) VALUES (1, 'grad/l2/norm'), (2, 'train/loss');"
        "INSERT INTO step_time VALUES (1, 0, 0, 0.0), (1, 1, 10, 0.5), (1, 2, 20, 1.0);"
        "INSERT INTO sweep VALUES (1, 's', 1, '{}');"
        "UPDATE run SET state = 'finished', sweep_id = 1, sweep_place = id, sweep_setting = 'hot';"
        "INSERT INTO run (uuid, name, state, created_at, updated_at, config_json, best_knn_top1,"
        " sweep_id, sweep_place, sweep_setting)"
        " VALUES ('u', 'c', 'finished', 1, 1, '{}', 43, 1, 3, 'cool'),"
        " ('v', 'w', 'stopped', 1, 1, '{}', 99, 1, 4, 'cool');"
        "INSERT INTO metric_row VALUES (1, 1, 0, 1.0), (1, 1, 1, 3.0), (1, 1, 2, NULL), (1, 2, 0, "
        "9)"));
}

void TestSchemaDocument::queriesAnswer_data()
{
    QTest::addColumn<int>("query");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("best runs") << 0
                               << QStringList {"4|w|99.0||0.0|", "3|c|43.0||0.0|",
                                               "2|narrow|42.0|1.5|2.0|2023-11-14 22:13:20",
                                               "1|wide|41.0|1.5|2.0|2023-11-14 22:13:20"};
    QTest::newRow("differences") << 1 << QStringList {"model.width|384|192", "train.seed|1|2"};
    QTest::newRow("seeds") << 3 << QStringList {"s|hot|2|41.5|0.71", "s|cool|1|43.0|"};
    QTest::newRow("gradients") << 2 << QStringList {"0|norm|2.0|3.0|0", "1|norm|||1"};
}

void TestSchemaDocument::queriesAnswer()
{
    QFETCH(int, query);
    QFETCH(QStringList, rows);
    const int columns = static_cast<int>(rows.front().count('|')) + 1;
    Database reader = m_temp.open(Database::Access::ReadOnly);
    QCOMPARE(rowsOf(reader, m_queries[query], columns), rows);

    const QString program = QStandardPaths::findExecutable("sqlite3");
    if (program.isEmpty())
        return; // the same was just asked through the C API
    QProcess process;
    process.start(program,
                  {"-readonly", QString::fromStdString(m_temp.file().string()), m_queries[query]});
    QVERIFY(process.waitForFinished());
    QCOMPARE(QString::fromUtf8(process.readAllStandardError()), QString());
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()).trimmed().split('\n'), rows);
}

void TestSchemaDocument::thePageNamesEveryTableAndColumn()
{
    Database reader = m_temp.open(Database::Access::ReadOnly);
    const QStringList columns
        = rowsOf(reader,
                 "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
                 " WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%'",
                 2);
    QVERIFY(columns.size() > 40);
    for (const QString& row : columns)
        for (const QString& name : row.split('|'))
            QVERIFY2(m_page.contains('`' + name + '`'), qPrintable(row));
}

QTEST_GUILESS_MAIN(TestSchemaDocument)
#include "test_schema_document.moc"
