// SPDX-License-Identifier: Apache-2.0
//
// What a bank shows to observers: the account of edges adds up, and every record has its time.
#include "hw/regs/probe.h"
#include "tests/hw/rk_gpio/bench.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>

using namespace rk3568;
using namespace rk3568::test;
using trigger = bank_bench::trigger;

namespace {

// Collects what the probes below a bank say.
struct observer : probe_sink {
    struct record {
        uint64_t ps, value;
        bool operator==(const record &other) const { return ps == other.ps && value == other.value; }
    };
    std::map<std::string, std::vector<record>> records;
    bool late = false;

    explicit observer(const sc_core::sc_object &bank) {
        for (sc_core::sc_object *child : bank.get_child_objects())
            if (auto *probe = dynamic_cast<probe_base *>(child))
                probe->attach(this);
    }
    void changed(const probe_base &probe, uint64_t value, uint64_t when) override {
        late |= when < now_ps();
        records[probe.basename()].push_back({when, value});
    }
    size_t count(const char *name) const {
        const auto found = records.find(name);
        return found == records.end() ? 0 : found->second.size();
    }
    size_t count(const char *name, uint64_t pin) const {
        size_t n = 0;
        if (const auto found = records.find(name); found != records.end())
            for (const record &r : found->second)
                n += r.value == pin;
        return n;
    }
    std::vector<record> take(const char *name) { return std::exchange(records[name], {}); }
};

using entries = std::vector<observer::record>;

} // namespace

BOOST_AUTO_TEST_CASE(an_edge_is_seen_at_the_pin_and_latched_where_status_shows_it) {
    one_bank b;
    observer o(*b->bank);
    b->request(16, trigger::rising);
    pass_until(1 * us);
    b->set(16, true, 7 * ns);
    pass(1 * us);
    BOOST_TEST((o.take("edge_seen") == entries{{1007 * ns, 16}}));
    BOOST_TEST((o.take("edge_latched") == entries{{1020 * ns, 16}}));
    BOOST_TEST((o.take("int_status").back() == observer::record{1020 * ns, 0x10000}));
    BOOST_TEST((o.take("int_rawstatus").back() == observer::record{1020 * ns, 0x10000}));
    BOOST_TEST((o.take("ext_port").back() == observer::record{1020 * ns, 0x10000}));
    b->set(16, false);
    pass(100 * ns);
    b->set(16, true);
    pass(100 * ns);
    BOOST_TEST((o.take("edge_seen") == entries{{2100 * ns, 16}}));
    BOOST_TEST((o.take("edge_merged") == entries{{2120 * ns, 16}}));
    b->write_bit(offset::port_eoi, 16, true);
    pass(100 * ns);
    BOOST_TEST((o.take("edge_cleared") == entries{{2210 * ns, 16}}));
    for (const char *none : {"edge_filtered", "edge_dropped", "edge_withdrawn", "edge_latched"})
        BOOST_TEST(o.count(none) == 0u);
    BOOST_TEST(!o.late);
}

BOOST_AUTO_TEST_CASE(an_edge_on_a_disabled_pin_is_not_seen_and_a_masked_one_is) {
    one_bank b;
    observer o(*b->bank);
    b->request(3, trigger::rising);
    b->write_bit(offset::int_en, 3, false);
    b->request(4, trigger::rising);
    b->write_bit(offset::int_mask, 4, true);
    pass_until(1 * us);
    b->set(3, true);
    b->set(4, true);
    pass(1 * us);
    BOOST_TEST((o.take("edge_seen") == entries{{1000 * ns, 4}}));
    BOOST_TEST((o.take("edge_latched") == entries{{1020 * ns, 4}}));
}

BOOST_AUTO_TEST_CASE(a_short_pulse_is_filtered_at_the_edge_that_does_not_sample_it) {
    one_bank b;
    observer o(*b->bank);
    b->request(3, trigger::both);
    pass_until(1 * us);
    b->set(3, true, 2 * ns);
    b->set(3, false, 5 * ns);
    pass(1 * us);
    BOOST_TEST(o.count("edge_seen") == 2u);
    // The first one when the second takes its place, the second at the edge.
    BOOST_TEST((o.take("edge_filtered") == entries{{1005 * ns, 3}, {1010 * ns, 3}}));
    BOOST_TEST(o.count("edge_latched") == 0u);
}

BOOST_AUTO_TEST_CASE(an_edge_under_way_when_its_pin_is_disabled_is_dropped) {
    one_bank b;
    observer o(*b->bank);
    b->request(3, trigger::rising);
    pass_until(1 * us);
    b->set(3, true);
    b->write_bit(offset::int_en, 3, false);
    pass(1 * us);
    BOOST_TEST((o.take("edge_dropped") == entries{{1020 * ns, 3}}));
    BOOST_TEST(o.count("edge_latched") == 0u);
}

