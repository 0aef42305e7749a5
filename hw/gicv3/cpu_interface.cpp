// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/cpu_interface.h"

#include "hw/regs/log.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace rk3568::gic {

namespace {

constexpr uint8_t least_bpr0 = 2; // 5 bits of preemption
constexpr uint8_t least_bpr1 = 3; // of the Non-secure bank; the Secure one has the minimum of BPR0
constexpr unsigned idle = 0xff;   // running priority when nothing is active

using CBPR = field<0, 1>;
using EOI_MODE = field<1, 1>;
using PMHE = field<6, 1>;
using PRI_BITS = field<8, 3>;
using A3V = field<15, 1>;

constexpr uint64_t ctlr_fixed = PRI_BITS::of(4) | A3V::of(1);

namespace el3 {
using CBPR_EL1S = field<0, 1>;
using CBPR_EL1NS = field<1, 1>;
using EOI_MODE_EL3 = field<2, 1>;
using EOI_MODE_EL1S = field<3, 1>;
using EOI_MODE_EL1NS = field<4, 1>;
} // namespace el3

constexpr unsigned lowest_bit_priority(uint32_t active) {
    return active ? static_cast<unsigned>(__builtin_ctz(active)) << 3 : idle;
}

} // namespace

cpu_interface::cpu_interface(delivery &d, unsigned core, const outputs &out)
    : m_delivery(d)
    , m_core(core)
    , m_out(out)
    , m_nirq_probe(fmt::format("cpu{}_nirq", core).c_str())
    , m_nfiq_probe(fmt::format("cpu{}_nfiq", core).c_str())
    , m_pending_probe(fmt::format("cpu{}_hppi", core).c_str())
    , m_last_probe(fmt::format("cpu{}_acknowledged", core).c_str())
    , m_mask_probe(fmt::format("cpu{}_pmr", core).c_str(), 8)
    , m_running_probe(fmt::format("cpu{}_rpr", core).c_str(), 8) {
    m_delivery.core(core).cpu = this;
    m_pending_probe.set(id_none);
    m_last_probe.set(id_none);
    reset();
}

void cpu_interface::reset() {
    m_mask = 0;
    std::fill(std::begin(m_enabled), std::end(m_enabled), false);
    std::fill(std::begin(m_active), std::end(m_active), 0);
    std::fill(std::begin(m_common_bpr), std::end(m_common_bpr), false);
    std::fill(std::begin(m_split), std::end(m_split), false);
    m_binary_point[g0] = least_bpr0;
    m_binary_point[g1s] = least_bpr0;
    m_binary_point[g1ns] = least_bpr1;
    m_split_el3 = false;
    m_pmhe = false;
    m_bypass = 0;
}

// What the core is told

std::optional<cpu_interface::candidate> cpu_interface::most_urgent(bool asleep_too) const {
    const core_state &core = m_delivery.core(m_core);
    std::optional<candidate> best;
    if (core.asleep && !asleep_too)
        return best;
    for (const group g : {g0, g1s, g1ns}) {
        // A group that is off hides nothing: its members are no candidates at all.
        const priority_set &set = core.ready[g];
        if (set.empty() || !m_delivery.enabled(g) || !(m_enabled[g] || asleep_too))
            continue;
        const uint8_t priority = set.first_priority();
        if (best && best->priority < priority)
            continue;
        const uint32_t id = set.first();
        if (!best || priority < best->priority || id < best->id)
            best = candidate{id, priority, g};
    }
    return best;
}

uint8_t cpu_interface::group_mask(group g) const {
    unsigned point = m_binary_point[g];
    if (g != g0 && m_common_bpr[g])
        point = m_binary_point[g0];
    else if (g == g1ns)
        --point;
    return static_cast<uint8_t>(0xff << (point + 1));
}

unsigned cpu_interface::running() const {
    return lowest_bit_priority(active_priorities());
}

// Priority and preemption (IHI 0069 4.8): better than the mask, and of a better group priority than what runs.
bool cpu_interface::can_signal(const candidate &c) const {
    if (c.priority >= m_mask)
        return false;
    return !active_priorities() || (c.priority & group_mask(c.of)) < running();
}

