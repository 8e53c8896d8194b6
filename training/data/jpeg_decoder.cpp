// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/jpeg_decoder.h"

#include "training/data/image_decoder.h"
#include "training/data/orientation.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
// needs size_t and FILE before it
#include <jerror.h>
#include <jpeglib.h>

namespace mocoscope::training {
namespace {

// libjpeg reports errors by a jump. Everything between guarded() and the library's calls is plain
// data, so that no destructor is jumped over.
struct Session
{
    jpeg_decompress_struct codec;
    jpeg_error_mgr errors;
    std::jmp_buf escape;
    char reason[JMSG_LENGTH_MAX];

    PartRequest request; ///< as stored, not turned upright
    PixelRect needed; ///< of the reduced image
    PixelRect rect; ///< what is decoded of it
    std::uint8_t* pixels;
    std::size_t rowBytes;
};

[[noreturn]] void leave(j_common_ptr codec)
{
    auto* session = static_cast<Session*>(codec->client_data);
    codec->err->format_message(codec, session->reason);
    std::longjmp(session->escape, 1);
}

/// The library goes on after damage and fills up with grey: that is an unreadable image to us.
/// Other warnings, such as bytes between segments, do not concern the pixels.
void judgeWarning(j_common_ptr codec, int level)
{
    const int code = codec->err->msg_code;
    const bool damaged = code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER
        || code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC;
    if (level < 0 && damaged) {
        leave(codec);
    }
}

/// False: the library gave up and `reason` says why.
bool guarded(Session& session, void (*step)(Session&))
{
    if (setjmp(session.escape) != 0) {
        return false;
    }
    step(session);
    return true;
}

void readHeader(Session& session)
{
    constexpr int exifMarker = JPEG_APP0 + 1;
    jpeg_save_markers(&session.codec, exifMarker, 0xFFFF);
    jpeg_read_header(&session.codec, TRUE);
}

bool isCmyk(const Session& session)
{
    return session.codec.num_components == 4;
}

int roundedUp(int value, int divisor)
{
    return (value + divisor - 1) / divisor;
}

/// The part of the reduced image that covers the request.
PixelRect reducedRect(const PartRequest& request, int width, int height)
{
    const PixelRect& rect = request.rect;
    const int x = std::clamp(rect.x / request.reduction, 0, width - 1);
    const int y = std::clamp(rect.y / request.reduction, 0, height - 1);
    const int right = std::clamp(roundedUp(rect.x + rect.width, request.reduction), x + 1, width);
    const int end = std::clamp(roundedUp(rect.y + rect.height, request.reduction), y + 1, height);
    return {x, y, right - x, end - y};
}

/// Leaves out blocks left and right of what is needed. One more block on each side gives the
/// smoothing of colours between blocks what it needs to be exact.
void cropColumns(Session& session)
{
    auto& codec = session.codec;
    // The library knows the size too, under a name that depends on how it was built.
    const int block = codec.max_h_samp_factor * DCTSIZE / session.request.reduction;
    const int left = std::max(0, session.needed.x - block);
    const int right = std::min(static_cast<int>(codec.output_width),
                               session.needed.x + session.needed.width + block);
    if (right - left + 4 * block > static_cast<int>(codec.output_width)) {
        return;
    }
    auto x = static_cast<JDIMENSION>(left);
    auto width = static_cast<JDIMENSION>(right - left);
    jpeg_crop_scanline(&codec, &x, &width);
    session.rect.x = static_cast<int>(x);
    session.rect.width = static_cast<int>(width);
}

void startDecoding(Session& session)
{
    auto& codec = session.codec;
    codec.out_color_space = isCmyk(session) ? JCS_CMYK : JCS_RGB;
    codec.scale_num = 1;
    codec.scale_denom = static_cast<unsigned>(session.request.reduction);
    jpeg_start_decompress(&codec);
    const int width = static_cast<int>(codec.output_width);
    const int height = static_cast<int>(codec.output_height);
    session.needed = reducedRect(session.request, width, height);
    session.rect = {0, session.needed.y, width, session.needed.height};
    cropColumns(session);
    session.rowBytes = static_cast<std::size_t>(session.rect.width) * (isCmyk(session) ? 4 : 3);
}

void readRows(Session& session)
{
    auto& codec = session.codec;
    if (session.rect.y > 0) {
        jpeg_skip_scanlines(&codec, static_cast<JDIMENSION>(session.rect.y));
    }
    constexpr int rowsAtOnce = 16;
    JSAMPROW rows[rowsAtOnce];
    for (int y = 0; y < session.rect.height;) {
        const int count = std::min(rowsAtOnce, session.rect.height - y);
        for (int i = 0; i < count; ++i) {
            rows[i] = session.pixels + static_cast<std::size_t>(y + i) * session.rowBytes;
        }
        y += static_cast<int>(jpeg_read_scanlines(&codec, rows, static_cast<JDIMENSION>(count)));
    }
}

class Decoder
{
public:
    Decoder()
    {
        m_session.codec.err = jpeg_std_error(&m_session.errors);
        m_session.errors.error_exit = leave;
        m_session.errors.emit_message = judgeWarning;
        jpeg_create_decompress(&m_session.codec);
        m_session.codec.client_data = &m_session;
    }
    ~Decoder() { jpeg_destroy_decompress(&m_session.codec); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    Result<void> run(const PartPlanner& plan, DecodedPart& part);

private:
    [[nodiscard]] tl::unexpected<Error> damaged() const
    {
        return failure(ErrorCode::Unreadable, std::string("damaged JPEG: ") + m_session.reason);
    }
    [[nodiscard]] int orientation() const
    {
        const auto* marker = m_session.codec.marker_list;
        return marker == nullptr ? 1 : exifOrientation({marker->data, marker->data_length});
    }

    Session m_session {};
};

/// PIL's conversion. Adobe's files store the inks inverted, and PIL takes all to be theirs.
void cmykToRgb(std::uint8_t* bytes, std::size_t pixels)
{
    const std::uint8_t* in = bytes;
    std::uint8_t* out = bytes;
    for (std::size_t i = 0; i < pixels; ++i, in += 4, out += 3) {
        const int light = in[3];
        for (int channel = 0; channel < 3; ++channel) {
            const int product = (255 - in[channel]) * light + 128;
            out[channel] = static_cast<std::uint8_t>(light - (((product >> 8) + product) >> 8));
        }
    }
}

Result<void> Decoder::run(const PartPlanner& plan, DecodedPart& part)
{
    jpeg_mem_src(&m_session.codec, part.encoded.data(), part.encoded.size());
    if (!guarded(m_session, readHeader)) {
        return damaged();
    }
    const int width = static_cast<int>(m_session.codec.image_width);
    const int height = static_cast<int>(m_session.codec.image_height);
    if (std::int64_t {width} * height > maxImagePixels) {
        return failure(ErrorCode::Unreadable, "larger than 200 million pixels");
    }
    const int turn = orientation();
    part.fullWidth = swapsSides(turn) ? height : width;
    part.fullHeight = swapsSides(turn) ? width : height;
    m_session.request = plan(part.fullWidth, part.fullHeight);
    if (turn != 1) {
        m_session.request.rect = {0, 0, width, height}; // rare: not worth turning requests
    }
    if (!guarded(m_session, startDecoding)) {
        return damaged();
    }
    constexpr std::size_t tailBytes = 64; // readers may look a little behind the last pixel
    const std::size_t bytes
        = m_session.rowBytes * static_cast<std::size_t>(m_session.rect.height) + tailBytes;
    if (part.rgb.size() < bytes) {
        part.rgb.resize(bytes);
    }
    m_session.pixels = part.rgb.data();
    if (!guarded(m_session, readRows)) {
        return damaged();
    }
    part.reduction = m_session.request.reduction;
    part.rect = m_session.rect;
    if (isCmyk(m_session)) {
        cmykToRgb(part.rgb.data(), (bytes - tailBytes) / 4);
    }
    turnUpright(part, turn);
    return {};
}

} // namespace

Result<void> decodeJpeg(const PartPlanner& plan, DecodedPart& part)
{
    Decoder decoder;
    return decoder.run(plan, part);
}

} // namespace mocoscope::training
