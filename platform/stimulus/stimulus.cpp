// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/stimulus.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace rk3568 {
namespace {

std::string read_file(const std::string &path) {
    const auto fail = [&path] {
        throw stimulus_error(fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
    };
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fail();
    std::string text;
    struct stat status;
    if (fstat(fd, &status) == 0 && status.st_size > 0)
        text.reserve(status.st_size + 1);
    char block[1 << 16];
    ssize_t got;
    while ((got = read(fd, block, sizeof(block))) > 0)
        text.append(block, got);
    const int error = errno;
    close(fd);
    errno = error;
    if (got < 0)
        fail();
    return text;
}

bool ends_with(const std::string &path, const char *suffix) {
    const size_t size = std::strlen(suffix);
    return path.size() >= size && strcasecmp(path.c_str() + path.size() - size, suffix) == 0;
}

} // namespace

stimulus read_stimulus(const std::string &path, uint64_t seed) {
    if (ends_with(path, ".vcd"))
        return read_vcd(read_file(path), path);
    if (ends_with(path, ".stim"))
        return read_stim(read_file(path), path, seed);
    throw stimulus_error(fmt::format("{}: expected a file whose name ends in .vcd or .stim", path));
}

} // namespace rk3568
