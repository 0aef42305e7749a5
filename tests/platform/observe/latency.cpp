// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/latency.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace rk3568;
using nlohmann::json;

namespace {

struct accounts_fixture {
    latency_accounts accounts;

    accounts_fixture() {
        edge_counts &line = accounts.line(101);
        line.edges = 5, line.handled = 3, line.merged = 1, line.lost["filtered"] = 1;
        latency_action &a = accounts.action(101, 47, "button");
        for (uint64_t ps : {1'000'000, 2'000'001, 4'000'000})
            a.add(mechanism::hardirq, stage::pin_to_handler, 10, 10 + ps);
        a.add(mechanism::hardirq, stage::handler, 0, 500'000);
        a.add(mechanism::thread, stage::pin_to_thread, 0, 25'000'000);
        accounts.line(42).edges = accounts.line(42).handled = 1;
        accounts.action(42, 46, "other");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(latency_outputs, accounts_fixture)

BOOST_AUTO_TEST_CASE(the_json_has_the_form_of_the_design) {
    const std::string text = accounts.json(7, "approx");
    const json root = json::parse(text);
    BOOST_TEST(root.at("schema") == 2);
    BOOST_TEST(root.at("seed") == 7);
    BOOST_TEST(root.at("timing") == "approx");
    BOOST_TEST(root.at("cut") == false);
    BOOST_TEST(root.at("findings") == json::array());
    BOOST_REQUIRE(root.at("stages").size() == stage_count);
    BOOST_TEST(root.at("stages")[0] == json({{"name", "pin_to_status"},
                                             {"start", "hw_pin_edge"},
                                             {"end", "hw_status"},
                                             {"what", stage_table[0].what}}));
    const json &paths = root.at("paths");
    BOOST_REQUIRE(paths.size() == 3u);
    BOOST_TEST(paths[0].at("line") == "GPIO1_B2"); // lines in order of their numbers
    BOOST_TEST(paths[0].at("stages").empty());
    const json &hard = paths[1], &thread = paths[2];
    BOOST_TEST(hard.at("line") == "GPIO3_A5");
    BOOST_TEST(hard.at("bank") == 3);
    BOOST_TEST(hard.at("pin") == 5);
    BOOST_TEST(hard.at("irq") == 47);
    BOOST_TEST(hard.at("name") == "button");
    BOOST_TEST(hard.at("mechanism") == "hardirq");
    BOOST_TEST(hard.at("edges") == 5);
    BOOST_TEST(hard.at("handled") == 3);
    BOOST_TEST(hard.at("merged") == 1);
    BOOST_TEST(hard.at("lost") == 1);
    BOOST_TEST(hard.at("reasons") == json({{"filtered", 1}}));
    const json &total = hard.at("stages").at("pin_to_handler");
    BOOST_TEST(total.at("count") == 3);
    BOOST_TEST(total.at("min_ns") == 1000.0);
    BOOST_TEST(total.at("mean_ns") == 2333.334); // 7000001 ps / 3, to the picosecond
    BOOST_TEST(total.at("p50_ns") == 2000.001);
    BOOST_TEST(total.at("p90_ns") == 4000.0);
    BOOST_TEST(total.at("p99_ns") == 4000.0);
    BOOST_TEST(total.at("p999_ns") == 4000.0);
    BOOST_TEST(total.at("max_ns") == 4000.0);
    BOOST_TEST(text.find("2000.001,") != std::string::npos);
    BOOST_TEST(thread.at("mechanism") == "thread");
    BOOST_TEST(thread.at("stages").at("pin_to_thread").at("max_ns") == 25000.0);
    BOOST_TEST(thread.at("stages").at("pin_to_handler").at("count") == 3); // the way to the handler is shared
    BOOST_TEST(!thread.at("stages").contains("pin_to_tasklet"));
}

BOOST_AUTO_TEST_CASE(a_name_of_any_bytes_stays_valid_json) {
    accounts.action(1, 1, "\xff\"\n");
    BOOST_CHECK_NO_THROW([[maybe_unused]] const auto root = json::parse(accounts.json(0, "approx")));
}

BOOST_AUTO_TEST_CASE(the_table_has_a_row_for_each_line_and_mechanism) {
    BOOST_TEST("\n" + accounts.table() == R"(
line      irq  name    mechanism   edges  handled  merged  lost   pin to      p50     p99     max   runs    p50    max
GPIO1_B2   46  other   hardirq         1        1       0     0   handler       -       -       -      0      -      -
GPIO3_A5   47  button  hardirq         5        3       1     1   handler  2.00us  4.00us  4.00us      1  500ns  500ns
GPIO3_A5   47  button  thread                                     thread   25.0us  25.0us  25.0us      0      -      -
GPIO3_A5 lost: 1 filtered
)");
    BOOST_TEST(latency_accounts().table() == "");
}

BOOST_AUTO_TEST_CASE(every_stage_of_the_trace_header_has_its_name) {
    BOOST_TEST(info(stage::pin_to_status).name == "pin_to_status");
    BOOST_TEST(info(stage::pin_to_work).name == "pin_to_work");
    BOOST_TEST(stage_count == 19u);
}

BOOST_AUTO_TEST_SUITE_END()
