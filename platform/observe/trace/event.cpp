// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/trace/event.h"

#include "platform/stimulus/pin_name.h"

namespace rk3568 {
namespace {

using form = trace_field::form;
using out_buffer = fmt::memory_buffer;

constexpr trace_field s32(const char *name, const char *type = "int") {
    return {type, name, 4, true, form::number};
}
constexpr trace_field u32(const char *name, const char *type = "unsigned int") {
    return {type, name, 4, false, form::number};
}
constexpr trace_field s64(const char *name, const char *type = "s64") {
    return {type, name, 8, true, form::number};
}
constexpr trace_field u64(const char *name, const char *type = "unsigned long") {
    return {type, name, 8, false, form::number};
}
constexpr trace_field pid(const char *name) {
    return s32(name, "pid_t");
}
constexpr trace_field pointer(const char *name) {
    return {"void *", name, 8, false, form::address};
}
constexpr trace_field function(const char *name) {
    return {"void *", name, 8, false, form::function};
}
constexpr trace_field comm(const char *name) {
    return {"char", name, 16, false, form::fixed_text};
}
constexpr trace_field text(const char *name) {
    return {"__data_loc char[]", name, 4, false, form::text};
}

template <typename... Args>
void put(out_buffer &out, fmt::format_string<Args...> format, Args &&...args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}
int32_t i(const trace_event &e, size_t field) {
    return static_cast<int32_t>(e.values[field].number);
}
uint32_t u(const trace_event &e, size_t field) {
    return static_cast<uint32_t>(e.values[field].number);
}
uint64_t l(const trace_event &e, size_t field) {
    return e.values[field].number;
}
const char *t(const trace_event &e, size_t field) {
    return e.values[field].text ? e.values[field].text : "";
}

// %p, unhashed: what it points at is simulated, so there is nothing to hide.
std::string p(const trace_event &e, size_t field) {
    return fmt::format("{:016x}", e.values[field].number);
}
// %ps
std::string ps(const trace_event &e, size_t field) {
    return e.values[field].text ? e.values[field].text : fmt::format("{:#x}", e.values[field].number);
}

struct flag_name {
    uint32_t flag;
    const char *name;
};
template <size_t N>
std::string flags(uint32_t value, const flag_name (&names)[N]) {
    std::string out;
    for (const flag_name &f : names)
        if (value & f.flag)
            out += (out.empty() ? "" : "|") + std::string(f.name);
    return out;
}

constexpr flag_name lock_flags[] = {{1, "SPIN"}, {2, "READ"}, {4, "WRITE"}, {8, "RT"}, {16, "PERCPU"}, {32, "MUTEX"}};
constexpr flag_name timer_flags[] = {{0x40000, "M"}, {0x80000, "D"}, {0x100000, "P"}, {0x200000, "I"}};
constexpr flag_name task_states[] = {{1, "S"},    {2, "D"},    {4, "T"},    {8, "t"},
                                     {0x10, "X"}, {0x20, "Z"}, {0x40, "P"}, {0x80, "I"}};
constexpr uint32_t task_preempted = 0x100; // TASK_REPORT_MAX
constexpr const char *hrtimer_modes[] = {"ABS",      "REL",      "ABS|PINNED",      "REL|PINNED",
                                         "ABS|SOFT", "REL|SOFT", "ABS|PINNED|SOFT", "REL|PINNED|SOFT",
                                         "ABS|HARD", "REL|HARD", "ABS|PINNED|HARD", "REL|PINNED|HARD"};

#define SOFTIRQ_NAMES                                                                                                  \
    "{ 0, \"HI\" }, { 1, \"TIMER\" }, { 2, \"NET_TX\" }, { 3, \"NET_RX\" }, { 4, \"BLOCK\" }, { 5, \"IRQ_POLL\" }, "   \
    "{ 6, \"TASKLET\" }, { 7, \"SCHED\" }, { 8, \"HRTIMER\" }, { 9, \"RCU\" }, { 10, \"TEST\" }"

void print_softirq(const trace_event &e, out_buffer &out) {
    put(out, "vec={} [action={}]", u(e, 0), t(e, 0));
}
void print_wakeup(const trace_event &e, out_buffer &out) {
    put(out, "comm={} pid={} prio={} target_cpu={:03}", t(e, 0), i(e, 1), i(e, 2), i(e, 3));
}
void print_tasklet(const trace_event &e, out_buffer &out) {
    put(out, "tasklet={} function={}", ps(e, 0), ps(e, 1));
}
void print_timer(const trace_event &e, out_buffer &out) {
    put(out, "timer={}", p(e, 0));
}
void print_hrtimer(const trace_event &e, out_buffer &out) {
    put(out, "hrtimer={}", p(e, 0));
}
void print_work(const trace_event &e, out_buffer &out) {
    put(out, "work struct {}: function {}", p(e, 0), ps(e, 1));
}
void print_ipi(const trace_event &e, out_buffer &out) {
    put(out, "({})", t(e, 0));
}
void print_mark(const trace_event &e, out_buffer &out) {
    put(out, "{}", t(e, 1));
}

const std::vector<trace_field> softirq_fields = {u32("vec")};
const std::vector<trace_field> wakeup_fields = {comm("comm"), pid("pid"), s32("prio"), s32("target_cpu")};
const std::vector<trace_field> tasklet_fields = {function("tasklet"), function("func")};
const std::vector<trace_field> reason_fields = {{"const char *", "reason", 8, false, form::literal}};
const std::vector<trace_field> work_fields = {pointer("work"), function("function")};
const std::vector<trace_field> mark_fields = {{"unsigned long", "ip", 8, false, form::function},
                                              {"char[]", "buf", 0, false, form::mark}};
// Where a mark comes from: this function has no place in the image, so it gets one behind it.
constexpr const char *mark_function = "tracing_mark_write";
constexpr uint64_t mark_address = 0xffff80000f000000;

constexpr const char *softirq_format =
    R"("vec=%u [action=%s]", REC->vec, __print_symbolic(REC->vec, )" SOFTIRQ_NAMES ")";
constexpr const char *wakeup_format =
    R"("comm=%s pid=%d prio=%d target_cpu=%03d", REC->comm, REC->pid, REC->prio, REC->target_cpu)";
constexpr const char *tasklet_format = R"("tasklet=%ps function=%ps", REC->tasklet, REC->func)";
constexpr const char *work_format = R"("work struct %p: function %ps", REC->work, REC->function)";
constexpr const char *ipi_format = R"f("(%s)", REC->reason)f";
constexpr const char *mark_format = R"("%ps: %s", (void *)REC->ip, REC->buf)";

} // namespace

const std::vector<trace_schema> &trace_schemas() {
    static const std::vector<trace_schema> all = {
        {TRACE_irq_handler_entry,
         "irq",
         "irq_handler_entry",
         {s32("irq"), text("name")},
         R"("irq=%d name=%s", REC->irq, __get_str(name))",
         [](const trace_event &e, out_buffer &out) { put(out, "irq={} name={}", i(e, 0), t(e, 1)); }},
        {TRACE_irq_handler_exit,
         "irq",
         "irq_handler_exit",
         {s32("irq"), s32("ret")},
         R"("irq=%d ret=%s", REC->irq, REC->ret ? "handled" : "unhandled")",
         [](const trace_event &e, out_buffer &out) {
             put(out, "irq={} ret={}", i(e, 0), i(e, 1) ? "handled" : "unhandled");
         }},
        {TRACE_softirq_raise, "irq", "softirq_raise", softirq_fields, softirq_format, print_softirq},
        {TRACE_softirq_entry, "irq", "softirq_entry", softirq_fields, softirq_format, print_softirq},
        {TRACE_softirq_exit, "irq", "softirq_exit", softirq_fields, softirq_format, print_softirq},
        {TRACE_tasklet_entry, "irq", "tasklet_entry", tasklet_fields, tasklet_format, print_tasklet},
        {TRACE_tasklet_exit, "irq", "tasklet_exit", tasklet_fields, tasklet_format, print_tasklet},
        {TRACE_workqueue_queue_work,
         "workqueue",
         "workqueue_queue_work",
         {pointer("work"), function("function"), text("workqueue"), s32("req_cpu"), s32("cpu")},
         R"("work struct=%p function=%ps workqueue=%s req_cpu=%d cpu=%d", )"
         "REC->work, REC->function, __get_str(workqueue), REC->req_cpu, REC->cpu",
         [](const trace_event &e, out_buffer &out) {
             put(out, "work struct={} function={} workqueue={} req_cpu={} cpu={}", p(e, 0), ps(e, 1), t(e, 2), i(e, 3),
                 i(e, 4));
         }},
        {TRACE_workqueue_activate_work,
         "workqueue",
         "workqueue_activate_work",
         {pointer("work")},
         R"("work struct %p", REC->work)",
         [](const trace_event &e, out_buffer &out) { put(out, "work struct {}", p(e, 0)); }},
        {TRACE_workqueue_execute_start, "workqueue", "workqueue_execute_start", work_fields, work_format, print_work},
        {TRACE_workqueue_execute_end, "workqueue", "workqueue_execute_end", work_fields, work_format, print_work},
        {TRACE_sched_switch,
         "sched",
         "sched_switch",
         {comm("prev_comm"), pid("prev_pid"), s32("prev_prio"), s64("prev_state", "long"), comm("next_comm"),
          pid("next_pid"), s32("next_prio")},
         R"("prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%s%s ==> next_comm=%s next_pid=%d next_prio=%d", )"
         "REC->prev_comm, REC->prev_pid, REC->prev_prio, (REC->prev_state & 0xff) ? "
         R"(__print_flags(REC->prev_state & 0xff, "|", { 0x01, "S" }, { 0x02, "D" }, { 0x04, "T" }, { 0x08, "t" }, )"
         R"({ 0x10, "X" }, { 0x20, "Z" }, { 0x40, "P" }, { 0x80, "I" }) : "R", )"
         R"(REC->prev_state & 0x100 ? "+" : "", REC->next_comm, REC->next_pid, REC->next_prio)",
         [](const trace_event &e, out_buffer &out) {
             const uint32_t state = u(e, 3);
             put(out, "prev_comm={} prev_pid={} prev_prio={} prev_state={}{} ==> next_comm={} next_pid={} next_prio={}",
                 t(e, 0), i(e, 1), i(e, 2), state & 0xff ? flags(state, task_states) : "R",
                 state & task_preempted ? "+" : "", t(e, 4), i(e, 5), i(e, 6));
         }},
        {TRACE_sched_waking, "sched", "sched_waking", wakeup_fields, wakeup_format, print_wakeup},
        {TRACE_sched_wakeup, "sched", "sched_wakeup", wakeup_fields, wakeup_format, print_wakeup},
        {TRACE_sched_process_new, "sched", "sched_wakeup_new", wakeup_fields, wakeup_format, print_wakeup},
        {TRACE_sched_migrate_task,
         "sched",
         "sched_migrate_task",
         {comm("comm"), pid("pid"), s32("prio"), s32("orig_cpu"), s32("dest_cpu")},
         R"("comm=%s pid=%d prio=%d orig_cpu=%d dest_cpu=%d", )"
         "REC->comm, REC->pid, REC->prio, REC->orig_cpu, REC->dest_cpu",
         [](const trace_event &e, out_buffer &out) {
             put(out, "comm={} pid={} prio={} orig_cpu={} dest_cpu={}", t(e, 0), i(e, 1), i(e, 2), i(e, 3), i(e, 4));
         }},
        {TRACE_sched_process_exit,
         "sched",
         "sched_process_exit",
         {comm("comm"), pid("pid"), s32("prio")},
         R"("comm=%s pid=%d prio=%d", REC->comm, REC->pid, REC->prio)",
         [](const trace_event &e, out_buffer &out) { put(out, "comm={} pid={} prio={}", t(e, 0), i(e, 1), i(e, 2)); }},
        {TRACE_task_rename,
         "task",
         "task_rename",
         {pid("pid"), comm("oldcomm"), comm("newcomm"), {"short", "oom_score_adj", 2, true, form::number}},
         R"("pid=%d oldcomm=%s newcomm=%s oom_score_adj=%hd", )"
         "REC->pid, REC->oldcomm, REC->newcomm, REC->oom_score_adj",
         [](const trace_event &e, out_buffer &out) {
             put(out, "pid={} oldcomm={} newcomm={} oom_score_adj=0", i(e, 0), t(e, 1), t(e, 2));
         }},
        {TRACE_cpu_idle,
         "power",
         "cpu_idle",
         {u32("state", "u32"), u32("cpu_id", "u32")},
         R"("state=%lu cpu_id=%lu", (unsigned long)REC->state, (unsigned long)REC->cpu_id)",
         [](const trace_event &e, out_buffer &out) { put(out, "state={} cpu_id={}", u(e, 0), u(e, 1)); }},
        {TRACE_timer_start,
         "timer",
         "timer_start",
         {pointer("timer"), function("function"), u64("expires"), u64("now"), u32("flags")},
         R"("timer=%p function=%ps expires=%lu [timeout=%ld] cpu=%u idx=%u flags=%s", REC->timer, REC->function, )"
         "REC->expires, (long)REC->expires - REC->now, REC->flags & 0x0003FFFF, REC->flags >> 22, "
         R"(__print_flags(REC->flags & 0x003C0000, "|", { 0x00040000, "M" }, { 0x00080000, "D" }, )"
         R"({ 0x00100000, "P" }, { 0x00200000, "I" }))",
         [](const trace_event &e, out_buffer &out) {
             put(out, "timer={} function={} expires={} [timeout={}] cpu={} idx={} flags={}", p(e, 0), ps(e, 1), l(e, 2),
                 static_cast<int64_t>(l(e, 2) - l(e, 3)), u(e, 4) & 0x3ffff, u(e, 4) >> 22,
                 flags(u(e, 4), timer_flags));
         }},
        {TRACE_timer_expire_entry,
         "timer",
         "timer_expire_entry",
         {pointer("timer"), u64("now"), function("function"), u64("baseclk")},
         R"("timer=%p function=%ps now=%lu baseclk=%lu", REC->timer, REC->function, REC->now, REC->baseclk)",
         [](const trace_event &e, out_buffer &out) {
             put(out, "timer={} function={} now={} baseclk={}", p(e, 0), ps(e, 2), l(e, 1), l(e, 3));
         }},
        {TRACE_timer_expire_exit,
         "timer",
         "timer_expire_exit",
         {pointer("timer")},
         R"("timer=%p", REC->timer)",
         print_timer},
        {TRACE_timer_cancel, "timer", "timer_cancel", {pointer("timer")}, R"("timer=%p", REC->timer)", print_timer},
        {TRACE_hrtimer_start,
         "timer",
         "hrtimer_start",
         {pointer("hrtimer"), function("function"), s64("expires"), s64("softexpires"),
          u32("mode", "enum hrtimer_mode")},
         R"("hrtimer=%p function=%ps expires=%llu softexpires=%llu mode=%s", REC->hrtimer, REC->function, )"
         "(unsigned long long)REC->expires, (unsigned long long)REC->softexpires, __print_symbolic(REC->mode, "
         R"({ 0, "ABS" }, { 1, "REL" }, { 2, "ABS|PINNED" }, { 3, "REL|PINNED" }, { 4, "ABS|SOFT" }, )"
         R"({ 5, "REL|SOFT" }, { 6, "ABS|PINNED|SOFT" }, { 7, "REL|PINNED|SOFT" }, { 8, "ABS|HARD" }, )"
         R"({ 9, "REL|HARD" }, { 10, "ABS|PINNED|HARD" }, { 11, "REL|PINNED|HARD" }))",
         [](const trace_event &e, out_buffer &out) {
             put(out, "hrtimer={} function={} expires={} softexpires={} mode={}", p(e, 0), ps(e, 1), l(e, 2), l(e, 3),
                 hrtimer_modes[u(e, 4) % std::size(hrtimer_modes)]);
         }},
        {TRACE_hrtimer_expire_entry,
         "timer",
         "hrtimer_expire_entry",
         {pointer("hrtimer"), s64("now"), function("function")},
         R"("hrtimer=%p function=%ps now=%llu", REC->hrtimer, REC->function, (unsigned long long)REC->now)",
         [](const trace_event &e, out_buffer &out) {
             put(out, "hrtimer={} function={} now={}", p(e, 0), ps(e, 2), l(e, 1));
         }},
        {TRACE_hrtimer_expire_exit,
         "timer",
         "hrtimer_expire_exit",
         {pointer("hrtimer")},
         R"("hrtimer=%p", REC->hrtimer)",
         print_hrtimer},
        {TRACE_hrtimer_cancel,
         "timer",
         "hrtimer_cancel",
         {pointer("hrtimer")},
         R"("hrtimer=%p", REC->hrtimer)",
         print_hrtimer},
        {TRACE_ipi_raise,
         "ipi",
         "ipi_raise",
         {{"__data_loc unsigned long[]", "target_cpus", 4, false, form::cpus},
          {"const char *", "reason", 8, false, form::literal}},
         R"f("target_mask=%s (%s)", __get_bitmask(target_cpus), REC->reason)f",
         [](const trace_event &e, out_buffer &out) { put(out, "target_mask=00000000,{:08x} ({})", u(e, 0), t(e, 1)); }},
        {TRACE_ipi_entry, "ipi", "ipi_entry", reason_fields, ipi_format, print_ipi},
        {TRACE_ipi_exit, "ipi", "ipi_exit", reason_fields, ipi_format, print_ipi},
        {TRACE_gpio_direction,
         "gpio",
         "gpio_direction",
         {u32("gpio", "unsigned"), s32("in"), s32("err")},
         R"f("%u %3s (%d)", REC->gpio, REC->in ? "in" : "out", REC->err)f",
         [](const trace_event &e, out_buffer &out) {
             put(out, "{} {:>3} ({})", u(e, 0), i(e, 1) ? "in" : "out", i(e, 2));
         }},
        {TRACE_gpio_value,
         "gpio",
         "gpio_value",
         {u32("gpio", "unsigned"), s32("get"), s32("value")},
         R"("%u %3s %d", REC->gpio, REC->get ? "get" : "set", REC->value)",
         [](const trace_event &e, out_buffer &out) {
             put(out, "{} {:>3} {}", u(e, 0), i(e, 1) ? "get" : "set", i(e, 2));
         }},
        {TRACE_lock_contended,
         "lock",
         "contention_begin",
         {pointer("lock_addr"), u32("flags")},
         R"f("%p (flags=%s)", REC->lock_addr, __print_flags(REC->flags, "|", { 1, "SPIN" }, { 2, "READ" }, )f"
         R"({ 4, "WRITE" }, { 8, "RT" }, { 16, "PERCPU" }, { 32, "MUTEX" }))",
         [](const trace_event &e, out_buffer &out) { put(out, "{} (flags={})", p(e, 0), flags(u(e, 1), lock_flags)); }},
        {TRACE_lock_acquired,
         "lock",
         "contention_end",
         {pointer("lock_addr"), s32("ret")},
         R"f("%p (ret=%d)", REC->lock_addr, REC->ret)f",
         [](const trace_event &e, out_buffer &out) { put(out, "{} (ret={})", p(e, 0), i(e, 1)); }},
        {TRACE_module_load,
         "module",
         "module_load",
         {u32("taints"), text("name")},
         R"("%s %s", __get_str(name), __print_flags(REC->taints, "", { 0x1, "P" }, { 0x1000, "O" }))",
         [](const trace_event &e, out_buffer &out) { put(out, "{} ", t(e, 1)); }},
        {TRACE_module_free,
         "module",
         "module_free",
         {text("name")},
         R"("%s", __get_str(name))",
         [](const trace_event &e, out_buffer &out) { put(out, "{}", t(e, 0)); }},
        // Linux has no events for these: marks.
        {TRACE_irq_thread_entry, "ftrace", "print", mark_fields, mark_format, print_mark},
        {TRACE_irq_thread_exit, "ftrace", "print", mark_fields, mark_format, print_mark},
        {TRACE_finding, "ftrace", "print", mark_fields, mark_format, print_mark},
        {HW_pin, "ftrace", "print", mark_fields, mark_format, print_mark},
    };
    return all;
}

trace_decoder::trace_decoder(unsigned cpus, text_pool &texts, std::function<uint64_t(uint64_t)> simulated)
    : m_texts(texts)
    , m_simulated(std::move(simulated))
    , m_cores(cpus) {
    for (unsigned cpu = 0; cpu < cpus; ++cpu)
        m_cores[cpu].idle_comm = texts.keep(fmt::format("swapper/{}", cpu).c_str());
    for (const trace_schema &s : trace_schemas())
        m_schema[s.event] = &s;
}

std::vector<port_trace_event> trace_decoder::events() {
    std::vector<port_trace_event> list;
    for (const trace_schema &s : trace_schemas())
        if (s.event < TRACE_EVENT_COUNT)
            list.push_back(static_cast<port_trace_event>(s.event));
    return list;
}

bool trace_decoder::has_function(port_trace_event event) {
    switch (event) {
    case TRACE_tasklet_entry:
    case TRACE_tasklet_exit:
    case TRACE_workqueue_queue_work:
    case TRACE_workqueue_execute_start:
    case TRACE_workqueue_execute_end:
    case TRACE_timer_start:
    case TRACE_timer_expire_entry:
    case TRACE_hrtimer_start:
    case TRACE_hrtimer_expire_entry:
    case TRACE_module_free: // names may change after it
        return true;
    default:
        return false;
    }
}

const char *trace_decoder::comm_of(uint64_t pid, const core &c) const {
    if (!pid)
        return c.idle_comm;
    const auto found = m_comms.find(pid);
    return found == m_comms.end() ? "<...>" : found->second;
}

void trace_decoder::mark(const std::string &text) {
    m_event.values[0] = {mark_address, m_texts.keep(mark_function)};
    m_event.values[1].text = m_texts.keep(text.c_str());
}

const trace_event *trace_decoder::decode(const record &r) {
    const trace_schema *const schema = r.event < m_schema.size() ? m_schema[r.event] : nullptr;
    if (!schema || r.cpu >= m_cores.size())
        return nullptr;
    core &c = m_cores[r.cpu];
    m_event = {schema, r.ps,    r.cause, static_cast<uint32_t>(c.pid), c.pid ? comm_of(c.pid, c) : "<idle>",
               r.cpu,  r.state, {}};
    fill(r);
    switch (r.event) {
    case TRACE_sched_switch:
        c.pid = r.c;
        [[fallthrough]];
    case TRACE_sched_process_new:
    case TRACE_task_rename: {
        const uint64_t pid = r.event == TRACE_sched_switch ? r.c : r.a;
        if (pid && r.text)
            m_comms[pid] = r.text;
        break;
    }
    default:
        break;
    }
    return &m_event;
}

void trace_decoder::fill(const record &r) {
    auto &v = m_event.values;
    const auto number = [&v](std::initializer_list<uint64_t> all) {
        size_t at = 0;
        for (uint64_t n : all)
            v[at++].number = n;
    };
    const auto called = [&](size_t at) { v[at] = {address(r.b), r.function}; };
    switch (r.event) {
    case TRACE_irq_handler_entry:
        number({r.a});
        v[1].text = r.text;
        break;
    case TRACE_irq_handler_exit:
        number({r.a, r.c});
        break;
    case TRACE_softirq_raise:
    case TRACE_softirq_entry:
    case TRACE_softirq_exit:
        v[0] = {r.a, r.text};
        break;
    case TRACE_tasklet_entry:
    case TRACE_tasklet_exit:
        number({address(r.a)});
        called(1);
        break;
    case TRACE_workqueue_queue_work:
        number({address(r.a), 0, 0, r.c, r.d});
        called(1);
        v[2].text = r.text;
        break;
    case TRACE_workqueue_execute_start:
    case TRACE_workqueue_execute_end:
        number({address(r.a)});
        called(1);
        break;
    case TRACE_sched_switch:
        number({0, r.a, r.b & 0xffffffff, r.b >> 32, 0, r.c, r.d});
        v[0].text = comm_of(r.a, m_cores[r.cpu]);
        v[4].text = r.text;
        break;
    case TRACE_sched_waking:
    case TRACE_sched_wakeup:
    case TRACE_sched_process_new:
        number({0, r.a, r.b, r.c});
        v[0].text = r.text;
        break;
    case TRACE_sched_migrate_task:
        number({0, r.a, r.d, r.b, r.c});
        v[0].text = r.text;
        break;
    case TRACE_sched_process_exit:
        number({0, r.a, r.b});
        v[0].text = r.text;
        break;
    case TRACE_task_rename:
        number({r.a});
        v[1].text = comm_of(r.a, m_cores[r.cpu]);
        v[2].text = r.text;
        break;
    case TRACE_timer_start: {
        const auto timeout = static_cast<int64_t>(static_cast<int32_t>(r.d));
        number({address(r.a), 0, r.c, r.c - static_cast<uint64_t>(timeout), r.d >> 32});
        called(1);
        break;
    }
    case TRACE_timer_expire_entry:
        number({address(r.a), r.c, 0, r.d});
        called(2);
        break;
    case TRACE_hrtimer_start:
        number({address(r.a), 0, r.c, r.c - (r.d >> 8), r.d & 0xff});
        called(1);
        break;
    case TRACE_hrtimer_expire_entry:
        number({address(r.a), r.c});
        called(2);
        break;
    case TRACE_ipi_raise:
        number({r.a});
        v[1].text = r.text;
        break;
    case TRACE_lock_contended:
        number({address(r.a), r.d});
        break;
    case TRACE_workqueue_activate_work:
    case TRACE_timer_expire_exit:
    case TRACE_timer_cancel:
    case TRACE_hrtimer_expire_exit:
    case TRACE_hrtimer_cancel:
    case TRACE_lock_acquired:
        number({address(r.a)});
        break;
    case TRACE_ipi_entry:
    case TRACE_ipi_exit:
    case TRACE_module_free:
        v[0].text = r.text;
        break;
    case TRACE_module_load:
        v[1].text = r.text;
        break;
    case TRACE_irq_thread_entry:
        mark(fmt::format("B|{}|{}", m_event.pid, r.text ? r.text : "-"));
        break;
    case TRACE_irq_thread_exit:
        mark(fmt::format("E|{}", m_event.pid));
        break;
    case TRACE_finding:
        mark(fmt::format("I|0|{}", r.text ? r.text : "-"));
        break;
    case HW_pin:
        mark(fmt::format("C|0|{}|{}", pin_name(static_cast<unsigned>(r.a)), r.b));
        break;
    default: // cpu_idle, gpio_*
        number({r.a, r.b, r.c});
        break;
    }
}

} // namespace rk3568
