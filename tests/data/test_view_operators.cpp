// SPDX-License-Identifier: GPL-3.0-or-later
// Each step of a view against the bytes that torchvision's transforms on PIL images give.
#include "tests/support/safetensors_reader.h"
#include "training/data/resample.h"
#include "training/data/view_operators.h"

#include <QTest>

#include <fstream>

using namespace mocoscope::training;
using namespace mocoscope::testing;

class TestViewOperators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void operatorsMatchPil_data();
    void operatorsMatchPil();
    void resizedCropMatchesPil_data();
    void resizedCropMatchesPil();
    void normalisedMatchesTorchvision();
    void mirroredIsBackToFront();
    void wideBlurIsTheClampedDefinition_data();
    void wideBlurIsTheClampedDefinition();

private:
    [[nodiscard]] PlanarImage reference() const;
    std::map<std::string, StoredTensor> m_golden;
    nlohmann::json m_facts;
};

namespace {

PlanarImage planesOf(const StoredTensor& tensor)
{
    PlanarImage image;
    image.resize(static_cast<int>(tensor.shape.at(1)), static_cast<int>(tensor.shape.at(0)));
    for (std::size_t i = 0; i < tensor.bytes.size(); ++i) {
        image.plane(i % 3)[i / 3] = tensor.bytes[i];
    }
    return image;
}

std::vector<std::uint8_t> bytesOf(const PlanarImage& image, bool mirrored = false)
{
    std::vector<std::uint8_t> bytes(3 * image.pixels());
    writeRgb(image, mirrored, bytes.data());
    return bytes;
}

void applyNamed(PlanarImage& image, const std::string& name)
{
    const auto split = name.find('_');
    const std::string step = name.substr(0, name == "gaussian_blur" ? name.size() : split);
    const double value
        = split == std::string::npos ? 0 : std::strtod(name.c_str() + name.rfind('_') + 1, nullptr);
    if (step == "brightness") {
        adjustBrightness(image, value);
    } else if (step == "contrast") {
        adjustContrast(image, value);
    } else if (step == "saturation") {
        adjustSaturation(image, value);
    } else if (step == "hue") {
        adjustHue(image, value);
    } else if (step == "gaussian") {
        GaussianBlur().apply(image, value);
    } else if (step == "solarize") {
        solarize(image);
    } else {
        makeGrey(image);
    }
}

/// Three clamped passes in each direction, straight from the definition.
std::vector<std::uint8_t> slowBlur(const std::vector<std::uint8_t>& plane, int width, int height,
                                   int radius, std::uint32_t near, std::uint32_t far)
{
    auto in = plane;
    auto out = plane;
    for (int pass = 0; pass < 6; ++pass) {
        const bool across = pass < 3;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const auto at = [&](int d) {
                    const int column = across ? std::clamp(x + d, 0, width - 1) : x;
                    const int row = across ? y : std::clamp(y + d, 0, height - 1);
                    return std::uint32_t {in[static_cast<std::size_t>(row * width + column)]};
                };
                std::uint32_t sum = 0;
                for (int d = -radius; d <= radius; ++d) {
                    sum += at(d);
                }
                out[static_cast<std::size_t>(y * width + x)] = static_cast<std::uint8_t>(
                    (sum * near + (at(-radius - 1) + at(radius + 1)) * far + (1U << 23)) >> 24);
            }
        }
        std::swap(in, out);
    }
    return in;
}

} // namespace

void TestViewOperators::initTestCase()
{
    m_golden = readSafetensors(goldenFolder() / "augment.safetensors");
    std::ifstream file(goldenFolder() / "augment.json");
    m_facts = nlohmann::json::parse(file);
    QVERIFY(m_golden.contains("image"));
}

PlanarImage TestViewOperators::reference() const
{
    return planesOf(m_golden.at("image"));
}

void TestViewOperators::operatorsMatchPil_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& [name, tensor] : m_golden) {
        const bool other = name == "image" || name == "normalized_chw" || name == "hflip"
            || name.starts_with("resized_crop");
        if (!other) {
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }
}

