// SPDX-License-Identifier: Apache-2.0
#include "hw/regs/reg.h"

#include "hw/regs/log.h"

#include <algorithm>
#include <fmt/format.h>

namespace rk3568 {

namespace {

constexpr uint64_t element_mask(unsigned width) {
    return width == 8 ? ~0ull : (1ull << (8 * width)) - 1;
}

} // namespace

reg_base::reg_base(register_file &file, const char *name, uint64_t offset, unsigned width, size_t count,
                   unsigned stride)
    : m_name(name)
    , m_offset(offset)
    , m_width(width)
    , m_count(count)
    , m_stride(stride)
    , m_sizes(width) {
    file.add(this);
}

uint64_t reg_base::load(size_t index, const reg_access &from) {
    if (!m_readable)
        return 0;
    return (m_read ? m_read(index, from) : raw(index)) & element_mask(m_width);
}

void reg_base::store(size_t index, uint64_t value, uint64_t lanes, const reg_access &from) {
    lanes &= m_writable;
    if (m_enable_halves)
        lanes &= (value >> 16) & 0xffff;
    const reg_write write{index, value & lanes, lanes, raw(index), from};
    if (m_write)
        m_write(write);
    else
        raw(index, write.merged());
}

void reg_base::reset() {
    for (size_t i = 0; i < m_count; ++i)
        raw(i, reset_bits(i));
}

register_file::register_file(std::string name, uint64_t span)
    : m_name(std::move(name))
    , m_span(span)
    , m_decode(span / 4) {}

void register_file::add(reg_base *reg) {
    m_registers.push_back(reg);
    const auto number = static_cast<uint16_t>(m_registers.size());
    for (size_t i = 0; i < reg->count(); ++i) {
        const uint64_t first = reg->offset() + i * reg->stride();
        for (uint64_t byte = first & ~3ull; byte < first + reg->width(); byte += 4) {
            uint16_t &slot = m_decode.at(byte / 4);
            if (slot && slot != number)
                SC_REPORT_FATAL("/rk3568/regs", fmt::format("{}: {} and {} share offset {:#x}", m_name, reg->name(),
                                                            m_registers[slot - 1]->name(), byte)
                                                    .c_str());
            slot = number;
        }
    }
}

bool register_file::find(uint64_t offset, unsigned size, hit &out) const {
    if (offset + size > m_span || !m_decode[offset / 4])
        return false;
    reg_base *reg = m_registers[m_decode[offset / 4] - 1];
    if (!(reg->sizes() & size) || offset < reg->offset() || offset % size)
        return false;
    const uint64_t into = offset - reg->offset();
    out.reg = reg;
    out.index = into / reg->stride();
    out.byte = into % reg->stride();
    return out.index < reg->count() && out.byte + size <= reg->width();
}

reg_response register_file::read(uint64_t offset, unsigned size, uint64_t &value, const reg_access &from) {
    hit at{};
    value = 0;
    if (!find(offset, size, at))
        return unhandled(offset, size, false, from);
    value = (at.reg->load(at.index, from) >> (8 * at.byte)) & element_mask(size);
    return reg_response::ok;
}

reg_response register_file::write(uint64_t offset, unsigned size, uint64_t value, const reg_access &from) {
    hit at{};
    if (!find(offset, size, at))
        return unhandled(offset, size, true, from);
    at.reg->store(at.index, (value & element_mask(size)) << (8 * at.byte), element_mask(size) << (8 * at.byte), from);
    return reg_response::ok;
}

void register_file::reset_registers() {
    for (reg_base *reg : m_registers)
        reg->reset();
}

reg_response register_file::unhandled(uint64_t offset, unsigned size, bool write, const reg_access &from) {
    if (!from.debug)
        log_once(offset, write,
                 fmt::format("{} of {} bytes at {:#x} ({}): no register takes it, {}", write ? "write" : "read", size,
                             offset, m_name, write ? "ignored" : "reads as zero"),
                 from.delay);
    return reg_response::ok;
}

void register_file::log_once(uint64_t offset, bool write, const std::string &text, const sc_core::sc_time &delay) {
    const uint64_t key = offset << 1 | static_cast<uint64_t>(write);
    const auto place = std::lower_bound(m_logged.begin(), m_logged.end(), key);
    if (place != m_logged.end() && *place == key)
        return;
    m_logged.insert(place, key);
    guest_error(text, delay);
}

} // namespace rk3568
