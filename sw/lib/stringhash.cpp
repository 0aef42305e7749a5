// SPDX-License-Identifier: Apache-2.0
#include <linux/stringhash.h>

#include <linux/export.h>
#include <linux/string.h>

unsigned int full_name_hash(const void *salt, const char *name, unsigned int len) {
    unsigned long hash = init_name_hash(salt);
    for (const char *at = name; at < name + len; at++)
        hash = partial_name_hash(static_cast<unsigned long>(*at), hash);
    return end_name_hash(hash);
}
EXPORT_SYMBOL(full_name_hash);

u64 hashlen_string(const void *salt, const char *name) {
    const auto len = static_cast<unsigned int>(strlen(name));
    return hashlen_create(full_name_hash(salt, name, len), len);
}
EXPORT_SYMBOL(hashlen_string);
