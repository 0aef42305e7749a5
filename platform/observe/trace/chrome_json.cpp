// SPDX-License-Identifier: Apache-2.0
//
// Chrome's trace event format: one track for each CPU's tasks, its hard interrupts and its softirqs, one for each
// thread that serves interrupts, one for each pin. Arrows lead from a handler to what it caused.
#include "platform/observe/event_table.h"
#include "platform/observe/trace/writer.h"

#include <map>
#include <optional>

namespace rk3568 {
namespace {

// Tracks are threads of these processes; a CPU's track is its number and 1, a thread's its pid.
enum process : unsigned { tasks = 1, hardirqs, softirqs, threads, pins };

std::string quoted(const char *text) {
    std::string out = "\"";
    for (const char *c = text ? text : ""; *c; ++c) {
        const auto byte = static_cast<unsigned char>(*c);
        if (byte == '"' || byte == '\\')
            out += {'\\', *c};
        else if (byte < ' ' || byte > '~')
            out += fmt::format("\\u{:04x}", byte);
        else
            out += *c;
    }
    return out + "\"";
}

class chrome_json : public trace_writer {
public:
    chrome_json(const std::string &path, unsigned cpus)
        : m_file(path)
        , m_cores(cpus) {
        m_file.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        name_track(tasks, 0, "1 CPUs: tasks and events");
        name_track(hardirqs, 0, "2 CPUs: hard interrupts");
        name_track(softirqs, 0, "3 CPUs: softirqs");
        name_track(threads, 0, "4 threads: irq threads and work");
        name_track(pins, 0, "0 pins");
        for (unsigned cpu = 0; cpu < cpus; ++cpu)
            for (const process p : {tasks, hardirqs, softirqs})
                name_track(p, cpu + 1, fmt::format("CPU {}", cpu));
    }

    void write(const trace_event &e) override {
        switch (e.schema->event) {
        case TRACE_sched_switch:
            return switch_task(e);
        case HW_pin: { // C|0|pin|level
            const std::string text = mark_name(e.values[1].text, 2);
            const size_t bar = text.find('|');
            return event(
                'C', e.ps, pins, 0,
                fmt::format("\"name\":\"{0}\",\"args\":{{\"level\":{1}}}", text.substr(0, bar), text.substr(bar + 1)));
        }
        case TRACE_finding:
            return event('i', e.ps, tasks, e.cpu + 1,
                         fmt::format("\"name\":{},\"cat\":\"finding\",\"s\":\"g\"", quoted(e.text ? e.text : "-")));
        default:
            break;
        }
        const event_info &known = event_table[e.schema->event];
        if (const auto on = track_of(e, known.what); on && known.does == role::begins) {
            begin(e, on->first, on->second, name_of(e, known));
            if (known.what != object::ipi && known.what != object::timer && known.what != object::hrtimer)
                flow(e, known.what == object::handler ? 's' : 't', on->first, on->second);
        } else if (on && known.does == role::ends) {
            end(e, on->first, on->second);
        } else {
            m_text.clear();
            e.schema->print(e, m_text);
            m_text.push_back('\0');
            event('i', e.ps, tasks, e.cpu + 1,
                  fmt::format("\"name\":\"{}\",\"cat\":\"{}\",\"s\":\"t\",\"args\":{{\"text\":{}{}}}", e.schema->name,
                              e.schema->system, quoted(m_text.data()), edge(e)));
        }
    }

    void finish(const trace_decoder &, uint64_t ps) override {
        for (unsigned cpu = 0; cpu < m_cores.size(); ++cpu)
            close_task(cpu, ps);
        for (const auto &[pid, comm] : m_threads)
            name_track(threads, pid, comm);
        m_file.write("\n]}\n");
        m_file.commit();
    }

private:
    struct core {
        uint64_t pid = 0, since_ps = 0;
        std::string comm;
    };

    // Where an object's runs are shown; nothing: they are not.
    static std::optional<std::pair<process, uint64_t>> track_of(const trace_event &e, object what) {
        const uint64_t cpu = e.cpu + 1;
        switch (what) {
        case object::handler:
        case object::ipi:
            return std::pair(hardirqs, cpu);
        case object::softirq:
        case object::tasklet:
            return std::pair(softirqs, cpu);
        case object::timer:
        case object::hrtimer:
            return std::pair(e.state & state_hardirq ? hardirqs : softirqs, cpu);
        case object::thread:
        case object::work:
            return std::pair(threads, uint64_t{e.pid});
        default:
            return std::nullopt;
        }
    }
    static const char *name_of(const trace_event &e, const event_info &known) {
        if (known.has_function)
            return e.function ? e.function : object_name(known.what);
        return e.text ? e.text : "-";
    }

    // What stands behind the n-th bar.
    static const char *mark_name(const char *mark, unsigned n) {
        for (; n; ++mark)
            n -= *mark == '|';
        return mark;
    }

    static std::string edge(const trace_event &e) {
        return e.cause ? fmt::format(",\"edge\":{}", e.cause) : std::string();
    }

    void event(char phase, uint64_t ps, process p, uint64_t track, const std::string &rest) {
        m_file.write(fmt::format("{}{{\"ph\":\"{}\",\"ts\":{}.{:06},\"pid\":{},\"tid\":{},{}}}", m_first ? "" : ",\n",
                                 phase, ps / 1000000, ps % 1000000, static_cast<unsigned>(p), track, rest));
        m_first = false;
    }

    void begin(const trace_event &e, process p, uint64_t track, const char *name) {
        if (p == threads)
            m_threads[track] = e.comm;
        m_text.clear();
        e.schema->print(e, m_text);
        m_text.push_back('\0');
        event('B', e.ps, p, track,
              fmt::format("\"name\":{},\"cat\":\"{}\",\"args\":{{\"text\":{}{}}}", quoted(name), e.schema->system,
                          quoted(m_text.data()), edge(e)));
    }
    void end(const trace_event &e, process p, uint64_t track) {
        event('E', e.ps, p, track, fmt::format("\"cat\":\"{}\"", e.schema->system));
    }
    void flow(const trace_event &e, char phase, process p, uint64_t track) {
        if (e.cause)
            event(phase, e.ps, p, track, fmt::format("\"name\":\"edge\",\"cat\":\"edge\",\"id\":{}", e.cause));
    }

    void switch_task(const trace_event &e) {
        close_task(e.cpu, e.ps);
        m_cores[e.cpu] = {e.values[5].number, e.ps, e.values[4].text ? e.values[4].text : "-"};
    }
    void close_task(unsigned cpu, uint64_t ps) {
        const core &c = m_cores[cpu];
        if (!c.pid)
            return;
        const uint64_t length = ps - c.since_ps;
        event('X', c.since_ps, tasks, cpu + 1,
              fmt::format("\"dur\":{}.{:06},\"name\":{},\"cat\":\"sched\",\"args\":{{\"pid\":{}}}", length / 1000000,
                          length % 1000000, quoted(c.comm.c_str()), c.pid));
    }

    void name_track(process p, uint64_t track, const std::string &name) {
        event('M', 0, p, track,
              fmt::format("\"name\":\"{}\",\"args\":{{\"name\":{}}}", track ? "thread_name" : "process_name",
                          quoted(name.c_str())));
    }

    output_file m_file;
    std::vector<core> m_cores;
    std::map<uint64_t, std::string> m_threads;
    fmt::memory_buffer m_text;
    bool m_first = true;
};

} // namespace

std::unique_ptr<trace_writer> make_chrome_json(const std::string &path, unsigned cpus) {
    return std::make_unique<chrome_json>(path, cpus);
}

} // namespace rk3568
