// SPDX-License-Identifier: Apache-2.0
//
// LPIs and the ITS: semantics 50 to 61.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

namespace {

// A board whose ITS is set up as a kernel does it: tables in memory, LPIs on, collection n on core n.
struct its_board : board {
    static constexpr uint64_t config = memory::base + 0x100000;  // a byte for each LPI
    static constexpr uint64_t pending = memory::base + 0x200000; // + 64 KiB a core
    static constexpr uint64_t devices = memory::base + 0x300000;
    static constexpr uint64_t collections = memory::base + 0x400000;
    static constexpr uint64_t queue = memory::base + 0x410000;
    static constexpr uint64_t itt = memory::base + 0x500000; // + 4 KiB a device
    static constexpr unsigned queue_size = 0x1000;
    static constexpr uint64_t valid = 1ull << 63;
    uint64_t writer = 0;

    explicit its_board(bool ds = false, uint64_t device_table = valid | devices)
        : board(with(ds)) {
        for (unsigned c = 0; c < 4; ++c)
            lpis_on(c);
        write(gits(GITS_BASER0), device_table, ns, 8);
        write(gits(GITS_BASER1), valid | collections, ns, 8);
        write(gits(GITS_CBASER), valid | queue, ns, 8);
        write(gits(GITS_CTLR), 1);
        for (unsigned c = 0; c < 4; ++c) {
            mapc(c, c);
            command(0x0d, 0, 0, c); // INVALL
        }
    }

    void lpis_on(unsigned core, bool zero = true) {
        write(rd(core, GICR_PROPBASER), config | 15, ns, 8);
        write(rd(core, GICR_PENDBASER), (pending + 0x10000 * core) | (zero ? 1ull << 62 : 0), ns, 8);
        write(rd(core, GICR_CTLR), 1);
    }
    void raw(uint64_t w0, uint64_t w1, uint64_t w2, uint64_t w3) {
        const uint64_t words[] = {w0, w1, w2, w3};
        for (unsigned n = 0; n < 4; ++n)
            dram.put(queue + writer + 8 * n, words[n]);
        writer = (writer + 32) % queue_size;
        write(gits(GITS_CWRITER), writer, ns, 8);
        BOOST_TEST(read(gits(GITS_CREADR), ns, 8) == writer);
    }
    // opcode, device, event, ICID
    void command(unsigned opcode, uint32_t device, uint32_t event, uint64_t icid) {
        raw(static_cast<uint64_t>(device) << 32 | opcode, event, icid, 0);
    }
    void mapd(uint32_t device, unsigned bits, bool on = true) {
        raw(static_cast<uint64_t>(device) << 32 | 0x08, bits - 1, (on ? valid : 0) | (itt + 0x1000 * (device & 0xff)),
            0);
    }
    void mapc(uint32_t icid, uint64_t core, bool on = true) { raw(0x09, 0, (on ? valid : 0) | core << 16 | icid, 0); }
    void mapti(uint32_t device, uint32_t event, uint32_t id, uint32_t icid) {
        raw(static_cast<uint64_t>(device) << 32 | 0x0a, static_cast<uint64_t>(id) << 32 | event, icid, 0);
    }
    void interrupt(uint32_t device, uint32_t event) { command(0x03, device, event, 0); }
    void inv(uint32_t device, uint32_t event) { command(0x0c, device, event, 0); }
    // Configuration byte, as Non-secure software writes it.
    void configure(uint32_t id, uint8_t byte) { dram.put(config + id - 8192, byte); }

