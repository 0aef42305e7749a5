// SPDX-License-Identifier: Apache-2.0
//
// Exported symbols. The kernel's are hashed at the first search; a module's few are searched one by one.
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/string.h>

#include "kernel/module/internal.h"
#include "lib/guard.h"
#include "lib/ranges.h"

extern "C" {
extern const struct kernel_symbol __start_ksymtab[] __attribute__((weak, visibility("hidden")));
extern const struct kernel_symbol __stop_ksymtab[] __attribute__((weak, visibility("hidden")));
}

static const unsigned BUCKETS = 1024;
static const unsigned MAX_SYMBOLS = 4096;
// Chains of indices into the table, 0: end; index i + 1 is symbol i.
static u16 bucket_head[BUCKETS];
static u16 bucket_next[MAX_SYMBOLS];
static bool hashed;

// open_softirq and raise_softirq are not for modules in Linux; teaching modules for softirqs want a kernel that is
// patched to export them. softirq_export=off makes this kernel the unpatched one.
static bool softirq_export = true;

static int __init softirq_export_setup(char *text) {
    bool value;
    if (text && !kstrtobool(text, &value))
        softirq_export = value;
    return 1;
}
__setup("softirq_export=", softirq_export_setup);

static bool hidden_from_modules(const char *name) {
    return !softirq_export &&
           (!strcmp(name, "open_softirq") || !strcmp(name, "raise_softirq") || !strcmp(name, "raise_softirq_irqoff"));
}

static unsigned hash_name(const char *name) {
    u32 hash = 5381;
    while (*name)
        hash = hash * 33 + static_cast<unsigned char>(*name++);
    return (hash ^ (hash >> 16)) % BUCKETS;
}

static void hash_kernel_symbols() {
    unsigned count = __stop_ksymtab - __start_ksymtab;
    if (count >= MAX_SYMBOLS)
        panic("%u exported symbols, room for %u", count, MAX_SYMBOLS);
    for (unsigned i = 0; i < count; i++) {
        u16 &head = bucket_head[hash_name(__start_ksymtab[i].name)];
        bucket_next[i] = head;
        head = i + 1;
    }
    hashed = true;
}

// The symbol of this name in the kernel, through the hash; null if there is none.
static const struct kernel_symbol *find_in_kernel(const char *name) {
    if (!hashed)
        hash_kernel_symbols();
    unsigned i = bucket_head[hash_name(name)];
    while (i && strcmp(__start_ksymtab[i - 1].name, name))
        i = bucket_next[i - 1];
    return i ? &__start_ksymtab[i - 1] : nullptr;
}

static const struct kernel_symbol *find_in_module(const module &mod, const char *name) {
    const unsigned count = mod.state == MODULE_STATE_UNFORMED ? 0 : mod.num_syms;
    for (unsigned i = 0; i < count; i++)
        if (!strcmp(mod.syms[i].name, name))
            return &mod.syms[i];
    return nullptr;
}

bool find_symbol(const char *name, struct symbol_lookup *found) {
    if (hidden_from_modules(name))
        return false;
    *found = {find_in_kernel(name), nullptr};
    if (found->symbol)
        return true;
    for (module &mod : list_of<&module::list>(modules)) {
        *found = {find_in_module(mod, name), &mod};
        if (found->symbol)
            return true;
    }
    return false;
}

void for_each_kernel_symbol(void (*fn)(const struct kernel_symbol *symbol, void *arg), void *arg) {
    for (const struct kernel_symbol *symbol = __start_ksymtab; symbol < __stop_ksymtab; symbol++)
        fn(symbol, arg);
}

void *__symbol_get(const char *name) {
    struct symbol_lookup found;
    hold l(module_mutex);
    const bool kept = find_symbol(name, &found) && try_module_get(found.owner);

    return kept ? const_cast<void *>(found.symbol->value) : nullptr;
}

void __symbol_put(const char *name) {
    struct symbol_lookup found;
    hold l(module_mutex);

    BUG_ON(!find_symbol(name, &found));
    module_put(found.owner);
}

EXPORT_SYMBOL_GPL(__symbol_get);
EXPORT_SYMBOL(__symbol_put);
