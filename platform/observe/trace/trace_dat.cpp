// SPDX-License-Identifier: Apache-2.0
//
// trace-cmd's file, version 6 (its trace-cmd.dat.v6(5)): descriptions of all events, names of functions and tasks, and
// for each CPU pages as the kernel's ring buffer has them (Documentation/trace/ring-buffer-design.rst).
#include "platform/observe/trace/writer.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace rk3568 {
namespace {

using form = trace_field::form;

constexpr size_t page_size = 4096;
constexpr size_t page_head = 16; // time stamp and committed bytes
constexpr unsigned max_small_words = 28;
constexpr unsigned time_extend = 30;
constexpr unsigned delta_bits = 27;

template <typename T>
void put(std::string &out, T value) {
    for (size_t i = 0; i < sizeof(T); ++i)
        out += static_cast<char>(static_cast<uint64_t>(value) >> 8 * i);
}
void put_bytes(std::string &out, uint64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> 8 * i);
}
// A text with its length before it.
template <typename T>
void put_sized(std::string &out, const std::string &text) {
    put(out, static_cast<T>(text.size()));
    out += text;
}

constexpr const char *header_page = "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
                                    "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n"
                                    "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
                                    "\tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;\n";
constexpr const char *header_event = "# compressed entry header\n"
                                     "\ttype_len    :    5 bits\n"
                                     "\ttime_delta  :   27 bits\n"
                                     "\tarray       :   32 bits\n"
                                     "\n"
                                     "\tpadding     : type == 29\n"
                                     "\ttime_extend : type == 30\n"
                                     "\ttime_stamp : type == 31\n"
                                     "\tdata max type_len  == 28\n";

class trace_dat : public trace_writer {
public:
    trace_dat(const std::string &path, unsigned cpus)
        : m_file(path) {
        for (unsigned cpu = 0; cpu < cpus; ++cpu)
            m_cpus.push_back(std::make_unique<cpu_data>(path));
    }

    void write(const trace_event &e) override {
        m_record.clear();
        put(m_record, static_cast<uint16_t>(trace_id(*e.schema)));
        put(m_record, static_cast<uint8_t>(e.state));
        put(m_record, static_cast<uint8_t>(e.state >> 8));
        put(m_record, e.pid);
        append_fields(e);
        append_to_page(*m_cpus[e.cpu], e.ps / 1000);
    }

    void finish(const trace_decoder &decoder, uint64_t) override {
        std::string head = "\x17\x08\x44tracing6";
        head += '\0';
        head += '\0'; // little endian
        head += '\x08';
        put(head, static_cast<uint32_t>(page_size));
        head.append("header_page", 12);
        put_sized<uint64_t>(head, header_page);
        head.append("header_event", 13);
        put_sized<uint64_t>(head, header_event);
        append_formats(head);
        std::string functions, literals, tasks;
        for (const auto &[address, name] : m_functions)
            functions += fmt::format("{:016x} t {}\n", address, name);
        for (const auto &[text, address] : m_literals)
            literals += fmt::format("{:#x} : \"{}\"\n", address, text);
        const std::map<uint64_t, std::string> ordered(decoder.tasks().begin(), decoder.tasks().end());
        for (const auto &[pid, comm] : ordered)
            tasks += fmt::format("{} {}\n", pid, comm);
        put_sized<uint32_t>(head, functions);
        put_sized<uint32_t>(head, literals);
        put_sized<uint64_t>(head, tasks);
        put(head, static_cast<uint32_t>(m_cpus.size()));
        head.append("flyrecord", 10);
        uint64_t offset = aligned(head.size() + m_cpus.size() * 16, page_size);
        for (const auto &cpu : m_cpus) {
            close_page(*cpu);
            put(head, cpu->data.size() ? offset : 0);
            put(head, cpu->data.size());
            offset += cpu->data.size();
        }
        head.resize(aligned(head.size(), page_size));
        m_file.write(head);
        for (const auto &cpu : m_cpus)
            cpu->data.append_to(m_file);
        m_file.commit();
    }

private:
    struct cpu_data {
        explicit cpu_data(const std::string &path)
            : data(path) {}
        spool data;
        std::string page; // being filled, without its head
        uint64_t first_ns = 0, last_ns = 0;
    };

