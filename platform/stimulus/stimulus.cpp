// SPDX-License-Identifier: Apache-2.0
#include "platform/stimulus/stimulus.h"

#include "platform/stimulus/readers.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

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

// A file as it lies on the disk: what a reader has passed need not stay in memory.
class mapped_file {
public:
    explicit mapped_file(const std::string &path) {
        const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status {};
        if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
            void *const at = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
            if (at != MAP_FAILED)
                m_text = {static_cast<const char *>(at), static_cast<size_t>(status.st_size)};
        }
        if (fd >= 0)
            close(fd);
    }
    ~mapped_file() {
        if (!m_text.empty())
            munmap(const_cast<char *>(m_text.data()), m_text.size());
    }
    mapped_file(const mapped_file &) = delete;
    mapped_file &operator=(const mapped_file &) = delete;

    std::string_view text() const { return m_text; } // empty: it is read otherwise
    void leave(size_t before) const {
        madvise(const_cast<char *>(m_text.data()), before & ~size_t{4095}, MADV_DONTNEED);
    }

private:
    std::string_view m_text;
};

bool ends_with(const std::string &path, const char *suffix) {
    const size_t size = std::strlen(suffix);
    return path.size() >= size && strcasecmp(path.c_str() + path.size() - size, suffix) == 0;
}

// The content of a file that gzip compressed.
std::string unpacked(const std::string &packed, const std::string &path) {
    z_stream stream{};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
        throw stimulus_error(fmt::format("{}: cannot be unpacked", path));
    std::string text;
    char block[1 << 16];
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef *>(block);
        stream.avail_out = sizeof block;
        status = inflate(&stream, Z_NO_FLUSH);
        if (status == Z_OK || status == Z_STREAM_END)
            text.append(block, sizeof block - stream.avail_out);
        if (status == Z_STREAM_END && stream.avail_in) // files of gzip may stand one behind the other
            status = inflateReset(&stream);
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END)
        throw stimulus_error(fmt::format("{}: expected a whole gzip file, got one that is damaged or cut off", path));
    return text;
}

} // namespace

stimulus read_stimulus(const stimulus_source &source, uint64_t seed) {
    const std::string &path = source.path;
    const bool packed = ends_with(path, ".gz");
    const std::string name = packed ? path.substr(0, path.size() - 3) : path;
    const auto text = [&] { return packed ? unpacked(read_file(path), path) : read_file(path); };
    const bool is_vcd = ends_with(name, ".vcd") || ends_with(name, ".evcd");
    if (const mapped_file file(is_vcd && !packed ? path : std::string()); !file.text().empty())
        return read_vcd(file.text(), path, source.mapping, [&file](size_t before) { file.leave(before); });
    if (is_vcd)
        return read_vcd(text(), path, source.mapping);
    if (ends_with(name, ".csv"))
        return read_csv(text(), path, source.mapping);
    if (ends_with(path, ".sr"))
        return read_sigrok(path, source.mapping);
    if (ends_with(name, ".stim")) {
        if (!source.mapping.empty())
            throw stimulus_error(fmt::format("{}: expected pins by name in a .stim, got a mapping of wires", path));
        return read_stim(text(), path, seed);
    }
    throw stimulus_error(
        fmt::format("{}: expected a file whose name ends in .vcd, .csv, .stim (or these with .gz) or .sr", path));
}

stimulus read_stimuli(const std::vector<stimulus_source> &sources, uint64_t seed) {
    stimulus all;
    std::array<const std::string *, pin_count> from{};
    for (const stimulus_source &source : sources) {
        stimulus one = read_stimulus(source, seed);
        for (unsigned pin = 0; pin < pin_count; ++pin) {
            if (!one.used[pin])
                continue;
            if (from[pin])
                throw stimulus_error(fmt::format("{}: expected pins that {} does not have, got {}", source.path,
                                                 *from[pin], pin_name(pin)));
            from[pin] = &source.path;
        }
        all.used |= one.used;
        all.initial |= one.initial;
        if (all.changes.empty())
            all.changes.swap(one.changes);
        const size_t before = all.changes.size();
        all.changes.insert(all.changes.end(), one.changes.begin(), one.changes.end());
        std::inplace_merge(all.changes.begin(), all.changes.begin() + static_cast<std::ptrdiff_t>(before),
                           all.changes.end(), [](const auto &a, const auto &b) { return a.ps < b.ps; });
        for (const std::string &note : one.notes)
            all.notes.push_back(source.path + ": " + note);
    }
    return all;
}

} // namespace rk3568
