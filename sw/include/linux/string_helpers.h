/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers over strings that allocate (Linux 6.1, include/linux/string_helpers.h). */
#ifndef _LINUX_STRING_HELPERS_H
#define _LINUX_STRING_HELPERS_H
#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/string.h>
#include <linux/types.h>

struct device;
struct file;
struct task_struct;

/* Which sequences string_unescape() knows. */
#define UNESCAPE_SPACE BIT(0) /* \f \n \r \t \v */
#define UNESCAPE_OCTAL BIT(1) /* \NNN, one to three digits */
#define UNESCAPE_HEX BIT(2) /* \xHH, one or two digits */
#define UNESCAPE_SPECIAL BIT(3) /* \" \\ \a \e */
#define UNESCAPE_ANY (UNESCAPE_SPACE | UNESCAPE_OCTAL | UNESCAPE_HEX | UNESCAPE_SPECIAL)
#define UNESCAPE_ALL_MASK GENMASK(3, 0)

/* Which bytes string_escape_mem() writes as a sequence, and which it leaves alone. */
#define ESCAPE_SPACE BIT(0)
#define ESCAPE_SPECIAL BIT(1)
#define ESCAPE_NULL BIT(2) /* \0 */
#define ESCAPE_OCTAL BIT(3) /* all others, as three digits */
#define ESCAPE_ANY (ESCAPE_SPACE | ESCAPE_OCTAL | ESCAPE_SPECIAL | ESCAPE_NULL)
#define ESCAPE_NP BIT(4) /* not printable ones alone */
#define ESCAPE_ANY_NP (ESCAPE_ANY | ESCAPE_NP)
#define ESCAPE_HEX BIT(5) /* all others, as \xHH */
#define ESCAPE_NA BIT(6) /* those that are no ASCII alone */
#define ESCAPE_NAP BIT(7) /* those that are no printable ASCII alone */
#define ESCAPE_APPEND BIT(8) /* `only` has more bytes to escape, not the only ones */
#define ESCAPE_ALL_MASK GENMASK(8, 0)

enum string_size_units {
	STRING_UNITS_10, /* kB = 1,000 */
	STRING_UNITS_2, /* KiB = 1,024 */
};

__BEGIN_DECLS
/*
 * n strings "PREFIX-0", "PREFIX-1", ... in an array of their own; NULL without memory. kfree_strarray frees the first n
 * strings and the array; array may be NULL. May sleep if gfp allows it.
 */
char **kasprintf_strarray(gfp_t gfp, const char *prefix, size_t n);
void kfree_strarray(char **array, size_t n);
/* The same, freed with the device; ERR_PTR(-ENOMEM) without memory. */
char **devm_kasprintf_strarray(struct device *dev, const char *prefix, size_t n);

/* size * blk_size bytes with three digits and a unit: "8.39 MB". */
void string_get_size(u64 size, u64 blk_size, enum string_size_units units, char *buf, int len);
/*
 * Sequences of src become bytes in dst, which ends with NUL and has size bytes (0: as many as src); src may be dst. The
 * length of the result.
 */
int string_unescape(char *src, char *dst, size_t size, unsigned int flags);
/*
 * isz bytes become sequences in dst, of which osz bytes are written and no NUL. The length that the whole has. `only`
 * names the bytes that may be escaped; NULL: all.
 */
int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags, const char *only);
/* A copy with everything escaped that could harm a log; NULL without memory. */
char *kstrdup_quotable(const char *src, gfp_t gfp);
/* "3,1,2": an array whose first element is how many follow. 0, or -EINVAL, -ENOENT, -ENOMEM, -EFAULT. kfree() it. */
int parse_int_array_user(const char __user *from, size_t count, int **array);
__END_DECLS

#define string_unescape_inplace(buf, flags) string_unescape(buf, buf, 0, flags)
#define string_unescape_any(src, dst, size) string_unescape(src, dst, size, UNESCAPE_ANY)
#define string_unescape_any_inplace(buf) string_unescape_any(buf, buf, 0)
#define string_escape_mem_any_np(src, isz, dst, osz, only) string_escape_mem(src, isz, dst, osz, ESCAPE_ANY_NP, only)
#define string_escape_str(src, dst, sz, flags, only) string_escape_mem(src, strlen(src), dst, sz, flags, only)
#define string_escape_str_any_np(src, dst, sz, only) string_escape_str(src, dst, sz, ESCAPE_ANY_NP, only)
#define str_read_write(v) __str_of_bool(v, "read", "write")

/* A copy, with its NUL, in capital or in small letters. */
static inline void string_upper(char *dst, const char *src)
{
	while ((*dst++ = toupper(*src++)))
		;
}

static inline void string_lower(char *dst, const char *src)
{
	while ((*dst++ = tolower(*src++)))
		;
}
#endif
