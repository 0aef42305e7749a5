// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/output_file.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace rk3568 {
namespace {

[[noreturn]] void cannot_write(const std::string &path, int error) {
    throw output_error(fmt::format("{}: cannot be written: {}", path, std::strerror(error)));
}

std::string folder_of(const std::string &path) {
    const size_t slash = path.rfind('/');
    return slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

// A new file beside `target`, by a name that nothing else has. `name` receives it.
int open_temporary(const std::string &target, std::string &name) {
    const size_t slash = target.rfind('/');
    const size_t base = slash == target.npos ? 0 : slash + 1;
    name = target.substr(0, base) + "." + target.substr(base) + ".XXXXXX";
    return mkostemp(name.data(), O_CLOEXEC);
}

bool write_all(int fd, const char *data, size_t size) {
    while (size) {
        const ssize_t done = ::write(fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= static_cast<size_t>(done);
    }
    return true;
}

} // namespace

output_file::output_file(const std::string &path)
    : m_path(path)
    , m_target(path) {
    struct stat status;
    if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        m_fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
        if (m_fd < 0)
            cannot_write(m_path, errno);
        return;
    }
    char resolved[PATH_MAX];
    if (realpath(path.c_str(), resolved))
        m_target = resolved;
    // A file that may not be written is not replaced either, though its folder would allow it.
    if (access(m_target.c_str(), F_OK) == 0 && access(m_target.c_str(), W_OK) != 0)
        cannot_write(m_path, errno);
    m_fd = open_temporary(m_target, m_temporary);
    if (m_fd < 0) {
        m_temporary.clear();
        cannot_write(m_path, errno);
    }
    const mode_t mask = umask(0);
    umask(mask);
    if (fchmod(m_fd, 0666 & ~mask) != 0)
        fail(errno);
}

output_file::~output_file() {
    discard();
}

void output_file::discard() {
    if (m_fd >= 0)
        close(m_fd);
    m_fd = -1;
    if (!m_temporary.empty())
        unlink(m_temporary.c_str());
    m_temporary.clear();
}

void output_file::fail(int error) {
    discard();
    cannot_write(m_path, error);
}

void output_file::flush() {
    if (m_fd < 0)
        cannot_write(m_path, EBADF);
    const bool done = write_all(m_fd, m_buffer.data(), m_buffer.size());
    m_buffer.clear();
    if (!done)
        fail(errno);
}

void output_file::append_file(int fd) {
    flush();
    off_t at = 0;
    // Within one file system the kernel copies, or shares, the blocks itself.
    ssize_t moved;
    while ((moved = copy_file_range(fd, &at, m_fd, nullptr, 1 << 30, 0)) > 0) {
    }
    if (moved == 0 && at > 0)
        return;
    std::string block(capacity, '\0');
    for (;;) {
        const ssize_t got = pread(fd, block.data(), block.size(), at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail(errno);
        if (got == 0)
            return;
        if (!write_all(m_fd, block.data(), static_cast<size_t>(got)))
            fail(errno);
        at += got;
    }
}

void output_file::commit() {
    flush();
    const int fd = m_fd;
    m_fd = -1;
    if (close(fd) != 0)
        fail(errno);
    if (!m_temporary.empty() && rename(m_temporary.c_str(), m_target.c_str()) != 0)
        fail(errno);
    m_temporary.clear();
}

spool::spool(const std::string &target)
    : m_target(target)
    , m_fd(open(folder_of(target).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
    if (m_fd >= 0)
        return;
    // Not every file system has files without names.
    std::string name;
    m_fd = open_temporary(target, name);
    if (m_fd < 0)
        cannot_write(target, errno);
    unlink(name.c_str());
}

spool::~spool() {
    close(m_fd);
}

void spool::flush() {
    if (!write_all(m_fd, buffer.data(), buffer.size()))
        cannot_write(m_target, errno);
    m_written += buffer.size();
    buffer.clear();
}

spool::view::view(spool &from) {
    from.flush();
    m_size = from.m_written;
    if (!m_size)
        return;
    m_begin = mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, from.m_fd, 0);
    if (m_begin == MAP_FAILED)
        cannot_write(from.m_target, errno);
}

spool::view::~view() {
    if (m_begin)
        munmap(m_begin, m_size);
}

void spool::append_to(output_file &out) {
    flush();
    if (m_written)
        out.append_file(m_fd);
}

} // namespace rk3568