void TestViewOperators::operatorsMatchPil()
{
    QFETCH(QString, name);
    PlanarImage image = reference();
    applyNamed(image, name.toStdString());
    QVERIFY(bytesOf(image) == m_golden.at(name.toStdString()).bytes);
}

void TestViewOperators::resizedCropMatchesPil_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& entry : m_facts["hyperparameters"]["resized_crop"].items()) {
        QTest::newRow(entry.key().c_str()) << QString::fromStdString(entry.key());
    }
}

void TestViewOperators::resizedCropMatchesPil()
{
    QFETCH(QString, name);
    const auto& crop = m_facts["hyperparameters"]["resized_crop"][name.toStdString()];
    const int width = crop["width"];
    const int height = crop["height"];
    const int size = crop["out"];
    auto source = m_golden.at("image");
    const std::ptrdiff_t stride = 3 * source.shape.at(1);
    source.bytes.push_back(0); // the resampler reads one byte behind
    const RgbRows rows {source.bytes.data() + crop["top"].get<int>() * stride
                            + 3 * crop["left"].get<int>(),
                        stride};
    PlanarImage result;
    Resampler resampler;
    resampler.run(rows, {width, 0, static_cast<double>(width), size, 0, size},
                  {height, 0, static_cast<double>(height), size, 0, size}, result);
    QVERIFY(bytesOf(result) == m_golden.at(name.toStdString()).bytes);
}

void TestViewOperators::normalisedMatchesTorchvision()
{
    const PlanarImage image = reference();
    std::vector<float> values(3 * image.pixels());
    writeNormalised(image, false, values.data());
    QVERIFY(values == m_golden.at("normalized_chw").values<float>());
}

void TestViewOperators::mirroredIsBackToFront()
{
    const PlanarImage image = reference();
    QVERIFY(bytesOf(image, true) == m_golden.at("hflip").bytes);
    std::vector<float> mirrored(3 * image.pixels());
    writeNormalised(image, true, mirrored.data());
    std::vector<float> expected(mirrored.size());
    writeNormalised(planesOf(m_golden.at("hflip")), false, expected.data());
    QVERIFY(mirrored == expected);
}

void TestViewOperators::wideBlurIsTheClampedDefinition_data()
{
    QTest::addColumn<double>("sigma");
    QTest::addColumn<int>("width");
    QTest::newRow("wider than three pixels") << 4.0 << 90;
    QTest::newRow("wider than the image") << 40.0 << 20;
    QTest::newRow("one pixel wide") << 1.5 << 1;
}

void TestViewOperators::wideBlurIsTheClampedDefinition()
{
    QFETCH(double, sigma);
    QFETCH(int, width);
    PlanarImage image;
    image.resize(width, 31);
    const PlanarImage source = reference();
    std::copy_n(source.plane(0), 3 * image.pixels(), image.plane(0));
    const std::vector<std::uint8_t> before(image.plane(0), image.plane(0) + image.pixels());
    GaussianBlur().apply(image, sigma);

    const double variance = sigma * sigma / 3;
    const double whole = std::floor((std::sqrt(12 * variance + 1) - 1) / 2);
    const double part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance)
        / (6 * (variance - (whole + 1) * (whole + 1)));
    const int radius = static_cast<int>(whole + part);
    const auto near = static_cast<std::uint32_t>(static_cast<float>(1 << 24)
                                                 / (static_cast<float>(whole + part) * 2 + 1));
    const std::uint32_t far = ((1U << 24) - static_cast<std::uint32_t>(2 * radius + 1) * near) / 2;
    const auto expected = slowBlur(before, width, 31, radius, near, far);
    int worst = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        worst = std::max(worst, std::abs(int {expected[i]} - int {image.plane(0)[i]}));
    }
    QVERIFY2(worst <= 1, "differs by more than the rounding of the radius");
}

QTEST_GUILESS_MAIN(TestViewOperators)
#include "test_view_operators.moc"