cpu_interface::levels cpu_interface::wanted() const {
    if (m_delivery.core(m_core).asleep)
        return {false, false, most_urgent(true).has_value(), id_none};
    const auto c = most_urgent(false);
    if (!c)
        return {false, false, false, id_none};
    if (!can_signal(*c))
        return {false, false, false, c->id};
    const bool fiq = c->of == g0 || (!m_delivery.ds() && (c->of == g1s) != m_secure_state);
    return {!fiq, fiq, false, c->id};
}

bool cpu_interface::differs(const levels &want) const {
    return want.irq != m_out.nirq.level() || want.fiq != m_out.nfiq.level() || want.wake != m_out.wake_request.level();
}

void cpu_interface::drive(const sc_core::sc_time &delay) {
    const levels want = wanted();
    if (differs(want)) {
        m_delivery.note_action();
        m_out.nirq.drive(want.irq, delay);
        m_out.nfiq.drive(want.fiq, delay);
        m_out.wake_request.drive(want.wake, delay);
    }
    m_nirq_probe.set(want.irq, delay);
    m_nfiq_probe.set(want.fiq, delay);
    m_pending_probe.set(static_cast<uint16_t>(want.pending), delay);
}

// What the core itself does.
template <typename Body>
void cpu_interface::transact(const sc_core::sc_time &delay, Body body) {
    m_delivery.transact(delay, m_delivery.params().latency.distributor, body, m_core);
}

void cpu_interface::secure_state(bool secure, const sc_core::sc_time &delay) {
    transact(delay, [&] {
        m_secure_state = secure;
        m_delivery.look_again(m_core);
    });
}

// Acknowledge and end

interrupt *cpu_interface::find(uint32_t id) {
    return id < lpi_base ? m_delivery.find(m_core, id) : m_delivery.find_lpi(m_core, id);
}

// What the register of a group answers when `c` is the most urgent interrupt.
uint64_t cpu_interface::pending_for(const candidate &c, bool group1, const sysreg_origin &from) const {
    const bool el3 = from.el == 3;
    if (!group1) {
        if (c.of == g0)
            return c.id;
        if (!el3 || m_delivery.ds())
            return id_none;
        return c.of == g1s ? id_secure : id_nonsecure;
    }
    switch (c.of) {
    case g0:
        return id_none;
    case g1s:
        return from.secure ? c.id : id_none;
    case g1ns:
        break;
    }
    return m_delivery.ds() || el3 || !from.secure ? c.id : id_none;
}

uint64_t cpu_interface::acknowledge(bool group1, const sysreg_origin &from) {
    const auto c = most_urgent(false);
    if (!c || !can_signal(*c))
        return id_none;
    const uint64_t id = pending_for(*c, group1, from);
    if (id != c->id)
        return id;
    m_active[c->of] |= 1u << ((c->priority & group_mask(c->of)) >> 3);
    m_delivery.acknowledge(*find(c->id));
    m_delivery.look_again(m_core);
    m_last_probe.set(static_cast<uint16_t>(id), from.delay);
    m_running_probe.set(static_cast<uint8_t>(running()), from.delay);
    return id;
}

uint64_t cpu_interface::highest_pending(bool group1, const sysreg_origin &from) {
    const auto c = most_urgent(false);
    return c ? pending_for(*c, group1, from) : id_none;
}

bool cpu_interface::split(const sysreg_origin &from) const {
    return from.el == 3 ? m_split_el3 : m_split[bank(from)];
}

void cpu_interface::end(bool group1, uint64_t value, const sysreg_origin &from) {
    const uint32_t id = value & 0xffffff;
    if (id >= special_ids && id < 1024)
        return;
    if (id >= lpi_end || (id >= m_delivery.spi_end() && id < lpi_base))
        return log_once(0, fmt::format("EOIR of INTID {}, which does not exist, is ignored", id));
    // At EL3 both banks of group 1 are the core's own: the more urgent one is what was acknowledged last.
    group g = group1 ? bank(from) : g0;
    if (group1 && from.el == 3 && lowest_bit_priority(m_active[g1s]) < lowest_bit_priority(m_active[g1ns]))
        g = g1s;
    else if (group1 && from.el == 3 && m_active[g1ns])
        g = g1ns;
    if (!m_active[g])
        return log_once(1, fmt::format("EOIR of INTID {}, but nothing of that group is active: ignored", id));
    m_active[g] &= m_active[g] - 1;
    m_running_probe.set(static_cast<uint8_t>(running()), from.delay);
    if (!split(from))
        deactivate(id, from);
}

