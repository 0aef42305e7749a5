// SPDX-License-Identifier: Apache-2.0
#include "platform/port/machine.h"

#include "platform/port/source_line.h"
#include "sw/port/kernel.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/mman.h>

namespace rk3568 {

namespace {

constexpr size_t boot_stack = 256 * 1024;
// Room between modules, so that an overrun of one does not land in the next.
constexpr uint64_t module_gap = 0x10000;

// They tell the sanitizers' runtime which globals there are.
constexpr bool constructors_are_sanitizers = RK3568_CONTEXT_ASAN;

constexpr uint64_t round_up(uint64_t x, uint64_t to) {
    return (x + to - 1) / to * to;
}

} // namespace

machine *machine::s_machine;
race_watch *machine::s_races;

machine::machine(cluster &cluster, arena &arena)
    : cpu(cluster)
    , memory(arena)
    // All of them now: later, the memory above them is the kernel's.
    , m_boot_stacks(static_cast<char *>(arena.allocate(arena::most_cpus * boot_stack, arena::page))) {
    s_machine = this;
    cpu.address_of = [](uint64_t host) { return get().memory.simulated(reinterpret_cast<const void *>(host)); };
    findings.frame_at = [this](uint64_t address) { return frame_at(address); };
    set_observer(nullptr);
}

void machine::set_observer(observer *to) {
    m_observe = to;
    for (unsigned number = 0; number < TRACE_EVENT_COUNT; ++number) {
        const auto event = static_cast<port_trace_event>(number);
        PORT_TRACE_WANTED[event] = event == TRACE_finding || (to && to->wanted()[event]) ||
                                   (m_races && (races::detector::wants(event) || race_watch::is_point(event)));
    }
}

void machine::watch_races(bool detect, bool hold) {
    m_races = std::make_unique<race_watch>(*this, detect, hold);
    s_races = m_races.get();
    set_observer(m_observe);
}

machine::~machine() {
    s_races = nullptr;
    s_machine = nullptr;
}

std::vector<size_t> machine::bind_port(image &program) {
    std::vector<size_t> others;
    for (size_t i = 0; i < program.undefined().size(); ++i) {
        if (const void *address = port_function(program.undefined()[i]))
            program.bind(i, address);
        else
            others.push_back(i);
    }
    return others;
}
image &machine::load_program(const std::string &path, const std::string &name) {
    m_program = std::make_unique<image>(path, name, arena::images, arena::modules);
    size_t bytes = 0;
    void *const constructors = m_program->section(".init_array", bytes);
    if (!constructors_are_sanitizers && constructors && bytes) // a module's are run by the kernel
        throw std::runtime_error(path + ": static constructors cannot run in the simulated kernel");
    const std::vector<size_t> others = bind_port(*m_program);
    if (!others.empty())
        throw std::runtime_error(fmt::format("{}: undefined symbol {}: a program has what it defines and the port, "
                                             "nothing else",
                                             path, m_program->undefined()[others[0]]));
    m_program->link();
    for (size_t i = 0; constructors && i < bytes / sizeof(void *); ++i)
        static_cast<void (**)()>(constructors)[i]();
    return *m_program;
}

std::string machine::install(const std::string &file) {
    const size_t slash = file.rfind('/');
    const std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
    std::string path = "/lib/modules/" + name;
    for (unsigned n = 2; m_installed.count(path) && m_installed[path] != file; ++n)
        path = "/lib/modules/" + std::to_string(n) + "/" + name;
    m_installed[path] = file;
    return path;
}

image &machine::load_module(const std::string &path, const std::string &name) {
    const bool source = path.size() > 2 && path.compare(path.size() - 2, 2, ".c") == 0;
    const auto installed = m_installed.find(path);
    const std::string object = installed != m_installed.end() ? installed->second
                               : source && compile            ? compile(path)
                                                              : path;
    // The lowest gap that is large enough: the same sequence of loads gives the same addresses.
    uint64_t at = arena::modules;
    for (const auto &[pa, module] : m_modules)
        at = round_up(pa + module->size() + module_gap, module_gap);
    auto loaded = std::make_unique<image>(object, name, at, arena::images_end);
    image &result = *loaded;
    m_unbound[&result] = bind_port(result);
    m_modules.emplace(at, std::move(loaded));
    return result;
}

void machine::unload_module(image &module) {
    m_unbound.erase(&module);
    m_modules.erase(arena::physical(module.base()));
}

finding_frame machine::frame_at(uint64_t return_address) const {
    const auto *const call = reinterpret_cast<const uint8_t *>(return_address) - 1;
    const image *const home = image_at(call);
    if (!home)
        return {};
    const image::symbol *const symbol = home->symbol_at(call);
    finding_frame frame{symbol ? symbol->name : "", "", ""};
    if (home != m_program.get()) {
        frame.module = home->name();
        frame.place = source_line(home->path(), static_cast<uint64_t>(call - home->base()));
    }
    return frame;
}

bool machine::may_access_registers(const void *pc) const {
    const image *const home = image_at(pc);
    if (!home || home != m_program.get())
        return home != nullptr;
    const image::symbol *const symbol = home->symbol_at(pc);
    const std::string name = symbol ? symbol->name : "";
    return name == "memcpy" || name == "memmove" || name == "memset"; // sw/lib/string.cpp
}

void machine::note_plain_access(const void *pc, bool writes) {
    const auto at = reinterpret_cast<uint64_t>(pc);
    if (m_plain.count(at))
        return;
    const image *const home = image_at(pc);
    const image::symbol *const symbol = home->symbol_at(pc);
    m_plain[at] = {home == m_program.get() ? "" : home->path(),
                   (symbol ? std::string(symbol->name) : "?") + "() of " + home->name(),
                   static_cast<uint64_t>(static_cast<const uint8_t *>(pc) - home->base()), writes};
}

std::vector<machine::plain_user> machine::plain_users() const {
    std::map<std::string, bool> found;
    for (const auto &[at, place] : m_plain) {
        const std::string line = place.file.empty() ? std::string() : source_line(place.file, place.offset);
        bool &writes = found[line.empty() ? place.symbol : line];
        writes = writes || place.writes;
    }
    std::vector<plain_user> users;
    for (const auto &[place, writes] : found)
        users.push_back({place, writes});
    return users;
}

void machine::leave_module(image &module) {
    mprotect(module.base(), round_up(module.size(), arena::page), PROT_NONE);
    m_left.insert(&module);
}

bool machine::open_left(const void *p) {
    const image *const home = image_at(p);
    if (!home || !m_left.erase(home))
        return false;
    mprotect(home->base(), round_up(home->size(), arena::page), PROT_READ | PROT_WRITE | PROT_EXEC);
    return true;
}

const image *machine::image_at(const void *p) const {
    if (m_program && m_program->contains(p))
        return m_program.get();
    if (!arena::contains(p))
        return nullptr;
    auto after = m_modules.upper_bound(arena::physical(p));
    if (after == m_modules.begin())
        return nullptr;
    const image &candidate = *std::prev(after)->second;
    return candidate.contains(p) ? &candidate : nullptr;
}

void machine::guard_stack(const context *owner, void *stack) {
    mprotect(stack, PORT_STACK_GUARD, PROT_NONE);
    m_guards[owner] = static_cast<uint8_t *>(stack);
}

void machine::unguard_stack(const context *owner) {
    const auto found = m_guards.find(owner);
    mprotect(found->second, PORT_STACK_GUARD, PROT_READ | PROT_WRITE);
    m_guards.erase(found);
}

bool machine::is_guarded(const void *p) const {
    return std::any_of(m_guards.begin(), m_guards.end(), [&](const auto &guard) {
        return static_cast<size_t>(static_cast<const uint8_t *>(p) - guard.second) < PORT_STACK_GUARD;
    });
}

bool machine::failure_counts(const std::string &line) const {
    const script_line *const automatic = script.unloading(line);
    if (!automatic)
        return true;
    return std::any_of(m_modules.begin(), m_modules.end(), [&](const auto &entry) {
        return entry.second->name() == automatic->unloads && entry.second->find("cleanup_module");
    });
}

// A core whose software returns to where it came from has nothing left to do: it is off, as after PSCI CPU_OFF.
void machine::run_boot(void *from) {
    const boot b = *static_cast<const boot *>(from);
    b.entry(b.arg);
    machine::get().cpu.current().power_off();
}

bool machine::start_core(unsigned number, void (*entry)(void *), void *arg) {
    if (cpu.cores[number].state() != core_state::off)
        return false;
    m_boot[number] = {entry, arg};
    return cpu.power_on(number, run_boot, &m_boot[number], m_boot_stacks + number * boot_stack, boot_stack);
}

void machine::start(void (*entry)(void *), void *arg) {
    start_core(0, entry, arg);
}

} // namespace rk3568
