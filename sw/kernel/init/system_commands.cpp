// SPDX-License-Identifier: Apache-2.0
//
// insmod, rmmod, lsmod and dmesg, and injected interrupts, with the messages of kmod's and util-linux's programs.
#include <linux/gpio.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/fs/vfs.h"
#include "kernel/init/shell.h"
#include "kernel/module/internal.h"
#include "kernel/printk/internals.h"

// What kmod says for a failed load where it knows better than strerror().
static const char *load_error_text(int error) {
    switch (-error) {
    case ENOEXEC:
        return "Invalid module format";
    case ENOENT:
        return "Unknown symbol in module";
    case EINVAL:
        return "Invalid parameters";
    default:
        return error_text(error);
    }
}

// The parameters as one line again; a value with blanks gets its quotes back.
static void join_parameters(const shell_call &call, char *args, size_t size) {
    size_t used = 0;
    args[0] = '\0';
    for (int i = 2; i < call.argc; i++) {
        const char *word = call.argv[i];
        const char *equals = strchr(word, '=');
        const char *before = i > 2 ? " " : "";
        if (equals && strpbrk(equals, " \t"))
            used += scnprintf(args + used, size - used, "%s%.*s\"%s\"", before, static_cast<int>(equals + 1 - word),
                              word, equals + 1);
        else
            used += scnprintf(args + used, size - used, "%s%s", before, word);
    }
}

static int do_insmod(const shell_call &call) {
    char args[512];
    struct module_error why;

    if (call.argc < 2)
        return call.fail("insmod: ERROR: missing filename.");
    join_parameters(call, args, sizeof(args));
    int error = load_module(call.argv[1], args, &why);
    if (!error)
        return 0;
    const char *base = strrchr(call.argv[1], '/');
    return call.fail("insmod: ERROR: could not insert module %s: %s%s%s%s", base ? base + 1 : call.argv[1],
                     load_error_text(error), why.text[0] ? " (" : "", why.text, why.text[0] ? ")" : "");
}

static int do_rmmod(const shell_call &call);

// The module by its name: Linux's own, from the index that platform/linux made, or one that is loaded already.
static int do_modprobe(const shell_call &call) {
    if (call.argc < 2)
        return call.usage();
    if (!strcmp(call.argv[1], "-r")) {
        const shell_call removal = {call.argc - 1, call.argv + 1, call.in,      call.out,
                                    call.terminal, call.why,      call.why_size};
        return do_rmmod(removal);
    }
    return do_insmod(call);
}

// Who uses a module, as "a b" for the user.
static void users_of(const char *name, char *text, size_t size) {
    size_t used = 0;
    text[0] = '\0';
    mutex_lock(&module_mutex);
    struct module *mod = find_module(name);
    struct module_use *use;
    if (mod) {
        list_for_each_entry (use, &mod->source_list, source_list) {
            used += scnprintf(text + used, size - used, "%s%s", used ? " " : "", use->source->name);
        }
    }
    mutex_unlock(&module_mutex);
}

static int do_rmmod(const shell_call &call) {
    char name[MODULE_NAME_LEN];
    char users[128];

    if (call.argc < 2)
        return call.fail("rmmod: ERROR: missing module name.");
    module_name_of_path(call.argv[1], name, sizeof(name));
    int error = delete_module(name);
    switch (error) {
    case 0:
        return 0;
    case -ENOENT:
        return call.fail("rmmod: ERROR: Module %s is not currently loaded", name);
    case -EWOULDBLOCK:
        users_of(name, users, sizeof(users));
        if (users[0])
            return call.fail("rmmod: ERROR: Module %s is in use by: %s", name, users);
        return call.fail("rmmod: ERROR: Module %s is in use", name);
    default:
        return call.fail("rmmod: ERROR: could not remove '%s': %s", name, error_text(error));
    }
}

static int do_lsmod(const shell_call &call) {
    struct module *mod;
    struct module_use *use;

    call.out->print("Module                  Size  Used by\n");
    mutex_lock(&module_mutex);
    list_for_each_entry (mod, &modules, list) {
        if (mod->state == MODULE_STATE_UNFORMED)
            continue;
        call.out->printf("%-19s %8zu  %d", mod->name, mod->core_layout.size, module_refcount(mod));
        char separator = ' ';
        list_for_each_entry (use, &mod->source_list, source_list) {
            call.out->printf("%c%s", separator, use->source->name);
            separator = ',';
        }
        call.out->print("\n");
    }
    mutex_unlock(&module_mutex);
    return 0;
}

