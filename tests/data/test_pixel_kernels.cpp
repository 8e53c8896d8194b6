// SPDX-License-Identifier: GPL-3.0-or-later
// All instruction sets give the same bytes, and hue is right for every pixel that there is.
#include "training/data/philox.h"
#include "training/data/pixel_kernels.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace mocoscope::training;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes noise(std::size_t count, std::int64_t sample)
{
    RandomStream random(1, 0, sample, RandomUse::Order);
    Bytes bytes(count);
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(random.below(256));
    }
    return bytes;
}

struct Hsv
{
    int hue, saturation, value;
};

int cut(double value)
{
    return std::clamp(static_cast<int>(value), 0, 255);
}

/// In double precision where PIL has it.
Hsv slowHsv(int red, int green, int blue)
{
    const int largest = std::max({red, green, blue});
    const int smallest = std::min({red, green, blue});
    if (largest == smallest) {
        return {0, 0, largest};
    }
    const auto range = static_cast<float>(largest - smallest);
    const float saturation = range / static_cast<float>(largest);
    const double redPart = static_cast<float>(largest - red) / range;
    const double greenPart = static_cast<float>(largest - green) / range;
    const double bluePart = static_cast<float>(largest - blue) / range;
    double sixths = 4.0 + greenPart - redPart;
    if (red == largest) {
        sixths = bluePart - greenPart;
    } else if (green == largest) {
        sixths = 2.0 + redPart - bluePart;
    }
    const auto turn
        = static_cast<float>(std::fmod(double {static_cast<float>(sixths)} / 6.0 + 1.0, 1.0));
    return {cut(double {turn} * 255.0), cut(double {saturation} * 255.0), largest};
}

std::array<int, 3> slowRgb(const Hsv& hsv)
{
    if (hsv.saturation == 0) {
        return {hsv.value, hsv.value, hsv.value};
    }
    const double position = hsv.hue * 6.0 / 255.0;
    const int sextant = static_cast<int>(std::floor(position));
    const auto rest = static_cast<float>(position - sextant);
    const auto colour = static_cast<float>(hsv.saturation / 255.0);
    const int p = cut(std::round(hsv.value * (1.0 - double {colour})));
    const int q = cut(std::round(hsv.value * (1.0 - double {colour * rest})));
    const int t = cut(std::round(hsv.value * (1.0 - double {colour} * (1.0 - double {rest}))));
    const int v = hsv.value;
    const std::array<std::array<int, 3>, 6> table {
        {{v, t, p}, {q, v, p}, {p, v, t}, {p, q, v}, {t, p, v}, {v, p, q}}};
    return table[static_cast<std::size_t>(sextant % 6)];
}

} // namespace

class TestPixelKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHueIsExact_data();
    void everyHueIsExact();
    void instructionSetsAgree_data();
    void instructionSetsAgree();
    void instructionSetsAgreeOnResampling_data() { instructionSetsAgree_data(); }
    void instructionSetsAgreeOnResampling();
};

void TestPixelKernels::everyHueIsExact_data()
{
    QTest::addColumn<int>("shift");
    QTest::newRow("none") << 0;
    QTest::newRow("back") << 231;
}

/// One pass over red and green for some blues, and all hues, saturations and values occur.
void TestPixelKernels::everyHueIsExact()
{
    QFETCH(int, shift);
    for (int blue = 0; blue < 256; blue += 5) {
        Bytes red(65536);
        Bytes green(65536);
        Bytes blues(65536, static_cast<std::uint8_t>(blue));
        for (std::size_t i = 0; i < red.size(); ++i) {
            red[i] = static_cast<std::uint8_t>(i & 255U);
            green[i] = static_cast<std::uint8_t>(i >> 8U);
        }
        pixelKernels().shiftHue(red.data(), green.data(), blues.data(), red.size(),
                                static_cast<std::uint8_t>(shift));
        for (std::size_t i = 0; i < red.size(); ++i) {
            Hsv hsv = slowHsv(static_cast<int>(i & 255U), static_cast<int>(i >> 8U), blue);
            hsv.hue = (hsv.hue + shift) & 255;
            const std::array<int, 3> expected = slowRgb(hsv);
            if (expected != std::array<int, 3> {red[i], green[i], blues[i]}) {
                QFAIL(qPrintable(QStringLiteral("pixel %1, blue %2").arg(i).arg(blue)));
            }
        }
    }
}