    // Device 3 with 4 EventID bits, event 2 is LPI 8200 on core 1.
    void one() {
        configure(8200, 0xa1);
        mapd(3, 4);
        mapti(3, 2, 8200, 1);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(s50_an_lpi_has_no_active_state_and_eoir_alone_ends_it) {
    its_board b;
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.nirq(1));
    BOOST_TEST(b.iar1(1) == 8200u);
    BOOST_TEST(!b.nirq(1));
    BOOST_TEST(b.get(1, icc::rpr, el3) == 0xd0u);
    // While it runs another one becomes pending, and waits for the priority drop alone.
    b.interrupt(3, 2);
    BOOST_TEST(b.get(1, icc::hppir1) == 8200u);
    BOOST_TEST(!b.nirq(1));
    b.eoir1(1, 8200);
    BOOST_TEST(b.nirq(1));
    BOOST_TEST(b.iar1(1) == 8200u);
    b.set(1, icc::ctlr, 2);
    b.set(1, icc::dir, 8200);
    BOOST_TEST(b.get(1, icc::rpr, el3) == 0xd0u);
    b.eoir1(1, 8200);
    BOOST_TEST(b.get(1, icc::rpr) == 0xffu);
    BOOST_TEST(b.iar1(1) == 1023u);
}

BOOST_AUTO_TEST_CASE(s51_every_change_of_an_lpi_is_seen_by_the_wire) {
    its_board b;
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.nirq(1));
    b.command(0x04, 3, 2, 0); // CLEAR
    BOOST_TEST(!b.nirq(1));
    b.interrupt(3, 2);
    b.configure(8200, 0xa0);
    b.inv(3, 2);
    BOOST_TEST(!b.nirq(1));
    b.configure(8200, 0xa1);
    b.inv(3, 2);
    BOOST_TEST(b.nirq(1));
    b.configure(8200, 0xfd);
    b.command(0x0d, 0, 0, 1);       // INVALL
    BOOST_TEST(b.nirq(1) == false); // 0xfc is Non-secure priority 0xf8: stored 0xf8, which the mask 0xf8 stops
    b.configure(8200, 0x11);
    b.command(0x0d, 0, 0, 1);
    BOOST_TEST(b.nirq(1));
    b.iar1(1);
    BOOST_TEST(b.get(1, icc::rpr, el3) == 0x88u);
}

BOOST_AUTO_TEST_CASE(s52_a_changed_configuration_byte_counts_after_inv_or_invall) {
    its_board b;
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.configure(8200, 0xa0); // off, but the redistributor does not know yet
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.inv(3, 2);
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 1023u);
    b.configure(8200, 0xa1);
    BOOST_TEST(b.iar1(1) == 1023u);
    b.command(0x0d, 0, 0, 1);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    // INVALL also for what is not pending.
    b.configure(8200, 0xa0);
    b.command(0x0d, 0, 0, 0); // of another collection
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.command(0x0d, 0, 0, 1);
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 1023u);
}

BOOST_AUTO_TEST_CASE(s53_an_lpi_pending_while_disabled_is_kept_and_discard_removes_it) {
    its_board b;
    b.one();
    b.configure(8200, 0xa0);
    b.inv(3, 2);
    b.interrupt(3, 2);
    BOOST_TEST(!b.nirq(1));
    b.configure(8200, 0xa1);
    b.inv(3, 2);
    BOOST_TEST(b.nirq(1));
    b.command(0x0f, 3, 2, 0); // DISCARD: pending state and mapping
    BOOST_TEST(!b.nirq(1));
    b.interrupt(3, 2);
    BOOST_TEST(!b.nirq(1));
    b.mapti(3, 2, 8200, 1);
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.mapd(3, 4, false);
    b.interrupt(3, 2);
    b.msi(3, 2);
    BOOST_TEST(!b.nirq(1));
}

BOOST_AUTO_TEST_CASE(s54_an_event_may_be_mapped_before_its_collection) {
    its_board b;
    b.configure(8300, 0xa1);
    b.mapd(3, 4);
    b.mapti(3, 5, 8300, 9);
    b.interrupt(3, 5);
    for (unsigned c = 0; c < 4; ++c)
        BOOST_TEST(!b.nirq(c));
    b.mapc(9, 2);
    b.interrupt(3, 5);
    BOOST_TEST(b.iar1(2) == 8300u);
    b.mapc(9, 0, false);
    b.interrupt(3, 5);
    BOOST_TEST(b.iar1(2) == 1023u);
}

