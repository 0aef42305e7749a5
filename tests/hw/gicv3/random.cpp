// SPDX-License-Identifier: Apache-2.0
//
// Random register accesses, wire changes and acknowledgements on four cores, the model against reference.h.
//
//   GIC_RANDOM_OPERATIONS   how many (default 200000)
//   GIC_RANDOM_SEED         where to start (default 1); a difference prints the seed and the number of the operation
#include "harness.h"
#include "reference.h"

#include <cstdlib>
#include <random>
#include <sstream>

using namespace rk3568;
using namespace rk3568::test;
using name = reference::name;

namespace {

uint64_t setting(const char *variable, uint64_t otherwise) {
    const char *text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 0) : otherwise;
}

class driver {
public:
    driver(board &b, uint64_t seed)
        : m_board(b)
        , m_random(seed)
        , m_seed(seed)
        , m_reference(b.gic.params().aff, static_cast<int>(b.gic.params().spis), b.ds())
        , m_taken(b.cores()) {
        for (unsigned c = 0; c < b.cores(); ++c)
            b.write(b.rd(c, GICR_PWRR), 0, secure);
        if (b.gic.params().its)
            start_lpis();
        open();
    }

    void run(uint64_t operations) {
        for (m_number = 0; m_number < operations; ++m_number) {
            operation();
            outputs();
            if (m_number % 5000 == 4999)
                everything();
            if (m_number % 400 == 399)
                open();
        }
        BOOST_TEST(m_acknowledged > operations / 100); // the run meant something
    }

private:
    unsigned below(unsigned n) { return static_cast<unsigned>(m_random() % n); }
    bool chance(unsigned percent) { return below(100) < percent; }
    uint32_t sparse() { return static_cast<uint32_t>(m_random() & m_random() & m_random()); }
    unsigned some_core() { return below(m_board.cores()); }
    unsigned last_id() const { return 31 + m_board.gic.params().spis; }

    void same(const char *what, uint64_t model, uint64_t expected) {
        if (model == expected)
            return;
        std::ostringstream text;
        text << "seed " << m_seed << ", operation " << m_number << ": " << m_what << ": " << what << " is " << std::hex
             << model << ", the reference says " << expected;
        BOOST_FAIL(text.str());
    }

    void outputs() {
        for (unsigned c = 0; c < m_board.cores(); ++c) {
            same("nIRQ", m_board.nirq(c), m_reference.nirq(static_cast<int>(c)));
            same("nFIQ", m_board.nfiq(c), m_reference.nfiq(static_cast<int>(c)));
            same("wake_request", m_board.gic.wake_request[c].level(),
                 m_reference.wanted_while_asleep(static_cast<int>(c)));
        }
    }

    // Back to a state in which interrupts flow, or a random walk soon masks everything.
    void open() {
        m_what = "open";
        write(name::ctlr, -1, 0, 7, secure);
        for (unsigned c = 0; c < m_board.cores(); ++c) {
            const int n = static_cast<int>(c);
            write(name::waker, n, 0, 0, secure);
            write(name::gicr_ctlr, n, 0, m_board.gic.params().its, secure);
            m_board.set(c, icc::pmr, 0xf8, el3);
            m_reference.write_pmr(n, 0xf8, true);
            m_board.set(c, icc::igrpen0, 1, el3);
            m_board.set(c, icc::igrpen1_el3, 3, el3);
            for (const auto k : {reference::group0, reference::secure1, reference::nonsecure1})
                m_reference.set_group(n, k, true);
            for (int f = 0; f < 2; ++f)
                write(name::isenabler, n, 0, 0xffffffff, secure);
            if (chance(30)) {
                write_aprs(c, 0);
                write(name::icactiver, n, 0, 0xffffffff, secure);
            }
        }
        for (unsigned n = 1; n <= last_id() / 32; ++n) {
            write(name::isenabler, -1, static_cast<int>(n), 0xffffffff, secure);
            if (chance(30))
                write(name::icactiver, -1, static_cast<int>(n), 0xffffffff, secure);
        }
    }

