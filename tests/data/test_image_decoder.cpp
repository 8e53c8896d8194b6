// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"
#include "training/data/image_decoder.h"
#include "training/data/philox.h"

#include <QTest>

#include <cstring>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestImageDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losslessFormatsAreExact_data();
    void losslessFormatsAreExact();
    void variantsBecomeRgb_data();
    void variantsBecomeRgb();
    void jpegVariantsAreClose_data();
    void jpegVariantsAreClose();
    void orientationIsApplied_data();
    void orientationIsApplied();
    void partsEqualTheWhole_data();
    void partsEqualTheWhole();
    void reductionRespectsTheSmallestSide();
    void truncatedFilesAreRefused_data();
    void truncatedFilesAreRefused();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void memoryIsUsedAgain();
};

namespace {

Result<DecodedImage> decodeAll(const Bytes& file, int minSide = 0)
{
    DecodedPart part;
    part.encoded = file;
    return decodeImage(wholeImage(minSide), part).map([&] { return toImage(part); });
}

/// The largest difference of two images, 999 where their sizes differ.
int worstDifference(const DecodedImage& a, const DecodedImage& b)
{
    if (a.width != b.width || a.height != b.height || a.rgb.size() != b.rgb.size()) {
        return 999;
    }
    int worst = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i) {
        worst = std::max(worst, std::abs(int {a.rgb[i]} - int {b.rgb[i]}));
    }
    return worst;
}

DecodedImage greyed(DecodedImage image)
{
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
        image.rgb[i] = image.rgb[i - i % 3];
    }
    return image;
}

QString reasonOf(const Bytes& file)
{
    const auto image = decodeAll(file);
    return image ? QString() : QString::fromStdString(image.error().message);
}

Bytes headerOnly(std::initializer_list<int> bytes)
{
    Bytes file;
    for (const int byte : bytes) {
        file.push_back(static_cast<std::uint8_t>(byte));
    }
    file.resize(200);
    return file;
}

/// An 8-bit BMP: a table of four colours and one byte a pixel.
Bytes paletteBmp()
{
    Bytes file = headerOnly({'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 70, 0, 0, 0, 40,
                             0,   0,   0, 4, 0, 0, 0, 1, 0, 0, 0,  1, 0, 8, 0});
    file[46] = 4; // colours used
    const Bytes colours {0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 9, 8, 7, 0};
    std::copy(colours.begin(), colours.end(), file.begin() + 54);
    for (int i = 0; i < 4; ++i) {
        file[70 + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
    }
    file.resize(74);
    return file;
}

} // namespace

void TestImageDecoder::losslessFormatsAreExact_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {".png", ".webp", ".bmp", ".tif"}) {
        QTest::newRow(ending) << ending;
    }
}

void TestImageDecoder::losslessFormatsAreExact()
{
    QFETCH(QString, ending);
    const DecodedImage picture = makePicture(61, 43);
    const auto image = decodeAll(makeOther(picture, ending.toStdString()));
    QVERIFY(image.has_value());
    QCOMPARE(worstDifference(*image, picture), 0);
}

void TestImageDecoder::variantsBecomeRgb_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<int>("variant");
    for (const char* ending : {".png", ".tif"}) {
        const auto row = [&](const char* name, Variant variant) {
            QTest::addRow("%s %s", ending, name) << ending << static_cast<int>(variant);
        };
        row("grey", Variant::Grey);
        row("grey 16 bit", Variant::Grey16);
        row("colour 16 bit", Variant::Colour16);
        row("alpha", Variant::Alpha);
    }
    QTest::newRow(".webp alpha") << ".webp" << static_cast<int>(Variant::Alpha);
    QTest::newRow(".bmp alpha") << ".bmp" << static_cast<int>(Variant::Alpha);
    QTest::newRow(".bmp palette") << "palette" << 0;
}

void TestImageDecoder::variantsBecomeRgb()
{
    QFETCH(QString, ending);
    QFETCH(int, variant);
    if (ending == "palette") {
        const auto image = decodeAll(paletteBmp());
        QVERIFY(image.has_value());
        const Bytes expected {255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 8, 9};
        QVERIFY(image->rgb == expected);
        return;
    }
    const auto kind = static_cast<Variant>(variant);
    const DecodedImage picture = makePicture(40, 30);
    const bool isGrey = kind == Variant::Grey || kind == Variant::Grey16;
    const auto image = decodeAll(makeVariant(picture, ending.toStdString(), kind));
    QVERIFY(image.has_value());
    const bool isWide = kind == Variant::Grey16 || kind == Variant::Colour16; // may be rounded
    QVERIFY(worstDifference(*image, isGrey ? greyed(picture) : picture) <= (isWide ? 1 : 0));
}