void cpu_interface::deactivate(uint32_t id, const sysreg_origin &from) {
    interrupt *i = id < lpi_base ? m_delivery.find(m_core, id) : nullptr; // an LPI has no active state
    if (!i || !i->active)
        return;
    if (nonsecure_view(from) && m_delivery.is_secure(*i))
        return log_once(2, fmt::format("Non-secure deactivation of INTID {}, which is Secure, is ignored", id));
    m_delivery.deactivate(*i);
}

void cpu_interface::write_dir(uint64_t value, const sysreg_origin &from) {
    if (!split(from))
        return log_once(3, "ICC_DIR_EL1 is ignored while EOImode is 0");
    deactivate(value & 0xffffff, from);
}

uint64_t cpu_interface::read_iar0(const sysreg_origin &from) {
    return acknowledge(false, from);
}
uint64_t cpu_interface::read_iar1(const sysreg_origin &from) {
    return acknowledge(true, from);
}
uint64_t cpu_interface::read_hppir0(const sysreg_origin &from) {
    return highest_pending(false, from);
}
uint64_t cpu_interface::read_hppir1(const sysreg_origin &from) {
    return highest_pending(true, from);
}
void cpu_interface::write_eoir0(uint64_t value, const sysreg_origin &from) {
    end(false, value, from);
}
void cpu_interface::write_eoir1(uint64_t value, const sysreg_origin &from) {
    end(true, value, from);
}

// Priorities

uint64_t cpu_interface::read_pmr(const sysreg_origin &from) {
    if (!nonsecure_view(from))
        return m_mask;
    return m_mask & 0x80 ? (m_mask << 1) & 0xff : 0;
}

void cpu_interface::write_pmr(uint64_t value, const sysreg_origin &from) {
    if (!nonsecure_view(from))
        m_mask = value & priority_bits;
    else if (m_mask & 0x80) // a mask of Secure software is out of reach
        m_mask = ((value & 0xff) >> 1 | 0x80) & priority_bits;
    m_mask_probe.set(m_mask, from.delay);
}

uint64_t cpu_interface::read_rpr(const sysreg_origin &from) {
    const unsigned priority = running();
    if (!nonsecure_view(from) || priority == idle)
        return priority;
    return priority < 0x80 ? 0 : (priority << 1) & 0xff;
}

uint64_t cpu_interface::read_bpr0(const sysreg_origin &) {
    return m_binary_point[g0];
}
void cpu_interface::write_bpr0(uint64_t value, const sysreg_origin &) {
    m_binary_point[g0] = std::max<uint8_t>(value & 7, least_bpr0);
}

// With CBPR group 1 shares BPR0: the Secure bank is an alias of it, the Non-secure one shows it plus 1 and ignores
// writes. EL3 still reaches the bank itself.
uint64_t cpu_interface::read_bpr1(const sysreg_origin &from) {
    const group g = bank(from);
    if (!m_common_bpr[g] || (from.el == 3 && !m_delivery.ds()))
        return m_binary_point[g];
    return g == g1s ? m_binary_point[g0] : std::min<uint8_t>(m_binary_point[g0] + 1, 7);
}

void cpu_interface::write_bpr1(uint64_t value, const sysreg_origin &from) {
    const group g = bank(from);
    if (!m_common_bpr[g] || (from.el == 3 && !m_delivery.ds()))
        m_binary_point[g] = std::max<uint8_t>(value & 7, g == g1ns ? least_bpr1 : least_bpr0);
    else if (g == g1s)
        write_bpr0(value, from);
}