    void write_aprs(unsigned c, uint32_t value) {
        for (const world w : {ns, secure}) {
            m_board.set(c, icc::ap1r0, value, w);
            m_reference.write_apr(static_cast<int>(c), m_reference.bank(w.secure), value);
        }
        m_board.set(c, icc::ap0r0, value, el3);
        m_reference.write_apr(static_cast<int>(c), reference::group0, value);
    }

    // Registers

    static bool is_private(name r) { return r == name::gicr_ctlr || r == name::waker || r == name::classr; }

    uint64_t address(name r, int core, int index) const {
        const auto frame = [&](uint64_t offset) {
            return (core < 0 ? m_board.gicd(offset) : m_board.sgi(static_cast<unsigned>(core), offset)) +
                   4 * static_cast<uint64_t>(index);
        };
        const auto rd = [&](uint64_t offset) { return m_board.rd(static_cast<unsigned>(core), offset); };
        switch (r) {
        case name::ctlr:
            return m_board.gicd(GICD_CTLR);
        case name::igroupr:
            return frame(IGROUPR);
        case name::isenabler:
            return frame(ISENABLER);
        case name::icenabler:
            return frame(ICENABLER);
        case name::ispendr:
            return frame(ISPENDR);
        case name::icpendr:
            return frame(ICPENDR);
        case name::isactiver:
            return frame(ISACTIVER);
        case name::icactiver:
            return frame(ICACTIVER);
        case name::ipriorityr:
            return frame(IPRIORITYR);
        case name::icfgr:
            return frame(ICFGR);
        case name::igrpmodr:
            return frame(IGRPMODR);
        case name::nsacr:
            return frame(NSACR);
        case name::iclar:
            return frame(ICLAR);
        case name::irouter:
            return m_board.gicd(IROUTER) + 8 * static_cast<uint64_t>(index);
        case name::setspi_nsr:
            return m_board.gicd(SETSPI_NSR);
        case name::clrspi_nsr:
            return m_board.gica(CLRSPI_NSR);
        case name::setspi_sr:
            return m_board.gica(SETSPI_SR);
        case name::clrspi_sr:
            return m_board.gicd(CLRSPI_SR);
        case name::gicr_ctlr:
            return rd(GICR_CTLR);
        case name::waker:
            return rd(GICR_WAKER);
        case name::classr:
            return rd(GICR_CLASSR);
        }
        return 0;
    }

    void write(name r, int core, int index, uint64_t value, world w) {
        m_board.write(address(r, core, index), value, w, r == name::irouter ? 8 : 4);
        m_reference.write(r, core, index, value, r == name::irouter ? ~0ull : 0xffffffff, w.secure);
    }

    void read(name r, int core, int index, world w) {
        uint64_t value = m_board.read(address(r, core, index), w, r == name::irouter ? 8 : 4);
        if (r == name::ctlr)
            value &= 0x7fffffff; // RWP is a matter of time
        if (r == name::gicr_ctlr)
            value &= ~9ull; // RWP, and EnableLPIs, which the reference does not know
        m_what = "read of register " + std::to_string(static_cast<int>(r)) + "[" + std::to_string(index) + "]";
        same("the value", value, m_reference.read(r, core, index, w.secure));
    }

    int some_index(name r, int core) {
        const unsigned words = last_id() / 32 + 2; // one too many
        switch (r) {
        case name::ipriorityr:
            return static_cast<int>(core < 0 ? below(8 * words) : below(8));
        case name::icfgr:
            return static_cast<int>(core < 0 ? below(2 * words) : below(2));
        case name::nsacr:
            return static_cast<int>(core < 0 ? below(2 * words) : 0);
        case name::iclar:
            return static_cast<int>(below(2 * words));
        case name::irouter:
            return static_cast<int>(32 + below(last_id() - 28));
        default:
            return static_cast<int>(core < 0 ? below(words) : 0);
        }
    }

