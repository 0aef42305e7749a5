// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/delivery.h"

#include "hw/gicv3/cpu_interface.h"
#include "hw/regs/present.h"

#include <algorithm>

namespace rk3568::gic {

using sc_core::sc_time;

delivery::delivery(const gicv3_params &params, alarm &due, probe_event &state)
    : m_params(params)
    , m_due(due)
    , m_state(state)
    , m_period(sc_time(1e9 / static_cast<double>(params.clock_hz), sc_core::SC_NS).value())
    , m_spis(params.spis)
    , m_ds(params.ds) {
    for (unsigned i = 0; i < params.aff.size(); ++i)
        m_cores.push_back(std::make_unique<core_state>(params.its ? lpi_end : 1024));
    reset();
}

void delivery::reset() {
    m_flights.clear();
    m_ds = m_params.ds;
    m_wakes = false;
    std::fill(std::begin(m_enabled), std::end(m_enabled), false);
    m_one_of_n = id_set(1024);
    // An interrupt keeps what is not the GIC's: the level of its wire.
    const auto clear = [](interrupt &i, uint32_t id, unsigned owner, bool edge) {
        const bool line = i.line;
        const uint32_t number = i.flight + 1;
        i = interrupt();
        i.id = id;
        i.owner = static_cast<uint8_t>(owner);
        i.line = line;
        i.edge = edge;
        i.flight = number;
    };
    for (uint32_t n = 0; n < m_spis.size(); ++n)
        clear(m_spis[n], private_ids + n, no_core, false);
    for (unsigned c = 0; c < cores(); ++c) {
        core_state &core = *m_cores[c];
        for (uint32_t n = 0; n < private_ids; ++n)
            clear(core.own[n], n, c, n < 16);
        core.lpis.each([&](interrupt &i, uint32_t n) {
            clear(i, lpi_base + n, c, true);
            i.in_group1 = true;
        });
        for (auto &set : core.ready)
            set = priority_set(m_params.its ? lpi_end : 1024);
        core.lpi_limit = 0;
        core.asleep = true;
        core.node_class = 0;
        std::fill(std::begin(core.excluded), std::end(core.excluded), false);
    }
    for (interrupt &i : m_spis) {
        i.target = static_cast<uint8_t>(core_of(0)); // GICD_IROUTER holds 0.0.0.0 after reset
        changed(i);
    }
    for (auto &core : m_cores)
        for (interrupt &i : core->own)
            changed(i);
}

sc_time delivery::delay() const {
    return time_of_ps(m_now - std::min(m_now, present(m_state)));
}

interrupt *delivery::find(unsigned core, uint32_t id) {
    if (id < private_ids)
        return core < cores() ? &m_cores[core]->own[id] : nullptr;
    return id < spi_end() ? &m_spis[id - private_ids] : nullptr;
}

interrupt *delivery::find_lpi(unsigned core, uint32_t id) {
    if (core >= cores() || id < lpi_base || id >= m_cores[core]->lpi_limit)
        return nullptr;
    return &m_cores[core]->lpis[id - lpi_base];
}

unsigned delivery::core_of(uint32_t affinity) const {
    const auto place = std::find(m_params.aff.begin(), m_params.aff.end(), affinity);
    return place == m_params.aff.end() ? no_core : static_cast<unsigned>(place - m_params.aff.begin());
}

// The choice among cores is implementation defined; this one is the lowest core that takes part, regardless of what it
// is doing, so that it depends on nothing but the registers. Sleeping cores are woken only if no other can take it.
unsigned delivery::pick(const interrupt &i) const {
    const group g = group_of(i);
    unsigned sleeper = no_core;
    for (unsigned c = 0; c < cores(); ++c) {
        const core_state &core = *m_cores[c];
        if (core.excluded[g] || !core.cpu->takes(g) || (i.excluded_classes >> core.node_class & 1))
            continue;
        if (!core.asleep)
            return c;
        if (m_wakes && sleeper == no_core)
            sleeper = c;
    }
    return sleeper;
}

unsigned delivery::destination(const interrupt &i) const {
    if (!i.pending() || !i.enabled || i.active)
        return no_core;
    if (i.owner != no_core)
        return i.owner;
    return i.any_core ? pick(i) : i.target;
}

void delivery::take_out(interrupt &i) {
    if (i.where == place::ready) {
        m_cores[i.at_core]->ready[i.at_group].erase(i.id, i.at_priority);
        look_again(i.at_core);
    }
    ++i.flight;
    i.where = place::nowhere;
}

void delivery::changed(interrupt &i) {
    if (const unsigned state = i.state(); state != i.shown) {
        i.shown = static_cast<uint8_t>(state);
        m_state.fire_at(i.id | state << 16 | static_cast<uint64_t>(i.owner) << 24, std::max(m_now, present(m_state)));
    }
    const unsigned core = destination(i);
    const group g = group_of(i);
    const bool same_core = i.where != place::nowhere && core == i.at_core;
    if (same_core && g == i.at_group && i.priority == i.at_priority)
        return;
    const bool overtaken = same_core && i.where == place::in_flight; // arrives with what it is by then
    const bool known = same_core && i.where == place::ready;         // the core now knows it better
    if (i.where != place::nowhere && !overtaken)
        take_out(i);
    if (core == no_core)
        return;
    i.at_core = static_cast<uint8_t>(core);
    i.at_group = g;
    i.at_priority = i.priority;
    if (overtaken)
        return;
    if (known) {
        m_cores[core]->ready[g].insert(i.id, i.priority);
        i.where = place::ready;
        return;
    }
    i.where = place::in_flight;
    depart(m_now + m_latency, &i, i.flight, core);
}

void delivery::line(interrupt &i, bool level) {
    if (level && i.edge)
        i.latch = true;
    i.line = level;
    changed(i);
}

void delivery::acknowledge(interrupt &i) {
    i.latch = false;
    i.active = i.id < lpi_base;
    changed(i);
}

void delivery::deactivate(interrupt &i) {
    i.active = false;
    latency(m_params.latency.rearbitration);
    changed(i);
}

void delivery::route(interrupt &i, unsigned target, bool any_core) {
    i.target = static_cast<uint8_t>(target);
    i.any_core = any_core;
    if (any_core)
        m_one_of_n.insert(i.id);
    else
        m_one_of_n.erase(i.id);
    changed(i);
}

void delivery::participation_changed() {
    m_one_of_n.each([this](uint32_t id) { changed(*find(no_core, id)); });
}

void delivery::control(const bool (&enabled)[groups], bool wakes, bool ds) {
    std::copy(std::begin(enabled), std::end(enabled), std::begin(m_enabled));
    const bool regroup = ds != m_ds;
    m_wakes = wakes;
    m_ds = ds;
    if (regroup) {
        for (interrupt &i : m_spis)
            changed(i);
        for (auto &core : m_cores)
            for (interrupt &i : core->own)
                changed(i);
    }
    participation_changed();
    look_again_everywhere();
}

// Latencies differ, so a departure may have to overtake a few that are already on their way.
void delivery::depart(uint64_t when, interrupt *what, uint32_t number, unsigned core) {
    auto place = m_flights.begin();
    while (place != m_flights.end() && place->when > when)
        ++place;
    m_flights.insert(place, flight{when, what, number, core});
}

void delivery::arrive(uint64_t until) {
    while (!m_flights.empty() && m_flights.back().when <= until) {
        const flight f = m_flights.back();
        m_flights.pop_back();
        if (f.what) {
            interrupt &i = *f.what;
            if (i.where != place::in_flight || i.flight != f.number)
                continue;
            i.where = place::ready;
            m_cores[f.core]->ready[i.at_group].insert(i.id, i.at_priority);
        }
        drive(f.core, f.when);
    }
}

void delivery::mature_at(uint64_t ps) {
    transact(time_of_ps(ps - std::min(ps, present(m_state))), 0, [] {});
}

void delivery::drive(unsigned core, uint64_t when) {
    m_cores[core]->cpu->drive(time_of_ps(when - std::min(when, present(m_state))));
}

void delivery::settle(unsigned self) {
    for (uint64_t left = m_dirty; left; left &= left - 1) {
        const auto core = static_cast<unsigned>(__builtin_ctzll(left));
        if (core == self || !m_latency)
            drive(core, m_now);
        else if (m_cores[core]->cpu->differs())
            depart(m_now + m_latency, nullptr, 0, core);
    }
    m_dirty = 0;
    mature(m_now); // latency 0
    if (!m_flights.empty() && m_flights.back().when < m_due.time()) {
        note_action();
        m_due.set(m_flights.back().when);
    }
}

void delivery::begin(const sc_time &delay, unsigned clocks) {
    if (m_depth++)
        return;
    m_now = present(m_state) + delay.value();
    mature(m_now);
    latency(clocks);
}

void delivery::commit(unsigned self) {
    if (!--m_depth)
        settle(self);
}

} // namespace rk3568::gic