BOOST_AUTO_TEST_CASE(s55_movi_and_movall_take_the_pending_state_along) {
    its_board b;
    b.one();
    b.configure(8201, 0xa1);
    b.mapti(3, 3, 8201, 1);
    b.interrupt(3, 2);
    b.interrupt(3, 3);
    b.command(0x01, 3, 2, 2); // MOVI to collection 2
    BOOST_TEST(b.nirq(2));
    BOOST_TEST(b.iar1(2) == 8200u);
    b.eoir1(2, 8200);
    BOOST_TEST(b.iar1(1) == 8201u);
    b.eoir1(1, 8201);
    b.interrupt(3, 2); // and later ones go there
    b.interrupt(3, 3);
    BOOST_TEST(b.nirq(2));
    b.raw(0x0e, 0, 1ull << 16, 3ull << 16); // MOVALL core 1 -> core 3
    BOOST_TEST(!b.nirq(1));
    BOOST_TEST(b.nirq(3));
    BOOST_TEST(b.iar1(3) == 8201u);
    BOOST_TEST(b.iar1(2) == 8200u);
    // MOVALL does not remap.
    b.interrupt(3, 3);
    BOOST_TEST(b.nirq(1));
}

BOOST_AUTO_TEST_CASE(s56_a_bad_command_is_skipped) {
    its_board b;
    b.one();
    b.raw(0x77, 0, 0, 0);
    b.raw(0, 0, 0, 0);
    b.interrupt(4, 2);  // device not mapped
    b.interrupt(3, 3);  // event not mapped
    b.interrupt(3, 16); // event beyond MAPD's size
    b.mapti(3, 16, 8201, 0);
    b.mapti(3, 4, 8191, 0); // no LPI
    b.mapti(3, 4, 65536, 0);
    b.mapti(3, 4, 8201, 16); // ICID beyond 4 bits
    b.mapc(16, 0);
    b.mapc(5, 4);                  // no such redistributor
    b.mapd(0x20000, 4);            // DeviceID beyond the table
    b.mapd(5, 17);                 // EventID size beyond GITS_TYPER
    b.command(0x01, 3, 2, 7);      // MOVI to an unmapped collection
    b.raw(0x0e, 0, 9ull << 16, 0); // MOVALL from nowhere
    b.inv(9, 9);
    b.command(0x0d, 0, 0, 7);
    for (unsigned c = 0; c < 4; ++c)
        BOOST_TEST(!b.nirq(c));
    b.interrupt(3, 4);
    BOOST_TEST(!b.nirq(0));
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    BOOST_TEST((b.read(b.gits(GITS_CREADR), ns, 8) & 1) == 0u);
}

BOOST_AUTO_TEST_CASE(s56_targets_without_lpis_are_refused) {
    its_board b;
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.nirq(1));
    b.write(b.rd(1, GICR_CTLR), 0);
    BOOST_TEST(!b.nirq(1));
    b.interrupt(3, 2);
    b.msi(3, 2);
    b.mapc(6, 1);
    b.mapti(3, 6, 8206, 6);
    b.lpis_on(1);
    BOOST_TEST(!b.nirq(1));
    b.configure(8206, 0xa1);
    b.interrupt(3, 6); // collection 6 was not mapped
    BOOST_TEST(!b.nirq(1));
    b.mapc(6, 1);
    b.interrupt(3, 6);
    BOOST_TEST(b.nirq(1));
}

BOOST_AUTO_TEST_CASE(s57_the_queue_wraps_and_waits_for_the_its_to_be_enabled) {
    its_board b;
    b.one();
    for (unsigned n = 0; n < 300; ++n) { // 128 commands fit
        b.interrupt(3, 2);
        b.command(0x04, 3, 2, 0);
    }
    BOOST_TEST(!b.nirq(1));
    b.write(b.gits(GITS_CTLR), 0);
    BOOST_TEST(b.read(b.gits(GITS_CTLR)) == 0x80000000u);
    const uint64_t before = b.writer;
    b.dram.put<uint64_t>(its_board::queue + b.writer, 3ull << 32 | 0x03);
    b.dram.put<uint64_t>(its_board::queue + b.writer + 8, 2);
    b.writer = (b.writer + 32) % its_board::queue_size;
    b.write(b.gits(GITS_CWRITER), b.writer, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == before);
    BOOST_TEST(!b.nirq(1));
    b.msi(3, 2);
    BOOST_TEST(!b.nirq(1));
    b.write(b.gits(GITS_CTLR), 1);
    BOOST_TEST(b.read(b.gits(GITS_CTLR)) == 1u);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == b.writer);
    BOOST_TEST(b.nirq(1));
    // A writer beyond the queue runs nothing.
    b.write(b.gits(GITS_CWRITER), its_board::queue_size, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == b.writer);
    b.write(b.gits(GITS_CWRITER), b.writer, ns, 8);
    // A write of CBASER starts anew, but not while enabled.
    b.write(b.gits(GITS_CBASER), its_board::valid | its_board::queue | 1, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CBASER), ns, 8) == (its_board::valid | its_board::queue));
    b.write(b.gits(GITS_CTLR), 0);
    b.write(b.gits(GITS_CBASER), its_board::valid | its_board::queue | 1, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == 0u);
}