static int do_dmesg(const shell_call &call) {
    u64 seq = 0;
    char *line = static_cast<char *>(kmalloc(2048, GFP_KERNEL));

    if (!line)
        return call.fail("dmesg: %s", error_text(-ENOMEM));
    const bool clear = call.argc > 1 && (!strcmp(call.argv[1], "-C") || !strcmp(call.argv[1], "-c"));
    if (!clear || !strcmp(call.argv[1], "-c")) {
        // Not further than the log goes now: what this prints may cause messages of its own.
        u64 end = kmsg_next_seq();
        while (seq < end) {
            int length = kmsg_read(&seq, nullptr, line, 2048);
            if (!length)
                break;
            call.out->write(line, length);
        }
    }
    if (clear)
        kmsg_clear();
    kfree(line);
    return 0;
}

// GPIO3_A5 and its like, or a number. -EINVAL: it is neither.
static int parse_gpio(const char *text, unsigned int *gpio) {
    unsigned bank, pin;
    char group;
    int end = 0;
    if (!kstrtouint(text, 0, gpio))
        return 0;
    if (sscanf(text, "GPIO%1u_%c%1u%n", &bank, &group, &pin, &end) != 3 || text[end] || group < 'A' || group > 'D' ||
        pin > 7)
        return -EINVAL;
    *gpio = bank * 32 + (group - 'A') * 8 + pin;
    return 0;
}

// As echo trigger > /sys/kernel/debug/irq/irqs/N would, by the pin: the handler runs though nothing happened there.
static int do_inject_irq(const shell_call &call) {
    unsigned int gpio;

    if (call.argc != 2)
        return call.usage();
    if (parse_gpio(call.argv[1], &gpio))
        return call.fail("inject_irq: expected a pin such as GPIO3_A5 or its number, got '%s'", call.argv[1]);
    const int irq = gpio_to_irq(gpio);
    const int error = irq < 0 ? irq : irq_inject_interrupt(static_cast<unsigned int>(irq));
    return error ? call.fail("inject_irq: gpio %u: %s", gpio, error_text(error)) : 0;
}

static int do_help(const shell_call &call) {
    if (call.argc > 1) {
        const struct shell_command *command = find_command(call.argv[1]);
        char hint[64];
        suggest_command(call.argv[1], hint, sizeof(hint));
        if (!command)
            return call.fail("help: there is no command %s%s", call.argv[1], hint);
        call.out->printf("%s: %s\n", command->usage, command->purpose);
        return 0;
    }
    for_each_command(
        [&](const struct shell_command &command) { call.out->printf("%-10s %s\n", command.name, command.purpose); });
    call.out->print("\nCOMMAND | COMMAND   COMMAND > PATH, >> PATH, < PATH, 2> PATH   COMMAND ; COMMAND   && || &\n");
    return 0;
}

// Directories that kernel code makes objects of: configfs.
static int for_each_path(const shell_call &call, int (*change)(const char *path), const char *what) {
    int status = 0;
    for (int i = 1; i < call.argc; i++)
        if (const int error = change(call.argv[i]))
            status = call.fail("%s: %s '%s': %s", call.argv[0], what, call.argv[i], error_text(error));
    return call.argc > 1 ? status : call.fail("%s: missing operand", call.argv[0]);
}

static int do_mkdir(const shell_call &call) {
    return for_each_path(call, vfs_program_mkdir, "cannot create directory");
}

static int do_rmdir(const shell_call &call) {
    return for_each_path(call, vfs_program_rmdir, "failed to remove");
}

const struct shell_command system_commands[] = {
    {"dmesg", do_dmesg, "dmesg [-c | -C]", "prints the kernel's log"},
    {"help", do_help, "help [COMMAND]", "lists the commands"},
    {"inject_irq", do_inject_irq, "inject_irq PIN", "runs a pin's interrupt though nothing happened there"},
    {"insmod", do_insmod, "insmod FILE [NAME=VALUE...]", "loads a module"},
    {"lsmod", do_lsmod, "lsmod", "lists the modules"},
    {"mkdir", do_mkdir, "mkdir PATH...", "makes directories where the kernel takes them"},
    {"modprobe", do_modprobe, "modprobe NAME [NAME=VALUE...], or modprobe -r NAME", "loads or unloads a module"},
    {"rmdir", do_rmdir, "rmdir PATH...", "removes them"},
    {"rmmod", do_rmmod, "rmmod NAME", "unloads a module"},
    {},
};
