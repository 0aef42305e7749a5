// SPDX-License-Identifier: Apache-2.0
//
// A second GICv3, written to be obviously right and not to be fast: a list of interrupts, a question asked of each, and
// a sort. It shares no code and no data structure with the model, knows no latency, and covers SGIs, PPIs, SPIs,
// messages and the CPU interface in both security states. Registers are named, not decoded.
#ifndef RK3568_TESTS_HW_GICV3_REFERENCE_H
#define RK3568_TESTS_HW_GICV3_REFERENCE_H

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace rk3568::test {

class reference {
public:
    enum class name {
        ctlr,
        igroupr,
        isenabler,
        icenabler,
        ispendr,
        icpendr,
        isactiver,
        icactiver,
        ipriorityr,
        icfgr,
        igrpmodr,
        nsacr,
        irouter,
        iclar,
        setspi_nsr,
        clrspi_nsr,
        setspi_sr,
        clrspi_sr,
        gicr_ctlr,
        waker,
        classr
    };
    enum kind { group0, secure1, nonsecure1 };

    struct irq {
        int id = 0;
        int owner = -1; // core of an SGI or PPI
        bool latch = false, line = false, message = false, active = false, enabled = false, edge = false;
        bool igroup = false, igrpmod = false;
        int priority = 0, nsacr = 0, not_classes = 0;
        uint64_t route = 0;
    };
    struct core {
        uint64_t affinity = 0;
        bool sleeps = true;
        std::set<int> excluded; // kinds, from DPG
        int node_class = 0;
        int pmr = 0;
        std::set<int> on; // kinds, from IGRPEN
        int bpr[3] = {2, 2, 3};
        std::set<int> active[3]; // group priorities
        bool cbpr[3] = {}, split[3] = {};
        bool split_el3 = false;
    };

    std::vector<irq> irqs;
    std::vector<core> cores;
    std::set<int> on; // kinds, from GICD_CTLR
    bool ds, e1nwf = false;

    reference(const std::vector<uint32_t> &affinities, int spis, bool one_state)
        : ds(one_state) {
        for (const uint32_t a : affinities) {
            cores.emplace_back();
            cores.back().affinity = a;
        }
        for (int c = 0; c < static_cast<int>(cores.size()); ++c)
            for (int id = 0; id < 32; ++id) {
                irqs.emplace_back();
                irqs.back().id = id;
                irqs.back().owner = c;
                irqs.back().edge = id < 16;
            }
        for (int id = 32; id < 32 + spis; ++id) {
            irqs.emplace_back();
            irqs.back().id = id;
        }
    }

    // LPIs: one object each; its owner is the core that its collection names. A core remembers the configuration bytes
    // that it has read.

    std::map<int, int> table;                      // configuration bytes in memory, by INTID
    std::map<std::pair<int, int>, int> remembered; // by core and INTID

    void add_lpi(int id, int core) {
        irqs.emplace_back();
        irqs.back().id = id;
        irqs.back().owner = core;
        irqs.back().edge = irqs.back().igroup = true;
    }
    irq &lpi(int id) {
        return *std::find_if(irqs.begin(), irqs.end(), [id](const irq &i) { return i.id == id; });
    }
    void configure(irq &i, bool anew) {
        const auto key = std::make_pair(i.owner, i.id);
        if (anew || !remembered.count(key))
            remembered[key] = table[i.id];
        const int byte = remembered[key];
        i.enabled = byte % 2;
        i.priority = (ds ? byte : 0x80 + byte / 2) / 8 * 8;
    }
    void set_lpi(int id, bool pending_now) {
        irq &i = lpi(id);
        if (pending_now)
            configure(i, false);
        i.latch = pending_now;
    }
    void invalidate_lpi(int id) { configure(lpi(id), true); }
    void invalidate_core(int core) {
        for (auto &i : irqs)
            if (i.id >= 8192 && i.owner == core && i.latch)
                configure(i, true);
            else
                remembered.erase(std::make_pair(core, i.id));
    }
    void move_lpi(int id, int core) {
        irq &i = lpi(id);
        i.owner = core;
        if (i.latch)
            configure(i, false);
    }

    // Questions about one interrupt

    static bool pending(const irq &i) { return i.latch || (!i.edge && (i.line || i.message)); }

    kind kind_of(const irq &i) const {
        if (i.igroup)
            return nonsecure1;
        return i.igrpmod && !ds ? secure1 : group0;
    }

    bool is_secure(const irq &i) const { return !ds && kind_of(i) != nonsecure1; }

    // The core that it is offered to, or -1.
    int offered_to(const irq &i) const {
        if (!pending(i) || !i.enabled || i.active)
            return -1;
        if (i.owner >= 0)
            return i.owner;
        if (!(i.route >> 31 & 1)) {
            for (size_t c = 0; c < cores.size(); ++c)
                if (cores[c].affinity == (i.route & 0xffffff))
                    return static_cast<int>(c);
            return -1;
        }
        std::vector<int> awake, asleep;
        for (size_t c = 0; c < cores.size(); ++c) {
            const core &one = cores[c];
            if (one.excluded.count(kind_of(i)) || !one.on.count(kind_of(i)) || (i.not_classes >> one.node_class & 1))
                continue;
            (one.sleeps ? asleep : awake).push_back(static_cast<int>(c));
        }
        if (!awake.empty())
            return awake.front();
        return e1nwf && !asleep.empty() ? asleep.front() : -1;
    }

    irq *find(int c, int id) {
        for (irq &i : irqs)
            if (i.id == id && (i.owner == c || i.owner == -1))
                return &i;
        return nullptr;
    }

    // Questions about one core

    // What the CPU interface could take, most urgent first.
    std::vector<irq *> offers(int c) {
        std::vector<irq *> list;
        if (cores[c].sleeps)
            return list;
        for (irq &i : irqs)
            if (offered_to(i) == c && on.count(kind_of(i)) && cores[c].on.count(kind_of(i)))
                list.push_back(&i);
        std::sort(list.begin(), list.end(), [](const irq *a, const irq *b) {
            return a->priority != b->priority ? a->priority < b->priority : a->id < b->id;
        });
        return list;
    }

    bool wanted_while_asleep(int c) const {
        return cores[c].sleeps && std::any_of(irqs.begin(), irqs.end(),
                                              [&](const irq &i) { return offered_to(i) == c && on.count(kind_of(i)); });
    }

    int running(int c) const {
        int best = 0xff;
        for (const auto &priorities : cores[c].active)
            if (!priorities.empty())
                best = std::min(best, *priorities.begin());
        return best;
    }

    bool idle(int c) const {
        return cores[c].active[0].empty() && cores[c].active[1].empty() && cores[c].active[2].empty();
    }

    int group_priority(int c, const irq &i) const {
        const core &one = cores[c];
        const kind k = kind_of(i);
        int dropped; // bits of the subpriority
        if (k == group0 || one.cbpr[k])
            dropped = one.bpr[group0] + 1;
        else
            dropped = k == nonsecure1 ? one.bpr[k] : one.bpr[k] + 1;
        return i.priority >> dropped << dropped;
    }

    // What makes nIRQ or nFIQ high, or null.
    irq *signalled(int c) {
        const auto list = offers(c);
        if (list.empty() || list[0]->priority >= cores[c].pmr)
            return nullptr;
        return idle(c) || group_priority(c, *list[0]) < running(c) ? list[0] : nullptr;
    }
    bool nirq(int c) {
        const irq *i = signalled(c);
        return i && kind_of(*i) == nonsecure1; // the core is in Non-secure state
    }
    bool nfiq(int c) {
        const irq *i = signalled(c);
        return i && kind_of(*i) != nonsecure1;
    }

    // Wires

    void wire(int c, int id, bool level) {
        irq *i = find(c, id);
        if (level && !i->line && i->edge)
            i->latch = true;
        i->line = level;
    }

    // CPU interface. el3: from EL3, Secure; otherwise from EL1 or EL2 of a state.

    kind bank(bool secure) const { return secure && !ds ? secure1 : nonsecure1; }

    int answer(const irq *i, bool group1, bool secure, bool el3) {
        if (!i)
            return 1023;
        const kind k = kind_of(*i);
        if (!group1 && k == group0)
            return i->id;
        if (!group1)
            return !el3 || ds ? 1023 : k == secure1 ? 1020 : 1021;
        if (k == group0 || (k == secure1 && !secure) || (k == nonsecure1 && secure && !ds && !el3))
            return 1023;
        return i->id;
    }

    int acknowledge(int c, bool group1, bool secure, bool el3) {
        irq *i = signalled(c);
        const int id = answer(i, group1, secure, el3);
        if (id >= 1020 && id < 1024)
            return id;
        cores[c].active[kind_of(*i)].insert(group_priority(c, *i));
        i->latch = false;
        i->active = id < 8192;
        return id;
    }

    int highest_pending(int c, bool group1, bool secure, bool el3) {
        const auto list = offers(c);
        return answer(list.empty() ? nullptr : list[0], group1, secure, el3);
    }

    void end(int c, bool group1, int id, bool secure, bool el3) {
        if (!find(c, id) && id < 8192)
            return;
        kind k = group1 ? bank(secure) : group0;
        if (group1 && el3) {
            const auto &s = cores[c].active[secure1], &n = cores[c].active[nonsecure1];
            if (!s.empty() && (n.empty() || *s.begin() < *n.begin()))
                k = secure1;
            else if (!n.empty())
                k = nonsecure1;
        }
        auto &priorities = cores[c].active[k];
        if (priorities.empty())
            return;
        priorities.erase(priorities.begin());
        if (!splits(c, secure, el3))
            deactivate(c, id, secure);
    }

    bool splits(int c, bool secure, bool el3) const { return el3 ? cores[c].split_el3 : cores[c].split[bank(secure)]; }

    void deactivate(int c, int id, bool secure) {
        irq *i = find(c, id);
        if (i && (secure || !is_secure(*i)))
            i->active = false; // an LPI's is so already
    }

    void dir(int c, int id, bool secure, bool el3) {
        if (splits(c, secure, el3))
            deactivate(c, id, secure);
    }

    int read_pmr(int c, bool secure) const {
        if (secure || ds)
            return cores[c].pmr;
        return cores[c].pmr < 0x80 ? 0 : (cores[c].pmr - 0x80) * 2;
    }
    void write_pmr(int c, int value, bool secure) {
        if (secure || ds)
            cores[c].pmr = value / 8 * 8;
        else if (cores[c].pmr >= 0x80)
            cores[c].pmr = (0x80 + value / 2) / 8 * 8;
    }
    int read_rpr(int c, bool secure) const {
        if (idle(c))
            return 0xff;
        const int r = running(c);
        if (secure || ds)
            return r;
        return r < 0x80 ? 0 : (r - 0x80) * 2;
    }
    int read_bpr1(int c, bool secure, bool el3) const {
        const kind k = bank(secure);
        if (!cores[c].cbpr[k] || (el3 && !ds))
            return cores[c].bpr[k];
        return k == secure1 ? cores[c].bpr[group0] : std::min(7, cores[c].bpr[group0] + 1);
    }
    void write_bpr1(int c, int value, bool secure, bool el3) {
        const kind k = bank(secure);
        if (!cores[c].cbpr[k] || (el3 && !ds))
            cores[c].bpr[k] = std::max(value, k == nonsecure1 ? 3 : 2);
        else if (k == secure1)
            cores[c].bpr[group0] = std::max(value, 2);
    }
    uint32_t read_apr(int c, kind k) const {
        uint32_t value = 0;
        for (const int p : cores[c].active[k])
            value |= 1u << (p / 8);
        return value;
    }
    void write_apr(int c, kind k, uint32_t value) {
        cores[c].active[k].clear();
        for (int n = 0; n < 32; ++n)
            if (value >> n & 1)
                cores[c].active[k].insert(8 * n);
    }
    void set_group(int c, kind k, bool enabled) {
        if (enabled)
            cores[c].on.insert(k);
        else
            cores[c].on.erase(k);
    }

    // which: 0 ICC_SGI0R, 1 ICC_SGI1R, 2 ICC_ASGI1R
    void sgi(int c, int which, uint64_t value, bool secure) {
        for (size_t n = 0; n < cores.size(); ++n) {
            const uint64_t a = cores[n].affinity;
            const bool named = (value >> 48 & 0xff) == (a >> 24 & 0xff) && (value >> 32 & 0xff) == (a >> 16 & 0xff) &&
                               (value >> 16 & 0xff) == (a >> 8 & 0xff) && (value >> 44 & 15) == 0 &&
                               (value >> (a & 0xff) & 1);
            if (value >> 40 & 1 ? static_cast<int>(n) == c : !named)
                continue;
            irq &i = *find(static_cast<int>(n), value >> 24 & 15);
            const kind k = kind_of(i);
            const int needed = k == group0 ? 1 : 2; // NSACR, for Non-secure writes to Secure SGIs
            bool goes;
            if (ds)
                goes = which == 1 || k == group0;
            else if (secure)
                goes = which == 0 ? k == group0 : which == 1 ? k != nonsecure1 : k == nonsecure1;
            else if (which == 0)
                goes = k == group0 && i.nsacr >= needed;
            else if (k == nonsecure1)
                goes = which == 1;
            else
                goes = i.nsacr >= needed;
            if (goes)
                i.latch = true;
        }
    }

    // Registers. c: the redistributor, -1 the distributor. `lanes`: which bits are written.

    uint64_t read(name r, int c, int index, bool secure) {
        const bool all = secure || ds;
        switch (r) {
        case name::ctlr: {
            uint64_t v = on.count(nonsecure1) ? 2 : 0;
            if (ds)
                return v | (on.count(group0) ? 1 : 0) | 0x50 | (e1nwf ? 0x80 : 0);
            if (!secure)
                return v | 0x10;
            return v | (on.count(group0) ? 1 : 0) | (on.count(secure1) ? 4 : 0) | 0x30 | (e1nwf ? 0x80 : 0);
        }
        case name::gicr_ctlr: {
            const auto &x = cores[c].excluded;
            return (x.count(nonsecure1) ? 1u << 25 : 0) | (all && x.count(group0) ? 1u << 24 : 0) |
                   (all && x.count(secure1) ? 1u << 26 : 0);
        }
        case name::waker:
            return all && cores[c].sleeps ? 6 : 0;
        case name::classr:
            return all ? static_cast<uint64_t>(cores[c].node_class) : 0;
        case name::irouter: {
            const irq *i = spi(index);
            return i && reachable(*i, secure, 3) ? i->route : 0;
        }
        default:
            break;
        }
        const int width = width_of(r);
        uint64_t word = 0;
        for (int k = 0; width && k < 32 / width; ++k) {
            const irq *i = in_frame(c, index * (32 / width) + k);
            if (i && readable(*i, r, secure))
                word |= static_cast<uint64_t>(field(*i, r, secure)) << (k * width);
        }
        return word;
    }

    void write(name r, int c, int index, uint64_t value, uint64_t lanes, bool secure) {
        const bool all = secure || ds;
        const auto bit = [&](int n) { return value >> n & 1; };
        const auto set = [&](std::set<int> &s, int k, bool in) { in ? (void)s.insert(k) : (void)s.erase(k); };
        switch (r) {
        case name::ctlr:
            set(on, nonsecure1, bit(1));
            if (all) {
                set(on, group0, bit(0));
                set(on, secure1, bit(2) && !ds);
                e1nwf = bit(7);
                ds = ds || bit(6);
                if (ds)
                    on.erase(secure1);
            }
            return;
        case name::gicr_ctlr:
            set(cores[c].excluded, nonsecure1, bit(25));
            if (all)
                set(cores[c].excluded, group0, bit(24));
            if (all && !ds)
                set(cores[c].excluded, secure1, bit(26));
            return;
        case name::waker:
            if (all)
                cores[c].sleeps = bit(1);
            return;
        case name::classr:
            if (all)
                cores[c].node_class = bit(0);
            return;
        case name::irouter: {
            irq *i = spi(index);
            if (i && reachable(*i, secure, 3))
                i->route = (i->route & ~lanes) | (value & lanes & 0x80ffffff);
            return;
        }
        case name::setspi_nsr:
        case name::clrspi_nsr:
        case name::setspi_sr:
        case name::clrspi_sr:
            message(r, static_cast<int>(value & 0x1fff), secure);
            return;
        default:
            break;
        }
        const int width = width_of(r);
        for (int k = 0; k < 32 / width; ++k) {
            irq *i = in_frame(c, index * (32 / width) + k);
            if (i && (lanes >> (k * width) & 1) && writable(*i, r, secure))
                field(*i, r, secure, static_cast<int>(value >> (k * width) & ((1u << width) - 1)));
        }
    }

private:
    irq *spi(int id) { return id >= 32 ? find(-1, id) : nullptr; }
    irq *in_frame(int c, int id) {
        if (c < 0)
            return spi(id);
        return id < 32 ? find(c, id) : nullptr;
    }
    static int width_of(name r) {
        switch (r) {
        case name::ipriorityr:
            return 8;
        case name::icfgr:
        case name::nsacr:
        case name::iclar:
            return 2;
        default:
            return 1;
        }
    }
    bool reachable(const irq &i, bool secure, int needed_nsacr) const {
        return secure || !is_secure(i) || (i.owner < 0 && i.nsacr >= needed_nsacr);
    }
    bool readable(const irq &i, name r, bool secure) const {
        switch (r) {
        case name::igroupr:
            return secure || ds;
        case name::igrpmodr:
        case name::nsacr:
            return secure && !ds;
        case name::ispendr:
            return reachable(i, secure, 1);
        case name::icpendr:
        case name::isactiver:
        case name::icactiver:
            return reachable(i, secure, 2);
        default:
            return reachable(i, secure, 4);
        }
    }
    bool writable(const irq &i, name r, bool secure) const {
        if (r == name::isactiver || r == name::icactiver)
            return reachable(i, secure, 4);
        return readable(i, r, secure);
    }
    int field(const irq &i, name r, bool secure) const {
        switch (r) {
        case name::igroupr:
            return i.igroup;
        case name::isenabler:
        case name::icenabler:
            return i.enabled;
        case name::ispendr:
        case name::icpendr:
            return pending(i);
        case name::isactiver:
        case name::icactiver:
            return i.active;
        case name::ipriorityr:
            return secure || ds ? i.priority : i.priority * 2 % 256;
        case name::icfgr:
            return i.edge ? 2 : 0;
        case name::igrpmodr:
            return i.igrpmod;
        case name::nsacr:
            return i.nsacr;
        case name::iclar:
            return i.not_classes;
        default:
            return 0;
        }
    }
    void field(irq &i, name r, bool secure, int v) {
        switch (r) {
        case name::igroupr:
            i.igroup = v;
            break;
        case name::isenabler:
            i.enabled |= v != 0;
            break;
        case name::icenabler:
            i.enabled &= v == 0;
            break;
        case name::ispendr:
            i.latch |= v != 0;
            break;
        case name::icpendr:
            i.latch &= v == 0;
            break;
        case name::isactiver:
            i.active |= v != 0;
            break;
        case name::icactiver:
            i.active &= v == 0;
            break;
        case name::ipriorityr:
            i.priority = (secure || ds ? v : 0x80 + v / 2) / 8 * 8;
            break;
        case name::icfgr:
            i.edge = i.id < 16 || v >= 2;
            break;
        case name::igrpmodr:
            i.igrpmod = v;
            break;
        case name::nsacr:
            i.nsacr = v;
            break;
        case name::iclar:
            i.not_classes = v;
            break;
        default:
            break;
        }
    }
    void message(name r, int id, bool secure) {
        const bool secure_register = r == name::setspi_sr || r == name::clrspi_sr;
        const bool set = r == name::setspi_nsr || r == name::setspi_sr;
        if (secure_register && (ds || !secure))
            return;
        irq *i = spi(id);
        if (!i || !reachable(*i, secure, set ? 1 : 2))
            return;
        (i->edge ? i->latch : i->message) = set;
    }
};

} // namespace rk3568::test

#endif