    void register_access() {
        static constexpr name all[] = {
            name::ctlr,      name::igroupr,    name::isenabler,  name::icenabler,  name::ispendr,   name::icpendr,
            name::isactiver, name::icactiver,  name::ipriorityr, name::icfgr,      name::igrpmodr,  name::nsacr,
            name::irouter,   name::iclar,      name::setspi_nsr, name::clrspi_nsr, name::setspi_sr, name::clrspi_sr,
            name::gicr_ctlr, name::waker,      name::classr,     name::ispendr,    name::isenabler, name::icactiver,
            name::irouter,   name::ipriorityr, name::setspi_nsr, name::clrspi_nsr};
        const name r = all[below(std::size(all))];
        const bool message = r >= name::setspi_nsr && r <= name::clrspi_sr;
        const bool distributors = r == name::ctlr || r == name::irouter || r == name::iclar || message;
        const int core = is_private(r) || (!distributors && chance(40)) ? static_cast<int>(some_core()) : -1;
        const world w = chance(50) ? ns : secure;
        const int index = r == name::ctlr || is_private(r) || message ? 0 : some_index(r, core);
        if (!message && chance(35))
            return read(r, core, index, w);
        uint64_t value = sparse();
        switch (r) {
        case name::ctlr:
            value = (m_random() | m_random()) & 0x87; // DS is for ever
            break;
        case name::irouter:
            value = chance(20) ? 1ull << 31 : chance(90) ? m_board.affinity(some_core()) : m_random();
            break;
        case name::waker:
            value = chance(30) ? 2 : 0;
            break;
        case name::gicr_ctlr:
            value = (value & ~1ull) | m_board.gic.params().its; // LPIs stay on
            break;
        case name::ipriorityr:
            value = m_random();
            if (chance(50)) { // by byte
                const unsigned byte = below(4);
                m_board.write(address(r, core, index) + byte, value & 0xff, w, 1);
                m_reference.write(r, core, index, (value & 0xff) << (8 * byte), 0xffull << (8 * byte), w.secure);
                return;
            }
            value &= 0xffffffff;
            break;
        case name::setspi_nsr:
        case name::clrspi_nsr:
        case name::setspi_sr:
        case name::clrspi_sr:
            value = chance(90) ? 31 + below(m_board.gic.params().spis + 2) : below(0x2000);
            break;
        case name::igroupr:
        case name::igrpmodr:
        case name::nsacr:
            value = static_cast<uint32_t>(m_random());
            break;
        default:
            break;
        }
        m_what = "write of register " + std::to_string(static_cast<int>(r));
        write(r, core, index, value, w);
    }

    // CPU interface

    struct asker {
        world w;
        bool secure() const { return w.secure; }
        bool at_el3() const { return w.el == 3; }
    };

    asker some_asker(bool group0_register) {
        if (group0_register && !m_reference.ds)
            return {chance(50) ? el3 : secure};
        const unsigned n = below(10);
        return {n < 6 ? ns : n < 8 ? secure : el3};
    }

    void acknowledge() {
        const unsigned c = some_core();
        const int n = static_cast<int>(c);
        const bool group1 = chance(75);
        const asker a = some_asker(!group1);
        m_what = "acknowledge";
        const uint64_t id = m_board.get(c, group1 ? icc::iar1 : icc::iar0, a.w);
        same("the INTID", id, static_cast<uint64_t>(m_reference.acknowledge(n, group1, a.secure(), a.at_el3())));
        if (id >= 1020 && id < 1024)
            return;
        ++m_acknowledged;
        m_taken[c].push_back({id, group1, a.w});
        if (m_taken[c].size() > 40)
            m_taken[c].erase(m_taken[c].begin());
    }