BOOST_AUTO_TEST_CASE(s57_the_reader_wraps_at_the_size_of_the_queue) {
    its_board b;
    b.write(b.gits(GITS_CTLR), 0);
    b.write(b.gits(GITS_CWRITER), 0, ns, 8);
    b.write(b.gits(GITS_CBASER), its_board::valid | its_board::queue | 1, ns, 8); // two pages
    b.write(b.gits(GITS_CTLR), 1);
    b.dram.fill(its_board::queue, 0, 0x2000);
    b.write(b.gits(GITS_CWRITER), 0x1fe0, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == 0x1fe0u);
    b.write(b.gits(GITS_CWRITER), 0x20, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == 0x20u);
}

BOOST_AUTO_TEST_CASE(s58_ranges_of_device_event_and_intid_hold) {
    its_board b;
    b.one();
    // 4 EventID bits: 15 is the last event.
    b.configure(8209, 0xa1);
    b.mapti(3, 15, 8209, 0);
    b.interrupt(3, 15);
    BOOST_TEST(b.iar1(0) == 8209u);
    b.eoir1(0, 8209);
    b.mapti(3, 16, 8209, 0);
    b.interrupt(3, 16);
    BOOST_TEST(b.iar1(0) == 1023u);
    // A flat table of one 4 KiB page with 8 bytes an entry: 511 is the last device.
    b.mapd(511, 2);
    b.mapti(511, 0, 8209, 0);
    b.interrupt(511, 0);
    BOOST_TEST(b.iar1(0) == 8209u);
    b.eoir1(0, 8209);
    b.mapd(512, 2);
    b.mapti(512, 1, 8209, 0);
    b.interrupt(512, 1);
    BOOST_TEST(b.iar1(0) == 1023u);
    // An INTID that PROPBASER.IDbits does not cover.
    b.write(b.rd(0, GICR_CTLR), 0);
    b.write(b.rd(0, GICR_PROPBASER), its_board::config | 13, ns, 8); // 14 bits: up to 16383
    b.write(b.rd(0, GICR_CTLR), 1);
    b.configure(16383, 0xa1);
    b.configure(16384, 0xa1);
    b.mapti(3, 7, 16384, 0);
    b.interrupt(3, 7);
    BOOST_TEST(b.iar1(0) == 1023u);
    b.mapti(3, 7, 16383, 0);
    b.interrupt(3, 7);
    BOOST_TEST(b.iar1(0) == 16383u);
    // The last LPI of all.
    b.configure(65535, 0xa1);
    b.mapti(3, 8, 65535, 1);
    b.interrupt(3, 8);
    BOOST_TEST(b.iar1(1) == 65535u);
}

