// SPDX-License-Identifier: Apache-2.0
//
// Which block of the SoC is which: the SoC's constructor says so, and nothing is read from the names of modules.
#ifndef RK3568_PLATFORM_OBSERVE_UNITS_H
#define RK3568_PLATFORM_OBSERVE_UNITS_H

#include "platform/observe/record.h"

#include <algorithm>
#include <vector>

#include <systemc>

namespace rk3568 {

enum class unit_kind : uint8_t { any, bank, core, uart, pin };

struct unit {
    unit_kind kind = unit_kind::any;
    unsigned number = 0;
    const sc_core::sc_object *object = nullptr; // the module, or a pin's probe
    // The module whose probes are the unit's records, where that is a part of it: of a bank in lockstep the model whose
    // line the GIC has. Null: the module itself.
    const sc_core::sc_object *recorded = nullptr;

    bool records(const sc_core::sc_object *probe) const {
        return probe == object || probe->get_parent_object() == (recorded ? recorded : object);
    }
};

class units {
public:
    void add(unit u) { m_all.push_back(u); }
    // The unit that an object is or belongs to; null: none.
    const unit *of(const sc_core::sc_object *object) const {
        for (; object; object = object->get_parent_object()) {
            const auto found =
                std::find_if(m_all.begin(), m_all.end(), [object](const unit &u) { return u.object == object; });
            if (found != m_all.end())
                return &*found;
        }
        return nullptr;
    }

private:
    std::vector<unit> m_all;
};

struct hw_record {
    uint16_t record;
    unit_kind whose;
    const char *probe;
};
inline constexpr hw_record hw_records[] = {
#define RK3568_HW_RECORD(record, whose, probe) {HW_##record, unit_kind::whose, probe},
    RK3568_HW_RECORDS(RK3568_HW_RECORD)
#undef RK3568_HW_RECORD
};

} // namespace rk3568

#endif