    void finish() {
        const unsigned c = some_core();
        const int n = static_cast<int>(c);
        taken t{below(last_id() + 8), chance(50), ns};
        if (!m_taken[c].empty() && chance(90)) {
            t = m_taken[c].back();
            m_taken[c].pop_back();
        } else if (chance(20)) {
            t.id = 1019 + below(5);
        }
        if (!t.group1 && !m_reference.ds && !t.w.secure)
            t.w = el3;
        m_what = "EOIR";
        m_board.set(c, t.group1 ? icc::eoir1 : icc::eoir0, t.id, t.w);
        m_reference.end(n, t.group1, static_cast<int>(t.id), t.w.secure, t.w.el == 3);
        if (chance(60)) {
            const unsigned other = chance(70) ? c : some_core();
            m_board.set(other, icc::dir, t.id, t.w);
            m_reference.dir(static_cast<int>(other), static_cast<int>(t.id), t.w.secure, t.w.el == 3);
        }
    }

    void cpu_register() {
        const unsigned c = some_core();
        const int n = static_cast<int>(c);
        const unsigned which = below(12);
        const asker a = some_asker(which == 2 || which == 4 || which == 8);
        const world w = a.w;
        reference &ref = m_reference;
        uint64_t value = m_random();
        m_what = "CPU register " + std::to_string(which);
        switch (which) {
        case 0:
            value = (value & 0xff) | (chance(80) ? 0xc0 : 0);
            m_board.set(c, icc::pmr, value, w);
            ref.write_pmr(n, static_cast<int>(value), w.secure);
            break;
        case 1:
            same("PMR", m_board.get(c, icc::pmr, w), static_cast<uint64_t>(ref.read_pmr(n, w.secure)));
            same("RPR", m_board.get(c, icc::rpr, w), static_cast<uint64_t>(ref.read_rpr(n, w.secure)));
            break;
        case 2:
            m_board.set(c, icc::bpr0, value, w);
            ref.cores[c].bpr[reference::group0] = std::max(2, static_cast<int>(value & 7));
            break;
        case 3:
            m_board.set(c, icc::bpr1, value, w);
            ref.write_bpr1(n, static_cast<int>(value & 7), w.secure, a.at_el3());
            break;
        case 4:
            same("BPR0", m_board.get(c, icc::bpr0, w), static_cast<uint64_t>(ref.cores[c].bpr[reference::group0]));
            same("AP0R0", m_board.get(c, icc::ap0r0, w), ref.read_apr(n, reference::group0));
            same("HPPIR0", m_board.get(c, icc::hppir0, w),
                 static_cast<uint64_t>(ref.highest_pending(n, false, w.secure, a.at_el3())));
            break;
        case 5:
            same("BPR1", m_board.get(c, icc::bpr1, w), static_cast<uint64_t>(ref.read_bpr1(n, w.secure, a.at_el3())));
            same("AP1R0", m_board.get(c, icc::ap1r0, w), ref.read_apr(n, ref.bank(w.secure)));
            same("HPPIR1", m_board.get(c, icc::hppir1, w),
                 static_cast<uint64_t>(ref.highest_pending(n, true, w.secure, a.at_el3())));
            break;
        case 6: // priorities left active by a random write are cleared soon after
            write_aprs(c, chance(30) ? sparse() & sparse() : 0);
            break;
        case 7: {
            m_board.set(c, icc::ctlr, value, w);
            const auto k = ref.bank(w.secure);
            ref.cores[c].split[k] = value >> 1 & 1;
            if (ref.ds)
                ref.cores[c].cbpr[k] = value & 1;
            break;
        }
        case 8: {
            const bool on = chance(85);
            m_board.set(c, icc::igrpen0, on, w);
            ref.set_group(n, reference::group0, on);
            break;
        }
        case 9: {
            const bool on = chance(85);
            m_board.set(c, icc::igrpen1, on, w);
            ref.set_group(n, ref.bank(w.secure), on);
            break;
        }
        case 10:
            if (ref.ds)
                break;
            m_board.set(c, icc::ctlr_el3, value, el3);
            ref.cores[c].cbpr[reference::secure1] = value & 1;
            ref.cores[c].cbpr[reference::nonsecure1] = value >> 1 & 1;
            ref.cores[c].split_el3 = value >> 2 & 1;
            ref.cores[c].split[reference::secure1] = value >> 3 & 1;
            ref.cores[c].split[reference::nonsecure1] = value >> 4 & 1;
            break;
        default:
            same("IGRPEN1", m_board.get(c, icc::igrpen1, w), ref.cores[c].on.count(ref.bank(w.secure)));
            break;
        }
    }