BOOST_AUTO_TEST_CASE(a_latched_edge_that_is_discarded_is_withdrawn) {
    one_bank b;
    observer o(*b->bank);
    b->request(3, trigger::rising);
    pass_until(1 * us);
    b->set(3, true);
    pass(1 * us);
    b->write_bit(offset::int_en, 3, false);
    pass(1 * us);
    BOOST_TEST((o.take("edge_withdrawn") == entries{{2010 * ns, 3}}));
    BOOST_TEST(o.count("edge_cleared") == 0u);
}

BOOST_AUTO_TEST_CASE(a_level_is_seen_latched_and_withdrawn) {
    one_bank b;
    observer o(*b->bank);
    b->request(3, trigger::high);
    pass_until(1 * us);
    b->set(3, true);
    pass(1 * us);
    b->set(3, false);
    pass(1 * us);
    BOOST_TEST((o.take("edge_seen") == entries{{1000 * ns, 3}}));
    BOOST_TEST((o.take("edge_latched") == entries{{1020 * ns, 3}}));
    BOOST_TEST((o.take("edge_withdrawn") == entries{{2020 * ns, 3}}));
}

BOOST_AUTO_TEST_CASE(a_level_that_is_active_when_its_pin_is_enabled_is_seen_then) {
    one_bank b;
    observer o(*b->bank);
    b->set(3, true);
    pass_until(1 * us);
    b->request(3, trigger::high);
    pass(1 * us);
    BOOST_TEST(o.count("edge_seen") == 1u);
    BOOST_TEST(o.take("edge_seen") == o.take("edge_latched"));
}

BOOST_AUTO_TEST_CASE(of_a_bounce_train_the_filter_passes_one_edge_and_removes_the_others) {
    one_bank b;
    observer o(*b->bank);
    b->write(offset::dbclk_div_con, 11999);
    b->request(15, trigger::rising);
    b->write_bit(offset::dbclk_div_en, 15, true);
    b->write_bit(offset::debounce, 15, true);
    pass(1 * ms);
    for (int edge = 0; edge < 39; ++edge) {
        b->set(15, edge % 2 == 0);
        pass(128 * us);
    }
    pass(10 * ms);
    BOOST_TEST(o.count("edge_seen") == 20u);
    BOOST_TEST(o.count("edge_filtered") == 19u);
    BOOST_TEST(o.count("edge_latched") == 1u);
}

// 32 pins of all types do random things, and so does software. At rest the account must be even.
BOOST_AUTO_TEST_CASE(every_edge_that_is_seen_has_exactly_one_fate) {
    one_bank b;
    observer o(*b->bank);
    std::mt19937 random(1);
    constexpr uint32_t words[] = {offset::dr,           offset::ddr,          offset::int_en,       offset::int_mask,
                                  offset::int_type,     offset::int_polarity, offset::int_bothedge, offset::debounce,
                                  offset::dbclk_div_en, offset::port_eoi,     offset::port_eoi,     offset::int_en};
    b->write(offset::dbclk_div_con, 2);
    for (int i = 0; i < 40000; ++i) {
        pass(random() % (random() % 8 ? 15 * ns : 300 * ns));
        if (random() % 8) {
            const unsigned n = random() % 32;
            b->set(n, !b->pins[n].level());
        } else {
            const uint32_t at = words[random() % std::size(words)] + random() % 2 * 4;
            b->write(at, (at / 8 * 8 == offset::int_en ? 0x0003ffff : 0) | static_cast<uint32_t>(random()));
        }
    }
    pass(10 * us);
    const uint32_t raw = b->read(offset::int_rawstatus);
    pass(10 * us);
    BOOST_TEST(!o.late);
    size_t total = 0;
    for (unsigned n = 0; n < 32; ++n) {
        const size_t seen = o.count("edge_seen", n), latched = o.count("edge_latched", n);
        total += seen;
        BOOST_TEST(seen ==
                       latched + o.count("edge_merged", n) + o.count("edge_filtered", n) + o.count("edge_dropped", n),
                   "pin " << n);
        BOOST_TEST(latched == o.count("edge_cleared", n) + o.count("edge_withdrawn", n) + (raw >> n & 1), "pin " << n);
    }
    BOOST_TEST(total > 4000u);
    for (const char *name : {"edge_merged", "edge_filtered", "edge_dropped", "edge_cleared", "edge_withdrawn"})
        BOOST_TEST(o.count(name) > 20u, name);
}

// Observers merge records by time; those of one probe come in order.
BOOST_AUTO_TEST_CASE(the_records_of_a_probe_come_in_order_of_time) {
    one_bank b;
    observer o(*b->bank);
    std::mt19937 random(2);
    b->write_pair(offset::int_en, 0xffffffff);
    b->write_pair(offset::int_bothedge, 0xffffffff);
    for (int i = 0; i < 2000; ++i) {
        pass(random() % (20 * ns));
        const unsigned n = random() % 32;
        b->set(n, !b->pins[n].level());
        if (i % 10 == 0)
            b->write_pair(offset::port_eoi, 0xffffffff);
    }
    for (const auto &[name, list] : o.records)
        for (size_t i = 1; i < list.size(); ++i)
            if (list[i].ps < list[i - 1].ps) {
                BOOST_ERROR(name << ": " << list[i].ps << " after " << list[i - 1].ps);
                break;
            }
}
