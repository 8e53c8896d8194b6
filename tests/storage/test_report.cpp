// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorder_fixture.h"
#include "storage/exchange/html_text.h"
#include "storage/exchange/markdown_text.h"
#include "storage/exchange/report.h"
#include "storage/exchange/svg_plot.h"
#include "training/api/config_json.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include <cmath>
#include <limits>
#include <sstream>

using namespace mocoscope;
using namespace mocoscope::storage;
using mocoscope::testing::RecorderFixture;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// The points of all paths of the class `curve`, segment by segment.
QList<QList<QPointF>> segmentsOf(const std::string& svg)
{
    QXmlStreamReader xml(QString::fromStdString(svg));
    QList<QList<QPointF>> segments;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement() || !xml.attributes().value("class").startsWith(u"curve")) {
            continue;
        }
        const QString path = xml.attributes().value("d").toString();
        for (QString part : path.split('M', Qt::SkipEmptyParts)) {
            const QStringList numbers = part.remove(QRegularExpression("m-1.5.*"))
                                            .replace('L', ' ')
                                            .split(' ', Qt::SkipEmptyParts);
            QList<QPointF> points;
            for (qsizetype i = 0; i + 1 < numbers.size(); i += 2) {
                points.append({numbers[i].toDouble(), numbers[i + 1].toDouble()});
            }
            segments.append(points);
        }
    }
    if (xml.hasError()) {
        qFatal("%s", qPrintable(xml.errorString()));
    }
    return segments;
}

RunId makeRun(RecorderFixture& fixture, const std::string& name, std::int64_t seed, double lr)
{
    training::TrainingConfig config;
    config.optimizer.lr = lr;
    config.train.seed = seed;
    const RunId id = fixture.recorder
                         ->submit([&](Database& database) {
                             return RunRepository(database)
                                 .create({name, "demo", training::toJson(config), {}})
                                 .value()
                                 .id;
                         })
                         .get();
    const auto queue = fixture.recorder->record(id);
    queue->publish(training::StateChanged {training::RunState::Running, {}});
    queue->publish(testing::lossAndAccuracy());
    for (std::int64_t step = 0; step < 10; ++step) {
        queue->publish(testing::lossAt(step));
    }
    queue->publish(training::MetricBatch {10, 2.5, 5000, {{1, 50 + static_cast<double>(seed)}}});
    queue->publish(training::Incident {3, "spike", "patch_embed", "from <1> to 40"});
    queue->publish(training::Finished {10, false});
    queue->close();
    return id;
}

Report reportOn(RecorderFixture& fixture, const std::vector<RunId>& ids)
{
    if (!fixture.recorder->flush()) {
        qFatal("cannot be written");
    }
    std::vector<RunRecord> runs;
    for (const RunId id : ids) {
        runs.push_back(fixture.read(id));
    }
    return readReport(fixture.reader, runs, {{}, {}, 0}).value();
}

std::string reportOf(RecorderFixture& fixture, const std::vector<RunId>& ids)
{
    std::ostringstream out;
    writeReport(reportOn(fixture, ids), out);
    return out.str();
}

} // namespace

#define VERIFY_HAS(text, part) QVERIFY2((text).find(part) != std::string::npos, (text).c_str())

class TestReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notesAreMarkdown_data()
    {
        QTest::addColumn<QString>("notes");
        QTest::addColumn<QString>("html");
        const auto row = [](const char* notes, const char* html) {
            QTest::newRow(QByteArray(notes).left(60))
                << QString::fromUtf8(notes) << QString::fromUtf8(html);
        };
        row("# Why\ntoo *hot*, **far**\ntoo",
            "<h4>Why</h4>\n<p>too <em>hot</em>, <strong>far</strong>"
            "<br>\ntoo</p>\n");
        row("one\n\ntwo", "<p>one</p>\n<p>two</p>\n");
        row("- a\n- `b*c*`\n1. d",
            "<ul>\n<li>a</li>\n<li><code>b*c*</code></li>\n</ul>\n"
            "<ol>\n<li>d</li>\n</ol>\n");
        row("knn_top1 and lr_x, 2 * 3 * 4, a*", "<p>knn_top1 and lr_x, 2 * 3 * 4, a*</p>\n");
        row("_so_ and __so__", "<p><em>so</em> and <strong>so</strong></p>\n");
        row("[paper](https://arxiv.org/abs/2104.02057) [x](javascript:alert)",
            "<p><a href=\"https://arxiv.org/abs/2104.02057\">paper</a> "
            "<a>x</a></p>\n");
        row("[a](https://x\"onload=\"y)", "<p><a href=\"https://x%22onload=%22y\">a</a></p>\n");
        row(("![p](data:image/png;base64," + std::string(300'000, 'A') + ")").c_str(),
            "<p><img alt=\"p\"></p>\n");
        row("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        row("```\n# a <b>\n```", "<pre><code># a &lt;b&gt;\n</code></pre>\n");
        row("```\nnever closed", "<pre><code>never closed\n</code></pre>\n");
        row("\\*not\\* ** *", "<p>*not* ** *</p>\n");
        row("-1 % and #3", "<p>-1 % and #3</p>\n");
        row("", "");
    }
    void notesAreMarkdown()
    {
        QFETCH(QString, notes);
        QFETCH(QString, html);
        QCOMPARE(QString::fromStdString(markdownToHtml(notes.toStdString())), html);
    }

    void textIsEscaped()
    {
        QCOMPARE(escaped("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
        QCOMPARE(escaped("caf\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x98\x80"),
                 "caf\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x98\x80");
        QCOMPARE(escaped(std::string("a\0b\x1b\xff\xc3(", 7)),
                 "a?b??"
                 "?(");
    }

    /// 100,000 values on 760 units: the one spike and the one dip are there, and little else.
    void thinningHidesNoSpike()
    {
        Curve curve {"x", {}, {}};
        for (std::int64_t step = 0; step < 100'000; ++step) {
            curve.steps.push_back(step);
            curve.values.push_back(std::sin(static_cast<double>(step) * 1e-4));
        }
        curve.values[31'415] = 50;
        curve.values[70'000] = -50;
        const std::string svg = svgPlot("x", {{&curve, "r0", "hint <&>"}});
        QVERIFY(svg.size() < 60'000);
        const auto segments = segmentsOf(svg);
        QCOMPARE(segments.size(), 1);
        double highest = 1e9; // y grows downwards
        double lowest = -1e9;
        double before = -1;
        for (const QPointF& point : segments.front()) {
            QVERIFY(point.x() >= before);
            before = point.x();
            highest = std::min(highest, point.y());
            lowest = std::max(lowest, point.y());
        }
        // 4 % of the range are left free above and below, in a frame from 10 to 266.
        QVERIFY2(std::abs(highest - (10 + 256 * 0.04 / 1.08)) < 0.2,
                 qPrintable(QString::number(highest)));
        QVERIFY(std::abs(lowest - (266 - 256 * 0.04 / 1.08)) < 0.2);
        VERIFY_HAS(svg, "<title>hint &lt;&amp;&gt;</title>");
    }

    void gapsAndSingleValuesAreSeen()
    {
        const Curve curve {"x", {0, 1, 2, 3, 4}, {1, 2, notANumber, 3, notANumber}};
        const std::string svg = svgPlot("x", {{&curve, "r0", ""}});
        const auto segments = segmentsOf(svg);
        QCOMPARE(segments.size(), 2);
        QCOMPARE(segments[0].size(), 2);
        QCOMPARE(segments[1].size(), 1);
        VERIFY_HAS(svg, "m-1.5 0a1.5 1.5 0 1 0 3 0"); // has a length: is drawn everywhere
    }

    void oddRangesAreDrawn_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("flat") << QList<double> {2, 2, 2};
        QTest::newRow("zero") << QList<double> {0, 0};
        QTest::newRow("one") << QList<double> {-7};
        QTest::newRow("beyond the digits") << QList<double> {1e16, 1e16 + 2};
        QTest::newRow("tiny") << QList<double> {1e-300, 3e-300};
        QTest::newRow("huge") << QList<double> {-1e307, 1e307};
    }
    void oddRangesAreDrawn()
    {
        QFETCH(QList<double>, values);
        Curve curve {"x", {}, {values.begin(), values.end()}};
        for (qsizetype i = 0; i < values.size(); ++i) {
            curve.steps.push_back(i);
        }
        const std::string svg = svgPlot("x", {{&curve, "r0", ""}});
        for (const auto& segment : segmentsOf(svg)) {
            for (const QPointF& point : segment) {
                QVERIFY2(point.x() >= 64 && point.x() <= 748, svg.c_str());
                QVERIFY2(point.y() >= 10 && point.y() <= 266, svg.c_str());
            }
        }
        QVERIFY(svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos);
    }

    void nothingIsNoPlot()
    {
        const Curve none {"x", {0}, {notANumber}};
        QCOMPARE(svgPlot("x", {{&none, "r0", ""}}), "");
        QCOMPARE(svgPlot("x", {}), "");
    }

    void tellsAllOfTheRuns()
    {
        RecorderFixture fixture;
        const RunId one = makeRun(fixture, "calm <b>", 0, 0.1);
        const RunId two = makeRun(fixture, "calm, seed 1", 1, 0.1);
        const RunId hot = makeRun(fixture, "hot", 0, 0.5);
        QVERIFY(fixture.recorder
                    ->submit([&](Database& database) {
                        return RunRepository(database).setNotes(hot,
                                                                "line 1\n<script>line 2</script>");
                    })
                    .get()
                    .has_value());
        const std::string html = reportOf(fixture, {one, two, hot});
        VERIFY_HAS(html, "<title>calm &lt;b&gt;, calm, seed 1, hot</title>");
        VERIFY_HAS(html, "<td>optimizer.lr</td><td class=\"n\">0.1</td>");
        VERIFY_HAS(html, "<td class=\"n\">50.5 ± 0.71 (2)</td>"); // accuracy over seeds 0 and 1
        VERIFY_HAS(html, "line 1<br>\n&lt;script&gt;line 2");
        VERIFY_HAS(html, "from &lt;1&gt; to 40");
        VERIFY_HAS(html, "hot\noptimizer.lr = 0.5"); // what is shown over its curve
        VERIFY_HAS(html, "&quot;lr&quot;: 0.5"); // its configuration
        QVERIFY(html.find("<script") == std::string::npos);
        const QRegularExpression foreign("(src|href)=|url\\(|@import|https?:");
        QVERIFY(!foreign.match(QString::fromStdString(html)).hasMatch());
        QRegularExpression svg("<svg .*?</svg>", QRegularExpression::DotMatchesEverythingOption);
        int plots = 0;
        for (auto match = svg.globalMatch(QString::fromStdString(html)); match.hasNext();) {
            plots += segmentsOf(match.next().captured().toStdString()).size() == 3 ? 1 : 0;
        }
        QCOMPARE(plots, 2); // train/loss and eval/knn_top1, three curves each
    }

    void anAblationIsToldWhereABaselineIsShared()
    {
        RecorderFixture fixture;
        const RunId one = makeRun(fixture, "calm", 0, 0.1);
        const RunId two = makeRun(fixture, "calm, seed 1", 1, 0.1);
        const RunId hot = makeRun(fixture, "hot", 0, 0.5);
        const RunId hotter = makeRun(fixture, "hotter", 1, 0.5);
        const std::string html = reportOf(fixture, {one, two, hot, hotter});
        VERIFY_HAS(html, "Baseline: calm, calm, seed 1.");
        VERIFY_HAS(html, "<th class=\"n\">eval/knn_top1, last</th>");
        VERIFY_HAS(html,
                   "<td>(baseline)</td><td></td><td></td><td class=\"n\">50.5 ± 0.71 (2)</td>");
        VERIFY_HAS(html,
                   "<td>optimizer.lr</td><td>0.1</td><td>0.5</td><td class=\"n\">50.5 ± 0.71 (2)"
                   "</td><td class=\"n\">+0 ± 0</td>");
        // Seeds are no change, and one setting alone is no ablation.
        QVERIFY(reportOf(fixture, {one, two}).find("Ablation") == std::string::npos);
    }

    void onPaperPicturesStandAloneAndTablesAreNarrow()
    {
        RecorderFixture fixture;
        std::vector<RunId> runs;
        for (int i = 0; i < 8; ++i) {
            runs.push_back(makeRun(fixture, "run-" + std::to_string(i), 0, 0.1 * (i + 1)));
        }
        const PrintedReport printed = printedReport(reportOn(fixture, runs));
        QCOMPARE(printed.pictures.size(), std::size_t(8 + 2)); // marks, and two plots
        const QString html = QString::fromStdString(printed.html);
        QVERIFY(!html.contains("<svg") && !html.contains("<details"));
        for (int i = 0; i < 10; ++i) {
            QVERIFY(html.contains(QString("<img src=\"picture:%1\">").arg(i)));
        }
        const QRegularExpression row("<tr>.*</tr>");
        for (auto match = row.globalMatch(html); match.hasNext();) {
            QVERIFY(match.next().captured().count("<t") <= 1 + 9);
        }
        QCOMPARE(html.count("<td>optimizer.lr</td><td class=\"n\">"), 2); // four runs, then four
        for (const std::string& picture : printed.pictures) {
            QXmlStreamReader xml(QString::fromStdString(picture));
            while (!xml.atEnd()) {
                xml.readNext();
                QVERIFY(!xml.attributes().value("class").startsWith(u"curve"));
            }
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
            VERIFY_HAS(picture, "xmlns=\"http://www.w3.org/2000/svg\"");
            QVERIFY(picture.find("var(") == std::string::npos);
        }
        VERIFY_HAS(printed.pictures.back(), ">eval/knn_top1</text>");
    }

    void aSingleRunOfUnknownOptionsIsEnough()
    {
        RecorderFixture fixture;
        const RunId id = fixture.makeRun("bare");
        QVERIFY(fixture.recorder
                    ->submit([](Database& database) {
                        return database.execute("UPDATE run SET config_json = ''");
                    })
                    .get()
                    .has_value());
        const std::string html = reportOf(fixture, {id});
        VERIFY_HAS(html, "<h1>bare</h1>");
        QVERIFY(html.find("Options that differ") == std::string::npos);
        QVERIFY(html.find("Curves") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "test_report.moc"
