// SPDX-License-Identifier: Apache-2.0
#include <linux/string_helpers.h>

#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

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

char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t n) {
    auto **array = static_cast<char **>(kcalloc(n, sizeof(char *), gfp));

    if (!array)
        return nullptr;
    for (size_t i = 0; i < n; i++) {
        array[i] = kasprintf(gfp, "%s-%zu", prefix, i);
        if (!array[i]) {
            kfree_strarray(array, i);
            return nullptr;
        }
    }
    return array;
}
EXPORT_SYMBOL_GPL(kasprintf_strarray);

void kfree_strarray(char **array, size_t n) {
    if (!array)
        return;
    for (size_t i = 0; i < n; i++)
        kfree(array[i]);
    kfree(array);
}
EXPORT_SYMBOL_GPL(kfree_strarray);

char **devm_kasprintf_strarray(device *dev, const char *prefix, size_t n) {
    auto *owned = static_cast<owned_strings *>(devres_alloc(release_strings, sizeof(owned_strings), GFP_KERNEL));

    if (!owned)
        return static_cast<char **>(ERR_PTR(-ENOMEM));
    owned->n = n;
    owned->array = kasprintf_strarray(GFP_KERNEL, prefix, n);
    if (!owned->array) {
        devres_free(owned);
        return static_cast<char **>(ERR_PTR(-ENOMEM));
    }
    devres_add(dev, owned);
    return owned->array;
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
