// SPDX-License-Identifier: Apache-2.0
// Memory that a module allocated and has not freed, one report for each place that allocated.
#include <linux/kernel.h>
#include <linux/module.h>

#include "kernel/module/leaks.h"
#include "mm/internal.h"

namespace {

struct leak {
    const void *caller;
    size_t bytes;
    unsigned int objects;
};

struct search {
    const struct module *mod;
    leak found[16];
    unsigned int places;
    size_t other_bytes; // of places beyond those
};

// With a cache's lock held: counts only.
void collect(const struct slab_object *object, void *data) {
    search *s = static_cast<search *>(data);
    unsigned int i = 0;

    if (!module_owns(s->mod, object->caller))
        return;
    while (i < s->places && s->found[i].caller != object->caller)
        i++;
    if (i == ARRAY_SIZE(s->found)) {
        s->other_bytes += object->size;
        return;
    }
    if (i == s->places)
        s->found[s->places++] = {object->caller, 0, 0};
    s->found[i].bytes += object->size;
    s->found[i].objects++;
}

void memory_leak_check(const struct module *mod) {
    search s = {};

    s.mod = mod;
    slab_for_each_object(collect, &s);
    for (unsigned int i = 0; i < s.places; i++)
        module_leak(mod, static_cast<const char *>(s.found[i].caller) - 1,
                    "%zu bytes in %u object%s still allocated, from %pB", s.found[i].bytes, s.found[i].objects,
                    s.found[i].objects == 1 ? "" : "s", s.found[i].caller);
    if (s.other_bytes)
        module_leak(mod, NULL, "%zu bytes still allocated from further places", s.other_bytes);
}
MODULE_LEAK_CHECK(memory_leak_check);
MODULE_LEAK_CHECK(slab_check_freed);

} // namespace
