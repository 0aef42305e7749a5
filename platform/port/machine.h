// SPDX-License-Identifier: Apache-2.0
//
// What the port stands on: the one machine that this process simulates.
#ifndef RK3568_PLATFORM_PORT_MACHINE_H
#define RK3568_PLATFORM_PORT_MACHINE_H

#include "hw/cortex_a55/cluster.h"
#include "platform/memory/arena.h"
#include "platform/memory/image.h"
#include "platform/observe/observer.h"
#include "platform/port/finding_log.h"
#include "platform/port/race_watch.h"
#include "platform/port/shell_script.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace rk3568 {

class machine {
public:
    machine(cluster &cpu, arena &memory);
    ~machine();
    machine(const machine &) = delete;
    machine &operator=(const machine &) = delete;
    static machine &get() { return *s_machine; }

    cluster &cpu;
    arena &memory;
    // `to` gets the software's records, null: nothing does. Findings are kept all the same.
    void set_observer(observer *to);
    observer *observe() const { return m_observe; }
    // --kcsan, and --hold and the like: before the first instruction. Null: nothing watches.
    void watch_races(bool detect, bool hold);
    static race_watch *races() { return s_races; }

    // The kernel or the bare program, with its port symbols bound. Throws std::runtime_error.
    image &load_program(const std::string &path, const std::string &name);
    image *program() const { return m_program.get(); }
    // Gives a module's file the path by which software knows it, /lib/modules/NAME.ko: software takes time over a path,
    // and must not take more where a build or a temporary folder has another name.
    std::string install(const std::string &file);
    // A module: a shared object, or a C source that is compiled first. Throws.
    image &load_module(const std::string &path, const std::string &name);
    void unload_module(image &module);
    // The module stays where it is, but cannot be accessed until open_left() has let somebody in, who did.
    void leave_module(image &module);
    // Whether `p` is in such a module, which from now on can be accessed.
    bool open_left(const void *p);
    // Indices of the undefined symbols that are left for the kernel to bind.
    const std::vector<size_t> &unbound(const image &module) const { return m_unbound.at(&module); }
    const image *image_at(const void *p) const;
    finding_frame frame_at(uint64_t return_address) const;
    // Whether the user should hear of a failed command: not if it is the automatic unloading of a module that did not
    // load or that has no exit function.
    bool failure_counts(const std::string &line) const;
    // Address of a function of the port by name; null if there is none.
    static const void *port_function(const std::string &name);
    // Starts entry(arg) on the first core.
    void start(void (*entry)(void *), void *arg);
    bool start_core(unsigned number, void (*entry)(void *), void *arg);

    // Boot data, and what the user asked for.
    std::string command_line;
    uint64_t dtb_pa = 0;
    shell_script script;
    std::function<void()> on_booted;                         // software asks for its first command
    std::function<void(uint64_t ps)> on_ready;               // time zero has come
    std::function<std::string(const std::string &)> compile; // C source -> shared object
    std::function<void(unsigned level, const std::string &)> on_console;
    std::function<void()> on_line_ended;                 // a line of the user
    std::function<void(const std::string &)> on_print;   // what a command or a bare program prints; null: to stdout
    std::function<void(const std::string &)> on_failure; // why a command failed; null: to stderr
    unsigned failed_commands = 0;                        // commands and module loads
    finding_log findings;                                // defects that the kernel reported
    std::function<void()> on_endless_finding;            // one of them is reported again and again
    bool fixed_clock = false; // --timing functional: blocks take a nanosecond regardless of the clock

    // The lowest part of a context's stack becomes inaccessible, as long as the context is there.
    void guard_stack(const context *owner, void *stack);
    void unguard_stack(const context *owner);
    bool is_guarded(const void *p) const;
    // Turns a host fault in software into an exception of the running core.
    void install_fault_handler();
    // Whether the code at `pc` keeps time when it accesses a register through a plain pointer: modules, and the
    // kernel's functions that modules hand such pointers to.
    bool may_access_registers(const void *pc) const;
    void note_plain_access(const void *pc, bool writes);
    // FILE:LINE, or function and module, of code that did; sorted, each once.
    struct plain_user {
        std::string place;
        bool writes;
    };
    std::vector<plain_user> plain_users() const;
    // From now on software's system calls are such faults, too.
    static void forbid_system_calls();

private:
    // Binds what the port has; the indices of the undefined symbols that it has not.
    std::vector<size_t> bind_port(image &program);

    std::map<std::string, std::string> m_installed; // file, by the path that software knows

    static machine *s_machine;
    static race_watch *s_races;
    observer *m_observe = nullptr;
    std::unique_ptr<race_watch> m_races;
    struct boot {
        void (*entry)(void *);
        void *arg;
    };
    static void run_boot(void *from);

    char *m_boot_stacks;
    std::array<boot, arena::most_cpus> m_boot{};
    std::unique_ptr<image> m_program;
    std::map<uint64_t, std::unique_ptr<image>> m_modules; // by physical address
    std::map<const context *, uint8_t *> m_guards;        // the lowest part of its stack
    std::map<const image *, std::vector<size_t>> m_unbound;
    std::set<const image *> m_left; // only looked up
    struct plain_place {
        std::string file, symbol; // of the image
        uint64_t offset;
        bool writes;
    };
    std::map<uint64_t, plain_place> m_plain; // by the instruction's address
};

} // namespace rk3568

#endif
