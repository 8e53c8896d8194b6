// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/image_decoder.h"

#include "training/data/jpeg_decoder.h"

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>

namespace mocoscope::training {
namespace {

constexpr std::array<std::string_view, 9> endings {".jpg",  ".jpeg", ".jpe", ".jfif", ".png",
                                                   ".webp", ".bmp",  ".tif", ".tiff"};

bool isJpeg(std::span<const std::uint8_t> file)
{
    return file.size() > 2 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF;
}

/// OpenCV would write its own words about every damaged file to the terminal.
void silenceOpenCv()
{
    static std::once_flag once;
    std::call_once(once,
                   [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

Result<cv::Mat> decodeWithOpenCv(std::span<std::uint8_t> file)
{
    silenceOpenCv();
    try {
        const cv::Mat bytes(1, static_cast<int>(file.size()), CV_8UC1, file.data());
        cv::Mat image = cv::imdecode(bytes, cv::IMREAD_COLOR);
        if (image.empty() || image.type() != CV_8UC3) {
            return failure(ErrorCode::Unreadable, "damaged, or in a variant that is not supported");
        }
        return image;
    } catch (const cv::Exception& error) {
        return failure(ErrorCode::Unreadable, "damaged: " + error.err);
    }
}

void copyFromBgr(const cv::Mat& image, DecodedPart& part)
{
    const auto width = static_cast<std::size_t>(image.cols);
    const std::size_t bytes = 3 * width * static_cast<std::size_t>(image.rows) + 64;
    if (part.rgb.size() < bytes) {
        part.rgb.resize(bytes);
    }
    for (int y = 0; y < image.rows; ++y) {
        const std::uint8_t* in = image.ptr<std::uint8_t>(y);
        std::uint8_t* out = part.rgb.data() + static_cast<std::size_t>(y) * 3 * width;
        for (std::size_t x = 0; x < width; ++x) {
            out[3 * x] = in[3 * x + 2];
            out[3 * x + 1] = in[3 * x + 1];
            out[3 * x + 2] = in[3 * x];
        }
    }
    part.fullWidth = image.cols;
    part.fullHeight = image.rows;
    part.reduction = 1;
    part.rect = {0, 0, image.cols, image.rows};
}

/// Not for JPEG. All pixels are decoded, whatever the plan, which only learns the size.
Result<void> decodeOther(const PartPlanner& plan, DecodedPart& part)
{
    const auto size = peekImageSize(part.encoded);
    if (!size) {
        return failure(ErrorCode::Unreadable, "not a JPEG, PNG, WebP, BMP or TIFF image");
    }
    if (size->width < 1 || size->height < 1) {
        return failure(ErrorCode::Unreadable, "damaged: the image has no pixels");
    }
    if (std::int64_t {size->width} * size->height > maxImagePixels) {
        return failure(ErrorCode::Unreadable, "larger than 200 million pixels");
    }
    if (isCutOff(part.encoded)) { // OpenCV and libpng would write to the terminal
        return failure(ErrorCode::Unreadable, "damaged: the file is cut off");
    }
    return decodeWithOpenCv(part.encoded).map([&](const cv::Mat& image) {
        // Of the decoded image: an orientation noted in the file may have turned it.
        static_cast<void>(plan(image.cols, image.rows));
        copyFromBgr(image, part);
    });
}

} // namespace

bool isImageName(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) {
        return false;
    }
    std::string ending(name.substr(dot));
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::string imageEndings()
{
    std::string text;
    for (const std::string_view ending : endings) {
        text += text.empty() ? "" : ", ";
        text += ending;
    }
    return text;
}

Result<void> decodeImage(const PartPlanner& plan, DecodedPart& part)
{
    if (part.encoded.empty()) {
        return failure(ErrorCode::Unreadable, "the file is empty");
    }
    return isJpeg(part.encoded) ? decodeJpeg(plan, part) : decodeOther(plan, part);
}

PartPlanner wholeImage(int minSide)
{
    return [minSide](int width, int height) {
        PartRequest request {{0, 0, width, height}, 1};
        const int shortSide = std::min(width, height);
        while (minSide > 0 && request.reduction < 8
               && shortSide >= 2 * request.reduction * minSide) {
            request.reduction *= 2;
        }
        return request;
    };
}

DecodedImage toImage(const DecodedPart& part)
{
    const auto bytes
        = static_cast<std::ptrdiff_t>(part.rect.width) * part.rect.height * std::ptrdiff_t {3};
    return {part.rect.width, part.rect.height, {part.rgb.begin(), part.rgb.begin() + bytes}};
}

} // namespace mocoscope::training
