// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_OUTPUT_FILE_H
#define RK3568_PLATFORM_OBSERVE_OUTPUT_FILE_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rk3568 {

// One line: which file, and why not.
struct output_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A result file. It is written under a temporary name beside its target and appears whole, with commit(), or not at
// all. A target that is not a regular file (/dev/stdout, a pipe) is written directly. Buffered. Everything may throw
// output_error.
class output_file {
public:
    explicit output_file(const std::string &path);
    ~output_file(); // without commit(): nothing is left behind
    output_file(const output_file &) = delete;
    output_file &operator=(const output_file &) = delete;

    const std::string &path() const { return m_path; }
    void write(std::string_view text) {
        if (m_buffer.size() + text.size() > capacity)
            flush();
        m_buffer.append(text);
    }
    // Appends what `fd` has from its beginning to its end.
    void append_file(int fd);
    void commit();

private:
    static constexpr size_t capacity = 1 << 18;

    void flush();
    [[noreturn]] void fail(int error);
    void discard();

    std::string m_path;      // as the user wrote it
    std::string m_target;    // with symbolic links resolved
    std::string m_temporary; // empty: written directly
    std::string m_buffer;
    int m_fd = -1;
};

// Where a part of an output waits until what stands before it is known: a file without a name in the folder of the
// output, which vanishes with the program, regardless of what happens to that. Buffered. Everything may throw
// output_error.
class spool {
public:
    explicit spool(const std::string &target);
    ~spool();
    spool(const spool &) = delete;
    spool &operator=(const spool &) = delete;

    // What goes to the end; flush_if_full() from time to time.
    std::string buffer;
    void flush_if_full() {
        if (buffer.size() >= capacity)
            flush();
    }
    void write(std::string_view text) {
        buffer.append(text);
        flush_if_full();
    }
    uint64_t size() const { return m_written + buffer.size(); }
    // All of it, into the output.
    void append_to(output_file &out);

    // All of it, in memory, as long as this and the spool live; nothing is added meanwhile.
    class view {
    public:
        explicit view(spool &from);
        ~view();
        view(const view &) = delete;
        view &operator=(const view &) = delete;
        std::string_view text() const { return {static_cast<const char *>(m_begin), m_size}; }

    private:
        void *m_begin = nullptr;
        size_t m_size;
    };

private:
    static constexpr size_t capacity = 1 << 18;

    void flush();

    std::string m_target;
    int m_fd;
    uint64_t m_written = 0;
};

} // namespace rk3568

#endif