void TestPixelKernels::instructionSetsAgree_data()
{
    QTest::addColumn<int>("kernel");
    const auto all = allPixelKernels();
    for (std::size_t i = 0; i < all.size(); ++i) {
        QTest::newRow(all[i]->name) << static_cast<int>(i);
    }
}

void TestPixelKernels::instructionSetsAgree()
{
    QFETCH(int, kernel);
    const PixelKernels& tested = *allPixelKernels()[static_cast<std::size_t>(kernel)];
    const PixelKernels& plain = *allPixelKernels().back();
    constexpr std::size_t count = 1013;
    const Bytes source = noise(3 * count, 1);
    const auto inPlace = [&](auto&& apply) {
        Bytes bytes = source;
        apply(bytes.data(), bytes.data() + count, bytes.data() + 2 * count);
        return bytes;
    };
    using Byte = std::uint8_t;
    for (const float factor : {0.0F, 0.6F, 1.37F}) {
        const auto grey = [&](const PixelKernels& k) {
            return inPlace([&](Byte* r, Byte* g, Byte* b) { k.blendGrey(r, g, b, count, factor); });
        };
        const auto constant = [&](const PixelKernels& k) {
            return inPlace(
                [&](Byte* r, Byte*, Byte*) { k.blendConstant(r, 3 * count, 97, factor); });
        };
        QVERIFY(grey(tested) == grey(plain));
        QVERIFY(constant(tested) == constant(plain));
    }
    const auto hue = [&](const PixelKernels& k) {
        return inPlace([&](Byte* r, Byte* g, Byte* b) { k.shiftHue(r, g, b, count, 17); });
    };
    QVERIFY(hue(tested) == hue(plain));
    for (int radius = 0; radius < 5; ++radius) {
        const auto width = static_cast<std::uint32_t>(2 * radius + 1);
        const BlurBox box {radius, (1U << 24) / (width + 1), ((1U << 24) / (width + 1)) / 2};
        Bytes expected(count);
        Bytes actual(count);
        plain.blurRow(source.data() + 10, box, count, expected.data());
        tested.blurRow(source.data() + 10, box, count, actual.data());
        QVERIFY(expected == actual);
        std::vector<const Byte*> rows;
        for (int k = 0; k < 2 * radius + 3; ++k) {
            rows.push_back(source.data() + 100 * k);
        }
        plain.blurColumn(rows.data(), box, count, expected.data());
        tested.blurColumn(rows.data(), box, count, actual.data());
        QVERIFY(expected == actual);
    }
}

void TestPixelKernels::instructionSetsAgreeOnResampling()
{
    QFETCH(int, kernel);
    const PixelKernels& tested = *allPixelKernels()[static_cast<std::size_t>(kernel)];
    const PixelKernels& plain = *allPixelKernels().back();
    constexpr std::size_t count = 1013;
    const Bytes source = noise(3 * count, 1);
    using Byte = std::uint8_t;
    for (int taps = 1; taps < 9; ++taps) {
        std::vector<std::int32_t> weights(static_cast<std::size_t>(taps) * 50, (1 << 22) / taps);
        std::vector<std::int32_t> first(50);
        std::iota(first.begin(), first.end(), 3);
        constexpr int rowCount = 7;
        constexpr std::ptrdiff_t pitch = 3 * 50 + 1;
        Bytes expected(rowCount * pitch);
        Bytes actual(rowCount * pitch);
        const ResampleTaps plan {weights.data(), first.data(), taps, 50};
        plain.resampleRows(source.data(), 311, rowCount, plan, expected.data(), pitch);
        tested.resampleRows(source.data(), 311, rowCount, plan, actual.data(), pitch);
        for (std::ptrdiff_t row = 0; row < rowCount; ++row) {
            const auto begin = expected.begin() + row * pitch;
            QVERIFY(std::equal(begin, begin + pitch - 1, actual.begin() + row * pitch));
        }
        std::vector<const Byte*> rows;
        for (int k = 0; k < taps; ++k) {
            rows.push_back(source.data() + 37 * k);
        }
        expected.resize(count);
        actual.resize(count);
        plain.resampleColumn(rows.data(), weights.data(), taps, count, expected.data());
        tested.resampleColumn(rows.data(), weights.data(), taps, count, actual.data());
        QVERIFY(expected == actual);
    }
}

QTEST_GUILESS_MAIN(TestPixelKernels)
#include "test_pixel_kernels.moc"
