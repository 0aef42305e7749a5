// SPDX-License-Identifier: Apache-2.0
//
// The interrupt translation service: its control frame, its translation frame (GITS_TRANSLATER), its command queue and
// its tables in memory. IHI 0069 chapter 5, 12.18 and 12.19; GIC-600AE TRM 4.15 for what becomes of bad commands.
//
// The formats of the tables are implementation defined; these are the model's own, of the GIC-600's entry sizes:
//   device      8 bytes  valid[63] ITT address[51:8] EventID bits - 1 [4:0]
//   collection  2 bytes  valid[15] processor number[14:0]
//   interrupt   4 bytes  valid[31] ICID[19:16] INTID[15:0]
#ifndef RK3568_HW_GICV3_ITS_H
#define RK3568_HW_GICV3_ITS_H

#include "hw/gicv3/redistributor.h"

#include <array>
#include <memory>
#include <optional>

namespace rk3568::gic {

class its : public frame {
public:
    its(delivery &d, table_memory &memory, std::vector<std::unique_ptr<redistributor>> &redistributors);

    void reset();
    // DeviceID of the write to the translation frame that comes next.
    void device(uint32_t id) { m_device = id; }

    reg<uint32_t> ctlr{*this, "GITS_CTLR", 0x0000};
    reg<uint32_t> iidr{*this, "GITS_IIDR", 0x0004};
    reg<uint64_t> typer{*this, "GITS_TYPER", 0x0008};
    reg<uint32_t> fctlr{*this, "GITS_FCTLR", 0x0020};
    reg<uint64_t> opr{*this, "GITS_OPR", 0x0028};
    reg<uint64_t> opsr{*this, "GITS_OPSR", 0x0030};
    reg<uint64_t> cbaser{*this, "GITS_CBASER", 0x0080};
    reg<uint64_t> cwriter{*this, "GITS_CWRITER", 0x0088};
    reg<uint64_t> creadr{*this, "GITS_CREADR", 0x0090};
    reg<uint64_t, 8> baser{*this, "GITS_BASER", 0x0100};
    reg<uint32_t> cfgid{*this, "GITS_CFGID", 0xf000};

    struct translater_frame : frame {
        translater_frame(its &owner);
        reg<uint32_t> translater{*this, "GITS_TRANSLATER", 0x0040};
    };
    translater_frame &translation() { return m_translation; }

private:
    // Why a command or a message has no effect. The hardware notes it in an error record and goes on.
    enum class fault : uint8_t {
        none,
        unknown_command,
        device_range,
        device_unmapped,
        event_range,
        event_unmapped,
        collection_range,
        collection_unmapped,
        target_range,
        target_lpis_off,
        intid_range,
        itt_size,
        no_table
    };
    using command = std::array<uint64_t, 4>;

    struct mapping {
        uint64_t entry; // address of the interrupt's table entry
        uint32_t id;    // INTID
        uint32_t collection;
    };

    bool is_enabled() const { return m_enabled; }
    void run();
    fault execute(const command &c);
    fault map_device(const command &c);
    fault map_collection(const command &c);
    fault map_interrupt(const command &c, uint32_t id);
    fault move_interrupt(const command &c);
    fault move_all(const command &c);
    fault send(uint32_t device, uint32_t event);
    fault clear(const command &c, bool discard);
    fault invalidate(const command &c);
    fault invalidate_all(const command &c);

    // Address of entry `index` of the table of BASER `n`; none if the table does not reach to it.
    std::optional<uint64_t> table_entry(unsigned n, uint32_t index, unsigned entry_size);
    fault interrupt_entry(uint32_t device, uint32_t event, uint64_t &address);
    fault find_mapping(uint32_t device, uint32_t event, mapping &out);
    fault find_target(uint32_t collection, redistributor *&out);
    fault target(uint64_t number, redistributor *&out);
    void report(fault f, unsigned opcode);
    uint64_t address(uint64_t value, unsigned low) const;

    delivery &m_delivery;
    table_memory &m_memory;
    std::vector<std::unique_ptr<redistributor>> &m_redistributors;
    id_registers m_ids;
    translater_frame m_translation;
    bool m_enabled = false;
    uint32_t m_device = 0;
};

} // namespace rk3568::gic

#endif
