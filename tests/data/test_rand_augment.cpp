// SPDX-License-Identifier: GPL-3.0-or-later
// RandAugment's operations against the bytes that Pillow gives, and what is drawn at random.
#include "training/data/augment_operators.h"
#include "training/data/normal_draw.h"
#include "training/data/rand_augment.h"
#include "training/data/view_operators.h"

#include <QTest>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace mocoscope::training;

namespace {

PlanarImage planesOf(const std::vector<std::uint8_t>& rgb, int width, int height)
{
    PlanarImage image;
    image.resize(width, height);
    for (std::size_t i = 0; i < rgb.size(); ++i) {
        image.plane(i % 3)[i / 3] = rgb[i];
    }
    return image;
}

std::vector<std::uint8_t> bytesOf(const PlanarImage& image)
{
    std::vector<std::uint8_t> bytes(3 * image.pixels());
    writeRgb(image, false, bytes.data());
    return bytes;
}

/// 32 × 32 pixels, dark and coloured.
PlanarImage darkRamp()
{
    std::vector<std::uint8_t> rgb;
    for (int i = 0; i < 32 * 32; ++i) {
        for (const int value : {i % 120, i / 3 % 100, i / 5 % 80}) {
            rgb.push_back(static_cast<std::uint8_t>(value));
        }
    }
    return planesOf(rgb, 32, 32);
}

/// `shear_x 0.27`: as the operations are named in the file.
void applyNamed(PlanarImage& image, const std::string& text)
{
    constexpr std::array<std::uint8_t, 3> fill {124, 116, 104};
    const auto space = text.find(' ');
    const std::string name = text.substr(0, space);
    const double value
        = space == std::string::npos ? 0 : std::strtod(text.c_str() + space, nullptr);
    const auto whole = static_cast<int>(value);
    const std::map<std::string, std::function<void()>> operations {
        {"auto_contrast", [&] { autoContrast(image); }},
        {"equalize", [&] { equalize(image); }},
        {"invert", [&] { invert(image); }},
        {"posterize", [&] { posterize(image, whole); }},
        {"solarize", [&] { solarizeFrom(image, whole); }},
        {"solarize_add", [&] { solarizeAdd(image, whole); }},
        {"sharpness", [&] { adjustSharpness(image, value); }},
        {"shear_x", [&] { applyAffine(image, shearAcross(value), fill); }},
        {"shear_y", [&] { applyAffine(image, shearDown(value), fill); }},
        {"translate_x", [&] { applyAffine(image, translation(value, 0), fill); }},
        {"translate_y", [&] { applyAffine(image, translation(0, value), fill); }},
        {"rotate",
         [&] { applyAffine(image, rotation(value, image.width(), image.height()), fill); }},
    };
    operations.at(name)();
}

} // namespace