void TestImageDecoder::jpegVariantsAreClose_data()
{
    QTest::addColumn<bool>("progressive");
    QTest::addColumn<bool>("grey");
    QTest::addColumn<bool>("cmyk");
    QTest::newRow("plain") << false << false << false;
    QTest::newRow("progressive") << true << false << false;
    QTest::newRow("grey") << false << true << false;
    QTest::newRow("cmyk") << false << false << true;
}

void TestImageDecoder::jpegVariantsAreClose()
{
    JpegOptions options;
    QFETCH(bool, progressive);
    QFETCH(bool, grey);
    QFETCH(bool, cmyk);
    options.progressive = progressive;
    options.grey = grey;
    options.cmyk = cmyk;
    options.quality = 100;
    options.sampling = 1;
    const DecodedImage picture = makePicture(64, 48);
    const auto image = decodeAll(makeJpeg(picture, options));
    QVERIFY(image.has_value());
    QVERIFY(worstDifference(*image, grey ? greyed(picture) : picture) <= 6);
}

void TestImageDecoder::orientationIsApplied_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<int>("cornerX"); // where the stored image's upper left corner has to go
    QTest::addColumn<int>("cornerY");
    QTest::addColumn<bool>("sideways");
    QTest::newRow("1") << 1 << 0 << 0 << false;
    QTest::newRow("2 mirrored") << 2 << 1 << 0 << false;
    QTest::newRow("3 upside down") << 3 << 1 << 1 << false;
    QTest::newRow("4 flipped") << 4 << 0 << 1 << false;
    QTest::newRow("5 transposed") << 5 << 0 << 0 << true;
    QTest::newRow("6 turned right") << 6 << 1 << 0 << true;
    QTest::newRow("7 transversed") << 7 << 1 << 1 << true;
    QTest::newRow("8 turned left") << 8 << 0 << 1 << true;
    QTest::newRow("9 is nonsense") << 9 << 0 << 0 << false;
}

void TestImageDecoder::orientationIsApplied()
{
    QFETCH(int, orientation);
    QFETCH(int, cornerX);
    QFETCH(int, cornerY);
    QFETCH(bool, sideways);
    DecodedImage picture {48, 32, Bytes(48 * 32 * 3, 20)};
    for (std::size_t y = 0; y < 8; ++y) {
        std::fill_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(y * 48 * 3), 8 * 3,
                    std::uint8_t {240});
    }
    JpegOptions options;
    options.orientation = orientation;
    DecodedPart part;
    part.encoded = makeJpeg(picture, options);
    QSize planned;
    const auto plan = [&](int width, int height) {
        planned = QSize(width, height);
        return PartRequest {{0, 0, width, height}, 1};
    };
    QVERIFY(decodeImage(plan, part).has_value());
    const QSize expected = sideways ? QSize(32, 48) : QSize(48, 32);
    QCOMPARE(planned, expected);
    QCOMPARE(QSize(part.rect.width, part.rect.height), expected);
    const int x = cornerX == 0 ? 2 : expected.width() - 3;
    const int y = cornerY == 0 ? 2 : expected.height() - 3;
    QVERIFY(part.rgb[static_cast<std::size_t>(3 * (y * expected.width() + x))] > 200);
}

void TestImageDecoder::partsEqualTheWhole_data()
{
    QTest::addColumn<int>("sampling");
    QTest::addColumn<bool>("progressive");
    QTest::addColumn<int>("reduction");
    for (const int sampling : {1, 2}) {
        for (const bool progressive : {false, true}) {
            for (const int reduction : {1, 2, 4, 8}) {
                QTest::addRow("sampling %d %s 1/%d", sampling,
                              progressive ? "progressive" : "baseline", reduction)
                    << sampling << progressive << reduction;
            }
        }
    }
}