    void sgi() {
        static constexpr uint32_t registers[] = {icc::sgi0r, icc::sgi1r, icc::asgi1r};
        const unsigned c = some_core(), which = below(3);
        const world w = chance(60) ? ns : secure;
        uint64_t value = static_cast<uint64_t>(below(16)) << 24;
        if (chance(20))
            value |= 1ull << 40;
        else
            value |= (m_board.affinity(some_core()) >> 8) << 16 | (chance(80) ? 1 : m_random() & 0xffff);
        if (chance(5))
            value |= m_random() & 0x00fff000ff0000ull << 16; // an affinity that hits no_core, or a range
        m_what = "SGI";
        m_board.set(c, registers[which], value, w);
        m_reference.sgi(static_cast<int>(c), static_cast<int>(which), value, w.secure);
    }

    void wire() {
        m_what = "wire";
        if (chance(70)) {
            const uint32_t id = 32 + below(m_board.gic.params().spis);
            const bool level = !m_board.spi_wires[id - 32].level();
            m_board.spi(id, level);
            m_reference.wire(-1, static_cast<int>(id), level);
        } else {
            const unsigned c = some_core(), id = 16 + below(16);
            const bool level = !m_board.ppi_wires[16 * c + id - 16].level();
            m_board.ppi(c, id, level);
            m_reference.wire(static_cast<int>(c), static_cast<int>(id), level);
        }
    }

    // LPIs: 16 of one device, EventID n is INTID 8192 + n; collection n is core n.

    static constexpr uint64_t config = memory::base + 0x100000, pending = memory::base + 0x200000;
    static constexpr uint64_t devices = memory::base + 0x300000, collections = memory::base + 0x400000;
    static constexpr uint64_t queue = memory::base + 0x410000, itt = memory::base + 0x500000;
    static constexpr uint64_t valid = 1ull << 63;
    static constexpr unsigned lpis = 16;

    void command(uint64_t w0, uint64_t w1, uint64_t w2) {
        const uint64_t words[] = {w0, w1, w2, 0};
        for (unsigned n = 0; n < 4; ++n)
            m_board.dram.put(queue + m_writer + 8 * n, words[n]);
        m_writer = (m_writer + 32) % 0x1000;
        m_board.write(m_board.gits(GITS_CWRITER), m_writer, ns, 8);
    }

    void start_lpis() {
        for (unsigned c = 0; c < m_board.cores(); ++c) {
            m_board.write(m_board.rd(c, GICR_PROPBASER), config | 13, ns, 8);
            m_board.write(m_board.rd(c, GICR_PENDBASER), (pending + 0x10000 * c) | 1ull << 62, ns, 8);
            m_board.write(m_board.rd(c, GICR_CTLR), 1);
        }
        m_board.write(m_board.gits(GITS_BASER0), valid | devices, ns, 8);
        m_board.write(m_board.gits(GITS_BASER1), valid | collections, ns, 8);
        m_board.write(m_board.gits(GITS_CBASER), valid | queue, ns, 8);
        m_board.write(m_board.gits(GITS_CTLR), 1);
        for (uint64_t c = 0; c < m_board.cores(); ++c)
            command(0x09, 0, valid | c << 16 | c);
        command(0x08, 3, valid | itt);
        for (uint64_t n = 0; n < lpis; ++n) {
            command(0x0a, (8192 + n) << 32 | n, n % m_board.cores());
            m_reference.add_lpi(static_cast<int>(8192 + n), static_cast<int>(n % m_board.cores()));
        }
    }

