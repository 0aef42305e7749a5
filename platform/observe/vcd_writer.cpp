// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/vcd_writer.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace rk3568 {
namespace {

// Identifier codes: numbers in base 94, digits '!' to '~', the shortest first.
std::string code_of(uint32_t number) {
    std::string code;
    do {
        code += static_cast<char>('!' + number % 94);
        number /= 94;
    } while (number--);
    return code;
}

// Neither names nor text values may contain blanks; names are kept to what every reader takes for one word.
std::string word(std::string_view text) {
    std::string out(text.empty() ? "-" : text);
    for (char &c : out)
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f)
            c = '_';
    return out;
}

struct scope_node {
    std::vector<std::string> order; // children as they came
    std::map<std::string, scope_node> children;
    std::vector<std::string> declarations;
};

void print(const scope_node &node, std::string &out) {
    for (const std::string &line : node.declarations)
        out += line;
    for (const std::string &name : node.order) {
        out += "$scope module " + name + " $end\n";
        print(node.children.at(name), out);
        out += "$upscope $end\n";
    }
}

} // namespace

vcd_writer::vcd_writer(const std::string &path)
    : m_file(path)
    , m_body(path) {}

wave_sink::signal vcd_writer::add(variable v) {
    v.code = code_of(static_cast<uint32_t>(m_variables.size()));
    m_variables.push_back(std::move(v));
    // The beginning of the file knows no values.
    if (m_begins_paused && !m_paused)
        write_value(m_variables.back(), m_ps);
    return static_cast<signal>(m_variables.size() - 1);
}

wave_sink::signal vcd_writer::add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial) {
    return add({word(scope), word(name), {}, std::clamp(width, 1u, 64u), initial, initial, {}, {}});
}

wave_sink::signal vcd_writer::add_text(std::string_view scope, std::string_view name, std::string_view initial) {
    return add({word(scope), word(name), {}, 0, 0, 0, word(initial), word(initial)});
}

void vcd_writer::change(signal s, uint64_t ps, std::string_view text) {
    variable &v = m_variables[s];
    if (v.text == text)
        return;
    std::string clean = word(text);
    if (v.text == clean)
        return;
    v.text = std::move(clean);
    write_value(v, ps);
}

void vcd_writer::append_value(std::string &out, const variable &v, uint64_t value, std::string_view text) {
    if (v.width == 1) {
        out += value & 1 ? '1' : '0';
    } else if (v.width) {
        char digits[66];
        char *at = digits + sizeof(digits);
        *--at = ' ';
        do
            *--at = static_cast<char>('0' + (value & 1));
        while (value >>= 1);
        *--at = 'b';
        out.append(at, static_cast<size_t>(digits + sizeof(digits) - at));
    } else {
        out += 's';
        out += text;
        out += ' ';
    }
    out += v.code;
    out += '\n';
}

void vcd_writer::time(uint64_t ps) {
    // Time never goes back in a VCD.
    if (m_have_time && ps <= m_ps)
        return;
    m_ps = ps;
    m_have_time = true;
    char digits[24] = "#";
    char *const end = std::to_chars(digits + 1, digits + sizeof(digits), ps).ptr;
    *end = '\n';
    m_body.buffer.append(digits, static_cast<size_t>(end + 1 - digits));
}

void vcd_writer::append_unknown(std::string &out, const variable &v) {
    if (v.width == 1)
        out += 'x';
    else
        out += v.width ? "bx " : "s- ";
    out += v.code;
    out += '\n';
}

void vcd_writer::pause(uint64_t ps) {
    m_paused = true;
    if (m_variables.empty() && !m_have_time) {
        m_begins_paused = true;
        return;
    }
    time(ps);
    m_body.buffer += "$dumpoff\n";
    for (const variable &v : m_variables)
        append_unknown(m_body.buffer, v);
    m_body.buffer += "$end\n";
    m_body.flush_if_full();
}

void vcd_writer::resume(uint64_t ps) {
    m_paused = false;
    time(ps);
    m_body.buffer += "$dumpon\n";
    for (const variable &v : m_variables)
        append_value(m_body.buffer, v, v.value, v.text);
    m_body.buffer += "$end\n";
    m_body.flush_if_full();
}

void vcd_writer::write_value(const variable &v, uint64_t ps) {
    if (m_paused)
        return;
    time(ps);
    append_value(m_body.buffer, v, v.value, v.text);
    m_body.flush_if_full();
}

std::string vcd_writer::header() const {
    scope_node root;
    for (const variable &v : m_variables) {
        scope_node *node = &root;
        for (size_t begin = 0; begin < v.scope.size();) {
            const size_t dot = std::min(v.scope.find('.', begin), v.scope.size());
            const std::string part = v.scope.substr(begin, dot - begin);
            if (!node->children.count(part))
                node->order.push_back(part);
            node = &node->children[part];
            begin = dot + 1;
        }
        if (!v.width)
            node->declarations.push_back(fmt::format("$var string 1 {} {} $end\n", v.code, v.name));
        else if (v.width == 1)
            node->declarations.push_back(fmt::format("$var wire 1 {} {} $end\n", v.code, v.name));
        else
            node->declarations.push_back(
                fmt::format("$var wire {} {} {} [{}:0] $end\n", v.width, v.code, v.name, v.width - 1));
    }
    // The same run gives the same file: no date of this world.
    std::string out = "$date\n    simulated time, from power-on\n$end\n"
                      "$version\n    rk3568-sim\n$end\n"
                      "$timescale 1 ps $end\n";
    print(root, out);
    out += "$enddefinitions $end\n#0\n$dumpvars\n";
    for (const variable &v : m_variables)
        if (m_begins_paused)
            append_unknown(out, v);
        else
            append_value(out, v, v.initial, v.initial_text);
    out += "$end\n";
    return out;
}

void vcd_writer::finish(uint64_t ps) {
    time(ps);
    m_file.write(header());
    m_body.append_to(m_file);
    m_file.commit();
}

} // namespace rk3568
