// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collectives/listener_wait.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mocoscope::training {

namespace {

constexpr int attemptMs = 1000;
constexpr auto pauseBetween = std::chrono::milliseconds(100);

/// 0: somebody listens; else the system's number of what is in the way.
int problemAt(const addrinfo& target)
{
    const int socket
        = ::socket(target.ai_family, target.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) {
        return errno;
    }
    int problem = ::connect(socket, target.ai_addr, target.ai_addrlen) == 0 ? 0 : errno;
    if (problem == EINPROGRESS) {
        pollfd waiting {socket, POLLOUT, 0};
        socklen_t size = sizeof problem;
        problem = ETIMEDOUT;
        if (::poll(&waiting, 1, attemptMs) > 0) {
            ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size);
        }
    }
    ::close(socket);
    return problem;
}

std::string attempt(const std::string& host, std::uint16_t port)
{
    addrinfo wanted {};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int unknown = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (unknown != 0) {
        return host + ": " + ::gai_strerror(unknown);
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    int problem = 0;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        problem = problemAt(*one);
        if (problem == 0) {
            return {};
        }
    }
    return "nobody answers: " + std::string(std::strerror(problem));
}

} // namespace

std::string awaitListener(const std::string& host, std::uint16_t port,
                          std::chrono::steady_clock::time_point deadline,
                          const std::function<bool()>& isStopped)
{
    for (;;) {
        std::string problem = attempt(host, port);
        if (problem.empty() || isStopped() || std::chrono::steady_clock::now() >= deadline) {
            return problem;
        }
        std::this_thread::sleep_for(pauseBetween);
    }
}

} // namespace mocoscope::training