void TestImageDecoder::partsEqualTheWhole()
{
    QFETCH(int, sampling);
    QFETCH(bool, progressive);
    QFETCH(int, reduction);
    constexpr int width = 301;
    constexpr int height = 203;
    JpegOptions options;
    options.sampling = sampling;
    options.progressive = progressive;
    DecodedPart whole;
    whole.encoded = makeJpeg(makePicture(width, height), options);
    DecodedPart part;
    part.encoded = whole.encoded;
    QVERIFY(decodeImage(
                [&](int w, int h) {
                    return PartRequest {{0, 0, w, h}, reduction};
                },
                whole)
                .has_value());
    RandomStream random(1, 0, 0, RandomUse::Order);
    const auto below = [&](int bound) { return static_cast<int>(random.below(bound)); };
    for (int i = 0; i < 40; ++i) {
        PixelRect wanted {below(width), below(height), 0, 0};
        wanted.width = 1 + below(width - wanted.x);
        wanted.height = 1 + below(height - wanted.y);
        QVERIFY(decodeImage(
                    [&](int, int) {
                        return PartRequest {wanted, reduction};
                    },
                    part)
                    .has_value());
        const int right = (wanted.x + wanted.width + reduction - 1) / reduction;
        const int bottom = (wanted.y + wanted.height + reduction - 1) / reduction;
        const int left = wanted.x / reduction;
        QVERIFY(part.rect.x <= left && part.rect.x + part.rect.width >= right);
        for (int y = wanted.y / reduction; y < bottom; ++y) {
            const std::uint8_t* expected
                = whole.rgb.data() + 3 * (static_cast<std::ptrdiff_t>(y) * whole.rect.width + left);
            const std::uint8_t* actual = part.rgb.data()
                + 3
                    * (static_cast<std::ptrdiff_t>(y - part.rect.y) * part.rect.width + left
                       - part.rect.x);
            QCOMPARE(std::memcmp(expected, actual, static_cast<std::size_t>(3 * (right - left))),
                     0);
        }
    }
}

void TestImageDecoder::reductionRespectsTheSmallestSide()
{
    const Bytes file = makeJpeg(makePicture(400, 300));
    const auto sizeFor = [&](int minSide) {
        const auto image = decodeAll(file, minSide);
        return image ? QSize(image->width, image->height) : QSize();
    };
    QCOMPARE(sizeFor(0), QSize(400, 300));
    QCOMPARE(sizeFor(151), QSize(400, 300));
    QCOMPARE(sizeFor(150), QSize(200, 150));
    QCOMPARE(sizeFor(75), QSize(100, 75));
    QCOMPARE(sizeFor(1), QSize(50, 38));
}

void TestImageDecoder::truncatedFilesAreRefused_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<double>("kept");
    for (const QString ending : {".jpg", ".png", ".webp", ".bmp", ".tif"}) {
        for (const double kept : {0.02, 0.5, 0.9}) {
            QTest::newRow(qPrintable(QString("%1 %2").arg(ending).arg(kept))) << ending << kept;
        }
    }
}

void TestImageDecoder::truncatedFilesAreRefused()
{
    QFETCH(QString, ending);
    QFETCH(double, kept);
    const DecodedImage picture = makePicture(120, 90);
    Bytes file = ending == ".jpg" ? makeJpeg(picture) : makeOther(picture, ending.toStdString());
    QVERIFY(reasonOf(file).isEmpty());
    file.resize(static_cast<std::size_t>(kept * static_cast<double>(file.size())));
    QVERIFY(!reasonOf(file).isEmpty());
}

void TestImageDecoder::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const Bytes& bytes, const char* reason) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                          static_cast<qsizetype>(bytes.size()))
                            << reason;
    };
    row("empty", {}, "empty");
    row("text", {'h', 'e', 'l', 'l', 'o'}, "not a JPEG");
    row("jpeg magic", {0xFF, 0xD8, 0xFF, 0xFF}, "damaged JPEG");
    row("huge png", headerOnly({0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                                'I',  'H', 'D', 'R', 0x7F, 0,    0,    0,    0x7F, 0, 0, 0}),
        "200 million");
    row("huge bmp", headerOnly({'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0,
                                0,   40,  0, 0, 0, 0, 0, 1, 0, 0, 0,  1, 0}),
        "200 million");
    row("huge webp",
        headerOnly({'R', 'I', 'F', 'F', 0, 1, 0, 0, 'W', 'E',  'B',  'P',  'V',  'P',  '8',
                    'X', 10,  0,   0,   0, 0, 0, 0, 0,   0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}),
        "200 million");
    row("tiff without pixels", headerOnly({'I', 'I', 42, 0, 8, 0, 0, 0}), "no pixels");
}

void TestImageDecoder::nonsenseIsRefused()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, reason);
    const QString given = reasonOf(Bytes(file.begin(), file.end()));
    QVERIFY2(given.contains(reason), qPrintable(given));
}

void TestImageDecoder::memoryIsUsedAgain()
{
    DecodedPart part;
    part.encoded = makeJpeg(makePicture(200, 100));
    QVERIFY(decodeImage(wholeImage(0), part).has_value());
    const std::uint8_t* memory = part.rgb.data();
    part.encoded = makeJpeg(makePicture(90, 60));
    QVERIFY(decodeImage(wholeImage(0), part).has_value());
    QCOMPARE(part.rgb.data(), memory);
}

QTEST_GUILESS_MAIN(TestImageDecoder)
#include "test_image_decoder.moc"
