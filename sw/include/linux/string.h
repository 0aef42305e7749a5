/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/stddef.h>
#include <linux/types.h>

__BEGIN_DECLS
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *s, int c, size_t n);
void *memset16(u16 *s, u16 v, size_t count);
void *memset32(u32 *s, u32 v, size_t count);
void *memset64(u64 *s, u64 v, size_t count);
int memcmp(const void *a, const void *b, size_t n);
int bcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
void *memscan(void *s, int c, size_t n);
/* The first byte that is not c, or NULL. */
void *memchr_inv(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
char *strcpy(char *dst, const char *src);
char *stpcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
size_t strlcpy(char *dst, const char *src, size_t size);
/* The length copied, or -E2BIG when it was cut. */
ssize_t strscpy(char *dst, const char *src, size_t size);
ssize_t strscpy_pad(char *dst, const char *src, size_t size);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
size_t strlcat(char *dst, const char *src, size_t size);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strchrnul(const char *s, int c);
char *strnchr(const char *s, size_t n, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *find);
char *strnstr(const char *s, const char *find, size_t n);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strsep(char **s, const char *separators);
char *skip_spaces(const char *s);
/* Its words in an array that ends with NULL; NULL without memory. argv_free() it. */
char **argv_split(gfp_t gfp, const char *str, int *argcp);
void argv_free(char **argv);
/* Cuts white space at both ends; the string is changed. */
char *strim(char *s);
char *strreplace(char *s, char from, char to);
/* Equal but for one newline at the end of either. */
bool sysfs_streq(const char *a, const char *b);
/* The index of `string`, or -EINVAL. */
int match_string(const char *const *array, size_t n, const char *string);
int __sysfs_match_string(const char *const *array, size_t n, const char *string);
void memzero_explicit(void *s, size_t n);
void memcpy_and_pad(void *dst, size_t dst_len, const void *src, size_t count, int pad);
/* Two arrays that end with NULL, joined in a new one that the caller frees; NULL without memory. May sleep. */
void **__memcat_p(void **a, void **b);
int __must_check kstrtobool(const char *s, bool *result);

/* Copies from the slab allocator: NULL without memory (or for a NULL string). */
char *kstrdup(const char *s, gfp_t gfp);
const char *kstrdup_const(const char *s, gfp_t gfp);
void kfree_const(const void *x);
char *kstrndup(const char *s, size_t max, gfp_t gfp);
/* A copy of user memory; ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT). The second ends with NUL. */
void *memdup_user(const void __user *src, size_t len);
void *vmemdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);
char *strndup_user(const char __user *s, long n);
/* As simple_read_from_buffer(), to kernel memory. */
ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
__END_DECLS

#define sysfs_match_string(array, s) __sysfs_match_string(array, ARRAY_SIZE(array), s)

static __always_inline char *strstrip(char *s)
{
	return strim(s);
}

static inline bool strstarts(const char *str, const char *prefix)
{
	return strncmp(str, prefix, strlen(prefix)) == 0;
}

static __always_inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

static inline const char *kbasename(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail ? tail + 1 : path;
}

#ifndef __cplusplus
/* Sets what stands behind a member, or a member and what stands behind it, to a byte's value. */
#define __memset_from(obj, v, offset) memset((u8 *)(obj) + (offset), (v), sizeof(*(obj)) - (offset))
#define memset_after(obj, v, member) __memset_from(obj, v, offsetofend(__typeof__(*(obj)), member))
#define memset_startat(obj, v, member) __memset_from(obj, v, offsetof(__typeof__(*(obj)), member))
/* A string into an array that has room for no NUL; the second fills the rest of the array. */
#define __strtomem_length(dest, src) min_t(size_t, strnlen(src, ARRAY_SIZE(dest)), ARRAY_SIZE(dest))
#define strtomem(dest, src) memcpy(dest, src, __strtomem_length(dest, src))
#define strtomem_pad(dest, src, pad) memcpy_and_pad(dest, ARRAY_SIZE(dest), src, __strtomem_length(dest, src), pad)
#endif

#define __str_of_bool(v, yes, no) ((const char *)((v) ? yes : no))
#define str_yes_no(v) __str_of_bool(v, "yes", "no")
#define str_on_off(v) __str_of_bool(v, "on", "off")
#define str_enable_disable(v) __str_of_bool(v, "enable", "disable")
#define str_enabled_disabled(v) __str_of_bool(v, "enabled", "disabled")

#ifndef __cplusplus
#define memcat_p(a, b) ((__typeof__(*(a)) *)__memcat_p((void **)(a), (void **)(b)))
#endif

#endif
