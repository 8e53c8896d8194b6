// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/process_identity.h"

#include "training/api/launch.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <unistd.h>

namespace mocoscope::storage {

namespace {

struct ProcessStatus
{
    char state = 0;
    std::int64_t startTicks = 0;
};

/// Empty: there is no such process, or /proc does not show it.
std::optional<ProcessStatus> statusOf(std::int64_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    // The command's name is in parentheses and may hold spaces and parentheses itself.
    const std::size_t afterName = line.rfind(')');
    if (afterName == std::string::npos)
        return std::nullopt;
    std::istringstream fields(line.substr(afterName + 1));
    ProcessStatus status;
    fields >> status.state; // field 3 of proc(5)
    std::string skipped;
    for (int field = 4; field < 22; ++field)
        fields >> skipped;
    fields >> status.startTicks;
    return fields ? std::optional(status) : std::nullopt;
}

std::string hostName()
{
    std::array<char, 256> name {};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

std::string pidNamespace()
{
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/ns/pid", ignored).string();
}

} // namespace

ProcessIdentity currentProcess()
{
    const std::int64_t pid = ::getpid();
    const auto status = statusOf(pid);
    return {hostName(), training::bootId(), pidNamespace(), pid, status ? status->startTicks : 0};
}

Liveness livenessOf(const ProcessIdentity& process)
{
    const ProcessIdentity self = currentProcess();
    if (process.host != self.host)
        return Liveness::Unknown;
    if (process.bootId != self.bootId)
        return Liveness::Dead;
    if (process.pidNamespace != self.pidNamespace)
        return Liveness::Unknown;
    if (const auto status = statusOf(process.pid)) {
        const bool hasEnded = status->state == 'Z' || status->state == 'X';
        return status->startTicks == process.startTicks && !hasEnded ? Liveness::Alive
                                                                     : Liveness::Dead;
    }
    // /proc may hide the processes of other users.
    const bool exists = ::kill(static_cast<pid_t>(process.pid), 0) == 0 || errno != ESRCH;
    return exists ? Liveness::Unknown : Liveness::Dead;
}

} // namespace mocoscope::storage
