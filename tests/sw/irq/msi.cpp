// SPDX-License-Identifier: Apache-2.0
//
// Message interrupts from a device's message to its driver's handler, through the ITS and through the distributor.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

using namespace rk3568::test;

namespace {

// One run of msi.c on both devices of msi.dts; each case looks at another part of what it printed.
outcome run(const std::vector<std::string> &more = {}) {
    const simulation s;
    std::vector<std::string> arguments = {"--dtb", MSI_DTB, "--insmod", MSI_MODULE, "--for", "1ms"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const outcome r = s.run_plain(arguments);
    BOOST_TEST(r.status == 0, r.out << r.err);
    return r;
}

const std::vector<std::string> both = {"its_", "mbi_"};

} // namespace

BOOST_AUTO_TEST_CASE(each_vector_reaches_its_handler_once) {
    const outcome r = run();
    for (const std::string &name : both) {
        BOOST_TEST(r.number(name + "descriptors") == 4);
        BOOST_TEST(r.number(name + "taken") == 4);
        BOOST_TEST(r.number(name + "burst") == 1000);
        BOOST_TEST(r.number(name + "wrong") == 0);
        BOOST_TEST(r.number(name + "levels") == 2); // its own level, the ITS's or MBI's, the GIC's
    }
    // Arm IHI 0069: GITS_TRANSLATER in the page above the ITS's, the event is the data; GICD_SETSPI_NSR of the alias
    // page that the device tree names, the INTID is the data.
    BOOST_TEST(static_cast<uint32_t>(r.number("its_address")) == 0xfd450040u);
    BOOST_TEST(r.number("its_data") == 0);
    BOOST_TEST(static_cast<uint32_t>(r.number("mbi_address")) == 0xfd410040u);
    BOOST_TEST(r.number("mbi_data") == 296);
}

BOOST_AUTO_TEST_CASE(a_message_follows_its_affinity) {
    const outcome r = run();
    for (const std::string &name : both)
        BOOST_TEST(r.number(name + "moved") == 8); // four times to the CPU, four times said so
}

BOOST_AUTO_TEST_CASE(a_masked_message_is_kept_and_comes_to_where_it_was_moved) {
    const outcome r = run();
    for (const std::string &name : both) {
        BOOST_TEST(r.number(name + "masked") == 0);
        BOOST_TEST(r.number(name + "unmasked") == 1);
        BOOST_TEST(r.number(name + "unmasked_cpu") == 1);
    }
}

BOOST_AUTO_TEST_CASE(freed_messages_do_nothing_and_can_be_taken_again) {
    const outcome r = run();
    for (const std::string &name : both) {
        BOOST_TEST(r.number(name + "after_free_failed") == 1); // the device has no message any more
        BOOST_TEST(r.number(name + "stale") == 0);             // and an old one finds no handler
        BOOST_TEST(r.number(name + "freed") == 0);
        BOOST_TEST(r.number(name + "again") == 0);
        BOOST_TEST(r.number(name + "again_taken") == 1);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_had_is_refused_as_linux_does) {
    const outcome r = run();
    for (const std::string &name : both) {
        BOOST_TEST(r.number(name + "second") == -16); // EBUSY
        BOOST_TEST(r.number(name + "beyond") == 0);
        BOOST_TEST(r.number(name + "far_too_many") == -22);
        BOOST_TEST(r.number(name + "none") == -22);
        BOOST_TEST(r.number(name + "no_callback") == -22);
    }
    BOOST_TEST(r.number("its_too_many") == 0);
    BOOST_TEST(r.number("mbi_too_many") == -28); // mbi-ranges has 24
}

BOOST_AUTO_TEST_CASE(proc_interrupts_names_the_chips) {
    const outcome r = run({"--exec", "0.5ms cat /proc/interrupts"});
    unsigned its = 0, mbi = 0;
    for (const std::string &line : r.lines()) {
        its += line.find(" ITS-pMSI ") != std::string::npos && line.rfind(" its") == line.size() - 4;
        mbi += line.find(" pMSI ") != std::string::npos && line.rfind(" mbi") == line.size() - 4;
    }
    BOOST_TEST(its == 4u, r.out);
    BOOST_TEST(mbi == 4u, r.out);
}

BOOST_AUTO_TEST_CASE(with_one_security_state_or_threads_it_is_the_same) {
    for (const std::vector<std::string> &more :
         {std::vector<std::string>{"--gic", "security=ds1"}, {"--append", "threadirqs"}}) {
        const outcome r = run(more);
        for (const std::string &name : both)
            BOOST_TEST((r.number(name + "taken") == 4 && r.number(name + "burst") == 1000));
    }
}

BOOST_AUTO_TEST_CASE(at_boot_the_kernel_says_what_it_has_found) {
    const simulation s;
    const outcome r = s.run_plain({"--exec", "1ms cat /proc/interrupts", "--for", "10ms"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("ITS [mem 0xfd440000-0xfd45ffff]") == 1u, r.out);
    BOOST_TEST(r.said("MBI range [296:319]") == 1u);
    BOOST_TEST(r.said("using allocated LPI pending table") == 4u);
    BOOST_TEST(r.said("timeout") == 0u);
}
