// SPDX-License-Identifier: Apache-2.0
//
// Loading and unloading modules (Linux: kernel/module/main.c). The platform maps the image and applies relocations
// (port_image_*); which address a symbol has, who may use it, and all of a module's life are decided here.
#include <linux/module.h>

#include <linux/async.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/module/internal.h"
#include "kernel/module/leaks.h"
#include "kernel/oops.h"
#include "kernel/softirq/softirq.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"
#include "mm/kasan.h"
#include "port/kernel.h"
#include "port/order.h"
#include "port/trace.h"

LIST_HEAD(modules);
unsigned long module_addr_min = ~0ul, module_addr_max;
DEFINE_MUTEX(module_mutex);
static BLOCKING_NOTIFIER_HEAD(module_notify_list);

// A live module's count is one above its users, so that 0 says: going.
static const int MODULE_REF_BASE = 1;

int register_module_notifier(struct notifier_block *nb) {
    return blocking_notifier_chain_register(&module_notify_list, nb);
}

int unregister_module_notifier(struct notifier_block *nb) {
    return blocking_notifier_chain_unregister(&module_notify_list, nb);
}

int __request_module(bool wait, const char *fmt, ...) {
    return -ENOSYS;
}

struct module *find_module(const char *name) {
    return find_in<&module::list>(modules, [name](const module &mod) { return !strcmp(mod.name, name); });
}

struct module *__module_address(unsigned long addr) {
    for (module &mod : rcu_list_of<&module::list>(modules))
        if (mod.state != MODULE_STATE_UNFORMED && within_module(addr, &mod))
            return &mod;
    return nullptr;
}

struct module *__module_text_address(unsigned long addr) {
    return __module_address(addr);
}

bool is_module_address(unsigned long addr) {
    const preempt_off list_stays;
    return __module_address(addr) != nullptr;
}

bool is_module_text_address(unsigned long addr) {
    return is_module_address(addr);
}

// References.
int module_refcount(struct module *mod) {
    return atomic_read(&mod->refcnt) - MODULE_REF_BASE;
}

void __module_get(struct module *module) {
    if (module)
        atomic_inc(&module->refcnt);
}

bool try_module_get(struct module *module) {
    const preempt_off one_cpu;
    return !module || (module_is_live(module) && atomic_inc_not_zero(&module->refcnt));
}

void module_put(struct module *module) {
    const preempt_off one_cpu;
    order_tell(signal, module);
    // The last reference is the loader's own.
    const bool sound = !module || atomic_add_unless(&module->refcnt, -1, MODULE_REF_BASE);
    if (!sound && !innermost_module_code(nullptr, __builtin_frame_address(0)))
        defect_of(reinterpret_cast<const void *>(module->init)); // which has put what the loader put now
    WARN(!sound, "module_put() of %s without try_module_get()\n", module->name);
}

void __noreturn __module_put_and_kthread_exit(struct module *mod, long code) {
    module_put(mod);
    kthread_exit(code);
}

// Lowers the count to 0 if nothing uses the module.
static bool release_if_unused(struct module *mod) {
    const bool unused = atomic_cmpxchg(&mod->refcnt, MODULE_REF_BASE, 0) == MODULE_REF_BASE;
    if (unused)
        order_tell(received, mod);
    return unused;
}

// Who uses whom. Under module_mutex.
static bool already_uses(const struct module *a, const struct module *b) {
    return find_in<&module_use::source_list>(b->source_list, [a](const module_use &use) { return use.source == a; });
}

// Notes that `a` uses symbols of `b`, and keeps b for that.
static int ref_module(struct module *a, struct module *b) {
    if (!b || already_uses(a, b))
        return 0;
    if (b->state == MODULE_STATE_COMING)
        return -EBUSY;
    const module_use values = {{}, {}, a, b};
    auto *use = static_cast<module_use *>(kmemdup(&values, sizeof(values), GFP_KERNEL));
    if (!use || !try_module_get(b)) {
        kfree(use);
        return use ? -ENOENT : -ENOMEM;
    }
    order_tell(received, b);
    list_add(&use->source_list, &b->source_list);
    list_add(&use->target_list, &a->target_list);
    return 0;
}