uint64_t cpu_interface::read_ap0r0(const sysreg_origin &) {
    return m_active[g0];
}
void cpu_interface::write_ap0r0(uint64_t value, const sysreg_origin &from) {
    m_active[g0] = static_cast<uint32_t>(value);
    m_running_probe.set(static_cast<uint8_t>(running()), from.delay);
}
uint64_t cpu_interface::read_ap1r0(const sysreg_origin &from) {
    return m_active[bank(from)];
}
void cpu_interface::write_ap1r0(uint64_t value, const sysreg_origin &from) {
    m_active[bank(from)] = static_cast<uint32_t>(value);
    m_running_probe.set(static_cast<uint8_t>(running()), from.delay);
}

// SGIs (IHI 0069 12.2, control of SGI forwarding)

void cpu_interface::send_sgi(uint64_t value, const sysreg_origin &from,
                             bool (*forwarded)(group g, bool secure, unsigned nsacr)) {
    const uint32_t id = field<24, 4>::get(value);
    const auto cluster = static_cast<uint32_t>(field<48, 8>::get(value) << 16 | field<32, 8>::get(value) << 8 |
                                               field<16, 8>::get(value));
    const bool all_but_self = field<40, 1>::get(value);
    const uint64_t list = field<44, 4>::get(value) ? 0 : field<0, 16>::get(value); // no range selector: Aff0 is 0 to 15
    // With one security state there is no Non-secure access that could be refused.
    const bool secure = from.secure || m_delivery.ds();
    m_delivery.latency(m_delivery.params().latency.sgi);
    for (unsigned c = 0; c < m_delivery.cores(); ++c) {
        const uint32_t affinity = m_delivery.params().aff[c];
        if (all_but_self ? c == m_core : affinity >> 8 != cluster || !(list >> (affinity & 0xff) & 1))
            continue;
        interrupt &i = m_delivery.core(c).own[id];
        const group g = m_delivery.group_of(i);
        if (!forwarded(m_delivery.ds() && g == g1ns ? g1s : g, secure, i.nsacr))
            continue;
        i.latch = true;
        m_delivery.changed(i);
    }
}

// In these rules group 1 of a system with one security state stands as g1s of a Secure access.
void cpu_interface::write_sgi0r(uint64_t value, const sysreg_origin &from) {
    send_sgi(value, from, [](group g, bool secure, unsigned nsacr) { return g == g0 && (secure || nsacr >= 1); });
}

void cpu_interface::write_sgi1r(uint64_t value, const sysreg_origin &from) {
    send_sgi(value, from, [](group g, bool secure, unsigned nsacr) {
        if (secure)
            return g != g1ns;
        return g == g1ns || nsacr >= (g == g0 ? 1u : 2u);
    });
}

void cpu_interface::write_asgi1r(uint64_t value, const sysreg_origin &from) {
    if (m_delivery.ds()) // there is no other state; what is left is group 0
        return write_sgi0r(value, from);
    send_sgi(value, from, [](group g, bool secure, unsigned nsacr) {
        if (secure)
            return g == g1ns;
        return g != g1ns && nsacr >= (g == g0 ? 1u : 2u);
    });
}

// Control

uint64_t cpu_interface::read_ctlr_el1(const sysreg_origin &from) {
    const group g = bank(from);
    return ctlr_fixed | CBPR::of(m_common_bpr[g]) | EOI_MODE::of(m_split[g]) | PMHE::of(m_pmhe);
}

void cpu_interface::write_ctlr_el1(uint64_t value, const sysreg_origin &from) {
    const group g = bank(from);
    m_split[g] = EOI_MODE::get(value);
    if (!m_delivery.ds()) // the rest is EL3's, in ICC_CTLR_EL3
        return;
    m_common_bpr[g] = CBPR::get(value);
    m_pmhe = PMHE::get(value);
}

uint64_t cpu_interface::read_ctlr_el3(const sysreg_origin &) {
    return ctlr_fixed | el3::CBPR_EL1S::of(m_common_bpr[g1s]) | el3::CBPR_EL1NS::of(m_common_bpr[g1ns]) |
           el3::EOI_MODE_EL3::of(m_split_el3) | el3::EOI_MODE_EL1S::of(m_split[g1s]) |
           el3::EOI_MODE_EL1NS::of(m_split[g1ns]) | PMHE::of(m_pmhe);
}

