// SPDX-License-Identifier: Apache-2.0
//
// The register kit: how a block declares its registers once and gets decoding, access sizes, byte lanes, write-enable
// halves, read-only and reserved bits, reset, debug access and its compliance page from that one declaration.
//
//   class my_block : public register_file {
//       reg<uint32_t> ctrl{*this, "CTRL", 0x00};
//       reg<uint8_t, 64> prio{*this, "PRIO", 0x400};
//       my_block() { ctrl.reset_value(1).writable(0xff).on_write([this](const reg_write &w) { ... }); }
//   };
//
// A register is an array of N elements of one width, `stride` bytes apart. An access that does not fall on exactly one
// element, in a size that the register allows, goes to register_file::unhandled().
#ifndef RK3568_HW_REGS_REG_H
#define RK3568_HW_REGS_REG_H

#include <cstdint>
#include <functional>
#include <string>
#include <systemc>
#include <utility>
#include <vector>

namespace rk3568 {

// Where an access comes from. `delay` is its time relative to sc_time_stamp(); what it causes starts then.
struct reg_access {
    sc_core::sc_time delay;
    unsigned core = ~0u;
    bool secure = false;
    bool debug = false; // no side effects, no logging
};

// A write as the owner's callback sees it: `value` has the written bits, `lanes` says which bits were written (byte
// lanes, write-enable halves and reserved bits already applied), `old` is the stored value before it.
struct reg_write {
    size_t index;
    uint64_t value;
    uint64_t lanes;
    uint64_t old;
    const reg_access &from;

    uint64_t merged() const { return (old & ~lanes) | (value & lanes); }
};

// For the compliance page: Functional registers act, Stored ones only remember, Absent ones read 0 and ignore writes.
enum class reg_status : uint8_t { functional, stored, absent };

// Access sizes a register accepts, as a mask.
enum reg_sizes : unsigned { size1 = 1, size2 = 2, size4 = 4, size8 = 8 };

class register_file;

class reg_base {
public:
    reg_base(register_file &file, const char *name, uint64_t offset, unsigned width, size_t count, unsigned stride);
    reg_base(const reg_base &) = delete;
    reg_base &operator=(const reg_base &) = delete;
    virtual ~reg_base() = default;

    const char *name() const { return m_name; }
    uint64_t offset() const { return m_offset; }
    unsigned width() const { return m_width; } // bytes of an element
    size_t count() const { return m_count; }
    unsigned stride() const { return m_stride; }
    unsigned sizes() const { return m_sizes; }
    reg_status status() const { return m_status; }
    const char *source() const { return m_source; }
    uint64_t writable_bits() const { return m_writable; }
    uint64_t reset_bits(size_t index) const { return m_reset_fn ? m_reset_fn(index) : m_reset; }
    bool readable() const { return m_readable; }
    bool enable_halves() const { return m_enable_halves; }

    // One element, with side effects unless from.debug. Lanes of a write are bits, not bytes.
    uint64_t load(size_t index, const reg_access &from);
    void store(size_t index, uint64_t value, uint64_t lanes, const reg_access &from);
    void reset();

    virtual uint64_t raw(size_t index) const = 0;
    virtual void raw(size_t index, uint64_t value) = 0;

protected:
    using read_fn = std::function<uint64_t(size_t index, const reg_access &from)>;
    using write_fn = std::function<void(const reg_write &write)>;

    const char *m_name;
    uint64_t m_offset;
    unsigned m_width;
    size_t m_count;
    unsigned m_stride;
    unsigned m_sizes;
    reg_status m_status = reg_status::functional;
    const char *m_source = "";
    uint64_t m_reset = 0;
    std::function<uint64_t(size_t)> m_reset_fn;
    uint64_t m_writable = ~0ull;
    bool m_readable = true;
    bool m_enable_halves = false;
    read_fn m_read;
    write_fn m_write;
};

template <typename T, size_t N = 1>
class reg : public reg_base {
public:
    reg(register_file &file, const char *name, uint64_t offset, unsigned stride = sizeof(T))
        : reg_base(file, name, offset, sizeof(T), N, stride) {}

