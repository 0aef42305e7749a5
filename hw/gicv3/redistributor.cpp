// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/redistributor.h"

#include <fmt/format.h>
#include <utility>

namespace rk3568::gic {

namespace {

constexpr const char *manual = "IHI 0069 12.11";
constexpr const char *trm = "GIC-600 TRM 4.3";

constexpr interrupt_register_names names{"GICR_IGROUPR0", "GICR_ISENABLER0", "GICR_ICENABLER0", "GICR_ISPENDR0",
                                         "GICR_ICPENDR0", "GICR_ISACTIVER0", "GICR_ICACTIVER0", "GICR_IPRIORITYR",
                                         "GICR_ICFGR",    "GICR_IGRPMODR0",  "GICR_NSACR",      manual};

using ENABLE_LPIS = field<0, 1>;
using RWP = field<3, 1>;
using DPG0 = field<24, 1>;
using DPG1NS = field<25, 1>;
using DPG1S = field<26, 1>;

using SLEEP = field<0, 1>;
using PROCESSOR_SLEEP = field<1, 1>;
using CHILDREN_ASLEEP = field<2, 1>;
using QUIESCENT = field<31, 1>;

using RDPD = field<0, 1>;
using RDAG = field<1, 1>;
using RDGPD = field<2, 1>;
using RDGPO = field<3, 1>;

using PTZ = field<62, 1>;
using ID_BITS = field<0, 5>;

constexpr uint64_t attributes = 0x0700000000000000ull | 0xf80ull; // cacheability and shareability

uint64_t address_mask(const gicv3_params &params, unsigned low) {
    return ((1ull << params.address_bits) - 1) & ~((1ull << low) - 1);
}

uint64_t time_of(const reg_access &from) {
    return sc_core::sc_time_stamp().value() + from.delay.value();
}

} // namespace

redistributor::sgi_frame::sgi_frame(redistributor &owner)
    : frame(fmt::format("GICR{} SGI_base", owner.m_core), 0x10000)
    , irq(*this, names, owner.m_delivery, owner.m_core, [&owner] { owner.start_rwp(); }) {}

redistributor::redistributor(delivery &d, table_memory &memory, power_group &power, unsigned core)
    : frame(fmt::format("GICR{} RD_base", core), 0x10000)
    , m_delivery(d)
    , m_memory(memory)
    , m_power(power)
    , m_core(core)
    , m_ids(*this, "GICR_PIDR", "GICR_CIDR", 0x93)
    , m_sgi(*this)
    , m_known(lpi_end - lpi_base) {
    const gicv3_params &params = d.params();
    const auto lpi_status = params.its ? reg_status::functional : reg_status::absent;
    m_power.members.push_back(this);

    ctlr.on_read([this](size_t, const reg_access &from) { return read_ctlr(from); })
        .on_write([this](const reg_write &w) { write_ctlr(w); })
        .document(reg_status::functional, manual);
    iidr.read_only().reset_value(params.iidr).document(reg_status::functional, manual);
    typer.read_only()
        .allow(size4 | size8)
        .reset_value(field<0, 1>::of(params.its) | field<5, 1>::of(1) | field<8, 16>::of(core) |
                     field<4, 1>::of(core + 1 == params.aff.size()) | field<32, 32>::of(params.aff[core]))
        .document(reg_status::functional, manual);
    statusr.read_only().document(reg_status::absent, manual);

    // Kernels access GICR_WAKER without asking whether it is theirs: that is worth no line in the log.
    waker.reset_value(PROCESSOR_SLEEP::mask | CHILDREN_ASLEEP::mask)
        .on_read([this](size_t, const reg_access &from) { return from.secure || m_delivery.ds() ? read_waker() : 0; })
        .on_write([this](const reg_write &w) {
            if (w.from.secure || m_delivery.ds())
                write_waker(w);
        })
        .document(reg_status::functional, manual);
    pwrr.reset_value(RDPD::mask | RDGPD::mask | RDGPO::mask)
        .on_read(
            [this](size_t, const reg_access &from) { return secure_only(from, false, pwrr) ? read_pwrr(from) : 0; })
        .on_write([this](const reg_write &w) {
            if (secure_only(w.from, true, pwrr))
                write_pwrr(w);
        })
        .document(reg_status::functional, "GIC-600 TRM 3.6.1");
    fctlr.writable(0x3)
        .on_read([this](size_t, const reg_access &from) { return from.secure || m_delivery.ds() ? fctlr.raw(0) : 0; })
        .on_write([this](const reg_write &w) {
            if (secure_only(w.from, true, fctlr))
                fctlr = static_cast<uint32_t>(w.merged());
        })
        .document(reg_status::stored, trm);
    classr.writable(1)
        .on_read([this](size_t, const reg_access &from) { return from.secure || m_delivery.ds() ? classr.raw(0) : 0; })
        .on_write([this](const reg_write &w) {
            if (!secure_only(w.from, true, classr))
                return;
            classr = static_cast<uint32_t>(w.merged());
            m_delivery.core(m_core).node_class = classr;
            m_delivery.participation_changed();
        })
        .document(reg_status::functional, trm);

    // GICR_TYPER.DirectLPI is 0.
    for (auto *r : {&setlpir, &clrlpir, &invlpir, &invallr})
        r->read_only().allow(size4 | size8).document(reg_status::absent, "IHI 0069 12.11, needs DirectLPI");
    syncr.read_only().document(reg_status::absent, "IHI 0069 12.11, needs DirectLPI");

    // The tables cannot be moved while they are in use.
    propbaser.allow(size4 | size8)
        .writable(params.its ? attributes | address_mask(params, 12) | ID_BITS::mask : 0)
        .on_write([this](const reg_write &w) {
            if (!lpis_enabled())
                propbaser = w.merged();
        })
        .document(lpi_status, manual);
    pendbaser.allow(size4 | size8)
        .writable(params.its ? PTZ::mask | attributes | address_mask(params, 16) : 0)
        .on_write([this](const reg_write &w) {
            if (lpis_enabled())
                return;
            if (w.lanes & PTZ::mask)
                m_zero_pending = w.value & PTZ::mask;
            pendbaser = w.merged() & ~PTZ::mask;
        })
        .document(lpi_status, manual);
}

void redistributor::reset() {
    m_processor_sleep = true;
    m_powered_down = true;
    m_zero_pending = false;
    m_busy_until = 0;
    m_known = id_set(lpi_end - lpi_base);
    m_power.off = true;
    m_power.transit_until = 0;
    m_power.sleep = false;
}

bool redistributor::secure_only(const reg_access &from, bool write, const reg_base &r) {
    if (from.secure || m_delivery.ds())
        return true;
    if (!from.debug)
        log_once(r.offset(), write,
                 fmt::format("{}: Non-secure {} of {}, which is Secure, {}", file_name(), write ? "write" : "read",
                             r.name(), write ? "is ignored" : "reads as zero"),
                 from.delay);
    return false;
}

void redistributor::start_rwp() {
    m_busy_until = m_delivery.now() + m_delivery.cycles(m_delivery.params().latency.rwp);
}

uint64_t redistributor::read_ctlr(const reg_access &from) const {
    const core_state &core = m_delivery.core(m_core);
    uint64_t value =
        ENABLE_LPIS::of(lpis_enabled()) | RWP::of(time_of(from) < m_busy_until) | DPG1NS::of(core.excluded[g1ns]);
    if (from.secure || m_delivery.ds())
        value |= DPG0::of(core.excluded[g0]) | DPG1S::of(core.excluded[g1s]);
    return value;
}

void redistributor::write_ctlr(const reg_write &write) {
    core_state &core = m_delivery.core(m_core);
    const bool all = write.from.secure || m_delivery.ds();
    const auto exclude = [&](group g, uint64_t bit, bool reachable) {
        const bool value = write.value & bit;
        if (!reachable || !(write.lanes & bit) || core.excluded[g] == value)
            return;
        core.excluded[g] = value;
        start_rwp();
    };
    exclude(g0, DPG0::mask, all);
    exclude(g1ns, DPG1NS::mask, true);
    exclude(g1s, DPG1S::mask, all && !m_delivery.ds());
    m_delivery.participation_changed();

    if (!m_delivery.params().its || !(write.lanes & ENABLE_LPIS::mask))
        return;
    const bool on = write.value & ENABLE_LPIS::mask;
    if (on && !lpis_enabled()) {
        enable_lpis();
    } else if (!on && lpis_enabled()) {
        disable_lpis();
        start_rwp();
    }
}

// Sleep and power

uint64_t redistributor::read_waker() const {
    return SLEEP::of(m_power.sleep) | PROCESSOR_SLEEP::of(m_processor_sleep) |
           CHILDREN_ASLEEP::of(m_delivery.core(m_core).asleep) | QUIESCENT::of(m_power.sleep);
}

void redistributor::write_waker(const reg_write &write) {
    if (write.lanes & PROCESSOR_SLEEP::mask) {
        m_processor_sleep = write.value & PROCESSOR_SLEEP::mask;
        sleep_changed();
    }
    if (write.lanes & SLEEP::mask) {
        bool all_asleep = true;
        for (const redistributor *r : m_power.members)
            all_asleep &= m_delivery.core(r->m_core).asleep;
        m_power.sleep = (write.value & SLEEP::mask) && all_asleep;
    }
}

// A redistributor without power stays asleep regardless of what software wants of it.
void redistributor::sleep_changed() {
    core_state &core = m_delivery.core(m_core);
    const bool asleep = m_processor_sleep || m_powered_down;
    if (asleep == core.asleep)
        return;
    core.asleep = asleep;
    m_delivery.participation_changed();
    m_delivery.look_again(m_core);
}

uint64_t redistributor::read_pwrr(const reg_access &from) const {
    const bool in_transit = time_of(from) < m_power.transit_until;
    return RDPD::of(m_powered_down) | RDGPD::of(m_power.off) | RDGPO::of(m_power.off != in_transit);
}

void redistributor::write_pwrr(const reg_write &write) {
    if (time_of(write.from) < m_power.transit_until)
        return log_once(
            pwrr.offset() + 1, true,
            fmt::format("{}: GICR_PWRR written while its group changes power (RDGPD is not RDGPO): ignored; "
                        "software polls GICR_PWRR first",
                        file_name()),
            write.from.delay);
    if (!(write.lanes & RDPD::mask))
        return;
    const bool down = write.value & RDPD::mask;
    if (write.value & RDAG::mask)
        for (redistributor *r : m_power.members)
            r->power(down);
    else
        power(down);
    bool off = true;
    for (const redistributor *r : m_power.members)
        off &= r->m_powered_down;
    if (off == m_power.off)
        return;
    m_power.off = off;
    m_power.transit_until = m_delivery.now() + m_delivery.cycles(m_delivery.params().latency.power);
}

void redistributor::power(bool down) {
    if (down && !m_processor_sleep)
        return;
    m_powered_down = down;
    sleep_changed();
}

// LPIs

void redistributor::enable_lpis() {
    core_state &core = m_delivery.core(m_core);
    if (core.lpis.empty())
        core.lpis.make(lpi_end - lpi_base, m_core);
    const uint64_t covered = 1ull << (ID_BITS::get(propbaser) + 1);
    core.lpi_limit = static_cast<uint32_t>(std::min<uint64_t>(std::max<uint64_t>(covered, lpi_base), lpi_end));
    m_known = id_set(lpi_end - lpi_base);
    // PTZ reads 0 and is of one enabling: once LPIs have been on the table holds what disabling them wrote.
    const bool zero = std::exchange(m_zero_pending, false);
    if (zero || core.lpi_limit == lpi_base)
        return;
    std::vector<uint8_t> bits((core.lpi_limit - lpi_base) / 8);
    m_memory.read((pendbaser & address_mask(m_delivery.params(), 16)) + lpi_base / 8, bits.data(),
                  static_cast<unsigned>(bits.size()));
    for (uint32_t n = 0; n < core.lpi_limit - lpi_base; ++n)
        if (bits[n / 8] >> (n % 8) & 1)
            set_pending(lpi_base + n, true);
}

void redistributor::disable_lpis() {
    core_state &core = m_delivery.core(m_core);
    std::vector<uint8_t> bits((core.lpi_limit - lpi_base) / 8);
    core.lpis.each([&](interrupt &i, uint32_t n) {
        if (!i.latch || n >= core.lpi_limit - lpi_base)
            return;
        bits[n / 8] |= static_cast<uint8_t>(1u << (n % 8));
        i.latch = false;
        m_delivery.changed(i);
    });
    m_memory.write((pendbaser & address_mask(m_delivery.params(), 16)) + lpi_base / 8, bits.data(),
                   static_cast<unsigned>(bits.size()));
    core.lpi_limit = 0;
}

// Reads the configuration byte: priority in [7:2], enable in [0]. The table holds the Non-secure view of the priority.
void redistributor::load(interrupt &i) {
    const uint64_t table = propbaser & address_mask(m_delivery.params(), 12);
    const auto byte = m_memory.get<uint8_t>(table + i.id - lpi_base);
    i.enabled = byte & 1;
    i.priority = static_cast<uint8_t>((m_delivery.ds() ? byte : 0x80 | byte >> 1) & priority_bits);
    m_known.insert(i.id - lpi_base);
}

void redistributor::set_pending(uint32_t id, bool pending) {
    interrupt *i = m_delivery.find_lpi(m_core, id);
    if (!i)
        return;
    if (pending && !m_known.contains(id - lpi_base))
        load(*i);
    i->latch = pending;
    m_delivery.changed(*i);
}

bool redistributor::is_pending(uint32_t id) const {
    const interrupt *i = m_delivery.find_lpi(m_core, id);
    return i && i->latch;
}

void redistributor::invalidate(uint32_t id) {
    if (interrupt *i = m_delivery.find_lpi(m_core, id)) {
        load(*i);
        m_delivery.changed(*i);
    }
}

void redistributor::invalidate_all() {
    id_set known(lpi_end - lpi_base);
    std::swap(known, m_known);
    known.each([this](uint32_t n) {
        interrupt &i = m_delivery.core(m_core).lpis[n];
        if (i.latch)
            invalidate(i.id); // what waits must be looked up now; the rest when it is next needed
    });
}

void redistributor::move_all(redistributor &to) {
    if (&to == this)
        return;
    core_state &core = m_delivery.core(m_core);
    for (uint32_t id = lpi_base; id < core.lpi_limit; ++id)
        if (is_pending(id) && to.has_lpi(id)) {
            set_pending(id, false);
            to.set_pending(id, true);
        }
}

} // namespace rk3568::gic
