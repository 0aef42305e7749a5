// SPDX-License-Identifier: Apache-2.0
#include "hw/regs/compliance.h"

#include <algorithm>
#include <fmt/format.h>

namespace rk3568 {

namespace {

uint64_t element_bits(const reg_base &r) {
    return r.width() == 8 ? ~0ull : (1ull << (8 * r.width())) - 1;
}

const char *access_name(const reg_base &r) {
    const char *const ways[2][2] = {{"-", "WO"}, {"RO", "RW"}};
    return ways[r.readable()][r.writable_bits() != 0];
}

std::string offsets_name(const reg_base &r) {
    const uint64_t last = r.offset() + (r.count() - 1) * r.stride();
    return r.count() == 1 ? fmt::format("0x{:04x}", r.offset()) : fmt::format("0x{:04x}-0x{:04x}", r.offset(), last);
}

std::string reset_name(const reg_base &r) {
    if (!r.readable())
        return "-";
    for (size_t i = 1; i < r.count(); ++i)
        if (r.reset_bits(i) != r.reset_bits(0))
            return "by index";
    return fmt::format("{:#x}", r.reset_bits(0) & element_bits(r));
}

std::string sizes_name(unsigned sizes) {
    std::string text;
    for (const unsigned size : {1u, 2u, 4u, 8u})
        if (sizes & size)
            text += fmt::format("{}{}", text.empty() ? "" : ", ", 8 * size);
    return text;
}

std::string writable_name(const reg_base &r) {
    if (r.enable_halves())
        return "15:0, each enabled by its bit of 31:16";
    const uint64_t bits = r.writable_bits() & element_bits(r);
    if (!bits)
        return "none";
    return bits == element_bits(r) ? "all" : fmt::format("{:#x}", bits);
}

} // namespace

const char *compliance_name(reg_status status) {
    switch (status) {
    case reg_status::functional:
        return "Functional";
    case reg_status::stored:
        return "Stored";
    case reg_status::absent:
        break;
    }
    return "Absent";
}

std::string compliance_table(std::vector<reg_base *> registers) {
    std::sort(registers.begin(), registers.end(),
              [](const reg_base *a, const reg_base *b) { return a->offset() < b->offset(); });
    std::string text = "| offset | register | reset | access | sizes | writable bits | status | source |\n"
                       "|---|---|---|---|---|---|---|---|\n";
    for (const reg_base *r : registers)
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", offsets_name(*r), r->name(), reset_name(*r),
                            access_name(*r), sizes_name(r->sizes()), writable_name(*r), compliance_name(r->status()),
                            r->source());
    return text;
}

} // namespace rk3568
