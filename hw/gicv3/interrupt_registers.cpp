// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/interrupt_registers.h"

#include <fmt/format.h>

namespace rk3568::gic {

namespace {

// A Non-secure access sees the lower half of the priorities as the whole (IHI 0069 4.8.1).
uint64_t seen_priority(uint8_t priority, bool secure_view) {
    return secure_view ? priority : (priority << 1) & 0xff;
}
uint8_t stored_priority(uint64_t value, bool secure_view) {
    return static_cast<uint8_t>((secure_view ? value : 0x80 | value >> 1) & priority_bits);
}

} // namespace

bool interrupt_fields::allowed(const interrupt &i, const reg_access &from, permission p) const {
    if (from.secure || !m_delivery.is_secure(i))
        return true;
    return i.owner == no_core && p != closed && i.nsacr >= p;
}

bool interrupt_fields::hidden(const reg_access &from, bool with_one_state) const {
    return m_delivery.ds() ? with_one_state : !from.secure;
}

uint64_t interrupt_fields::gather(size_t index, unsigned bits, const reg_access &from, permission p, getter get) const {
    const unsigned fields = 32 / bits;
    const bool secure_view = from.secure || m_delivery.ds();
    uint64_t word = 0;
    for (unsigned k = 0; k < fields; ++k) {
        const interrupt *i = m_delivery.find(m_core, static_cast<uint32_t>(index * fields + k));
        if (i && allowed(*i, from, p))
            word |= get(m_delivery, *i, secure_view) << (k * bits);
    }
    return word;
}

void interrupt_fields::scatter(const reg_write &write, unsigned bits, permission p, setter set) const {
    const unsigned fields = 32 / bits;
    const uint64_t mask = (1ull << bits) - 1;
    const bool secure_view = write.from.secure || m_delivery.ds();
    for (unsigned k = 0; k < fields; ++k) {
        if (!(write.lanes >> (k * bits) & mask))
            continue;
        const auto id = static_cast<uint32_t>(write.index * fields + k);
        const uint64_t value = write.value >> (k * bits) & mask;
        if (interrupt *i = m_delivery.find(m_core, id)) {
            if (allowed(*i, write.from, p))
                set(m_delivery, *i, value, secure_view);
        } else if (value && id >= m_delivery.spi_end() && id < special_ids && !write.from.debug) {
            m_file.log_once(m_file.span(), true,
                            fmt::format("{}: a write addresses INTID {}, the last one is {}", m_file.file_name(), id,
                                        m_delivery.spi_end() - 1),
                            write.from.delay);
        }
    }
}

namespace {

using permission = interrupt_fields::permission;

// Set and clear registers read as the state and act where they are written as one.
template <typename Reg>
void bits(Reg &r, const interrupt_fields &f, permission read, permission write, interrupt_fields::getter get,
          interrupt_fields::setter set) {
    r.on_read([=](size_t index, const reg_access &from) { return f.gather(index, 1, from, read, get); });
    r.on_write([=](const reg_write &w) {
        const reg_write ones{w.index, w.value, w.value & w.lanes, w.old, w.from};
        f.scatter(ones, 1, write, set);
    });
}

// Registers that Secure software configures.
template <typename Reg>
void configuration(Reg &r, const interrupt_fields &f, unsigned width, bool hidden_with_one_state,
                   interrupt_fields::getter get, interrupt_fields::setter set) {
    r.on_read([=](size_t index, const reg_access &from) {
        return f.hidden(from, hidden_with_one_state) ? 0 : f.gather(index, width, from, interrupt_fields::closed, get);
    });
    r.on_write([=](const reg_write &w) {
        if (!f.hidden(w.from, hidden_with_one_state))
            f.scatter(w, width, interrupt_fields::closed, set);
    });
}

uint64_t get_enabled(const delivery &, const interrupt &i, bool) {
    return i.enabled;
}
uint64_t get_pending(const delivery &, const interrupt &i, bool) {
    return i.pending();
}
uint64_t get_active(const delivery &, const interrupt &i, bool) {
    return i.active;
}

template <bool Value>
void set_enabled(delivery &d, interrupt &i, uint64_t, bool) {
    i.enabled = Value;
    d.changed(i);
}

template <bool Value>
void set_latch(delivery &d, interrupt &i, uint64_t, bool) {
    i.latch = Value;
    d.changed(i);
}

template <bool Value>
void set_active(delivery &d, interrupt &i, uint64_t, bool) {
    i.active = Value;
    d.changed(i);
}

} // namespace

template <unsigned Words, unsigned NsacrWords>
void interrupt_registers<Words, NsacrWords>::configure(const interrupt_fields &f, const char *source,
                                                       std::function<void()> on_disable) {
    const auto closed = interrupt_fields::closed;

    configuration(
        igroupr, f, 1, false, [](const delivery &, const interrupt &i, bool) -> uint64_t { return i.in_group1; },
        [](delivery &d, interrupt &i, uint64_t value, bool) {
            i.in_group1 = value;
            d.changed(i);
        });
    igroupr.document(reg_status::functional, source);

    bits(isenabler, f, closed, closed, get_enabled, set_enabled<true>);
    isenabler.document(reg_status::functional, source);
    icenabler.on_read([=](size_t n, const reg_access &from) { return f.gather(n, 1, from, closed, get_enabled); });
    icenabler.on_write([=](const reg_write &w) {
        const reg_write ones{w.index, w.value, w.value & w.lanes, w.old, w.from};
        f.scatter(ones, 1, closed, set_enabled<false>);
        on_disable();
    });
    icenabler.document(reg_status::functional, source);

    bits(ispendr, f, interrupt_fields::set_pending, interrupt_fields::set_pending, get_pending, set_latch<true>);
    ispendr.document(reg_status::functional, source);
    bits(icpendr, f, interrupt_fields::clear_pending, interrupt_fields::clear_pending, get_pending, set_latch<false>);
    icpendr.document(reg_status::functional, source);

    bits(isactiver, f, interrupt_fields::clear_pending, closed, get_active, set_active<true>);
    isactiver.document(reg_status::functional, source);
    bits(icactiver, f, interrupt_fields::clear_pending, closed, get_active, set_active<false>);
    icactiver.document(reg_status::functional, source);

    ipriorityr.allow(size1 | size4)
        .on_read([=](size_t n, const reg_access &from) {
            return f.gather(n, 8, from, closed, [](const delivery &, const interrupt &i, bool secure_view) {
                return seen_priority(i.priority, secure_view);
            });
        })
        .on_write([=](const reg_write &w) {
            f.scatter(w, 8, closed, [](delivery &d, interrupt &i, uint64_t value, bool secure_view) {
                i.priority = stored_priority(value, secure_view);
                d.changed(i);
            });
        })
        .document(reg_status::functional, source);

    // Bit 1 of each pair; SGIs are edge-triggered for ever.
    icfgr.reset_value([this](size_t n) { return n == 0 && icfgr.count() == 2 ? 0xaaaaaaaa : 0; })
        .on_read([=](size_t n, const reg_access &from) {
            return f.gather(n, 2, from, closed,
                            [](const delivery &, const interrupt &i, bool) -> uint64_t { return i.edge ? 2 : 0; });
        })
        .on_write([=](const reg_write &w) {
            f.scatter(w, 2, closed, [](delivery &d, interrupt &i, uint64_t value, bool) {
                if (i.id >= 16)
                    i.edge = value >> 1;
                d.changed(i);
            });
        })
        .document(reg_status::functional, source);

    configuration(
        igrpmodr, f, 1, true, [](const delivery &, const interrupt &i, bool) -> uint64_t { return i.modifier; },
        [](delivery &d, interrupt &i, uint64_t value, bool) {
            i.modifier = value;
            d.changed(i);
        });
    igrpmodr.document(reg_status::functional, source);

    configuration(
        nsacr, f, 2, true, [](const delivery &, const interrupt &i, bool) -> uint64_t { return i.nsacr; },
        [](delivery &, interrupt &i, uint64_t value, bool) { i.nsacr = static_cast<uint8_t>(value); });
    nsacr.document(reg_status::functional, source);
}

template struct interrupt_registers<32, 64>;
template struct interrupt_registers<1, 1>;

} // namespace rk3568::gic