static void unref_modules(struct module *mod) {
    hold l(module_mutex);
    for (module_use &use : taking<&module_use::target_list>(mod->target_list)) {
        list_del(&use.source_list);
        list_del(&use.target_list);
        module_put(use.target);
        kfree(&use);
    }
}

// modinfo: strings "tag=text" one behind the other, with NULs between that only align.
static const char *next_modinfo(const struct module *mod, const char *tag, const char *after) {
    size_t bytes;
    size_t tag_length = strlen(tag);
    const char *section = static_cast<const char *>(port_image_section(mod->image, "modinfo", &bytes));

    if (!section)
        return nullptr;
    const char *end = section + bytes;
    for (const char *p = after ? after + strlen(after) : section; p < end;) {
        size_t length = strnlen(p, end - p);
        if (length > tag_length && !strncmp(p, tag, tag_length) && p[tag_length] == '=')
            return p + tag_length + 1;
        p += length + 1;
    }
    return nullptr;
}

static const char *get_modinfo(const struct module *mod, const char *tag) {
    return next_modinfo(mod, tag, nullptr);
}

static bool license_is_gpl_compatible(const char *license) {
    static const char *const compatible[] = {
        "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
    };
    for (const char *name : compatible) {
        if (!strcmp(license, name))
            return true;
    }
    return false;
}

static void add_taint_module(struct module *mod, unsigned flag, enum lockdep_ok lockdep_ok) {
    add_taint(flag, lockdep_ok);
    mod->taints |= 1ul << flag;
}

// Marks the kernel and the module; the first module of its kind is told by name.
template <typename... Args>
static void taint(struct module *mod, unsigned flag, enum lockdep_ok lockdep_ok, const char *format, Args... args) {
    if (!test_taint(flag))
        printk(format, mod->name, args...);
    add_taint_module(mod, flag, lockdep_ok);
}

static void check_modinfo(struct module *mod) {
    const char *license = get_modinfo(mod, "license");

    mod->version = get_modinfo(mod, "version");
    if (!license)
        license = "unspecified";
    if (!get_modinfo(mod, "intree"))
        taint(mod, TAINT_OOT_MODULE, LOCKDEP_STILL_OK, KERN_WARNING "%s: loading out-of-tree module taints kernel.\n");
    if (const char *tasklet = get_modinfo(mod, "old_tasklet"))
        pr_notice("%s: DECLARE_TASKLET(%s) has three arguments, as before Linux 5.9; 6.1's build refuses it\n",
                  mod->name, tasklet);
    if (!license_is_gpl_compatible(license))
        taint(mod, TAINT_PROPRIETARY_MODULE, LOCKDEP_NOW_UNRELIABLE,
              KERN_WARNING "%s: module license '%s' taints kernel.\n", license);
}

// A symbol of a namespace is for modules that import it.
static int verify_namespace_is_imported(struct module *mod, const struct kernel_symbol *symbol) {
    const char *name_space = symbol->name_space;
    if (!name_space || !*name_space)
        return 0;
    for (const char *imported = get_modinfo(mod, "import_ns"); imported;
         imported = next_modinfo(mod, "import_ns", imported)) {
        if (!strcmp(name_space, imported))
            return 0;
    }
    pr_err("%s: module uses symbol (%s) from namespace %s, but does not import it.\n", mod->name, symbol->name,
           name_space);
    return -EINVAL;
}

// The address of one undefined symbol, or an error pointer.
static const void *resolve_symbol(struct module *mod, const char *name) {
    struct symbol_lookup found;

    if (!strcmp(name, "__this_module"))
        return mod;
    // As an instrumented kernel's own string functions would, these look at what they are given.
    if (unlikely(kasan_enabled) && (!strcmp(name, "memset") || !strcmp(name, "memcpy") || !strcmp(name, "memmove"))) {
        char checked[24] = "__asan_";
        strlcat(checked, name, sizeof(checked));
        return find_symbol(checked, &found) ? found.symbol->value : ERR_PTR(-ENOENT);
    }
    if (!find_symbol(name, &found))
        return ERR_PTR(-ENOENT);
    if (found.symbol->gpl_only && (mod->taints & (1ul << TAINT_PROPRIETARY_MODULE)))
        return ERR_PTR(-ENOENT);
    if (int error = verify_namespace_is_imported(mod, found.symbol))
        return ERR_PTR(error);
    if (int error = ref_module(mod, found.owner))
        return ERR_PTR(error);
    if (found.symbol->gpl_only)
        mod->using_gplonly_symbols = true;
    return found.symbol->value;
}