void cpu_interface::write_ctlr_el3(uint64_t value, const sysreg_origin &) {
    m_common_bpr[g1s] = el3::CBPR_EL1S::get(value);
    m_common_bpr[g1ns] = el3::CBPR_EL1NS::get(value);
    m_split_el3 = el3::EOI_MODE_EL3::get(value);
    m_split[g1s] = el3::EOI_MODE_EL1S::get(value);
    m_split[g1ns] = el3::EOI_MODE_EL1NS::get(value);
    m_pmhe = PMHE::get(value);
}

// System registers cannot be switched off; the bypass bits are EL3's unless there is one security state.
uint64_t cpu_interface::read_sre(const sysreg_origin &) {
    return 1u | m_bypass;
}
uint64_t cpu_interface::read_sre_el23(const sysreg_origin &) {
    return 9u | m_bypass;
}
void cpu_interface::write_sre(uint64_t value, const sysreg_origin &from) {
    if (from.el == 3 || m_delivery.ds())
        m_bypass = value & 6;
}

void cpu_interface::enable(group g, bool on) {
    if (m_enabled[g] == on)
        return;
    m_enabled[g] = on;
    m_delivery.participation_changed();
}

uint64_t cpu_interface::read_igrpen0(const sysreg_origin &) {
    return m_enabled[g0];
}
void cpu_interface::write_igrpen0(uint64_t value, const sysreg_origin &) {
    enable(g0, value & 1);
}
uint64_t cpu_interface::read_igrpen1(const sysreg_origin &from) {
    return m_enabled[bank(from)];
}
void cpu_interface::write_igrpen1(uint64_t value, const sysreg_origin &from) {
    enable(bank(from), value & 1);
}
uint64_t cpu_interface::read_igrpen1_el3(const sysreg_origin &) {
    return m_enabled[g1ns] | m_enabled[g1s] << 1;
}
void cpu_interface::write_igrpen1_el3(uint64_t value, const sysreg_origin &) {
    enable(g1ns, value & 1);
    enable(g1s, value & 2);
}

// The registers

