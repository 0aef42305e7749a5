// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/distributor.h"

#include <algorithm>
#include <fmt/format.h>

namespace rk3568::gic {

namespace {

constexpr const char *manual = "IHI 0069 12.9";
constexpr const char *trm = "GIC-600 TRM 4.2";

constexpr interrupt_register_names names{"GICD_IGROUPR", "GICD_ISENABLER", "GICD_ICENABLER", "GICD_ISPENDR",
                                         "GICD_ICPENDR", "GICD_ISACTIVER", "GICD_ICACTIVER", "GICD_IPRIORITYR",
                                         "GICD_ICFGR",   "GICD_IGRPMODR",  "GICD_NSACR",     manual};

using ENABLE_GRP0 = field<0, 1>;
using ENABLE_GRP1_NS = field<1, 1>; // also EnableGrp1A of the Non-secure view and EnableGrp1 with one security state
using ENABLE_GRP1_S = field<2, 1>;
using ARE_S = field<4, 1>; // also ARE_NS of the Non-secure view and ARE with one security state
using ARE_NS = field<5, 1>;
using DS = field<6, 1>;
using E1NWF = field<7, 1>;
using RWP = field<31, 1>;

unsigned last_mbi(const delivery &d) {
    return std::min(d.params().mbi_first + d.params().mbi_count, d.spi_end());
}

// The SPIs that the message page advertises. The architecture lets a message reach any SPI that exists.
unsigned mbis(const delivery &d) {
    const unsigned first = std::max(d.params().mbi_first, private_ids);
    return last_mbi(d) > first ? last_mbi(d) - first : 0;
}

} // namespace

id_registers::id_registers(frame &file, const char *pidr, const char *cidr, uint8_t part0)
    : m_pidr(file, pidr, 0xffd0)
    , m_cidr(file, cidr, 0xfff0) {
    m_pidr.read_only()
        .reset_value([part0](size_t n) -> uint64_t {
            static constexpr uint8_t fixed[] = {0x44, 0, 0, 0, 0, 0xb4, 0x3b, 0}; // PIDR4..7, PIDR0..3
            return n == 4 ? part0 : fixed[n];
        })
        .document(reg_status::functional, "GIC-600 TRM 4.2, IHI 0069 12.9 GICD_PIDR2");
    m_cidr.read_only()
        .reset_value([](size_t n) -> uint64_t {
            static constexpr uint8_t fixed[] = {0x0d, 0xf0, 0x05, 0xb1};
            return fixed[n];
        })
        .document(reg_status::functional, "GIC-600 TRM 4.2");
}

message_registers::message_registers(frame &file, const names &n, delivery &d)
    : setspi_nsr(file, n.setspi_nsr, 0x40)
    , clrspi_nsr(file, n.clrspi_nsr, 0x48)
    , setspi_sr(file, n.setspi_sr, 0x50)
    , clrspi_sr(file, n.clrspi_sr, 0x58)
    , m_file(file)
    , m_delivery(d) {
    const auto configure = [this](reg<uint32_t> &r, bool set, bool secure) {
        r.write_only()
            .allow(size2 | size4)
            .writable(0x1fff)
            .on_write([=](const reg_write &w) { message(w, set, secure); })
            .document(reg_status::functional, manual);
    };
    configure(setspi_nsr, true, false);
    configure(clrspi_nsr, false, false);
    configure(setspi_sr, true, true);
    configure(clrspi_sr, false, true);
}

void message_registers::message(const reg_write &write, bool set, bool secure_register) {
    const auto id = static_cast<uint32_t>(write.value);
    const char *name = secure_register ? (set ? "SETSPI_SR" : "CLRSPI_SR") : (set ? "SETSPI_NSR" : "CLRSPI_NSR");
    enum reason : unsigned { secure_alone, no_messages, no_spi, secure_spi };
    const auto ignore = [&](reason r, const std::string &why) {
        if (!write.from.debug)
            m_file.log_once(m_file.span() + 0x2000 + 8 * r + (secure_register ? 4 : 0), set,
                            fmt::format("{}: {} with INTID {} is ignored: {}", m_file.file_name(), name, id, why),
                            write.from.delay);
    };
    if (secure_register && (m_delivery.ds() || !write.from.secure))
        return ignore(secure_alone, "the register is for Secure software with two security states");
    if (!m_delivery.params().mbi_count)
        return ignore(no_messages, "there are no message-based SPIs");
    if (id < private_ids || id >= m_delivery.spi_end())
        return ignore(no_spi, fmt::format("SPIs are {} to {}", private_ids, m_delivery.spi_end() - 1));
    interrupt &i = *m_delivery.find(no_core, id);
    const unsigned needed = set ? interrupt_fields::set_pending : interrupt_fields::clear_pending;
    if (m_delivery.is_secure(i) && !write.from.secure && i.nsacr < needed)
        return ignore(secure_spi, "it is Secure and the write is not");
    if (i.edge)
        i.latch = set;
    else
        i.msg = set;
    m_delivery.changed(i);
}

distributor::distributor(delivery &d)
    : frame("GICD", 0x10000)
    , message(*this, {"GICD_SETSPI_NSR", "GICD_CLRSPI_NSR", "GICD_SETSPI_SR", "GICD_CLRSPI_SR"}, d)
    , irq(*this, names, d, no_core, [this] { start_rwp(); })
    , m_delivery(d)
    , m_ids(*this, "GICD_PIDR", "GICD_CIDR", 0x92) {
    const interrupt_fields fields(*this, d, no_core);

    // Affinity routing cannot be switched off. Reads as the view of who asks.
    ctlr.reset_value([&d](size_t) { return d.params().ds ? ARE_S::mask | DS::mask : ARE_S::mask | ARE_NS::mask; })
        .on_read([this](size_t, const reg_access &from) { return read_ctlr(from); })
        .on_write([this](const reg_write &w) { write_ctlr(w); })
        .document(reg_status::functional, manual);
    typer.read_only()
        .reset_value([this](size_t) { return read_typer(); })
        .on_read([this](size_t, const reg_access &) { return read_typer(); })
        .document(reg_status::functional, manual);
    iidr.read_only().reset_value(d.params().iidr).document(reg_status::functional, manual);
    typer2.read_only().document(reg_status::absent, manual);
    statusr.read_only().document(reg_status::absent, manual);
    // Secure software's own.
    for (auto *r : {&fctlr, &sac}) {
        r->on_read([r, &d](size_t, const reg_access &from) { return from.secure || d.ds() ? r->raw(0) : 0; });
        r->on_write([r, &d](const reg_write &w) {
            if (w.from.secure || d.ds())
                *r = static_cast<uint32_t>(w.merged());
        });
        r->document(reg_status::stored, trm);
    }
    sac.writable(0x7);
    fctlr.writable(0x007fffff);

    itargetsr.read_only()
        .allow(size1 | size4)
        .document(reg_status::absent, "IHI 0069 12.9, RES0 with affinity routing");
    sgir.read_only().document(reg_status::absent, "IHI 0069 12.9, RES0 with affinity routing");
    cpendsgir.read_only()
        .allow(size1 | size4)
        .document(reg_status::absent, "IHI 0069 12.9, RES0 with affinity routing");
    spendsgir.read_only()
        .allow(size1 | size4)
        .document(reg_status::absent, "IHI 0069 12.9, RES0 with affinity routing");

    const uint64_t aff3 = d.params().a3v ? 0xff00000000ull : 0;
    irouter.allow(size4 | size8)
        .writable(0x80ffffffull | aff3)
        .on_read([this, fields](size_t n, const reg_access &from) -> uint64_t {
            const interrupt *i = m_delivery.find(no_core, private_ids + static_cast<uint32_t>(n));
            return i && fields.allowed(*i, from, interrupt_fields::routing) ? irouter[n] : 0;
        })
        .on_write([this](const reg_write &w) { write_irouter(w); })
        .document(reg_status::functional, manual);
    chipsr.read_only().document(reg_status::absent, "GIC-600 TRM 4.2, one chip");
    dchipr.read_only().document(reg_status::absent, "GIC-600 TRM 4.2, one chip");
    chipr.read_only().allow(size4 | size8).document(reg_status::absent, "GIC-600 TRM 4.2, one chip");
    iclar
        .on_read([fields](size_t n, const reg_access &from) {
            return fields.gather(
                n, 2, from, interrupt_fields::closed,
                [](const delivery &, const interrupt &i, bool) -> uint64_t { return i.excluded_classes; });
        })
        .on_write([fields](const reg_write &w) {
            fields.scatter(w, 2, interrupt_fields::closed, [](delivery &owner, interrupt &i, uint64_t value, bool) {
                i.excluded_classes = static_cast<uint8_t>(value);
                owner.changed(i);
            });
        })
        .document(reg_status::functional, trm);
    cfgid.read_only().document(reg_status::absent, "GIC-600 TRM 4.2, value not published for the RK3568");
}

void distributor::reset() {
    m_busy_until = 0;
}

// RWP: a write that takes something away has not reached every core yet.
void distributor::start_rwp() {
    m_busy_until = m_delivery.now() + m_delivery.cycles(m_delivery.params().latency.rwp);
}

uint64_t distributor::read_ctlr(const reg_access &from) const {
    const delivery &d = m_delivery;
    const uint64_t now = sc_core::sc_time_stamp().value() + from.delay.value();
    const uint64_t busy = RWP::of(now < m_busy_until);
    const uint64_t group1 = ENABLE_GRP1_NS::of(d.enabled(g1ns));
    if (d.ds())
        return busy | group1 | ENABLE_GRP0::of(d.enabled(g0)) | ARE_S::mask | DS::mask | E1NWF::of(d.wakes_one_of_n());
    if (!from.secure)
        return busy | group1 | ARE_S::mask;
    return busy | group1 | ENABLE_GRP0::of(d.enabled(g0)) | ENABLE_GRP1_S::of(d.enabled(g1s)) | ARE_S::mask |
           ARE_NS::mask | E1NWF::of(d.wakes_one_of_n());
}

void distributor::write_ctlr(const reg_write &write) {
    delivery &d = m_delivery;
    // What a narrow or Non-secure write does not reach stays.
    const auto take = [&](uint64_t bit, bool reachable, bool old) {
        return reachable && (write.lanes & bit) ? (write.value & bit) != 0 : old;
    };
    const bool all = write.from.secure || d.ds();
    bool enabled[groups];
    enabled[g0] = take(ENABLE_GRP0::mask, all, d.enabled(g0));
    enabled[g1ns] = take(ENABLE_GRP1_NS::mask, true, d.enabled(g1ns));
    enabled[g1s] = take(ENABLE_GRP1_S::mask, all && !d.ds(), d.enabled(g1s));
    const bool wakes = take(E1NWF::mask, all, d.wakes_one_of_n());
    const bool ds = d.ds() || take(DS::mask, all, false); // there is no way back but reset
    if (ds)
        enabled[g1s] = false;
    bool taken_away = wakes != d.wakes_one_of_n() || ds != d.ds();
    for (unsigned g = 0; g < groups; ++g)
        taken_away |= d.enabled(static_cast<group>(g)) && !enabled[g];
    if (taken_away)
        start_rwp();
    d.control(enabled, wakes, ds);
}

uint64_t distributor::read_typer() const {
    const delivery &d = m_delivery;
    const uint64_t lines = (d.spi_end() + 31) / 32 - 1; // counts the private 32 too
    return lines | field<10, 1>::of(!d.ds()) | field<16, 1>::of(d.params().mbi_count != 0) |
           field<17, 1>::of(d.params().its) | field<19, 5>::of(15) | field<24, 1>::of(d.params().a3v);
}

void distributor::write_irouter(const reg_write &write) {
    interrupt *i = m_delivery.find(no_core, private_ids + static_cast<uint32_t>(write.index));
    const interrupt_fields fields(*this, m_delivery, no_core);
    if (!i || !fields.allowed(*i, write.from, interrupt_fields::routing))
        return;
    const uint64_t value = write.merged();
    irouter[write.index] = value;
    const auto affinity = static_cast<uint32_t>(field<32, 8>::get(value) << 24 | (value & 0xffffff));
    m_delivery.route(*i, m_delivery.core_of(affinity), field<31, 1>::get(value));
}

message_page::message_page(delivery &d)
    : frame("GICA", 0x10000)
    , message(*this, {"GICM_SETSPI_NSR", "GICM_CLRSPI_NSR", "GICM_SETSPI_SR", "GICM_CLRSPI_SR"}, d)
    , m_ids(*this, "GICM_PIDR", "GICM_CIDR", 0x97) {
    constexpr uint64_t valid_clr_sr = field<31, 1>::mask | field<30, 1>::mask | field<29, 1>::mask;
    typer.read_only()
        .reset_value(mbis(d) ? valid_clr_sr | field<16, 13>::of(d.params().mbi_first) | field<0, 11>::of(mbis(d)) : 0)
        .document(reg_status::functional, "GIC-600AE TRM GICM_TYPER");
    iidr.read_only().reset_value(d.params().iidr).document(reg_status::functional, "GIC-600AE TRM GICM_IIDR");
}

} // namespace rk3568::gic
