// SPDX-License-Identifier: Apache-2.0
//
// Holding cores, so that another interleaving happens (docs/design/races.md). A run passes points: accesses of modules,
// what they tell of order (sw/port/order.h), and the begin of callbacks. At each of them the core can be made to stand
// still for a while. What was held where is written down, and given again it is the same run.
#ifndef RK3568_PLATFORM_RACES_HOLDER_H
#define RK3568_PLATFORM_RACES_HOLDER_H

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rk3568::races {

// --hold PLACE[@N]=TIME[,PLACE]: when PLACE is reached for the Nth time (1 by default), the core stands still for TIME,
// or until the second place is reached. A place is an address of a module's code as reports show it, or a trace event.
struct hold {
    std::string place;
    uint64_t instance = 1;
    uint64_t ps = 0;
    std::string until;
};
// Throws std::invalid_argument with what was expected.
hold parse_hold(const std::string &text);

// --load: delays as a board under load has them, drawn at many points.
enum class board_load { none, cpu, irqs, dram };

class holder {
public:
    struct naming {
        std::function<std::string(uint64_t code)> place; // of an address of the host
        std::function<std::string(uint64_t code)> line, function;
    };

    holder(std::vector<hold> holds, board_load load, naming names);

    void set_seed(uint64_t seed) { m_random.seed(seed); }
    // Once the kernel has booted. `lines`: the report has the line of each place, which takes time to find.
    void set_holds(std::vector<hold> holds, board_load load, bool lines);

    // A point is passed by the code at `place` (0: an event). How long the core stands still before it goes on; `until`
    // tells, if it is given, whether that was long enough.
    struct decision {
        uint64_t ps = 0;
        const std::string *until = nullptr;
    };
    decision access(uint64_t place, uint64_t address, bool writes, uint64_t who, unsigned cpu, uint64_t ps);
    decision order(uint64_t place, unsigned cpu, uint64_t ps);
    decision event(const char *name, unsigned cpu, uint64_t ps);
    uint64_t count_of(const std::string &place) const;

    // Everything as JSON: points, orders of conflicting accesses that were seen, holds.
    nlohmann::json report() const;

private:
    struct point {
        std::string place;
        const char *kind;
        uint64_t code; // 0: an event
        std::string line, function;
        uint64_t count = 0;
        std::vector<std::pair<uint64_t, unsigned>> passed; // when, and on which CPU: the first ones
    };
    struct held {
        std::string place;
        uint64_t instance, at_ps, ps;
        unsigned cpu;
    };
    struct last_access {
        uint64_t place, who;
        bool writes;
    };

    point &point_at(uint64_t code, const char *kind, const char *event);
    decision pass(point &p, unsigned cpu, uint64_t ps);
    uint64_t drawn(const point &p);

    std::vector<hold> m_holds;
    board_load m_load;
    bool m_lines = false;
    naming m_names;
    std::mt19937_64 m_random;
    std::vector<point> m_points;
    std::unordered_map<uint64_t, size_t> m_by_code; // codes, and addresses of events' names
    std::unordered_map<std::string, size_t> m_by_place;
    std::unordered_map<uint64_t, last_access> m_words;
    std::set<std::pair<uint64_t, uint64_t>> m_orders; // of places
    std::vector<held> m_held;
};

} // namespace rk3568::races

#endif
