// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/interchange/sha256.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>
#include <vector>

namespace mocoscope::training {

struct Sha256::Context
{
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest {EVP_MD_CTX_new(),
                                                                    EVP_MD_CTX_free};
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{
    EVP_DigestInit_ex(m_context->digest.get(), EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::add(const void* data, std::size_t size)
{
    EVP_DigestUpdate(m_context->digest.get(), data, size);
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash {};
    unsigned int size = 0;
    EVP_DigestFinal_ex(m_context->digest.get(), hash.data(), &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        constexpr const char* digits = "0123456789abcdef";
        text += digits[hash[i] >> 4U];
        text += digits[hash[i] & 15U];
    }
    return text;
}

Result<std::string> sha256Of(const std::filesystem::path& file)
{
    const auto problem = [&file](ErrorCode code) {
        return failure(code, "cannot read " + file.string(), std::strerror(errno));
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return problem(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable);
    }
    Sha256 sum;
    std::vector<char> block(std::size_t {1} << 20U);
    ssize_t size = 0;
    while ((size = ::read(descriptor, block.data(), block.size())) > 0
           || (size < 0 && errno == EINTR)) {
        if (size > 0) {
            sum.add(block.data(), static_cast<std::size_t>(size));
        }
    }
    const auto failed = problem(ErrorCode::Unreadable); // errno is still that of read()
    ::close(descriptor);
    if (size < 0) {
        return failed;
    }
    return sum.hex();
}

} // namespace mocoscope::training
