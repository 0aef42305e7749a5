// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/report/report.h"

#include "platform/stimulus/pin_name.h"

#include <algorithm>
#include <stdexcept>

#include <zlib.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

// The page, from page.html.
extern "C" const char rk3568_report_page[], rk3568_report_page_end[];
asm(".section .rodata\n"
    ".global rk3568_report_page, rk3568_report_page_end\n"
    "rk3568_report_page:\n"
    ".incbin \"" RK3568_REPORT_PAGE "\"\n"
    "rk3568_report_page_end:\n"
    ".byte 0\n"
    ".text\n");

namespace rk3568 {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view mark = "@DATA@";

std::string base64(const std::string &bytes) {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](size_t k) -> uint32_t {
            return i + k < bytes.size() ? static_cast<uint8_t>(bytes[i + k]) : 0;
        };
        const uint32_t word = byte(0) << 16 | byte(1) << 8 | byte(2);
        out += digits[word >> 18];
        out += digits[word >> 12 & 63];
        out += i + 1 < bytes.size() ? digits[word >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? digits[word & 63] : '=';
    }
    return out;
}

// The columns of all signals behind each other, as a zlib stream. Fast rather than small: a second level finds what
// repeats, which is most.
class compressor {
public:
    compressor() {
        if (deflateInit(&m_stream, 6) != Z_OK)
            throw std::runtime_error("--report: zlib does not start");
    }
    ~compressor() { deflateEnd(&m_stream); }
    compressor(const compressor &) = delete;
    compressor &operator=(const compressor &) = delete;

    void add(const std::string &bytes) { run(bytes, Z_NO_FLUSH); }
    std::string finish() {
        run({}, Z_FINISH);
        return std::move(m_out);
    }

private:
    void run(const std::string &bytes, int flush) {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            char chunk[1 << 16];
            m_stream.next_out = reinterpret_cast<Bytef *>(chunk);
            m_stream.avail_out = sizeof chunk;
            deflate(&m_stream, flush);
            m_out.append(chunk, sizeof chunk - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
    }

    z_stream m_stream{};
    std::string m_out;
};

// JSON that may stand within a script element.
std::string embedded(const ordered_json &value) {
    const std::string text = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

} // namespace

std::vector<port_trace_event> irq_counts::events() {
    return {TRACE_irq_map, TRACE_irq_request, TRACE_irq_handler_entry, TRACE_ipi_entry};
}

void irq_counts::consume(const record &r) {
    if (r.cpu >= m_cpus)
        return;
    switch (r.event) {
    case TRACE_irq_map: {
        irq &i = m_irqs[r.a];
        i.domain = r.c < pin_banks ? fmt::format("gpio{}", r.c) : r.text ? r.text : "";
        i.hwirq = r.b;
        break;
    }
    case TRACE_irq_request: {
        auto &names = m_irqs[r.a].names;
        const std::string name = r.text ? r.text : "";
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
        break;
    }
    case TRACE_irq_handler_entry: {
        irq &i = m_irqs[r.a];
        i.counts.resize(m_cpus);
        // The actions of a shared line are called one after the other for one interrupt.
        const bool same = m_last[r.cpu] == r.a && !i.actions.empty() &&
                          std::find(i.actions.begin(), i.actions.end(), r.b) == i.actions.end();
        if (!same) {
            i.actions.clear();
            ++i.counts[r.cpu];
        }
        i.actions.push_back(r.b);
        m_last[r.cpu] = r.a;
        break;
    }
    case TRACE_ipi_entry: {
        auto &counts = m_ipis[r.text ? r.text : ""];
        counts.resize(m_cpus);
        ++counts[r.cpu];
        break;
    }
    default:
        break;
    }
}

std::vector<irq_counts::row> irq_counts::rows() const {
    std::vector<row> out;
    for (const auto &[number, i] : m_irqs) {
        // Messages between CPUs are counted by what they ask for, below.
        if (i.counts.empty() || i.names == std::vector<std::string>{"IPI"})
            continue;
        row r{std::to_string(number), i.domain, {}, i.hwirq, i.counts};
        for (const std::string &name : i.names)
            r.names += (r.names.empty() ? "" : ", ") + name;
        out.push_back(std::move(r));
    }
    for (const auto &[reason, counts] : m_ipis)
        out.push_back({"IPI", "", reason, 0, counts});
    return out;
}

std::string irqs_json(const irq_counts &irqs) {
    ordered_json all = ordered_json::array();
    for (const irq_counts::row &r : irqs.rows())
        all.push_back(
            {{"irq", r.irq}, {"domain", r.domain}, {"hwirq", r.hwirq}, {"names", r.names}, {"counts", r.counts}});
    return all.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void write_report(output_file &out, const report_head &head, const recorder &timeline, const std::string &latency_json,
                  const irq_counts &irqs) {
    ordered_json root = {{"command", head.command},     {"version", head.version}, {"seed", head.seed},
                         {"timing", head.timing},       {"cpus", head.cpus},       {"zero_ps", head.zero_ps},
                         {"end_ps", timeline.end_ps()}, {"dmesg", head.dmesg},     {"changes", timeline.changes()},
                         {"texts", timeline.texts()}};
    root["latency"] = ordered_json::parse(latency_json);
    if (!head.earlier_json.empty())
        root["before"] = ordered_json::parse(head.earlier_json);
    root["irqs"] = ordered_json::parse(irqs_json(irqs));
    root["signals"] = ordered_json::array();
    compressor columns;
    std::map<std::string_view, size_t> same_times; // within a scope, by the column of times
    std::string_view scope;
    for (size_t i = 0; i < timeline.signals().size(); ++i) {
        const recorder::signal_data &s = timeline.signals()[i];
        ordered_json head = {
            {"scope", s.scope}, {"name", s.name}, {"width", s.width}, {"initial", s.initial}, {"n", s.count}};
        if (s.scope != scope)
            same_times.clear();
        scope = s.scope;
        const auto [first, is_new] = same_times.try_emplace(s.times, i);
        if (is_new)
            columns.add(s.times);
        else
            head["same"] = first->second;
        columns.add(s.values);
        root["signals"].push_back(std::move(head));
    }
    const std::string_view page(rk3568_report_page, static_cast<size_t>(rk3568_report_page_end - rk3568_report_page));
    const size_t at = page.find(mark);
    out.write(page.substr(0, at));
    out.write("<script type=\"application/json\" id=\"data\">");
    out.write(embedded(root));
    out.write("</script>\n");
    out.write("<script type=\"text/plain\" id=\"columns\">");
    out.write(base64(columns.finish()));
    out.write("</script>\n");
    out.write(page.substr(at + mark.size()));
}

} // namespace rk3568