// Constructors and destructors: the compiler's own, of an instrumented module (Linux: do_mod_ctors()).
static void run_array(struct module *mod, const char *section) {
    size_t bytes = 0;
    auto *functions = static_cast<void (*const *)(void)>(port_image_section(mod->image, section, &bytes));

    for (size_t i = 0; functions && i < bytes / sizeof(*functions); i++)
        functions[i]();
}

// Binds every undefined symbol; says of each that it cannot bind, and answers the last one's error.
static int simplify_symbols(struct module *mod) {
    int error = 0;
    hold l(module_mutex);

    for (unsigned i = 0; const char *name = port_image_undefined(mod->image, i); i++) {
        if (strstarts(name, "port_cost_"))
            continue; // put there by the cost pass: the platform binds it
        const void *address = resolve_symbol(mod, name);
        if (!IS_ERR(address)) {
            port_image_bind(mod->image, i, address);
            continue;
        }
        error = static_cast<int>(PTR_ERR(address));
        pr_warn("%s: Unknown symbol %s (err %d)\n", mod->name, name, error);
    }
    return error;
}

static int verify_exported_symbols(struct module *mod) {
    hold l(module_mutex);
    for (unsigned i = 0; i < mod->num_syms; i++) {
        const char *name = mod->syms[i].name;
        symbol_lookup found;
        if (!find_symbol(name, &found) || found.owner == mod)
            continue;
        pr_err("%s: exports duplicate symbol %s (owned by %s)\n", mod->name, name, module_name(found.owner));
        return -ENOEXEC;
    }
    return 0;
}

template <typename T>
static const T *section_objects(struct module *mod, const char *name, unsigned *count) {
    size_t bytes = 0;
    void *section = port_image_section(mod->image, name, &bytes);
    *count = section ? bytes / sizeof(T) : 0;
    return static_cast<const T *>(section);
}

// CPU 0 uses the section as it is; the other CPUs get copies of its initial contents.
static void percpu_modcopy(struct module *mod) {
    mod->percpu = port_image_section(mod->image, "percpu", &mod->percpu_size);
    if (!mod->percpu)
        return;
    auto *own = static_cast<char *>(mod->percpu);
    for (unsigned cpu : bits_of(*cpu_possible_mask))
        if (cpu)
            memcpy(per_cpu_ptr(own, cpu), own, mod->percpu_size);
}

static void find_module_sections(struct module *mod) {
    mod->kp = section_objects<struct kernel_param>(mod, "param", &mod->num_kp);
    mod->syms = section_objects<struct kernel_symbol>(mod, "ksymtab", &mod->num_syms);
    size_t suites = 0;
    mod->kunit_suites =
        static_cast<struct kunit_suite **>(port_image_section(mod->image, ".kunit_test_suites", &suites));
    mod->num_kunit_suites = static_cast<int>(suites / sizeof(*mod->kunit_suites));
    mod->init = reinterpret_cast<int (*)(void)>(port_image_symbol(mod->image, "init_module"));
    mod->exit = reinterpret_cast<void (*)(void)>(port_image_symbol(mod->image, "cleanup_module"));
    percpu_modcopy(mod);
}

// "async_probe" alone, and what is not a no, is a yes.
static bool is_yes(const char *val) {
    bool answer;
    return !val || kstrtobool(val, &answer) || answer;
}

// The loader's own parameters, which every module has.
static bool take_option(struct module *mod, const char *name, const char *val) {
    const bool is_one = !strcmp(name, "async_probe");
    if (is_one)
        mod->async_probe_requested = is_yes(val);
    return is_one;
}

