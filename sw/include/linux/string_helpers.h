/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers over strings that allocate (Linux 6.1, include/linux/string_helpers.h). */
#ifndef _LINUX_STRING_HELPERS_H
#define _LINUX_STRING_HELPERS_H
#include <linux/ctype.h>
#include <linux/string.h>

struct device;

__BEGIN_DECLS
/*
 * n strings "PREFIX-0", "PREFIX-1", ... in an array of their own; NULL without memory. kfree_strarray frees the first n
 * strings and the array; array may be NULL. May sleep if gfp allows it.
 */
char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t n);
void kfree_strarray(char **array, size_t n);
/* The same, freed with the device; ERR_PTR(-ENOMEM) without memory. */
char **devm_kasprintf_strarray(struct device *dev, const char *prefix, size_t n);
__END_DECLS
#endif