    void lpi() {
        const unsigned event = below(lpis), c = some_core();
        const int id = static_cast<int>(8192 + event);
        m_what = "LPI " + std::to_string(id);
        switch (below(8)) {
        case 0:
        case 1:
            m_board.msi(0, event);
            m_reference.set_lpi(id, true);
            break;
        case 2:
            command(0x03, event, 0); // INT
            m_reference.set_lpi(id, true);
            break;
        case 3:
            command(0x04, event, 0); // CLEAR
            m_reference.set_lpi(id, false);
            break;
        case 4:
            command(0x01, event, c); // MOVI
            m_reference.move_lpi(id, static_cast<int>(c));
            break;
        case 5:
            command(0x0c, event, 0); // INV
            m_reference.invalidate_lpi(id);
            break;
        case 6:
            command(0x0d, 0, c); // INVALL
            m_reference.invalidate_core(static_cast<int>(c));
            break;
        default: {
            const auto byte = static_cast<uint8_t>((m_random() & 0xfe) | chance(85));
            m_board.dram.put(config + event, byte);
            m_reference.table[id] = byte;
            break;
        }
        }
    }

    void operation() {
        if (m_board.gic.params().its && chance(15))
            return lpi();
        const unsigned n = below(100);
        if (n < 30)
            wire();
        else if (n < 55)
            register_access();
        else if (n < 72)
            acknowledge();
        else if (n < 87)
            finish();
        else if (n < 94)
            cpu_register();
        else
            sgi();
    }

    void everything() {
        static constexpr name words[] = {name::igroupr, name::isenabler, name::ispendr, name::isactiver,
                                         name::igrpmodr};
        for (const world w : {ns, secure}) {
            for (int n = 0; n <= static_cast<int>(last_id() / 32) + 1; ++n)
                for (const name r : words)
                    read(r, -1, n, w);
            for (int c = 0; c < static_cast<int>(m_board.cores()); ++c)
                for (const name r : words)
                    read(r, c, 0, w);
            for (int id = 32; id <= static_cast<int>(last_id()) + 1; ++id)
                read(name::irouter, -1, id, w);
            for (int n = 8; n <= static_cast<int>(last_id() / 4) + 1; ++n)
                read(name::ipriorityr, -1, n, w);
        }
    }

    struct taken {
        uint64_t id;
        bool group1;
        world w;
    };

    board &m_board;
    std::mt19937_64 m_random;
    uint64_t m_seed;
    reference m_reference;
    std::vector<std::vector<taken>> m_taken;
    uint64_t m_number = 0;
    uint64_t m_writer = 0;
    uint64_t m_acknowledged = 0;
    std::string m_what;
};

void against_reference(bool ds, bool its, bool timed, unsigned spis, uint64_t share) {
    gicv3_params p = with(ds);
    p.spis = spis;
    p.its = its;
    p.mbi_first = 32 + spis / 2;
    p.mbi_count = spis / 4;
    if (!timed) // neither latencies nor time between the operations
        p.latency = {0, 0, 0, 0, 0, 0};
    board b(p, false);
    driver d(b, setting("GIC_RANDOM_SEED", 1));
    b.automatic_time = timed;
    d.run(setting("GIC_RANDOM_OPERATIONS", 200000) * share / 100);
}

} // namespace

BOOST_AUTO_TEST_CASE(random_operations_with_two_security_states_agree_with_the_reference) {
    against_reference(false, false, true, 64, 40);
}

BOOST_AUTO_TEST_CASE(random_operations_with_one_security_state_agree_with_the_reference) {
    against_reference(true, false, false, 41, 30);
}

BOOST_AUTO_TEST_CASE(random_operations_with_lpis_agree_with_the_reference) {
    against_reference(false, true, true, 40, 20);
}

BOOST_AUTO_TEST_CASE(random_operations_with_lpis_and_one_security_state_agree_with_the_reference) {
    against_reference(true, true, false, 32, 10);
}
