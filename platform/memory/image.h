// SPDX-License-Identifier: Apache-2.0
//
// An image: a shared object (the kernel, a module, a bare program) mapped into the arena at an address of our choosing.
// It sees no other library: each undefined symbol is bound by hand, so what it may use is exactly what it is given, and
// its code and data have the same address in every run.
#ifndef RK3568_PLATFORM_MEMORY_IMAGE_H
#define RK3568_PLATFORM_MEMORY_IMAGE_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

class image {
public:
    struct symbol {
        uint64_t address; // host
        uint64_t size;
        const char *name;
        bool local;
    };

    // Maps `path` at physical address `pa`. Throws std::runtime_error with one line.
    image(const std::string &path, std::string name, uint64_t pa, uint64_t limit);
    ~image();
    image(const image &) = delete;
    image &operator=(const image &) = delete;

    const std::string &name() const { return m_name; }
    const std::string &path() const { return m_path; }
    uint8_t *base() const { return m_base; }
    size_t size() const { return m_size; }
    bool contains(const void *p) const {
        return static_cast<size_t>(static_cast<const uint8_t *>(p) - m_base) < m_size;
    }

    const std::vector<const char *> &undefined() const { return m_undefined; }
    void bind(size_t index, const void *address) { m_bound[index] = reinterpret_cast<uint64_t>(address); }
    // Applies relocations and write-protects code and constants. Undefined weak symbols may stay unbound.
    void link();

    void *find(std::string_view name) const; // a dynamic symbol defined here; null
    void *section(std::string_view name, size_t &bytes) const;
    // The function or object that `p` lies in, of all symbols; null if none. They are read when the first is asked for:
    // most runs ask for none. Lives as long as the image.
    const symbol *symbol_at(const void *p) const;

private:
    struct file;
    void map(uint64_t pa, uint64_t limit);
    void read_symbols() const;
    struct answer {
        std::string name;
        symbol told;
    };
    void find_first(uint64_t address, answer &to) const;
    uint64_t value_of(uint32_t index) const;

    std::unique_ptr<file> m_file;
    std::string m_path, m_name;
    uint8_t *m_base = nullptr;
    size_t m_size = 0;
    std::vector<const char *> m_undefined;
    std::vector<uint64_t> m_bound;
    std::vector<size_t> m_undefined_of; // dynamic symbol -> index into m_undefined + 1
    mutable bool m_symbols_are_read = false;
    mutable std::vector<symbol> m_symbols;        // by address, with the file's names
    mutable std::map<uint64_t, answer> m_answers; // by the symbol's address
};

} // namespace rk3568

#endif
