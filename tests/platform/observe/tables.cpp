// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/event_table.h"
#include "platform/observe/trace/event.h"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace rk3568;

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(the_page_about_waves_has_the_stages_of_the_table) {
    std::ifstream file(WAVES_README);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    std::string rows = "| stage | begins with | ends with | what it is |\n| --- | --- | --- | --- |\n";
    for (const stage_info &s : stage_table)
        rows += fmt::format("| `{}` | `{}` | `{}` | {} |\n", s.name, s.start_name, s.end_name, s.what);
    BOOST_TEST(page.find(rows) != std::string::npos, "expected in waves/README.md:\n" + rows);
}

BOOST_AUTO_TEST_CASE(each_format_names_its_fields_in_the_order_of_the_record) {
    for (const trace_schema &s : trace_schemas()) {
        const std::string text = trace_format(s);
        size_t at = 0;
        for (const trace_field &f : s.fields) {
            at = text.find(fmt::format(" {}", f.name), at);
            BOOST_TEST(at != std::string::npos, s.name << " has no field " << f.name);
        }
        BOOST_TEST(text.find("print fmt: \"") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(an_object_that_begins_also_ends) {
    for (const event_info &begin : event_table)
        if (begin.does == role::begins)
            BOOST_TEST(std::any_of(event_table.begin(), event_table.end(),
                                   [&](const event_info &e) { return e.does == role::ends && e.what == begin.what; }),
                       begin.name << " has no end");
}

BOOST_AUTO_TEST_SUITE_END()
