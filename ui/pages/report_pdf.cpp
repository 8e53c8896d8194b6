// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report_pdf.h"

#include "storage/exchange/output_file.h"
#include "storage/exchange/report.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QLocale>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <QTextOption>
#include <QThread>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace mocoscope::ui {

namespace {

constexpr int pictureObject = QTextFormat::UserObject + 1;
constexpr int pictureProperty = QTextFormat::UserProperty + 1;
constexpr double dotsOfAnInch = 96; // what a unit of the pictures is measured in
constexpr double widestPicture = 620; // fits between the margins of A4 and of Letter
constexpr int dotsOfPrint = 1200;

/// Draws pictures as paths, where QTextDocument itself would draw their pixels.
class PictureDrawer final : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    explicit PictureDrawer(const std::vector<std::string>& pictures)
    {
        for (const std::string& picture : pictures) {
            m_pictures.push_back(
                std::make_unique<QSvgRenderer>(QByteArray::fromStdString(picture)));
        }
    }
    [[nodiscard]] bool has(int picture) const
    {
        return picture >= 0 && picture < static_cast<int>(m_pictures.size());
    }
    QSizeF intrinsicSize(QTextDocument* document, int /*position*/,
                         const QTextFormat& format) override
    {
        const QSizeF size = rendererOf(format).viewBoxF().size();
        const QPaintDevice* device = document->documentLayout()->paintDevice();
        const double scale = (device ? device->logicalDpiX() : dotsOfAnInch) / dotsOfAnInch;
        return size * (scale * std::min(1.0, widestPicture / size.width()));
    }
    void drawObject(QPainter* painter, const QRectF& place, QTextDocument* /*document*/,
                    int /*position*/, const QTextFormat& format) override
    {
        rendererOf(format).render(painter, place);
    }

private:
    [[nodiscard]] QSvgRenderer& rendererOf(const QTextFormat& format) const
    {
        return *m_pictures[static_cast<std::size_t>(format.intProperty(pictureProperty))];
    }
    std::vector<std::unique_ptr<QSvgRenderer>> m_pictures;
};

/// Position and number of each picture that the text refers to.
std::vector<std::pair<int, int>> referencesIn(const QTextDocument& document)
{
    std::vector<std::pair<int, int>> references;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            const QTextImageFormat format = fragment.charFormat().toImageFormat();
            if (!format.isValid() || !format.name().startsWith(QStringLiteral("picture:"))) {
                continue;
            }
            for (int i = 0; i < fragment.length(); ++i) {
                references.emplace_back(fragment.position() + i, format.name().mid(8).toInt());
            }
        }
    }
    return references;
}

void putPictures(QTextDocument& document, PictureDrawer& drawer)
{
    document.documentLayout()->registerHandler(pictureObject, &drawer);
    for (const auto& [position, picture] : referencesIn(document)) {
        QTextCursor cursor(&document);
        cursor.setPosition(position);
        cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
        QTextCharFormat format;
        if (drawer.has(picture)) {
            format.setObjectType(pictureObject);
            format.setProperty(pictureProperty, picture);
            cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
        }
    }
}

QByteArray pdfOf(const storage::Report& report)
{
    const storage::PrintedReport printed = storage::printedReport(report);
    PictureDrawer drawer(printed.pictures);
    QTextDocument document;
    QTextOption option = document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    document.setHtml(QString::fromStdString(printed.html));
    putPictures(document, drawer);

    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(QString::fromStdString(report.title));
    writer.setCreator(QStringLiteral("Mocoscope"));
    writer.setResolution(dotsOfPrint);
    const bool isLetter = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    writer.setPageSize(QPageSize(isLetter ? QPageSize::Letter : QPageSize::A4));
    writer.setPageMargins({}); // print() leaves two centimetres
    document.print(&writer);
    return bytes;
}

} // namespace

storage::Result<void> writeReportPdf(const storage::Report& report,
                                     const std::filesystem::path& file)
{
    // Qt's layout of texts starts timers, which it does in its own threads only.
    QByteArray bytes;
    const std::unique_ptr<QThread> thread(QThread::create([&] { bytes = pdfOf(report); }));
    thread->start();
    thread->wait();
    return storage::writeFile(file, [&bytes](std::ostream& out) {
        out.write(bytes.constData(), static_cast<std::streamsize>(bytes.size()));
    });
}

} // namespace mocoscope::ui

#include "report_pdf.moc"