BOOST_AUTO_TEST_CASE(s58_two_level_device_tables) {
    constexpr uint64_t level2 = memory::base + 0x600000;
    its_board b(false, its_board::valid | 1ull << 62 | its_board::devices); // 4 KiB pages of 512 entries
    b.dram.put<uint64_t>(its_board::devices + 8 * 2, its_board::valid | level2);
    b.configure(8200, 0xa1);
    const uint32_t device = 2 * 512 + 37;
    b.mapd(device, 4);
    BOOST_TEST(b.dram.get<uint64_t>(level2 + 8 * 37) != 0u);
    b.mapti(device, 2, 8200, 1);
    b.msi(device, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.mapd(512 + 37, 4); // no page for it
    b.mapti(512 + 37, 2, 8200, 1);
    b.msi(512 + 37, 2);
    BOOST_TEST(b.iar1(1) == 1023u);
}

BOOST_AUTO_TEST_CASE(s58_bigger_pages_of_tables) {
    its_board b(false, its_board::valid | its_board::devices | 2ull << 8); // one page of 64 KiB: 8192 devices
    b.configure(8200, 0xa1);
    b.mapd(8191, 4);
    b.mapti(8191, 2, 8200, 1);
    b.msi(8191, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.mapd(8192, 4);
    b.mapti(8192, 2, 8200, 1);
    b.msi(8192, 2);
    BOOST_TEST(b.iar1(1) == 1023u);
}

BOOST_AUTO_TEST_CASE(s59_the_id_bits_of_its_and_distributor_are_different_things) {
    board b(with(), false);
    BOOST_TEST(b.read(b.gits(GITS_TYPER), ns, 8) == 0x130001ef31u);
    BOOST_TEST((b.read(b.gits(GITS_TYPER), ns, 8) >> 8 & 0x1f) == 15u); // EventID bits - 1
    BOOST_TEST((b.read(b.gicd(GICD_TYPER)) >> 19 & 0x1f) == 15u);       // INTID bits - 1
}

BOOST_AUTO_TEST_CASE(s60_the_pending_table_is_read_when_lpis_go_on_and_written_when_they_go_off) {
    its_board b;
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.read(b.rd(1, GICR_CTLR)) == 1u);
    const uint64_t byte = its_board::pending + 0x10000 + 8200 / 8;
    BOOST_TEST(b.dram.get<uint8_t>(byte) == 0u);
    b.write(b.rd(1, GICR_CTLR), 0);
    BOOST_TEST(!b.nirq(1));
    BOOST_TEST(b.dram.get<uint8_t>(byte) == 1u);
    b.lpis_on(1, false);
    BOOST_TEST(b.nirq(1));
    BOOST_TEST(b.iar1(1) == 8200u);
    b.eoir1(1, 8200);
    b.write(b.rd(1, GICR_CTLR), 0);
    BOOST_TEST(b.dram.get<uint8_t>(byte) == 0u);
    // PTZ: software promises zeros, nothing is read.
    b.dram.put<uint8_t>(byte, 1);
    const unsigned reads = b.dram.reads;
    b.lpis_on(1, true);
    BOOST_TEST(b.dram.reads == reads);
    BOOST_TEST(!b.nirq(1));
    BOOST_TEST((b.read(b.rd(1, GICR_PENDBASER), ns, 8) >> 62 & 1) == 0u);
    // The promise is of one enabling: what disabling wrote comes back.
    b.interrupt(3, 2);
    b.write(b.rd(1, GICR_CTLR), 0);
    b.write(b.rd(1, GICR_CTLR), 1);
    BOOST_TEST(b.nirq(1));
}

BOOST_AUTO_TEST_CASE(s60_the_tables_cannot_be_moved_while_in_use) {
    its_board b;
    b.write(b.rd(1, GICR_PROPBASER), 0, ns, 8);
    b.write(b.rd(1, GICR_PENDBASER), 0, ns, 8);
    BOOST_TEST(b.read(b.rd(1, GICR_PROPBASER), ns, 8) == (its_board::config | 15));
    BOOST_TEST(b.read(b.rd(1, GICR_PENDBASER), ns, 8) == its_board::pending + 0x10000);
    b.write(b.gits(GITS_BASER0), 0, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_BASER0), ns, 8) == (0x8107000000000000 | its_board::devices));
}

