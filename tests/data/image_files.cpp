// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/data/image_files.h"

#include <opencv2/imgcodecs.hpp>

#include <archive.h>
#include <archive_entry.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
// needs size_t and FILE before it
#include <jpeglib.h>

namespace mocoscope::testing {

training::DecodedImage makePicture(int width, int height)
{
    training::DecodedImage image {width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool edge = x > width / 3 && y > height / 2;
            image.rgb.push_back(static_cast<std::uint8_t>(255 * x / width));
            image.rgb.push_back(static_cast<std::uint8_t>(255 * y / height));
            image.rgb.push_back(static_cast<std::uint8_t>(edge ? 220 : 40 + (x + y) % 32));
        }
    }
    return image;
}

namespace {

void startCompressing(jpeg_compress_struct& codec, const training::DecodedImage& image,
                      const JpegOptions& options)
{
    codec.image_width = static_cast<JDIMENSION>(image.width);
    codec.image_height = static_cast<JDIMENSION>(image.height);
    codec.input_components = options.cmyk ? 4 : (options.grey ? 1 : 3);
    codec.in_color_space = options.cmyk ? JCS_CMYK : (options.grey ? JCS_GRAYSCALE : JCS_RGB);
    jpeg_set_defaults(&codec);
    jpeg_set_quality(&codec, options.quality, TRUE);
    if (!options.grey && !options.cmyk) {
        codec.comp_info[0].h_samp_factor = options.sampling;
        codec.comp_info[0].v_samp_factor = options.sampling;
    }
    if (options.progressive) {
        jpeg_simple_progression(&codec);
    }
    codec.write_Adobe_marker = options.cmyk ? TRUE : FALSE;
    jpeg_start_compress(&codec, TRUE);
    if (options.orientation > 0) {
        const std::uint8_t exif[]
            = {'E', 'x',  'i', 'f', 0,
               0,   'I',  'I', 42,  0,
               8,   0,    0,   0,   1,
               0,   0x12, 1,   3,   0,
               1,   0,    0,   0,   static_cast<std::uint8_t>(options.orientation),
               0,   0,    0,   0,   0,
               0,   0};
        jpeg_write_marker(&codec, JPEG_APP0 + 1, exif, sizeof exif);
    }
}

/// One row in the file's components. CMYK is the inverse of RGB without black, stored inverted.
Bytes componentsOf(const training::DecodedImage& image, int y, const JpegOptions& options)
{
    Bytes row;
    for (int x = 0; x < image.width; ++x) {
        const std::uint8_t* pixel
            = image.rgb.data() + 3 * (static_cast<std::ptrdiff_t>(y) * image.width + x);
        row.insert(row.end(), pixel, pixel + (options.grey ? 1 : 3));
        if (options.cmyk) {
            row.push_back(255);
        }
    }
    return row;
}

} // namespace

Bytes makeJpeg(const training::DecodedImage& image, const JpegOptions& options)
{
    jpeg_compress_struct codec {};
    jpeg_error_mgr errors {};
    codec.err = jpeg_std_error(&errors);
    jpeg_create_compress(&codec);
    unsigned char* memory = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&codec, &memory, &size);
    startCompressing(codec, image, options);
    for (int y = 0; y < image.height; ++y) {
        Bytes row = componentsOf(image, y, options);
        JSAMPROW rows[] = {row.data()};
        jpeg_write_scanlines(&codec, rows, 1);
    }
    jpeg_finish_compress(&codec);
    Bytes bytes(memory, memory + size);
    jpeg_destroy_compress(&codec);
    std::free(memory);
    return bytes;
}

namespace {

cv::Mat toBgr(const training::DecodedImage& image)
{
    cv::Mat mat(image.height, image.width, CV_8UC3);
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
        mat.data[i - i % 3 + (2 - i % 3)] = image.rgb[i];
    }
    return mat;
}

Bytes encoded(const cv::Mat& mat, const std::string& ending)
{
    Bytes bytes;
    std::vector<int> options;
    if (ending == ".webp") {
        options = {cv::IMWRITE_WEBP_QUALITY, 101}; // lossless
    }
    cv::imencode(ending, mat, bytes, options);
    return bytes;
}

} // namespace

Bytes makeOther(const training::DecodedImage& image, const std::string& ending)
{
    return encoded(toBgr(image), ending);
}

Bytes makeVariant(const training::DecodedImage& image, const std::string& ending, Variant variant)
{
    const cv::Mat source = toBgr(image);
    const bool isGrey = variant == Variant::Grey || variant == Variant::Grey16;
    const bool isWide = variant == Variant::Grey16 || variant == Variant::Colour16;
    const int channels = isGrey ? 1 : (variant == Variant::Alpha ? 4 : 3);
    cv::Mat mat(image.height, image.width, CV_MAKETYPE(isWide ? CV_16U : CV_8U, channels));
    for (int y = 0; y < mat.rows; ++y) {
        for (int i = 0; i < mat.cols * channels; ++i) {
            const int x = i / channels;
            const int channel = i % channels;
            // Alpha varies and must not matter (0 would let WebP forget the colour); grey is red.
            const int value
                = channel == 3 ? 1 + (x * 7) % 255 : source.ptr(y)[3 * x + (isGrey ? 2 : channel)];
            if (isWide) {
                mat.ptr<std::uint16_t>(y)[i] = static_cast<std::uint16_t>(value * 256 + 77);
            } else {
                mat.ptr(y)[i] = static_cast<std::uint8_t>(value);
            }
        }
    }
    return encoded(mat, ending);
}

void writeFile(const std::filesystem::path& path, const Bytes& bytes)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

namespace {

/// Writes members by libarchive: another hand than the reader's under test.
class TarWriter
{
public:
    TarWriter()
        : m_archive(archive_write_new())
        , m_bytes(std::size_t {16} << 20)
    {
        archive_write_set_format_pax_restricted(m_archive);
        archive_write_open_memory(m_archive, m_bytes.data(), m_bytes.size(), &m_used);
    }
    ~TarWriter() { archive_write_free(m_archive); }
    TarWriter(const TarWriter&) = delete;
    TarWriter& operator=(const TarWriter&) = delete;

    void add(const std::string& name, const Bytes& content, const std::string& link)
    {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        if (link.empty()) {
            archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        } else {
            archive_entry_set_filetype(entry, AE_IFLNK);
            archive_entry_set_symlink(entry, link.c_str());
        }
        archive_write_header(m_archive, entry);
        archive_write_data(m_archive, content.data(), content.size());
        archive_entry_free(entry);
    }
    Bytes finish()
    {
        archive_write_close(m_archive);
        m_bytes.resize(m_used);
        return m_bytes;
    }

private:
    archive* m_archive;
    Bytes m_bytes;
    std::size_t m_used = 0;
};

} // namespace

Bytes makeTar(const std::vector<std::pair<std::string, Bytes>>& files)
{
    TarWriter writer;
    for (const auto& [name, content] : files) {
        writer.add(name, content, {});
    }
    return writer.finish();
}

Bytes makeTarWithLink(const std::string& name, const std::string& target)
{
    TarWriter writer;
    writer.add(name, {}, target);
    return writer.finish();
}

Bytes gzipped(const Bytes& bytes)
{
    Bytes result(bytes.size() + 65536);
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_add_filter_gzip(writer);
    archive_write_set_format_raw(writer);
    archive_write_open_memory(writer, result.data(), result.size(), &used);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_close(writer);
    archive_write_free(writer);
    result.resize(used);
    return result;
}

} // namespace mocoscope::testing