// A parameter that the module does not have.
static int unknown_module_param_cb(char *param, char *val, const char *modname, void *arg) {
    if (!take_option(static_cast<struct module *>(arg), param, val))
        pr_warn("%s: unknown parameter '%s' ignored\n", modname, param);
    return 0;
}

static int parse_module_args(struct module *mod) {
    // The parser cuts the line up; /proc and charp parameters have copies of their own.
    char *line = kstrdup(mod->args, GFP_KERNEL);
    if (!line)
        return -ENOMEM;
    char *after = parse_args(mod->name, line, mod->kp, mod->num_kp, -32768, 32767, mod, unknown_module_param_cb);
    int error = 0;
    if (IS_ERR(after))
        error = PTR_ERR(after);
    else if (after)
        pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name, after);
    kfree(line);
    return error;
}

// A dot may be part of the name (kbuild changes dashes and commas alone), so nothing but the object's ending is cut.
void module_name_of_path(const char *path, char *name, size_t size) {
    static constexpr char ending[] = ".ko";
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    size_t length = strlen(base);
    if (length > strlen(ending) && !strcmp(base + length - strlen(ending), ending))
        length -= strlen(ending);
    length = min(length, size - 1);
    memcpy(name, base, length);
    name[length] = '\0';
    strreplace(name, '-', '_');
    strreplace(name, ',', '_');
}

static struct module *module_alloc(const char *path, const char *args) {
    auto *mod = static_cast<struct module *>(kzalloc(sizeof(struct module), GFP_KERNEL));
    on_failure no_memory([mod] { kfree(mod); });

    if (mod)
        mod->args = kstrdup(args, GFP_KERNEL);
    if (!mod || !mod->args)
        return nullptr;
    no_memory.dismiss();
    mod->state = MODULE_STATE_UNFORMED;
    module_name_of_path(path, mod->name, sizeof(mod->name));
    for (list_head *list : these(&mod->list, &mod->source_list, &mod->target_list))
        INIT_LIST_HEAD(list);
    mutex_init(&mod->param_lock);
    atomic_set(&mod->refcnt, MODULE_REF_BASE + 1); // one user: the load itself
    return mod;
}

static int add_unformed_module(struct module *mod) {
    hold l(module_mutex);
    if (find_module(mod->name))
        return -EEXIST;
    list_add_rcu(&mod->list, &modules);
    return 0;
}

static bool unlist(struct module *mod) {
    hold l(module_mutex);
    const bool listed = !list_empty(&mod->list);
    if (listed)
        list_del_rcu(&mod->list);
    return listed;
}

// Undoes everything but what the module's own code did.
static void free_module(struct module *mod) {
    if (unlist(mod))
        synchronize_rcu(); // walkers of the list, and stacks that were printed from it
    unref_modules(mod);
    destroy_params(mod->kp, mod->num_kp);
    if (mod->constructed && mod->image)
        run_array(mod, ".fini_array");
    if (mod->image)
        port_image_close(mod->image);
    kfree(mod->args);
    kfree(mod);
}

// The module's code has run and shall not run again: takes away what the kernel holds for it, and looks for what the
// module has left behind. What is left may still be called or read: the image then stays, and the first use of it is
// another finding, where a board has its oops.
static void module_gone(struct module *mod) {
    blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_GOING, mod);
    softirq_close_range(mod->core_layout.base, mod->core_layout.size);
    mod_sysfs_teardown(mod);
    unsigned leaks = module_leak_check(mod);
    debug_check_no_obj_freed(mod->core_layout.base, mod->core_layout.size);
    lockdep_free_key_range(mod->core_layout.base, mod->core_layout.size);
    trace_event1(module_free, mod->core_layout.base, mod->name);
    port_order(ORDER_memory_free, mod->core_layout.base, mod->core_layout.size, mod->name);
    struct port_image *const pointed_at = leaks ? mod->image : nullptr;
    if (leaks)
        mod->image = nullptr;
    free_module(mod);
    if (pointed_at)
        port_image_leave(pointed_at);
}