    operator T() const { return m_value[0]; }
    T &operator[](size_t index) { return m_value[index]; }
    const T &operator[](size_t index) const { return m_value[index]; }
    reg &operator=(T value) {
        m_value[0] = value;
        return *this;
    }

    // Policy; each returns the register, so that a paragraph reads as one sentence.
    reg &reset_value(uint64_t value) { return m_reset = value, *this; }
    reg &reset_value(std::function<uint64_t(size_t)> value) { return m_reset_fn = std::move(value), *this; }
    reg &read_only() { return m_writable = 0, *this; }
    reg &write_only() { return m_readable = false, *this; }
    reg &writable(uint64_t bits) { return m_writable = bits, *this; }
    // Rockchip style: bits [31:16] enable writing of [15:0] one by one, and read as zero.
    reg &write_enable_halves() { return m_enable_halves = true, *this; }
    reg &allow(unsigned sizes) { return m_sizes = sizes, *this; }
    // Replaces the stored value as what a read gives.
    reg &on_read(read_fn fn) { return m_read = std::move(fn), *this; }
    // Replaces storing: the callback stores what it wants kept.
    reg &on_write(write_fn fn) { return m_write = std::move(fn), *this; }
    // For the compliance page: what becomes of it, and the manual's section.
    reg &document(reg_status status, const char *source) { return m_status = status, m_source = source, *this; }

    uint64_t raw(size_t index) const override { return m_value[index]; }
    void raw(size_t index, uint64_t value) override { m_value[index] = static_cast<T>(value); }

private:
    T m_value[N] = {};
};

// A named group of bits of a register: constexpr field<8, 3> PRIBITS; PRIBITS.get(v), PRIBITS.put(v, 4).
template <unsigned Low, unsigned Width>
struct field {
    static constexpr uint64_t mask = (Width == 64 ? ~0ull : (1ull << Width) - 1) << Low;
    static constexpr uint64_t get(uint64_t word) { return (word & mask) >> Low; }
    static constexpr uint64_t put(uint64_t word, uint64_t value) { return (word & ~mask) | ((value << Low) & mask); }
    static constexpr uint64_t of(uint64_t value) { return put(0, value); }
};

enum class reg_response : uint8_t { ok, address_error, size_error };

// The registers of one frame (an address window) and its decoder.
class register_file {
public:
    // `span` is the frame's size in bytes.
    explicit register_file(std::string name, uint64_t span);
    register_file(const register_file &) = delete;
    register_file &operator=(const register_file &) = delete;
    virtual ~register_file() = default;

    reg_response read(uint64_t offset, unsigned size, uint64_t &value, const reg_access &from);
    reg_response write(uint64_t offset, unsigned size, uint64_t value, const reg_access &from);
    void reset_registers();

    const std::string &file_name() const { return m_name; }
    uint64_t span() const { return m_span; }
    const std::vector<reg_base *> &registers() const { return m_registers; }

protected:
    // An access that no register takes. The default reads as zero, ignores the write, logs it once per offset and says
    // ok, as APB peripherals and the GIC-600 do; a block whose bus answers with an error returns that instead.
    virtual reg_response unhandled(uint64_t offset, unsigned size, bool write, const reg_access &from);

    // One line for a guest's mistake, once per (offset, write) of this file.
    void log_once(uint64_t offset, bool write, const std::string &text, const sc_core::sc_time &delay);

private:
    friend class reg_base;
    struct hit {
        reg_base *reg;
        size_t index;
        unsigned byte; // of the element
    };
    void add(reg_base *reg);
    bool find(uint64_t offset, unsigned size, hit &out) const;

    std::string m_name;
    uint64_t m_span;
    std::vector<reg_base *> m_registers;
    std::vector<uint16_t> m_decode; // word of the frame -> index into m_registers + 1
    std::vector<uint64_t> m_logged;
};

} // namespace rk3568

#endif
