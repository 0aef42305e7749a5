// SPDX-License-Identifier: Apache-2.0
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

// The compiler must not turn these loops back into calls of the functions that they are.
#define NO_LIBRARY __attribute__((no_builtin))

namespace {

constexpr size_t word = sizeof(unsigned long);

// Words that may lie anywhere: the A55 reads and writes unaligned ones.
typedef unsigned long __attribute__((may_alias, aligned(1))) any_word;

bool in_set(char c, const char *set) {
    for (; *set; set++)
        if (*set == c)
            return true;
    return false;
}

} // namespace

// Safe for a destination below the source too, regardless of the distance: each word is read before any later write can
// reach it.
NO_LIBRARY static inline void *copy_upwards(void *dst, const void *src, size_t n) {
    char *d = static_cast<char *>(dst);
    const char *s = static_cast<const char *>(src);

    for (; n >= 4 * word; n -= 4 * word, d += 4 * word, s += 4 * word) {
        const any_word *from = reinterpret_cast<const any_word *>(s);
        any_word *to = reinterpret_cast<any_word *>(d);
        unsigned long a = from[0], b = from[1], c = from[2], e = from[3];

        to[0] = a;
        to[1] = b;
        to[2] = c;
        to[3] = e;
    }
    for (; n >= word; n -= word, d += word, s += word)
        *reinterpret_cast<any_word *>(d) = *reinterpret_cast<const any_word *>(s);
    for (; n; n--)
        *d++ = *s++;
    return dst;
}

NO_LIBRARY void *memcpy(void *dst, const void *src, size_t n) {
    return copy_upwards(dst, src, n);
}
EXPORT_SYMBOL(memcpy);

NO_LIBRARY void *memmove(void *dst, const void *src, size_t n) {
    char *d = static_cast<char *>(dst);
    const char *s = static_cast<const char *>(src);

    if (d <= s || d >= s + n)
        return copy_upwards(dst, src, n);
    for (; n >= word; n -= word)
        *reinterpret_cast<any_word *>(d + n - word) = *reinterpret_cast<const any_word *>(s + n - word);
    for (; n; n--)
        d[n - 1] = s[n - 1];
    return dst;
}
EXPORT_SYMBOL(memmove);

NO_LIBRARY void *memset(void *p, int c, size_t n) {
    char *d = static_cast<char *>(p);
    unsigned long pattern = 0x0101010101010101UL * static_cast<u8>(c);

    for (; n >= 4 * word; n -= 4 * word, d += 4 * word) {
        any_word *to = reinterpret_cast<any_word *>(d);

        to[0] = pattern;
        to[1] = pattern;
        to[2] = pattern;
        to[3] = pattern;
    }
    for (; n >= word; n -= word, d += word)
        *reinterpret_cast<any_word *>(d) = pattern;
    for (; n; n--)
        *d++ = static_cast<char>(c);
    return p;
}
EXPORT_SYMBOL(memset);

NO_LIBRARY void *memset16(u16 *p, u16 v, size_t count) {
    for (size_t i = 0; i < count; i++)
        p[i] = v;
    return p;
}
EXPORT_SYMBOL(memset16);

NO_LIBRARY void *memset32(u32 *p, u32 v, size_t count) {
    for (size_t i = 0; i < count; i++)
        p[i] = v;
    return p;
}
EXPORT_SYMBOL(memset32);

NO_LIBRARY void *memset64(u64 *p, u64 v, size_t count) {
    for (size_t i = 0; i < count; i++)
        p[i] = v;
    return p;
}
EXPORT_SYMBOL(memset64);

