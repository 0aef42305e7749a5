// SPDX-License-Identifier: Apache-2.0
//
// What the boot loader left: the device tree and the command line (Linux: arch/arm64/kernel/setup.c, init/main.c).
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/of.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/smp.h>

#include "kernel/init.h"
#include "port/kernel.h"

extern "C" {
extern const struct obs_kernel_param __start_setup_table[] __attribute__((weak, visibility("hidden")));
extern const struct obs_kernel_param __stop_setup_table[] __attribute__((weak, visibility("hidden")));
extern const struct kernel_param __start_param[] __attribute__((weak, visibility("hidden")));
extern const struct kernel_param __stop_param[] __attribute__((weak, visibility("hidden")));
}

static const unsigned COMMAND_LINE_SIZE = 2048;
static char boot_command_line[COMMAND_LINE_SIZE];
static char static_command_line[COMMAND_LINE_SIZE]; // cut up by the parsers
static char unknown_options[COMMAND_LINE_SIZE];
char *saved_command_line = boot_command_line;

void setup_arch() {
    strscpy(boot_command_line, port_boot_info()->command_line, sizeof(boot_command_line));
    unflatten_device_tree();
    const char *model = nullptr;
    if (of_property_read_string(of_root, "model", &model) && of_property_read_string(of_root, "compatible", &model))
        model = "<unknown>";
    pr_info("Machine model: %s\n", model);
    smp_init_cpus();
}

template <class Visit>
static void for_each_setup(Visit visit) {
    for (const obs_kernel_param *p = __start_setup_table; p < __stop_setup_table; p++)
        visit(*p);
}

static int do_early_param(char *param, char *val, const char *unused, void *arg) {
    for_each_setup([=](const obs_kernel_param &handler) {
        const bool wanted = handler.early && parameq(param, handler.str);

        if (wanted && handler.setup_func(val))
            pr_warn("Malformed early option '%s'\n", param);
    });
    return 0; // the others come later
}

void parse_early_options(char *cmdline) {
    parse_args("early options", cmdline, nullptr, 0, 0, 0, nullptr, do_early_param);
}

void parse_early_param() {
    strscpy(static_command_line, boot_command_line, sizeof(static_command_line));
    parse_early_options(static_command_line);
}

// "param" and "val" are neighbours in the line with a NUL, and perhaps a quote, between them; __setup handlers match
// "param=" with what follows it.
static bool call_setup(char *param, char *val) {
    char line[256];
    bool early_one = false;

    snprintf(line, sizeof(line), "%s%s%s", param, val ? "=" : "", val ? val : "");
    for (const struct obs_kernel_param *p = __start_setup_table; p < __stop_setup_table; p++) {
        size_t length = strlen(p->str);
        if (!parameqn(line, p->str, length))
            continue;
        if (p->early) {
            early_one = early_one || line[length] == '\0' || line[length] == '=';
        } else if (p->setup_func) {
            // Handlers may keep the text: it is the saved line's, not this function's.
            char *text = val && p->str[length - 1] == '=' ? val : param + length;
            if (p->setup_func(text))
                return true;
        }
    }
    return early_one;
}

static int unknown_bootoption(char *param, char *val, const char *unused, void *arg) {
    if (call_setup(param, val))
        return 0;
    // "module.option" is for a module that may be loaded later.
    const char *dot = strchr(param, '.');
    if (dot && (!val || dot < val))
        return 0;
    size_t used = strlen(unknown_options);
    snprintf(unknown_options + used, sizeof(unknown_options) - used, " %s%s%s", param, val ? "=" : "", val ? val : "");
    return 0;
}

void parse_boot_options() {
    strscpy(static_command_line, boot_command_line, sizeof(static_command_line));
    parse_args("Booting kernel", static_command_line, __start_param, __stop_param - __start_param, -1, -1, nullptr,
               unknown_bootoption);
    if (unknown_options[0])
        pr_notice("Unknown kernel command line parameters \"%s\", will be passed to user space.\n",
                  unknown_options + 1);
}
