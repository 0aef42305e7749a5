// SPDX-License-Identifier: Apache-2.0
#include "hw/gicv3/its.h"

#include <fmt/format.h>

namespace rk3568::gic {

namespace {

constexpr const char *manual = "IHI 0069 12.19";
constexpr const char *trm = "GIC-600 TRM 4.6";

using ENABLED = field<0, 1>;
using QUIESCENT = field<31, 1>;
using VALID = field<63, 1>;
using INDIRECT = field<62, 1>;
using PAGE_SIZE = field<8, 2>;
using SIZE = field<0, 8>;

constexpr uint64_t memory_attributes = 0x38e0000000000c00ull; // cacheability and shareability of CBASER and BASERn
constexpr unsigned event_bits = 16;
constexpr unsigned device_bits = 16;
constexpr uint32_t collections = 16;
constexpr unsigned device_entry = 8, collection_entry = 2, interrupt_entry_size = 4, command_size = 32;
constexpr unsigned device_table = 0, collection_table = 1;

// What a fault is reported of when it is not a command: a message, or a command that memory does not give.
constexpr unsigned message = 0x100, unread = 0x101;

// Fields of commands (IHI 0069 5.3): word in front.
uint32_t opcode_of(const std::array<uint64_t, 4> &c) {
    return field<0, 8>::get(c[0]);
}
uint32_t device_of(const std::array<uint64_t, 4> &c) {
    return field<32, 32>::get(c[0]);
}
uint32_t event_of(const std::array<uint64_t, 4> &c) {
    return field<0, 32>::get(c[1]);
}
uint32_t intid_of(const std::array<uint64_t, 4> &c) {
    return field<32, 32>::get(c[1]);
}
uint32_t collection_of(const std::array<uint64_t, 4> &c) {
    return field<0, 16>::get(c[2]);
}
uint64_t target_of(uint64_t word) {
    return field<16, 35>::get(word);
} // a processor number: GITS_TYPER.PTA is 0
bool valid(const std::array<uint64_t, 4> &c) {
    return VALID::get(c[2]);
}

namespace ite {
using VALID = field<31, 1>;
using COLLECTION = field<16, 4>;
using INTID = field<0, 16>;
} // namespace ite
namespace cte {
using VALID = field<15, 1>;
using TARGET = field<0, 15>;
} // namespace cte
namespace dte {
using EVENT_BITS = field<0, 5>;
} // namespace dte

uint64_t page_bytes(uint64_t baser) {
    switch (PAGE_SIZE::get(baser)) {
    case 0:
        return 0x1000;
    case 1:
        return 0x4000;
    default:
        return 0x10000;
    }
}

} // namespace

its::translater_frame::translater_frame(its &owner)
    : frame("GITS_TRANSLATER", 0x10000) {
    translater.write_only()
        .allow(size2 | size4)
        .on_write([&owner](const reg_write &w) {
            if (owner.is_enabled())
                owner.report(owner.send(owner.m_device, static_cast<uint32_t>(w.value)), message);
        })
        .document(reg_status::functional, manual);
}

its::its(delivery &d, table_memory &memory, std::vector<std::unique_ptr<redistributor>> &redistributors)
    : frame("GITS", 0x10000)
    , m_delivery(d)
    , m_memory(memory)
    , m_redistributors(redistributors)
    , m_ids(*this, "GITS_PIDR", "GITS_CIDR", 0x94)
    , m_translation(*this) {
    const uint64_t table_address = address(~0ull, 12) & field<12, 36>::mask;

    ctlr.writable(ENABLED::mask)
        .reset_value(QUIESCENT::mask)
        .on_read([this](size_t, const reg_access &) { return ENABLED::of(m_enabled) | QUIESCENT::of(!m_enabled); })
        .on_write([this](const reg_write &w) {
            if (w.lanes & ENABLED::mask)
                m_enabled = w.value & ENABLED::mask;
            run();
        })
        .document(reg_status::functional, manual);
    iidr.read_only().reset_value(d.params().iidr).document(reg_status::functional, manual);
    // Physical LPIs, 4 bytes an ITT entry, 16 bits of EventID and of DeviceID, processor numbers as targets, no
    // collections in hardware, 4 bits of ICID.
    typer.read_only()
        .allow(size4 | size8)
        .reset_value(field<0, 1>::of(1) | field<4, 4>::of(interrupt_entry_size - 1) | field<8, 5>::of(event_bits - 1) |
                     field<13, 5>::of(device_bits - 1) | field<32, 4>::of(3) | field<36, 1>::of(1))
        .document(reg_status::functional, manual);
    fctlr.document(reg_status::stored, trm);
    opr.allow(size4 | size8).read_only().document(reg_status::absent, trm);
    opsr.allow(size4 | size8).read_only().document(reg_status::absent, trm);

    cbaser.allow(size4 | size8)
        .writable(VALID::mask | memory_attributes | address(~0ull, 12) | SIZE::mask)
        .on_write([this](const reg_write &w) {
            if (m_enabled)
                return;
            cbaser = w.merged();
            creadr = 0;
        })
        .document(reg_status::functional, manual);
    cwriter.allow(size4 | size8)
        .writable(field<5, 15>::mask)
        .on_write([this](const reg_write &w) {
            cwriter = w.merged();
            run();
        })
        .document(reg_status::functional, manual);
    creadr.allow(size4 | size8).read_only().document(reg_status::functional, manual);
    // [0] devices, [1] collections, the others do not exist.
    baser.allow(size4 | size8)
        .reset_value([](size_t n) -> uint64_t {
            return n == device_table ? 0x0107000000000000ull : n == collection_table ? 0x0401000000000000ull : 0;
        })
        .writable(VALID::mask | INDIRECT::mask | memory_attributes | table_address | PAGE_SIZE::mask | SIZE::mask)
        .on_write([this](const reg_write &w) {
            if (!m_enabled && w.index <= collection_table)
                baser[w.index] = w.merged();
        })
        .document(reg_status::functional, manual);
    cfgid.read_only().document(reg_status::absent, "GIC-600 TRM 4.6, value not published for the RK3568");
}

void its::reset() {
    m_enabled = false;
}

uint64_t its::address(uint64_t value, unsigned low) const {
    return value & ((1ull << m_delivery.params().address_bits) - 1) & ~((1ull << low) - 1);
}

void its::report(fault f, unsigned opcode) {
    static constexpr const char *text[] = {
        "",
        "there is no such command",
        "the DeviceID is beyond the device table",
        "the device is not mapped",
        "the EventID is beyond what MAPD gave the device",
        "the event is not mapped",
        "the collection is beyond the collection table",
        "the collection is not mapped",
        "there is no redistributor of that number",
        "LPIs are off at the target",
        "the INTID is no LPI that the target knows",
        "the EventID size is beyond GITS_TYPER.IDbits",
        "a table cannot be read or written",
    };
    if (f == fault::none)
        return;
    const std::string what = opcode == message ? "a message" : fmt::format("command {:#x}", opcode);
    log_once(span() + 64 * opcode + static_cast<unsigned>(f), true,
             fmt::format("GITS: {} is skipped: {}", what, text[static_cast<unsigned>(f)]), m_delivery.delay());
}

// The command queue

void its::run() {
    const uint64_t size = 0x1000 * (SIZE::get(cbaser) + 1);
    if (!m_enabled || !VALID::get(cbaser) || creadr == cwriter)
        return;
    if (cwriter >= size)
        return log_once(cwriter.offset(), true,
                        fmt::format("GITS: GITS_CWRITER {:#x} is beyond the queue of {:#x} bytes: no command runs",
                                    uint64_t(cwriter), size),
                        m_delivery.delay());
    while (creadr != cwriter) {
        command c{};
        const bool readable = m_memory.read(address(cbaser, 12) + creadr, c.data(), command_size);
        // A bad command is skipped: GITS_FCTLR asks for a stall in no case that its reset value covers.
        report(readable ? execute(c) : fault::no_table, readable ? opcode_of(c) : unread);
        creadr = (creadr + command_size) % size;
    }
}

its::fault its::execute(const command &c) {
    switch (opcode_of(c)) {
    case 0x01:
        return move_interrupt(c);
    case 0x03:
        return send(device_of(c), event_of(c));
    case 0x04:
        return clear(c, false);
    case 0x05: // SYNC: everything before it has happened already
        return fault::none;
    case 0x08:
        return map_device(c);
    case 0x09:
        return map_collection(c);
    case 0x0a:
        return map_interrupt(c, intid_of(c));
    case 0x0b:
        return map_interrupt(c, event_of(c));
    case 0x0c:
        return invalidate(c);
    case 0x0d:
        return invalidate_all(c);
    case 0x0e:
        return move_all(c);
    case 0x0f:
        return clear(c, true);
    default:
        return fault::unknown_command;
    }
}

// Tables

std::optional<uint64_t> its::table_entry(unsigned n, uint32_t index, unsigned entry_size) {
    const uint64_t base = baser[n];
    if (!VALID::get(base))
        return std::nullopt;
    const uint64_t page = page_bytes(base);
    const uint64_t bytes = (SIZE::get(base) + 1) * page;
    const uint64_t table = address(base & field<12, 36>::mask, 12) & ~(page - 1);
    if (!INDIRECT::get(base)) {
        const uint64_t at = static_cast<uint64_t>(index) * entry_size;
        return at + entry_size <= bytes ? std::optional<uint64_t>(table + at) : std::nullopt;
    }
    const uint64_t in_page = page / entry_size;
    const uint64_t first = index / in_page * sizeof(uint64_t);
    if (first + sizeof(uint64_t) > bytes)
        return std::nullopt;
    const auto link = m_memory.get<uint64_t>(table + first);
    if (!VALID::get(link))
        return std::nullopt;
    return (address(link & field<12, 40>::mask, 12) & ~(page - 1)) + index % in_page * entry_size;
}

its::fault its::interrupt_entry(uint32_t device, uint32_t event, uint64_t &at) {
    const auto place = device >> device_bits ? std::nullopt : table_entry(device_table, device, device_entry);
    if (!place)
        return fault::device_range;
    const auto entry = m_memory.get<uint64_t>(*place);
    if (!VALID::get(entry))
        return fault::device_unmapped;
    if (event >= 2ull << dte::EVENT_BITS::get(entry))
        return fault::event_range;
    at = address(entry & field<8, 44>::mask, 8) + static_cast<uint64_t>(event) * interrupt_entry_size;
    return fault::none;
}

its::fault its::find_mapping(uint32_t device, uint32_t event, mapping &out) {
    if (const fault f = interrupt_entry(device, event, out.entry); f != fault::none)
        return f;
    const auto entry = m_memory.get<uint32_t>(out.entry);
    if (!ite::VALID::get(entry))
        return fault::event_unmapped;
    out.id = ite::INTID::get(entry);
    out.collection = ite::COLLECTION::get(entry);
    return fault::none;
}

its::fault its::find_target(uint32_t collection, redistributor *&out) {
    const auto place =
        collection < collections ? table_entry(collection_table, collection, collection_entry) : std::nullopt;
    if (!place)
        return fault::collection_range;
    const auto entry = m_memory.get<uint16_t>(*place);
    if (!cte::VALID::get(entry))
        return fault::collection_unmapped;
    return target(cte::TARGET::get(entry), out);
}

its::fault its::target(uint64_t number, redistributor *&out) {
    if (number >= m_redistributors.size())
        return fault::target_range;
    out = m_redistributors[number].get();
    return out->lpis_enabled() ? fault::none : fault::target_lpis_off;
}

// Commands

its::fault its::map_device(const command &c) {
    const uint32_t device = device_of(c);
    const auto place = device >> device_bits ? std::nullopt : table_entry(device_table, device, device_entry);
    if (!place)
        return fault::device_range;
    const uint64_t bits = dte::EVENT_BITS::get(c[1]);
    if (valid(c) && bits >= event_bits)
        return fault::itt_size;
    const uint64_t entry = valid(c) ? VALID::mask | address(c[2] & field<8, 44>::mask, 8) | bits : 0;
    return m_memory.put(*place, entry) ? fault::none : fault::no_table;
}

its::fault its::map_collection(const command &c) {
    const uint32_t collection = collection_of(c);
    const auto place =
        collection < collections ? table_entry(collection_table, collection, collection_entry) : std::nullopt;
    if (!place)
        return fault::collection_range;
    uint16_t entry = 0;
    if (valid(c)) {
        redistributor *to = nullptr;
        if (const fault f = target(target_of(c[2]), to); f != fault::none)
            return f;
        entry = static_cast<uint16_t>(cte::VALID::mask | cte::TARGET::of(target_of(c[2])));
    }
    return m_memory.put(*place, entry) ? fault::none : fault::no_table;
}

// The collection may be mapped later (semantic 54).
its::fault its::map_interrupt(const command &c, uint32_t id) {
    uint64_t at = 0;
    if (const fault f = interrupt_entry(device_of(c), event_of(c), at); f != fault::none)
        return f;
    if (id < lpi_base || id >= lpi_end)
        return fault::intid_range;
    if (collection_of(c) >= collections)
        return fault::collection_range;
    const auto entry =
        static_cast<uint32_t>(ite::VALID::mask | ite::COLLECTION::of(collection_of(c)) | ite::INTID::of(id));
    return m_memory.put(at, entry) ? fault::none : fault::no_table;
}

its::fault its::move_interrupt(const command &c) {
    mapping m{};
    redistributor *from = nullptr, *to = nullptr;
    if (const fault f = find_mapping(device_of(c), event_of(c), m); f != fault::none)
        return f;
    if (const fault f = find_target(collection_of(c), to); f != fault::none)
        return f;
    const auto entry =
        static_cast<uint32_t>(ite::VALID::mask | ite::COLLECTION::of(collection_of(c)) | ite::INTID::of(m.id));
    if (!m_memory.put(m.entry, entry))
        return fault::no_table;
    if (find_target(m.collection, from) == fault::none && from != to && from->is_pending(m.id)) {
        from->set_pending(m.id, false);
        to->set_pending(m.id, true);
    }
    return fault::none;
}

its::fault its::move_all(const command &c) {
    redistributor *from = nullptr, *to = nullptr;
    if (const fault f = target(target_of(c[2]), from); f != fault::none)
        return f;
    if (const fault f = target(target_of(c[3]), to); f != fault::none)
        return f;
    from->move_all(*to);
    return fault::none;
}

its::fault its::send(uint32_t device, uint32_t event) {
    mapping m{};
    redistributor *to = nullptr;
    if (const fault f = find_mapping(device, event, m); f != fault::none)
        return f;
    if (const fault f = find_target(m.collection, to); f != fault::none)
        return f;
    if (!to->has_lpi(m.id))
        return fault::intid_range;
    to->set_pending(m.id, true);
    return fault::none;
}

its::fault its::clear(const command &c, bool discard) {
    mapping m{};
    redistributor *at = nullptr;
    if (const fault f = find_mapping(device_of(c), event_of(c), m); f != fault::none)
        return f;
    const fault f = find_target(m.collection, at);
    if (f == fault::none)
        at->set_pending(m.id, false);
    if (!discard)
        return f;
    return m_memory.put<uint32_t>(m.entry, 0) ? fault::none : fault::no_table;
}

its::fault its::invalidate(const command &c) {
    mapping m{};
    redistributor *at = nullptr;
    if (const fault f = find_mapping(device_of(c), event_of(c), m); f != fault::none)
        return f;
    if (const fault f = find_target(m.collection, at); f != fault::none)
        return f;
    at->invalidate(m.id);
    return fault::none;
}

its::fault its::invalidate_all(const command &c) {
    redistributor *at = nullptr;
    if (const fault f = find_target(collection_of(c), at); f != fault::none)
        return f;
    at->invalidate_all();
    return fault::none;
}

} // namespace rk3568::gic