BOOST_AUTO_TEST_CASE(s61_address_bits_from_32_read_back_zero) {
    board b(with(), false);
    b.write(b.gits(GITS_BASER0), 0xf907000100190600, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_BASER0), ns, 8) == 0xf907000000190600u);
    b.write(b.gits(GITS_CBASER), 0xb8000001001b040f, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CBASER), ns, 8) == 0xb8000000001b040fu);
    b.write(b.rd(0, GICR_PROPBASER), 0x000ffffffffff78f, ns, 8);
    BOOST_TEST(b.read(b.rd(0, GICR_PROPBASER), ns, 8) == 0xfffff78fu);
    b.write(b.rd(0, GICR_PENDBASER), 0x000fffffffff0780, ns, 8);
    BOOST_TEST(b.read(b.rd(0, GICR_PENDBASER), ns, 8) == 0xffff0780u);
}

BOOST_AUTO_TEST_CASE(without_the_erratum_addresses_have_more_bits) {
    gicv3_params p = with();
    p.address_bits = 48;
    board b(p, false);
    b.write(b.gits(GITS_BASER0), 0xf907000100190600, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_BASER0), ns, 8) == 0xf907000100190600u);
}

BOOST_AUTO_TEST_CASE(lpis_compete_with_spis_and_private_interrupts) {
    its_board b;
    b.one(); // Non-secure priority 0xa0: 0xd0
    b.enable(40, 1, 0xc8);
    b.enable(41, 1, 0xd8);
    b.interrupt(3, 2);
    b.spi(40, true);
    b.spi(41, true);
    for (const uint32_t id : {40u, 8200u, 41u}) {
        BOOST_TEST(b.iar1(1) == id);
        if (id < 8192)
            b.spi(id, false);
        b.eoir1(1, id);
    }
    BOOST_TEST(b.iar1(1) == 1023u);
}

BOOST_AUTO_TEST_CASE(with_one_security_state_the_configuration_byte_is_the_whole_priority) {
    its_board b(true);
    b.one();
    b.interrupt(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
    BOOST_TEST(b.get(1, icc::rpr) == 0xa0u);
}

BOOST_AUTO_TEST_CASE(mapi_uses_the_eventid_as_intid) {
    its_board b;
    b.configure(8250, 0xa1);
    b.mapd(7, 16);
    b.command(0x0b, 7, 8250, 2);
    b.msi(7, 8250);
    BOOST_TEST(b.iar1(2) == 8250u);
}

BOOST_AUTO_TEST_CASE(a_message_of_16_bits_is_a_message) {
    its_board b;
    b.configure(8200, 0xa1);
    b.mapd(0, 4);
    b.mapti(0, 2, 8200, 1);
    b.write(b.translater(), 2, ns, 2); // no DeviceID beside it: device 0
    BOOST_TEST(b.iar1(1) == 8200u);
}

BOOST_AUTO_TEST_CASE(tables_in_nowhere_or_in_the_gic_itself_do_no_harm) {
    its_board b;
    b.one();
    b.write(b.gits(GITS_CTLR), 0);
    b.write(b.gits(GITS_CWRITER), 0, ns, 8);
    b.write(b.gits(GITS_CBASER), its_board::valid | 0x1000, ns, 8); // no memory there
    b.write(b.gits(GITS_CTLR), 1);
    b.write(b.gits(GITS_CWRITER), 0x60, ns, 8);
    BOOST_TEST(b.read(b.gits(GITS_CREADR), ns, 8) == 0x60u);
    b.msi(3, 2);
    BOOST_TEST(b.iar1(1) == 8200u);
}

BOOST_AUTO_TEST_CASE(a_gic_without_its_has_no_lpis) {
    gicv3_params p = with();
    p.its = false;
    board b(p);
    BOOST_TEST((b.read(b.gicd(GICD_TYPER)) >> 17 & 1) == 0u);
    BOOST_TEST(b.rd(0, 0) == 0x40000u);
    BOOST_TEST(b.read(b.rd(3, GICR_TYPER), ns, 8) == 0x0000030000000330u);
    b.write(b.rd(0, GICR_CTLR), 1);
    BOOST_TEST(b.read(b.rd(0, GICR_CTLR)) == 0u);
    b.write(b.rd(0, GICR_PROPBASER), ~0ull, ns, 8);
    BOOST_TEST(b.read(b.rd(0, GICR_PROPBASER), ns, 8) == 0u);
    b.enable(40, 2);
    b.spi(40, true);
    BOOST_TEST(b.iar1(2) == 40u);
}
