// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_OUTPUT_FILE_H
#define RK3568_PLATFORM_OBSERVE_OUTPUT_FILE_H

#include <stdexcept>
#include <string>
#include <string_view>

namespace rk3568 {

// One line: which file, and why not.
struct output_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A result file. It is written under a temporary name beside its target and appears whole, with commit(), or not at
// all. A target that is no regular file (/dev/stdout, a pipe) is written directly. Buffered. Everything may throw
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

// A file without a name in the folder of `target`: it vanishes with its descriptor, whatever happens to the program.
// Throws output_error.
int open_unnamed_file(const std::string &target);

} // namespace rk3568

#endif
