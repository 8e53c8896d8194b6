// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journal.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <sys/vfs.h>

namespace mocoscope::storage {

bool isNetworkFileSystem(std::uint64_t type)
{
    constexpr std::array<std::uint64_t, 14> types {
        0x6969, // NFS
        0x517b, // SMB
        0xfe534d42, // SMB 2 and later
        0xff534d42, // CIFS
        0x5346414f, // AFS
        0x6b414653, // AFS of the kernel
        0x00c36400, // Ceph
        0x0bd00bd0, // Lustre
        0x47504653, // GPFS
        0x19830326, // BeeGFS
        0xaad7aaea, // PanFS
        0x7461636f, // OCFS2
        0x01161970, // GFS2
        0x65735546, // FUSE: sshfs, GlusterFS and others
    };
    return std::find(types.begin(), types.end(), type) != types.end();
}

Journal journalFor(const std::filesystem::path& file)
{
    const char* chosen = std::getenv("MOCOSCOPE_JOURNAL");
    if (chosen != nullptr && std::string(chosen) == "wal")
        return Journal::WriteAhead;
    if (chosen != nullptr && std::string(chosen) == "rollback")
        return Journal::Rollback;
    struct statfs facts
    {
    };
    if (::statfs(file.c_str(), &facts) != 0) // of the file that a link leads to
        return Journal::WriteAhead;
    // Signed and of 32 bits on some machines.
    const auto type = static_cast<std::uint64_t>(facts.f_type) & 0xffffffffU;
    return isNetworkFileSystem(type) ? Journal::Rollback : Journal::WriteAhead;
}

} // namespace mocoscope::storage
