// SPDX-License-Identifier: Apache-2.0
#include "platform/findings.h"

#include "platform/time_text.h"
#include "sw/port/findings.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

namespace rk3568 {

namespace {

struct finding_kind {
    const char *name, *hint;
};

// By their numbers.
constexpr finding_kind all_kinds[] = {
#define FINDING_KIND(kind, name, hint) {name, hint},
    PORT_FINDINGS(FINDING_KIND)
#undef FINDING_KIND
};
constexpr size_t kind_count = sizeof all_kinds / sizeof all_kinds[0];

const finding_kind &kind_of(const finding &f) {
    return all_kinds[f.kind < kind_count ? f.kind : 0];
}

// Text that any XML reader takes: bytes that are no UTF-8, and control characters, as \\xNN.
std::string readable(const std::string &text) {
    std::string out;
    for (size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const size_t length = lead < 0x80                   ? 1
                              : lead >= 0xc2 && lead < 0xe0 ? 2
                              : lead >= 0xe0 && lead < 0xf0 ? 3
                              : lead >= 0xf0 && lead < 0xf5 ? 4
                                                            : 0;
        bool good = length > 1 || (length == 1 && (lead >= ' ' || lead == '\n' || lead == '\t') && lead != 0x7f);
        for (size_t k = 1; k < length; ++k)
            good = good && i + k < text.size() && (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
        if (good)
            out.append(text, i, length);
        else
            out += fmt::format("\\x{:02x}", lead);
        i += good ? length : 1;
    }
    return out;
}

// "3 times, last at 12ms"; empty for one report.
std::string repeated(const finding &f) {
    return f.count < 2 ? "" : fmt::format(" ({} times, last at {})", f.count, format_time_ps(f.last_ps));
}

std::string where(const finding &f) {
    return f.place.empty() ? "" : f.place + ": ";
}

} // namespace

std::string name_of_kind(const finding &f) {
    return kind_of(f).name;
}

std::string hint_for(const finding &f) {
    return kind_of(f).hint;
}

bool is_kind(const std::string &name) {
    return std::any_of(std::begin(all_kinds), std::end(all_kinds),
                       [&](const finding_kind &k) { return name == k.name; });
}

size_t open_findings(const finding_log &log, const baseline &known) {
    const std::vector<finding> &all = log.findings();
    return log.not_kept() + static_cast<size_t>(std::count_if(all.begin(), all.end(),
                                                              [&](const finding &f) { return !known.waiver_for(f); }));
}

std::string summary_of(const finding_log &log, const baseline &known) {
    std::vector<const finding *> open;
    std::string waived;
    for (const finding &f : log.findings()) {
        if (const waiver *const w = known.waiver_for(f))
            waived += fmt::format("  waived until {}: {}{}{}\n      {}\n", w->until, where(f), readable(f.text),
                                  repeated(f), w->reason);
        else
            open.push_back(&f);
    }
    constexpr size_t most = 20;
    std::string out;
    if (const size_t count = open.size() + log.not_kept())
        out = fmt::format("{} finding{}:\n", open.size(), count == 1 ? "" : "s");
    for (size_t i = 0; i < open.size() && i < most; ++i) {
        const finding &f = *open[i];
        out +=
            fmt::format("  {} CPU{}: {}{}{}\n", format_time_ps(f.ps), f.cpu, where(f), readable(f.text), repeated(f));
        if (const std::string hint = hint_for(f); !hint.empty())
            out += fmt::format("      {}\n", hint);
    }
    if (open.size() + log.not_kept() > most)
        out += fmt::format("  and {} more\n", open.size() + log.not_kept() - most);
    return out + waived + known.remarks(log);
}

std::string findings_json(const finding_log &log, const baseline &known) {
    using nlohmann::ordered_json;
    const auto ns = [](uint64_t ps) { return static_cast<double>(ps) / 1000; };
    const auto if_known = [](const std::string &text) {
        return text.empty() ? ordered_json() : ordered_json(readable(text));
    };
    ordered_json all = ordered_json::array();
    for (const finding &f : log.findings()) {
        ordered_json one = {{"kind", name_of_kind(f)},
                            {"text", readable(f.text)},
                            {"place", if_known(f.place)},
                            {"cpu", f.cpu},
                            {"count", f.count},
                            {"first_ns", ns(f.ps)},
                            {"last_ns", ns(f.last_ps)},
                            {"hint", if_known(hint_for(f))},
                            {"stack", ordered_json::array()}};
        for (const finding_frame &frame : f.stack)
            one["stack"].push_back({{"symbol", if_known(frame.symbol)},
                                    {"module", if_known(frame.module)},
                                    {"place", if_known(frame.place)}});
        if (const waiver *const w = known.waiver_for(f))
            one["waived"] = readable(w->reason);
        all.push_back(std::move(one));
    }
    return all.dump();
}

std::string junit_of(const finding_log &log, const baseline &known, const std::string &command) {
    const std::vector<finding> &findings = log.findings();
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
    suite.append_attribute("name") = "rk3568-sim";
    suite.append_attribute("tests") = static_cast<unsigned>(findings.empty() ? 1 : findings.size());
    suite.append_attribute("failures") = static_cast<unsigned>(open_findings(log, known) - log.not_kept());
    pugi::xml_node property = suite.append_child("properties").append_child("property");
    property.append_attribute("name") = "command";
    property.append_attribute("value") = readable(command).c_str();
    const auto add_case = [&suite](const std::string &name) {
        pugi::xml_node made = suite.append_child("testcase");
        made.append_attribute("classname") = "rk3568-sim";
        made.append_attribute("name") = name.c_str();
        return made;
    };
    if (findings.empty())
        add_case("run");
    for (const finding &f : findings) {
        const std::string text = readable(f.text);
        pugi::xml_node one = add_case(text);
        if (const waiver *const w = known.waiver_for(f)) {
            one.append_child("skipped").append_attribute("message") = readable(w->reason).c_str();
            continue;
        }
        pugi::xml_node failure = one.append_child("failure");
        failure.append_attribute("message") = text.c_str();
        failure.append_attribute("type") = name_of_kind(f).c_str();
        std::string body = fmt::format("{}{} CPU{}{}\n{}\n", readable(where(f)), format_time_ps(f.ps), f.cpu,
                                       repeated(f), hint_for(f));
        if (!f.place.empty())
            body += fmt::format("driver: {}\n", readable(f.place));
        for (const finding_frame &frame : f.stack)
            body += fmt::format(" {}{}{}\n", readable(frame.symbol),
                                frame.module.empty() ? "" : fmt::format(" [{}]", readable(frame.module)),
                                frame.place.empty() ? "" : " " + readable(frame.place));
        failure.text() = body.c_str();
    }
    std::ostringstream out;
    document.save(out, " ", pugi::format_raw);
    return out.str();
}

} // namespace rk3568