NO_LIBRARY int memcmp(const void *a, const void *b, size_t n) {
    const u8 *x = static_cast<const u8 *>(a);
    const u8 *y = static_cast<const u8 *>(b);

    for (; n; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}
EXPORT_SYMBOL(memcmp);

NO_LIBRARY int bcmp(const void *a, const void *b, size_t n) {
    return memcmp(a, b, n);
}
EXPORT_SYMBOL(bcmp);

NO_LIBRARY void *memchr(const void *s, int c, size_t n) {
    const u8 *p = static_cast<const u8 *>(s);

    for (; n; n--, p++)
        if (*p == static_cast<u8>(c))
            return const_cast<u8 *>(p);
    return NULL;
}
EXPORT_SYMBOL(memchr);

void *memscan(void *s, int c, size_t n) {
    void *found = memchr(s, c, n);

    return found ? found : static_cast<u8 *>(s) + n;
}
EXPORT_SYMBOL(memscan);

void *memchr_inv(const void *s, int c, size_t n) {
    const u8 *p = static_cast<const u8 *>(s);

    for (; n; n--, p++)
        if (*p != static_cast<u8>(c))
            return const_cast<u8 *>(p);
    return NULL;
}
EXPORT_SYMBOL(memchr_inv);

void memzero_explicit(void *s, size_t n) {
    memset(s, 0, n);
    barrier_data(s);
}
EXPORT_SYMBOL(memzero_explicit);

void memcpy_and_pad(void *dst, size_t dst_len, const void *src, size_t count, int pad) {
    memset(dst, pad, dst_len);
    memcpy(dst, src, min(dst_len, count));
}
EXPORT_SYMBOL(memcpy_and_pad);

NO_LIBRARY size_t strlen(const char *s) {
    const char *p = s;

    while (*p)
        p++;
    return p - s;
}
EXPORT_SYMBOL(strlen);

NO_LIBRARY size_t strnlen(const char *s, size_t n) {
    size_t length = 0;

    while (length < n && s[length])
        length++;
    return length;
}
EXPORT_SYMBOL(strnlen);

NO_LIBRARY char *strcpy(char *dst, const char *src) {
    char *d = dst;

    while ((*d++ = *src++))
        ;
    return dst;
}
EXPORT_SYMBOL(strcpy);

NO_LIBRARY char *stpcpy(char *dst, const char *src) {
    while ((*dst = *src++))
        dst++;
    return dst;
}
EXPORT_SYMBOL(stpcpy);

NO_LIBRARY char *strncpy(char *dst, const char *src, size_t n) {
    for (size_t i = 0; i < n; i++) {
        dst[i] = *src;
        if (*src)
            src++;
    }
    return dst;
}
EXPORT_SYMBOL(strncpy);

size_t strlcpy(char *dst, const char *src, size_t size) {
    const char *from = src;
    char *to = dst;

    for (size_t room = size; room > 1 && *from; --room)
        *to++ = *from++;
    if (size)
        *to = '\0';
    return from - src + strlen(from);
}
EXPORT_SYMBOL(strlcpy);

ssize_t strscpy(char *dst, const char *src, size_t size) {
    if (!size || size > INT_MAX)
        return -E2BIG;
    for (size_t i = 0; i < size; i++) {
        dst[i] = src[i];
        if (!src[i])
            return i;
    }
    dst[size - 1] = '\0';
    return -E2BIG;
}
EXPORT_SYMBOL(strscpy);

ssize_t strscpy_pad(char *dst, const char *src, size_t size) {
    ssize_t written = strscpy(dst, src, size);

    if (written >= 0)
        memset(dst + written, 0, size - written);
    return written;
}
EXPORT_SYMBOL(strscpy_pad);

NO_LIBRARY char *strcat(char *dst, const char *src) {
    strcpy(dst + strlen(dst), src);
    return dst;
}
EXPORT_SYMBOL(strcat);

NO_LIBRARY char *strncat(char *dst, const char *src, size_t n) {
    char *d = dst + strlen(dst);
    size_t copied = strnlen(src, n);

    memcpy(d, src, copied);
    d[copied] = '\0';
    return dst;
}
EXPORT_SYMBOL(strncat);

size_t strlcat(char *dst, const char *src, size_t size) {
    size_t have = strnlen(dst, size);

    return have + strlcpy(dst + have, src, size - have);
}
EXPORT_SYMBOL(strlcat);

NO_LIBRARY int strcmp(const char *a, const char *b) {
    for (; *a && *a == *b; a++, b++)
        ;
    return static_cast<u8>(*a) - static_cast<u8>(*b);
}
EXPORT_SYMBOL(strcmp);

NO_LIBRARY int strncmp(const char *a, const char *b, size_t n) {
    for (; n; n--, a++, b++) {
        if (*a != *b)
            return static_cast<u8>(*a) - static_cast<u8>(*b);
        if (!*a)
            break;
    }
    return 0;
}
EXPORT_SYMBOL(strncmp);

int strncasecmp(const char *a, const char *b, size_t n) {
    for (; n; n--, a++, b++) {
        int difference = tolower(*a) - tolower(*b);

        if (difference || !*a)
            return difference;
    }
    return 0;
}
EXPORT_SYMBOL(strncasecmp);

int strcasecmp(const char *a, const char *b) {
    return strncasecmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(strcasecmp);

NO_LIBRARY char *strchrnul(const char *s, int c) {
    while (*s && *s != static_cast<char>(c))
        s++;
    return const_cast<char *>(s);
}
EXPORT_SYMBOL(strchrnul);

NO_LIBRARY char *strchr(const char *s, int c) {
    char *found = strchrnul(s, c);

    return *found == static_cast<char>(c) ? found : NULL;
}
EXPORT_SYMBOL(strchr);

char *strnchr(const char *s, size_t n, int c) {
    const size_t length = strnlen(s, n);
    const size_t with_nul = length + (length < n); // which can be searched for too

    return static_cast<char *>(memchr(const_cast<char *>(s), c, with_nul));
}
EXPORT_SYMBOL(strnchr);

NO_LIBRARY char *strrchr(const char *s, int c) {
    const char wanted = static_cast<char>(c);

    for (size_t after = strlen(s) + 1; after > 0; --after)
        if (s[after - 1] == wanted)
            return const_cast<char *>(s + after - 1);
    return nullptr;
}
EXPORT_SYMBOL(strrchr);

char *strnstr(const char *s, const char *find, size_t n) {
    const size_t length = strlen(find), room = strnlen(s, n);
    size_t at = 0;

    while (at + length <= room && memcmp(s + at, find, length))
        at++;
    return at + length <= room ? const_cast<char *>(s) + at : nullptr;
}
EXPORT_SYMBOL(strnstr);

NO_LIBRARY char *strstr(const char *s, const char *find) {
    return strnstr(s, find, SIZE_MAX);
}
EXPORT_SYMBOL(strstr);

size_t strspn(const char *s, const char *accept) {
    const char *p = s;

    while (*p && in_set(*p, accept))
        p++;
    return p - s;
}
EXPORT_SYMBOL(strspn);

size_t strcspn(const char *s, const char *reject) {
    const char *p = s;

    while (*p && !in_set(*p, reject))
        p++;
    return p - s;
}
EXPORT_SYMBOL(strcspn);

char *strpbrk(const char *s, const char *accept) {
    s += strcspn(s, accept);
    return *s ? const_cast<char *>(s) : NULL;
}
EXPORT_SYMBOL(strpbrk);

char *strsep(char **s, const char *separators) {
    char *const token = *s;

    if (token) {
        char &end = token[strcspn(token, separators)];
        *s = end ? &end + 1 : nullptr;
        if (end)
            end = '\0';
    }
    return token;
}
EXPORT_SYMBOL(strsep);

char *skip_spaces(const char *s) {
    while (isspace(*s))
        s++;
    return const_cast<char *>(s);
}
EXPORT_SYMBOL(skip_spaces);

char *strim(char *s) {
    size_t length = strlen(s);

    while (length && isspace(s[length - 1]))
        length--;
    s[length] = '\0';
    return skip_spaces(s);
}
EXPORT_SYMBOL(strim);

char *strreplace(char *s, char from, char to) {
    for (; *s; s++)
        if (*s == from)
            *s = to;
    return s;
}
EXPORT_SYMBOL(strreplace);

bool sysfs_streq(const char *a, const char *b) {
    const auto ends = [](const char *s) { return !*s || (*s == '\n' && !s[1]); };

    for (; *a == *b && *a; a++, b++)
        ;
    return ends(a) && ends(b);
}
EXPORT_SYMBOL(sysfs_streq);

// The first of at most n texts, or of those before a null, that is wanted.
template <class Wanted>
static int index_of(const char *const *texts, size_t n, Wanted wanted) {
    size_t at = 0;

    while (at < n && texts[at] && !wanted(texts[at]))
        at++;
    return at < n && texts[at] ? static_cast<int>(at) : -EINVAL;
}

int match_string(const char *const *array, size_t n, const char *string) {
    return index_of(array, n, [string](const char *text) { return !strcmp(text, string); });
}
EXPORT_SYMBOL(match_string);

int __sysfs_match_string(const char *const *array, size_t n, const char *string) {
    return index_of(array, n, [string](const char *text) { return sysfs_streq(text, string); });
}
EXPORT_SYMBOL(__sysfs_match_string);