const std::vector<cpu_interface::register_info> &cpu_interface::registers() {
    using c = cpu_interface;
    constexpr const char *manual = "IHI 0069 12.2";
    constexpr reg_status functional = reg_status::functional;
    static const std::vector<register_info> table = {
        {sysreg(3, 0, 4, 6, 0), "ICC_PMR_EL1", "RW", 1, false, functional, manual, &c::read_pmr, &c::write_pmr},
        {sysreg(3, 0, 12, 8, 0), "ICC_IAR0_EL1", "RO", 1, true, functional, manual, &c::read_iar0, nullptr},
        {sysreg(3, 0, 12, 8, 1), "ICC_EOIR0_EL1", "WO", 1, true, functional, manual, nullptr, &c::write_eoir0},
        {sysreg(3, 0, 12, 8, 2), "ICC_HPPIR0_EL1", "RO", 1, true, functional, manual, &c::read_hppir0, nullptr},
        {sysreg(3, 0, 12, 8, 3), "ICC_BPR0_EL1", "RW", 1, true, functional, manual, &c::read_bpr0, &c::write_bpr0},
        {sysreg(3, 0, 12, 8, 4), "ICC_AP0R0_EL1", "RW", 1, true, functional, manual, &c::read_ap0r0, &c::write_ap0r0},
        {sysreg(3, 0, 12, 9, 0), "ICC_AP1R0_EL1", "RW", 1, false, functional, manual, &c::read_ap1r0, &c::write_ap1r0},
        {sysreg(3, 0, 12, 11, 1), "ICC_DIR_EL1", "WO", 1, false, functional, manual, nullptr, &c::write_dir},
        {sysreg(3, 0, 12, 11, 3), "ICC_RPR_EL1", "RO", 1, false, functional, manual, &c::read_rpr, nullptr},
        {sysreg(3, 0, 12, 11, 5), "ICC_SGI1R_EL1", "WO", 1, false, functional, manual, nullptr, &c::write_sgi1r},
        {sysreg(3, 0, 12, 11, 6), "ICC_ASGI1R_EL1", "WO", 1, false, functional, manual, nullptr, &c::write_asgi1r},
        {sysreg(3, 0, 12, 11, 7), "ICC_SGI0R_EL1", "WO", 1, false, functional, manual, nullptr, &c::write_sgi0r},
        {sysreg(3, 0, 12, 12, 0), "ICC_IAR1_EL1", "RO", 1, false, functional, manual, &c::read_iar1, nullptr},
        {sysreg(3, 0, 12, 12, 1), "ICC_EOIR1_EL1", "WO", 1, false, functional, manual, nullptr, &c::write_eoir1},
        {sysreg(3, 0, 12, 12, 2), "ICC_HPPIR1_EL1", "RO", 1, false, functional, manual, &c::read_hppir1, nullptr},
        {sysreg(3, 0, 12, 12, 3), "ICC_BPR1_EL1", "RW", 1, false, functional, manual, &c::read_bpr1, &c::write_bpr1},
        {sysreg(3, 0, 12, 12, 4), "ICC_CTLR_EL1", "RW", 1, false, functional, manual, &c::read_ctlr_el1,
         &c::write_ctlr_el1},
        {sysreg(3, 0, 12, 12, 5), "ICC_SRE_EL1", "RW", 1, false, reg_status::stored, manual, &c::read_sre,
         &c::write_sre},
        {sysreg(3, 0, 12, 12, 6), "ICC_IGRPEN0_EL1", "RW", 1, true, functional, manual, &c::read_igrpen0,
         &c::write_igrpen0},
        {sysreg(3, 0, 12, 12, 7), "ICC_IGRPEN1_EL1", "RW", 1, false, functional, manual, &c::read_igrpen1,
         &c::write_igrpen1},
        {sysreg(3, 4, 12, 9, 5), "ICC_SRE_EL2", "RW", 2, false, reg_status::stored, manual, &c::read_sre_el23,
         &c::write_sre},
        {sysreg(3, 6, 12, 12, 4), "ICC_CTLR_EL3", "RW", 3, false, functional, manual, &c::read_ctlr_el3,
         &c::write_ctlr_el3},
        {sysreg(3, 6, 12, 12, 5), "ICC_SRE_EL3", "RW", 3, false, reg_status::stored, manual, &c::read_sre_el23,
         &c::write_sre},
        {sysreg(3, 6, 12, 12, 7), "ICC_IGRPEN1_EL3", "RW", 3, false, functional, manual, &c::read_igrpen1_el3,
         &c::write_igrpen1_el3},
    };
    return table;
}

const cpu_interface::register_info *cpu_interface::find_register(uint32_t reg, const sysreg_origin &from) const {
    static const auto index = [] {
        std::array<uint8_t, 0x10000> places{};
        for (size_t n = 0; n < registers().size(); ++n)
            places[registers()[n].encoding] = static_cast<uint8_t>(n + 1);
        return places;
    }();
    const unsigned place = reg < index.size() ? index[reg] : 0;
    if (!place)
        return nullptr;
    const register_info &info = registers()[place - 1];
    if (from.el < info.least_el || (info.group0 && from.el < 3 && nonsecure_view(from)))
        return nullptr;
    return &info;
}

bool cpu_interface::read_sysreg(uint32_t reg, uint64_t &value, const sysreg_origin &from) {
    const register_info *info = find_register(reg, from);
    if (!info || !info->read)
        return false;
    m_delivery.acted = false;
    transact(from.delay, [&] { value = (this->*info->read)(from); });
    return true;
}

bool cpu_interface::write_sysreg(uint32_t reg, uint64_t value, const sysreg_origin &from) {
    const register_info *info = find_register(reg, from);
    if (!info || !info->write)
        return false;
    m_delivery.acted = false;
    transact(from.delay, [&] {
        (this->*info->write)(value, from);
        m_delivery.look_again(m_core);
    });
    return true;
}

void cpu_interface::log_once(unsigned what, const std::string &text) {
    if (m_logged >> what & 1)
        return;
    m_logged |= 1ull << what;
    guest_error(fmt::format("GIC CPU interface {}: {}", m_core, text), m_delivery.delay());
}

} // namespace rk3568::gic
