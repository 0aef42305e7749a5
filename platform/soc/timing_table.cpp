// SPDX-License-Identifier: Apache-2.0
#include "platform/soc/timing_table.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace rk3568 {

void read_timing_table(const std::string &path, charge_table &table) {
    std::ifstream in(path);
    if (!in)
        throw std::runtime_error(fmt::format("{}: cannot be read", path));
    std::string line;
    for (unsigned number = 1; std::getline(in, line); ++number) {
        const auto bad = [&](const std::string &expected, const std::string &got) {
            throw std::runtime_error(fmt::format("{}:{}: expected {}, got {}", path, number, expected, got));
        };
        std::istringstream words(line.substr(0, line.find('#')));
        std::string name, value, unit, more;
        if (!(words >> name))
            continue;
        if (!(words >> value >> unit) || words >> more)
            bad("NAME VALUE cycles|ns", line);
        const auto entry =
            std::find_if(table.begin(), table.end(), [&](const charge_entry &e) { return name == e.name; });
        if (entry == table.end())
            bad("the name of a charge (hw/cortex_a55/timing.h)", name);
        double amount = 0;
        size_t used = 0;
        try {
            amount = std::stod(value, &used);
        } catch (const std::exception &) {
            used = 0;
        }
        if (used != value.size() || !(amount >= 0 && amount <= 1e9))
            bad("a number from 0 to 1e9", value);
        if (unit != "cycles" && unit != "ns")
            bad("the unit cycles or ns", unit);
        entry->unit = unit == "ns" ? charge_unit::ns : charge_unit::cycles;
        entry->value = amount;
        entry->low = std::min(entry->low, amount);
        entry->high = std::max(entry->high, amount);
        entry->source = "--timing-table";
    }
}

} // namespace rk3568
