// SPDX-License-Identifier: Apache-2.0
#include <linux/string_helpers.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

#include "lib/result.h"

namespace {

struct owned_strings {
    char **array;
    size_t n;
};

void release_strings(device *, void *res) {
    const auto *owned = static_cast<owned_strings *>(res);
    kfree_strarray(owned->array, owned->n);
}

size_t entries(void *const *array) {
    size_t n = 0;
    while (array[n])
        n++;
    return n;
}

} // namespace

void kfree_strarray(char **array, size_t n) {
    for (char **text = array; array && n; n--)
        kfree(*text++);
    kfree(array);
}
EXPORT_SYMBOL_GPL(kfree_strarray);

// "prefix-0", "prefix-1", ...: all of them, or none.
char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t count) {
    auto **texts = static_cast<char **>(kcalloc(count, sizeof(char *), gfp));
    char **const end = texts ? texts + count : texts, **at = texts;

    while (at < end && (*at = kasprintf(gfp, "%s-%zu", prefix, static_cast<size_t>(at - texts))))
        at++;
    if (at == end)
        return texts;
    kfree_strarray(texts, count); // those that were not made are null
    return nullptr;
}
EXPORT_SYMBOL_GPL(kasprintf_strarray);

char **devm_kasprintf_strarray(device *dev, const char *prefix, size_t count) {
    void *res = devres_alloc(release_strings, sizeof(owned_strings), GFP_KERNEL);
    char **texts = res ? kasprintf_strarray(GFP_KERNEL, prefix, count) : nullptr;

    if (texts) {
        *static_cast<owned_strings *>(res) = {texts, count};
        devres_add(dev, res);
        return texts;
    }
    devres_free(res); // null is none
    return as_err_ptr<char *>(failure(-ENOMEM));
}
EXPORT_SYMBOL_GPL(devm_kasprintf_strarray);

void **__memcat_p(void **a, void **b) {
    const size_t first = entries(a), second = entries(b);
    auto **joined = static_cast<void **>(kmalloc_array(first + second + 1, sizeof(void *), GFP_KERNEL));

    if (!joined)
        return nullptr;
    memcpy(joined, a, first * sizeof(void *));
    memcpy(joined + first, b, (second + 1) * sizeof(void *)); // with the NULL at its end
    return joined;
}
EXPORT_SYMBOL_GPL(__memcat_p);
