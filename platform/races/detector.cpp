// SPDX-License-Identifier: Apache-2.0
#include "platform/races/detector.h"

#include "platform/stimulus/pin_name.h"

#include <algorithm>

namespace rk3568::races {

namespace {

// platform/cost_pass/access.h, which is LLVM's and not included here.
enum shape_bits : uint64_t {
    shape_writes = 1,
    shape_reads_too = 2,
    shape_marked = 4,
    shape_acquires = 16,
    shape_releases = 32,
    shape_pointer = 64,
    shape_bytes_shift = 8,
};

constexpr const char *kind_names[] = {"irq handler", "irq thread", "tasklet", "timer",
                                      "hrtimer",     "work",       "",        "softirq"};

// Of an object that is freed or written by the kernel in one go, no more is looked at.
constexpr uint64_t most_bytes = 64 * 1024;
// A function's own variables lie around its frame.
constexpr uint64_t frame_below = 8192, frame_above = 16384;

constexpr uint64_t word = 8;

// What stands for a vector of a CPU: no address is so small.
uint64_t softirq_of(unsigned cpu, uint64_t vector) {
    return 0x1000 + cpu * 64 + vector;
}

} // namespace

detector::detector(detector_hooks hooks)
    : m_hooks(std::move(hooks)) {
    m_ready_version = 1;
}

// ---- lanes ----

lane &detector::new_lane(std::string kind, std::string name, int pid) {
    lane &l = m_lanes.emplace_back();
    l.number = static_cast<uint32_t>(m_lanes.size() - 1);
    l.kind = std::move(kind);
    l.name = std::move(name);
    l.pid = pid;
    return l;
}

lane &detector::lane_of(uint64_t object, run_kind kind, uint64_t function, const char *name) {
    lane *&l = m_by_object[object << 3 | kind];
    if (!l) {
        l = &new_lane(kind == run_call ? (name ? name : "call") : kind_names[kind], "");
        l->follows_ready = kind == run_softirq;
    }
    // Another object may have come to stand there.
    if (function)
        l->name = m_hooks.name_of(function);
    else if (name && kind != run_call)
        l->name = name;
    return *l;
}

detector::task &detector::task_at(const whereabouts &at) {
    if (at.task == m_last_task && m_last)
        return *m_last;
    task &t = m_tasks[at.task];
    m_last_task = at.task;
    m_last = &t; // the map keeps its elements where they are
    if (!t.own) {
        t.own = &new_lane("task", "");
        t.own->follows_ready = true;
    }
    return t;
}

level detector::level_of(const whereabouts &at) {
    return at.preempt_count & 0xff0000 ? level::hardirq : at.preempt_count & 0x100 ? level::softirq : level::task;
}

level detector::mask_of(const whereabouts &at) {
    if (at.irqs_off || at.preempt_count & 0xff0000)
        return level::hardirq;
    if (at.preempt_count & 0xff00)
        return level::softirq;
    return at.preempt_count & 0xff ? level::task : level::none;
}

lane &detector::current(const whereabouts &at) {
    const level here = level_of(at);
    lane *l = nullptr;
    if (here == level::task) {
        task &t = task_at(at);
        l = t.runs.empty() ? t.own : t.runs.back().of;
    } else if (const std::vector<run> &runs = m_runs[at.cpu]; !runs.empty() && runs.back().at == here) {
        l = runs.back().of;
    } else {
        lane *&generic = m_generic[at.cpu * 2 + (here == level::hardirq)];
        if (!generic) {
            generic = &new_lane(here == level::hardirq ? "hard interrupt" : "softirq", "");
            generic->follows_ready = true;
        }
        l = generic;
    }
    l->runs_at = here;
    if (l->follows_ready && l->ready_seen != m_ready_version) {
        l->ready_seen = m_ready_version;
        l->clock.join(m_ready);
    }
    return *l;
}

// ---- order ----

void detector::release(lane &l, vector_clock &to) {
    to.join(l.clock);
    l.tick();
}

void detector::acquire(lane &l, uint64_t object, sync what) {
    const auto found = m_clocks.find(object << 3 | what);
    if (found != m_clocks.end())
        l.clock.join(found->second);
}

void detector::begin(const whereabouts &at, uint64_t object, run_kind kind, uint64_t function, const char *name) {
    lane &l = lane_of(object, kind, function, name);
    const level here = level_of(at);
    l.runs_at = here;
    acquire(l, kind == run_thread ? object + 1 : object, sync_start);
    if (const auto group = m_group.find(object); group != m_group.end()) {
        acquire(l, group->second.first, sync_start);
        if (group->second.second && kind != run_thread)
            acquire(l, group->second.first, sync_serial);
    }
    (here == level::task ? task_at(at).runs : m_runs[at.cpu]).push_back({&l, here});
}

void detector::end(const whereabouts &at, uint64_t object, run_kind kind) {
    const auto known = m_by_object.find(object << 3 | kind);
    if (known == m_by_object.end())
        return;
    lane &l = *known->second;
    l.quiet = l.condition = 0;
    l.seq_reader = l.seq_writer = 0;
    release(l, clock_of(object, sync_end));
    if (const auto group = m_group.find(object); group != m_group.end()) {
        clock_of(group->second.first, sync_end).join(l.clock);
        if (group->second.second && (kind != run_thread || m_oneshot[object]))
            clock_of(group->second.first, sync_serial).join(l.clock);
    }
    if (l.runs_at != level::task)
        clock_of(0, sync_reader).join(l.clock); // a grace period waits for interrupts, too
    else
        task_at(at).own->clock.join(l.clock); // a wait for the task's end is a wait for its runs
    l.tick();
    for (std::vector<run> *runs : {&m_runs[at.cpu], &task_at(at).runs})
        for (size_t i = runs->size(); i-- > 0;)
            if ((*runs)[i].of == &l) {
                runs->resize(i);
                return;
            }
}

void detector::lock(lane &l, uint64_t lock, bool shared, const char *name) {
    const auto [number, added] = m_lock_numbers.emplace(lock, m_locks + 1);
    if (added) {
        ++m_locks;
        m_lock_names[m_locks] = name ? name : "?";
    }
    l.locks.push_back({number->second, shared, false});
    l.locks_changed = true;
}

void detector::unlock(lane &l, uint64_t address) {
    const auto number = m_lock_numbers.find(address);
    if (number == m_lock_numbers.end())
        return;
    const uint64_t lock = number->second;
    for (size_t i = l.locks.size(); i-- > 0;) {
        if (l.locks[i].lock != lock)
            continue;
        if (l.locks[i].accessed) {
            m_unlocked[lock][l.number] = l.clock;
            l.tick();
        }
        l.locks.erase(l.locks.begin() + static_cast<std::ptrdiff_t>(i));
        l.locks_changed = true;
        return;
    }
}

void detector::order(const whereabouts &at, enum port_order what, uint64_t object, uint64_t detail, const char *name) {
    lane &l = current(at);
    switch (what) {
    case ORDER_hand_over:
        if (detail)
            m_group[object] = {detail & ~uint64_t{1}, detail & 1};
        release(l, clock_of(object, sync_start));
        break;
    case ORDER_begin:
        begin(at, object, run_call, 0, name);
        break;
    case ORDER_end:
        end(at, object, run_call);
        break;
    case ORDER_waited:
        acquire(l, object, sync_end);
        break;
    case ORDER_signal:
        release(l, clock_of(object, sync_event));
        break;
    case ORDER_received:
        acquire(l, object, sync_event);
        if (const auto word = m_words.find(object); word != m_words.end())
            l.clock.join(word->second); // what atomic operations of modules released there
        break;
    case ORDER_lock:
        lock(l, object, detail != 0, name);
        break;
    case ORDER_unlock:
        unlock(l, object);
        break;
    case ORDER_task: {
        task &made = m_tasks[reinterpret_cast<const void *>(object)];
        made = {&new_lane("task", name ? name : "", static_cast<int>(detail)), {}};
        made.own->follows_ready = !m_modules;
        made.own->clock.join(l.clock);
        l.tick();
        break;
    }
    case ORDER_task_name:
        if (const auto found = m_tasks.find(reinterpret_cast<const void *>(object)); found != m_tasks.end())
            found->second.own->name = name;
        break;
    case ORDER_process:
        l.clock = {};
        l.follows_ready = false;
        break;
    case ORDER_reader_end:
        release(l, clock_of(object, sync_reader));
        break;
    case ORDER_grace_period:
        acquire(l, object, sync_reader);
        break;
    case ORDER_published:
        release(l, m_published);
        break;
    case ORDER_found:
        l.clock.join(m_published);
        break;
    case ORDER_left:
        release(l, clock_of(object, sync_left));
        break;
    case ORDER_drained:
        acquire(l, object, sync_left);
        break;
    case ORDER_memory_free:
        free(at, l, object, detail);
        break;
    case ORDER_memory_read:
        access(at, l, object, std::min(detail, most_bytes), kind_read);
        break;
    case ORDER_memory_write:
        access(at, l, object, std::min(detail, most_bytes), kind_write);
        break;
    case ORDER_memory_sole_write:
        access(at, l, object, detail, kind_write | kind_sole);
        break;
    case ORDER_quiet_begin:
        ++l.quiet;
        break;
    case ORDER_quiet_end:
        l.quiet = std::max(0, l.quiet - 1);
        break;
    case ORDER_condition_begin:
        ++l.condition;
        break;
    case ORDER_condition_end:
        l.condition = std::max(0, l.condition - 1);
        break;
    case ORDER_seq_read_begin:
        l.seq_reader = object;
        break;
    case ORDER_seq_read_end:
        l.seq_reader = 0;
        break;
    case ORDER_seq_write_begin:
        l.seq_writer = object;
        break;
    case ORDER_seq_write_end:
        l.seq_writer = 0;
        break;
    case ORDER_module_ready:
        release(l, m_ready);
        release(l, clock_of(object, sync_event));
        ++m_ready_version;
        break;
    case ORDER_assert_writer:
        access(at, l, object, detail, kind_read | kind_assert);
        break;
    case ORDER_assert_access:
        access(at, l, object, detail, kind_write | kind_assert);
        break;
    }
}

bool detector::wants(port_trace_event event) {
    switch (event) {
    case TRACE_irq_map:
    case TRACE_irq_request:
    case TRACE_irq_handler_entry:
    case TRACE_irq_handler_exit:
    case TRACE_irq_thread_wake:
    case TRACE_irq_thread_entry:
    case TRACE_irq_thread_exit:
    case TRACE_softirq_raise:
    case TRACE_softirq_entry:
    case TRACE_softirq_exit:
    case TRACE_tasklet_entry:
    case TRACE_tasklet_exit:
    case TRACE_timer_start:
    case TRACE_timer_expire_entry:
    case TRACE_timer_expire_exit:
    case TRACE_hrtimer_start:
    case TRACE_hrtimer_expire_entry:
    case TRACE_hrtimer_expire_exit:
    case TRACE_workqueue_execute_start:
    case TRACE_workqueue_execute_end:
    case TRACE_module_load:
        return true;
    default:
        return false;
    }
}

void detector::trace(const whereabouts &at, port_trace_event event, uint64_t a, uint64_t b, uint64_t c,
                     const char *text) {
    switch (event) {
    case TRACE_irq_map:
        // The lines of a GPIO bank are carried by one line of the GIC: their handlers never run at the same time.
        m_carriers[a] = c < pin_banks ? c + 1 : 0;
        break;
    case TRACE_irq_request:
        m_oneshot[b] = c & 0x2000; // IRQF_ONESHOT
        break;
    case TRACE_irq_handler_entry:
        begin(at, b, run_handler, 0, text);
        if (const uint64_t carrier = m_carriers[a])
            acquire(current(at), carrier, sync_serial);
        break;
    case TRACE_irq_handler_exit:
        if (const uint64_t carrier = m_carriers[a])
            release(current(at), clock_of(carrier, sync_serial));
        end(at, b, run_handler);
        break;
    case TRACE_irq_thread_wake:
        release(current(at), clock_of(b + 1, sync_start));
        // Where the primary handler is the kernel's own, the wake-up is all that comes before.
        acquire(current(at), b, sync_start);
        clock_of(b + 1, sync_start).join(current(at).clock);
        break;
    case TRACE_irq_thread_entry:
        begin(at, b, run_thread, 0, text);
        acquire(current(at), b, sync_start);
        break;
    case TRACE_irq_thread_exit:
        end(at, b, run_thread);
        break;
    case TRACE_softirq_raise:
        release(current(at), clock_of(softirq_of(at.cpu, a), sync_start));
        break;
    case TRACE_softirq_entry:
        begin(at, softirq_of(at.cpu, a), run_softirq, 0, text);
        break;
    case TRACE_softirq_exit:
        end(at, softirq_of(at.cpu, a), run_softirq);
        break;
    case TRACE_tasklet_entry:
        begin(at, a, run_tasklet, b, nullptr);
        break;
    case TRACE_tasklet_exit:
        end(at, a, run_tasklet);
        break;
    case TRACE_timer_start:
    case TRACE_hrtimer_start:
        release(current(at), clock_of(a, sync_start));
        break;
    case TRACE_timer_expire_entry:
        begin(at, a, run_timer, b, nullptr);
        break;
    case TRACE_timer_expire_exit:
        end(at, a, run_timer);
        break;
    case TRACE_hrtimer_expire_entry:
        begin(at, a, run_hrtimer, b, nullptr);
        break;
    case TRACE_hrtimer_expire_exit:
        end(at, a, run_hrtimer);
        break;
    case TRACE_workqueue_execute_start:
        begin(at, a, run_work, b, nullptr);
        break;
    case TRACE_workqueue_execute_end:
        end(at, a, run_work);
        break;
    case TRACE_module_load:
        m_modules = true;
        break;
    default:
        break;
    }
}

void detector::barrier(const whereabouts &at) {
    lane &l = current(at);
    l.clock.join(l.pending);
    l.fenced = l.clock;
    l.tick();
}

// ---- accesses ----

void detector::access(const whereabouts &at, uint64_t address, uint64_t shape) {
    lane &l = current(at);
    const uint64_t bytes = std::min(shape >> shape_bytes_shift, most_bytes);
    uint16_t kind = shape & shape_writes ? kind_write : kind_read;
    if (shape & shape_reads_too)
        kind |= kind_read;
    if (shape & shape_marked)
        kind |= kind_marked;
    access(at, l, address, bytes, kind);
    if (!(shape & shape_marked))
        return;
    // What marked accesses order, by the word that they access.
    if (kind & kind_read) {
        if (const auto found = m_words.find(address); found != m_words.end()) {
            if (shape & (shape_acquires | shape_pointer))
                l.clock.join(found->second);
            else
                l.pending.join(found->second);
        }
    }
    if (kind & kind_write) {
        if (shape & shape_releases) {
            if (kind & kind_read)
                m_words[address].join(l.clock);
            else
                m_words[address] = l.clock;
            l.tick();
        } else if (!l.fenced.empty()) {
            m_words[address].join(l.fenced);
        }
    }
}

void detector::access(const whereabouts &at, lane &l, uint64_t address, uint64_t bytes, uint16_t kind) {
    ++m_accesses;
    if (l.quiet || !bytes)
        return;
    if (l.slot < 0) {
        l.slot = static_cast<int>(m_slots++);
        l.clock.raise(static_cast<size_t>(l.slot), 1);
    }
    if (l.locks_changed) {
        l.lock_set = m_sets.number_of(l.locks);
        l.locks_changed = false;
    }
    for (held_lock &held : l.locks)
        held.accessed = true;
    if (l.condition && kind & kind_read && !(kind & kind_write))
        kind |= kind_condition;
    if (bytes <= word && address % bytes == 0 && (bytes & (bytes - 1)) == 0)
        kind |= kind_word;
    const auto frame = reinterpret_cast<uint64_t>(at.frame);
    if (address - (frame - frame_below) < frame_below + frame_above)
        kind |= kind_own_stack;
    note n{l.number,
           static_cast<uint32_t>(l.slot),
           l.step(),
           l.lock_set,
           0,
           1,
           at.pc,
           at.ps,
           l.seq_reader,
           l.seq_writer,
           address,
           static_cast<uint32_t>(bytes),
           kind,
           0,
           static_cast<uint8_t>(at.cpu),
           l.runs_at,
           mask_of(at)};
    const uint64_t end = address + bytes;
    for (uint64_t base = address / shadow::granule * shadow::granule; base < end; base += shadow::granule) {
        const uint64_t from = std::max(base, address) - base, to = std::min(base + shadow::granule, end) - base;
        n.mask = static_cast<uint8_t>(((1u << (to - from)) - 1) << from);
        access_cell(at, l, m_shadow.at(base), n);
    }
}

void detector::access_cell(const whereabouts &at, lane &l, cell &c, note &n) {
    const bool writes = n.kind & kind_write;
    const bool known = c.alone == n.lane && !(n.mask & ~c.alone_mask) && (c.alone_writes || !writes);
    const auto same = [&n](const note &before) {
        return before.pc == n.pc && before.lane == n.lane && before.kind == n.kind && before.mask == n.mask &&
               before.lock_set == n.lock_set && before.masks == n.masks;
    };
    if (!known) {
        bool ordered = true;
        for (const note &before : c.notes)
            if (before.lane != n.lane && before.mask & n.mask && (before.kind | n.kind) & kind_write) {
                if (races(l, before, n)) {
                    note_stack(at, n);
                    tell(c, before, n);
                }
                ordered = ordered && before.step <= l.clock.at(before.slot);
            }
        if (writes && !(n.kind & kind_marked) && c.notes.size() > shadow::many_notes)
            c.notes.erase(std::remove_if(c.notes.begin(), c.notes.end(),
                                         [&](const note &before) {
                                             return before.lane != n.lane && !(before.mask & ~n.mask) &&
                                                    before.step <= l.clock.at(before.slot);
                                         }),
                          c.notes.end());
        c.alone = ordered ? n.lane : ~0u;
        c.alone_mask = n.mask;
        c.alone_writes = writes;
    }
    for (note &mine : c.notes)
        if (same(mine)) {
            const uint32_t count = mine.count + 1, stack = mine.stack;
            mine = n;
            mine.count = count;
            mine.stack = stack;
            return;
        }
    note_stack(at, n);
    if (c.notes.size() >= shadow::most_notes)
        c.notes.erase(c.notes.begin());
    c.notes.push_back(n);
}

// Whether two accesses of different lanes to the same bytes conflict without an order. What is found out about the
// order stays known.
bool detector::races(lane &l, const note &before, const note &now) {
    if (!((before.kind | now.kind) & kind_write))
        return false;
    if (before.step <= l.clock.at(before.slot))
        return false;
    if (const uint64_t lock = m_sets.common(before.lock_set, now.lock_set)) {
        const auto &unlocked = m_unlocked[lock];
        if (const auto found = unlocked.find(before.lane); found != unlocked.end())
            l.clock.join(found->second);
        return false;
    }
    // On one CPU, what masks the other one shuts it out, if that is what it was meant for: its data is the CPU's, or a
    // task did nothing else. What a lock masks besides is not a protection, and two interrupts can go to different
    // CPUs.
    const auto meant = [](const note &n) { return n.runs_at != level::task || !n.lock_set; };
    if (before.cpu == now.cpu && before.masks >= now.runs_at && now.masks >= before.runs_at &&
        (m_hooks.is_per_cpu(now.address) ||
         ((before.runs_at == level::task || now.runs_at == level::task) && meant(before) && meant(now)))) {
        l.clock.raise(before.slot, before.step);
        return false;
    }
    const unsigned both = before.kind & now.kind, either = before.kind | now.kind;
    if (both & kind_marked && !(either & kind_assert))
        return false;
    if (both & kind_assert)
        return false;
    if (both & kind_own_stack)
        return false; // one after the other, both had their variables there
    if ((before.seq_reader && before.seq_reader == now.seq_writer) ||
        (before.seq_writer && before.seq_writer == now.seq_reader))
        return false;
    if (either & kind_sole && !(both & kind_write))
        return false; // the counter of a ring: others read it
    // As KCSAN assumes: an aligned store of a word is atomic for who reads it marked, or in the condition of a wait.
    const auto reads_whole = [](const note &read, const note &store) {
        return read.kind & (kind_condition | kind_marked) && !(read.kind & (kind_write | kind_assert)) &&
               store.kind & kind_word && !(store.kind & (kind_read | kind_free | kind_assert));
    };
    return !reads_whole(before, now) && !reads_whole(now, before);
}

void detector::free(const whereabouts &at, lane &l, uint64_t address, uint64_t bytes) {
    note n{l.number,
           0,
           0,
           0,
           0,
           1,
           at.pc,
           at.ps,
           0,
           0,
           address,
           static_cast<uint32_t>(bytes),
           kind_write | kind_free,
           0xff,
           static_cast<uint8_t>(at.cpu),
           l.runs_at,
           mask_of(at)};
    if (l.locks_changed) {
        l.lock_set = m_sets.number_of(l.locks);
        l.locks_changed = false;
    }
    n.lock_set = l.lock_set;
    // What stands there next is another object.
    const auto forget = [&](auto &map, unsigned shift) {
        map.erase(map.lower_bound(address << shift), map.lower_bound((address + bytes) << shift));
    };
    forget(m_clocks, 3);
    forget(m_words, 0);
    forget(m_lock_numbers, 0);
    bool told = false;
    m_shadow.for_each(address, bytes, [&](uint64_t, cell &c) {
        for (const note &before : c.notes)
            if (before.lane != n.lane && !told && races(l, before, n)) {
                note_stack(at, n);
                tell(c, before, n);
                told = true;
            }
        c = {};
    });
}

// ---- reports ----

stack_table::frames detector::walk(const whereabouts &at) const {
    stack_table::frames f{};
    const uint64_t *frame = at.frame;
    for (size_t i = 0; i < f.size(); ++i) {
        if (!frame || !frame[1])
            break;
        f[i] = frame[1];
        const auto *next = reinterpret_cast<const uint64_t *>(frame[0]);
        if (next <= frame || next > frame + 0x10000 / sizeof(*frame) ||
            reinterpret_cast<uint64_t>(next) % sizeof(*frame))
            break;
        frame = next;
    }
    return f;
}

void detector::note_stack(const whereabouts &at, note &n) {
    if (n.stack)
        return;
    // From one place with one frame it is the same stack, nearly always: a walk for each would be most of the work.
    const auto frame = reinterpret_cast<uint64_t>(at.frame);
    known_stack &known = m_known_stacks[(at.pc ^ frame >> 4 ^ frame >> 12) % m_known_stacks.size()];
    const uint64_t caller = at.frame ? at.frame[1] : 0;
    if (known.pc != at.pc || known.frame != frame || known.caller != caller)
        known = {at.pc, frame, caller, m_stacks.number_of(walk(at))};
    n.stack = known.number;
}

side detector::side_of(const note &n) const {
    const lane &l = m_lanes[n.lane];
    side s{n, m_stacks.stack(n.stack), l.kind, {}, n.runs_at != level::task, l.pid};
    if (!l.name.empty())
        s.context += " " + l.name;
    if (l.pid)
        s.context += "/" + std::to_string(l.pid);
    for (const auto &[lock, shared] : m_sets.set(n.lock_set)) {
        const auto name = m_lock_names.find(lock);
        s.locks.push_back((name == m_lock_names.end() ? "?" : name->second) + (shared ? " (read)" : ""));
    }
    return s;
}

// A lock under which the datum is accessed most of the time, and which one of the two does without.
std::string detector::odd_one(const cell &c, const note &before, const note &now) const {
    uint32_t all = 0;
    std::unordered_map<uint64_t, uint32_t> held;
    std::vector<uint64_t> locks;
    for (const note &n : c.notes) {
        all += n.count;
        for (const auto &[lock, shared] : m_sets.set(n.lock_set)) {
            if (!held.count(lock))
                locks.push_back(lock);
            held[lock] += n.count;
        }
    }
    for (const uint64_t lock : locks) {
        const auto holds = [&](const note &n) {
            const auto &set = m_sets.set(n.lock_set);
            return std::any_of(set.begin(), set.end(), [&](const auto &l) { return l.first == lock; });
        };
        if (held[lock] < 2 || held[lock] * 2 < all || holds(before) == holds(now))
            continue;
        const auto name = m_lock_names.find(lock);
        return (name == m_lock_names.end() ? std::string("?") : name->second) + " protects this datum at " +
               std::to_string(held[lock]) + " of " + std::to_string(all) + " accesses: the " +
               (holds(now) ? "first" : "second") + " one is the odd one";
    }
    return "";
}

void detector::tell(const cell &c, const note &before, const note &now) {
    const auto places = std::minmax(before.pc, now.pc);
    if (m_seen.size() >= most_races || !m_seen.insert(places).second)
        return;
    note second = now;
    m_hooks.report(
        {side_of(before), side_of(second), ((before.kind | now.kind) & kind_assert) != 0, odd_one(c, before, now)});
}

} // namespace rk3568::races
