// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/own_address.h"

#include <array>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mocoscope::training {

namespace {

constexpr auto loopback = "127.0.0.1";
constexpr auto nothingToTell = "-";

std::string numericText(const sockaddr* address, socklen_t size)
{
    std::array<char, NI_MAXHOST> text {};
    const int problem
        = ::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    return problem == 0 ? text.data() : "";
}

/// A connected datagram socket has chosen its interface, and sends nothing by itself.
std::optional<NetworkRoute> routeTo(const addrinfo& target)
{
    const int socket = ::socket(target.ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return std::nullopt;
    }
    sockaddr_storage own {};
    socklen_t size = sizeof own;
    auto* ownAddress = reinterpret_cast<sockaddr*>(&own);
    const bool isFound = ::connect(socket, target.ai_addr, target.ai_addrlen) == 0
        && ::getsockname(socket, ownAddress, &size) == 0;
    ::close(socket);
    if (!isFound) {
        return std::nullopt;
    }
    return NetworkRoute {numericText(ownAddress, size),
                         numericText(target.ai_addr, target.ai_addrlen)};
}

} // namespace

std::optional<NetworkRoute> routeTo(const std::string& host, std::uint16_t port)
{
    addrinfo wanted {};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
        return std::nullopt;
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    std::optional<NetworkRoute> within;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        auto route = routeTo(*one);
        if (route && !isLoopback(route->own)) {
            return route;
        }
        within = within ? within : route;
    }
    return within;
}

bool isLoopback(const std::string& address)
{
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string ownAddress(const std::optional<NetworkRoute>& route, std::int64_t rank,
                       std::int64_t worldSize, const NoticeBoard& board)
{
    const bool isOutside = route && !isLoopback(route->own);
    board.post(rank, isOutside ? route->other : nothingToTell);
    if (isOutside) {
        return route->own;
    }
    for (std::int64_t other = 0; other < worldSize; ++other) {
        const std::string seen = other == rank ? nothingToTell : board.read(other);
        if (seen != nothingToTell) {
            return seen;
        }
    }
    return loopback;
}

} // namespace mocoscope::training