static int do_init_module(struct module *mod) {
    run_array(mod, ".init_array");
    mod->constructed = true;
    int result = mod->init ? do_one_initcall(mod->init) : 0;
    if (result < 0)
        return result;
    if (result > 0) {
        pr_warn("%s: '%s'->init suspiciously returned %d, it should follow 0/-E convention\n"
                "%s: loading module anyway...\n",
                __func__, mod->name, result, __func__);
        dump_stack();
    }
    order_tell(module_ready, mod);
    WRITE_ONCE(mod->state, MODULE_STATE_LIVE);
    blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_LIVE, mod);
    // Probes that run on their own belong to the load, unless the user asked otherwise.
    if (!mod->async_probe_requested)
        async_synchronize_full();
    module_put(mod);
    return 0;
}

// Maps, checks, binds: up to where the module's code could run.
static int prepare_module(struct module *mod, const char *path, struct module_error *why) {
    mod->image = port_image_open(path, mod->name, why->text, sizeof(why->text));
    if (!mod->image)
        return -ENOEXEC;
    mod->core_layout.base = port_image_base(mod->image, &mod->core_layout.size);
    const auto base = reinterpret_cast<unsigned long>(mod->core_layout.base);
    module_addr_min = min(module_addr_min, base);
    module_addr_max = max(module_addr_max, base + mod->core_layout.size);
    lockdep_module_loaded();
    debug_objects_watched = true;
    check_modinfo(mod);
    int error = simplify_symbols(mod);
    if (error)
        return error;
    if (!port_image_link(mod->image))
        return -ENOEXEC;
    find_module_sections(mod);
    return verify_exported_symbols(mod);
}

// From here on others can find the module, and its own code runs.
static int start_module(struct module *mod) {
    WRITE_ONCE(mod->state, MODULE_STATE_COMING);
    blocking_notifier_call_chain(&module_notify_list, MODULE_STATE_COMING, mod);
    trace_event2(module_load, mod->core_layout.base, mod->core_layout.size, mod->name);
    on_failure go([mod] {
        WRITE_ONCE(mod->state, MODULE_STATE_GOING);
        synchronize_rcu();
        module_gone(mod);
    });
    for (int (*step)(struct module *) : these(parse_module_args, mod_sysfs_setup, do_init_module))
        if (int error = step(mod))
            return error;
    go.dismiss();
    return 0;
}

int load_module(const char *path, const char *args, struct module_error *why) {
    why->text[0] = '\0';
    struct module *mod = module_alloc(path, args);
    int error = mod ? add_unformed_module(mod) : -ENOMEM;

    if (!error)
        error = prepare_module(mod, path, why);
    if (!error)
        return start_module(mod);
    if (mod)
        free_module(mod);
    return error;
}

// Makes a live module that nothing uses a going one.
static result<struct module *> begin_unload(const char *name) {
    hold l(module_mutex);
    struct module *mod = find_module(name);

    if (!mod)
        return failure(-ENOENT);
    if (!list_empty(&mod->source_list))
        return failure(-EWOULDBLOCK);
    if (mod->state != MODULE_STATE_LIVE || (mod->init && !mod->exit))
        return failure(-EBUSY);
    if (!release_if_unused(mod))
        return failure(-EWOULDBLOCK);
    WRITE_ONCE(mod->state, MODULE_STATE_GOING);
    return mod;
}

int delete_module(const char *name) {
    result<struct module *> mod = begin_unload(name);

    if (!mod)
        return mod.error();
    if ((*mod)->exit)
        (*mod)->exit();
    async_synchronize_full();
    strscpy(last_unloaded_module, (*mod)->name, sizeof(last_unloaded_module));
    module_gone(*mod);
    return 0;
}

EXPORT_SYMBOL(register_module_notifier);
EXPORT_SYMBOL(unregister_module_notifier);
EXPORT_SYMBOL(__request_module);
EXPORT_SYMBOL(__module_get);
EXPORT_SYMBOL(try_module_get);
EXPORT_SYMBOL(module_put);
EXPORT_SYMBOL(module_refcount);
EXPORT_SYMBOL(__module_put_and_kthread_exit);