    void append_fields(const trace_event &e) {
        // What __data_loc points at stands behind all fields.
        size_t end = common_field_size;
        for (const trace_field &f : e.schema->fields)
            end = aligned(end, field_alignment(f)) + f.size;
        std::string behind;
        for (size_t n = 0; n < e.schema->fields.size(); ++n) {
            const trace_field &f = e.schema->fields[n];
            const trace_event::value &v = e.values[n];
            const char *const text = v.text ? v.text : "";
            m_record.resize(aligned(m_record.size(), field_alignment(f)));
            switch (f.as) {
            case form::number:
            case form::address:
                put_bytes(m_record, v.number, f.size);
                break;
            case form::object:
            case form::function:
                put_bytes(m_record, v.number, f.size);
                if (v.number)
                    m_functions[v.number] = v.text ? v.text : fmt::format("{:#x}", v.number);
                break;
            case form::literal:
                put(m_record, literal(text));
                break;
            case form::fixed_text:
            case form::task_name: {
                char fixed[16] = {};
                std::strncpy(fixed, text, sizeof(fixed) - 1);
                m_record.append(fixed, sizeof(fixed));
                break;
            }
            case form::text: {
                const size_t length = std::strlen(text) + 1;
                put(m_record, static_cast<uint32_t>(length << 16 | (end + behind.size())));
                behind.append(text, length);
                break;
            }
            case form::cpus:
                behind.resize(aligned(end + behind.size(), 8) - end);
                put(m_record, static_cast<uint32_t>(8u << 16 | (end + behind.size())));
                put(behind, v.number);
                break;
            case form::mark:
                // The name that the kernel's own text shows stands in the text here.
                m_record.append(text, std::strlen(text) + 1);
                break;
            }
        }
        m_record += behind;
    }

    // Constant texts get addresses of their own, which the file explains.
    uint64_t literal(const std::string &text) {
        return m_literals.try_emplace(text, 0xffff800009000000 + 64 * m_literals.size()).first->second;
    }

    void append_to_page(cpu_data &cpu, uint64_t ns) {
        m_record.resize(aligned(m_record.size(), 4));
        const size_t words = m_record.size() / 4;
        const size_t needed = 4 + 8 + (words > max_small_words ? 4 : 0) + m_record.size();
        if (cpu.page.size() + needed > page_size - page_head)
            close_page(cpu);
        if (cpu.page.empty())
            cpu.first_ns = cpu.last_ns = ns;
        uint64_t delta = ns - cpu.last_ns;
        cpu.last_ns = ns;
        if (delta >> delta_bits) {
            put(cpu.page, static_cast<uint32_t>(time_extend | (delta & ((1u << delta_bits) - 1)) << 5));
            put(cpu.page, static_cast<uint32_t>(delta >> delta_bits));
            delta = 0;
        }
        const auto type = static_cast<uint32_t>(words > max_small_words ? 0 : words);
        put(cpu.page, static_cast<uint32_t>(type | delta << 5));
        if (!type)
            put(cpu.page, static_cast<uint32_t>(m_record.size() + 4));
        cpu.page += m_record;
    }

    static void close_page(cpu_data &cpu) {
        if (cpu.page.empty())
            return;
        std::string head;
        put(head, cpu.first_ns);
        put(head, static_cast<uint64_t>(cpu.page.size()));
        cpu.page.resize(page_size - page_head);
        cpu.data.write(head);
        cpu.data.write(cpu.page);
        cpu.page.clear();
    }

    static void append_formats(std::string &head) {
        std::map<std::string, std::vector<std::string>> systems;
        std::vector<unsigned> described;
        for (const trace_schema &s : trace_schemas()) {
            const unsigned id = trace_id(s);
            if (std::find(described.begin(), described.end(), id) != described.end())
                continue;
            described.push_back(id);
            systems[s.system].push_back(trace_format(s));
        }
        const auto append = [&head](const std::vector<std::string> &formats) {
            put(head, static_cast<uint32_t>(formats.size()));
            for (const std::string &format : formats)
                put_sized<uint64_t>(head, format);
        };
        append(systems["ftrace"]);
        systems.erase("ftrace");
        put(head, static_cast<uint32_t>(systems.size()));
        for (const auto &[name, formats] : systems) {
            head.append(name.c_str(), name.size() + 1);
            append(formats);
        }
    }

    output_file m_file;
    std::vector<std::unique_ptr<cpu_data>> m_cpus;
    std::string m_record;
    std::map<uint64_t, std::string> m_functions;
    std::map<std::string, uint64_t> m_literals;
};

} // namespace

std::unique_ptr<trace_writer> make_trace_dat(const std::string &path, unsigned cpus) {
    return std::make_unique<trace_dat>(path, cpus);
}

} // namespace rk3568