class TestRandAugment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const char* source = std::getenv("MOCOSCOPE_SOURCE_DIR");
        std::ifstream file(std::string(source == nullptr ? "." : source)
                           + "/tests/data/augment_operations.json");
        m_golden = nlohmann::json::parse(file);
    }

    void operationsMatchPillow_data()
    {
        QTest::addColumn<QString>("operation");
        for (const auto& entry : m_golden.at("operations").items()) {
            QTest::newRow(entry.key().c_str()) << QString::fromStdString(entry.key());
        }
    }
    void operationsMatchPillow()
    {
        QFETCH(QString, operation);
        const std::string name = operation.toStdString();
        PlanarImage image = original();
        applyNamed(image, name);
        const auto expected = m_golden.at("operations").at(name).get<std::vector<std::uint8_t>>();
        const auto bytes = bytesOf(image);
        QCOMPARE(bytes.size(), expected.size());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            QVERIFY2(
                bytes[i] == expected[i],
                qPrintable(
                    QString("byte %1 is %2 instead of %3").arg(i).arg(bytes[i]).arg(expected[i])));
        }
    }

    void evenImagesStay()
    {
        const PlanarImage grey = planesOf(std::vector<std::uint8_t>(3 * 20, 77), 5, 4);
        for (const auto& change : {autoContrast, equalize}) {
            PlanarImage image = grey;
            change(image);
            QCOMPARE(bytesOf(image), bytesOf(grey));
        }
    }

    void everyOperationIsDrawn()
    {
        // At level 0 all but a few leave an image as it is; at 9 all change one.
        std::set<std::string_view> names;
        for (const AugmentOperation& operation : augmentOperations()) {
            // Pillow's equalize leaves images of fewer than 256 pixels alone, so a larger one.
            PlanarImage image = darkRamp();
            operation.apply(image, 9, -1);
            QVERIFY2(bytesOf(image) != bytesOf(darkRamp()), std::string(operation.name).c_str());
            names.insert(operation.name);
        }
        QCOMPARE(names.size(), 15U);
        std::set<std::string> results;
        for (std::int64_t sample = 0; sample < 400; ++sample) {
            PlanarImage image = original();
            randAugment(image, 1, 9, RandomStream(1, 0, sample, RandomUse::RandAugment));
            const auto bytes = bytesOf(image);
            results.emplace(bytes.begin(), bytes.end());
        }
        QVERIFY(results.size() > 80); // 15 operations, most of which take a level of their own
    }

    void isTheSameForTheSameKey()
    {
        const auto drawn = [this](std::int64_t epoch) {
            PlanarImage image = original();
            randAugment(image, 2, 9, RandomStream(7, epoch, 3, RandomUse::RandAugment));
            return bytesOf(image);
        };
        QCOMPARE(drawn(1), drawn(1));
        QVERIFY(drawn(1) != drawn(2) || drawn(2) != drawn(3));
        PlanarImage none = original();
        randAugment(none, 0, 9, RandomStream(7, 1, 3, RandomUse::RandAugment));
        QCOMPARE(bytesOf(none), bytesOf(original()));
    }

    void normalNumbersAreNormal()
    {
        RandomStream random(3, 0, 0, RandomUse::Erasing);
        double sum = 0;
        double squares = 0;
        constexpr int count = 20000;
        for (int i = 0; i < count; ++i) {
            const double x = drawNormal(random);
            QVERIFY(std::isfinite(x));
            sum += x;
            squares += x * x;
        }
        QVERIFY(std::abs(sum / count) < 0.03); // four standard errors
        QVERIFY(std::abs(squares / count - 1) < 0.04);
    }

    void erasesOneRectangle()
    {
        constexpr std::int64_t size = 24;
        constexpr float untouched = 1000;
        for (std::int64_t sample = 0; sample < 50; ++sample) {
            std::vector<float> image(3 * size * size, untouched);
            eraseRectangle(image.data(), size, RandomStream(1, 2, sample, RandomUse::Erasing));
            std::int64_t erased = 0;
            std::int64_t top = size, bottom = -1, left = size, right = -1;
            for (std::int64_t i = 0; i < size * size; ++i) {
                const bool isErased = image[static_cast<std::size_t>(i)] != untouched;
                for (std::int64_t channel = 1; channel < 3; ++channel) {
                    QCOMPARE(image[static_cast<std::size_t>(channel * size * size + i)]
                                 != untouched,
                             isErased);
                }
                if (isErased) {
                    ++erased;
                    top = std::min(top, i / size);
                    bottom = std::max(bottom, i / size);
                    left = std::min(left, i % size);
                    right = std::max(right, i % size);
                }
            }
            QCOMPARE(erased, (bottom - top + 1) * (right - left + 1)); // filled, in one piece
            const double share = static_cast<double>(erased) / (size * size);
            QVERIFY(share > 0.01 && share < 0.38); // 2 % to a third, rounded to pixels
        }
    }

private:
    [[nodiscard]] PlanarImage original() const
    {
        return planesOf(m_golden.at("image").get<std::vector<std::uint8_t>>(),
                        m_golden.at("width").get<int>(), m_golden.at("height").get<int>());
    }

    nlohmann::json m_golden;
};

QTEST_GUILESS_MAIN(TestRandAugment)
#include "test_rand_augment.moc"
