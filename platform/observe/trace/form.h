// SPDX-License-Identifier: Apache-2.0
//
// The text of an event, from its template in sw/port/trace_table.h: as text, and as the "print fmt" by which a reader
// of the binary trace makes that text.
#ifndef RK3568_PLATFORM_OBSERVE_TRACE_FORM_H
#define RK3568_PLATFORM_OBSERVE_TRACE_FORM_H

#include "platform/observe/trace/event.h"

#include <string>
#include <string_view>
#include <vector>

namespace rk3568 {

struct value_form;

class event_form {
public:
    // "irq={irq:%d} name={name:%s}". Throws std::logic_error for a field or a form that does not exist.
    event_form(std::string_view shown, const std::vector<trace_field> &fields);

    void print(const trace_event &e, fmt::memory_buffer &out) const;
    // With the quotes and arguments that a format file of Linux has.
    std::string print_format() const;

private:
    struct piece {
        std::string before; // the text before the value
        const value_form *form = nullptr;
        size_t field = 0, minus = none; // the field, and the one that is subtracted
    };
    static constexpr size_t none = ~size_t{0};

    const std::vector<trace_field> *m_fields;
    std::vector<piece> m_pieces;
    std::string m_after;
};

} // namespace rk3568

#endif
