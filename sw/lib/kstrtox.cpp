// SPDX-License-Identifier: Apache-2.0
// Text to numbers: the strict family (whole string, errors) and the old one (as far as it goes).
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "lib/kstrtox.h"

namespace {

int digit_value(char c) {
    if (isdigit(c))
        return c - '0';
    char lower = tolower(c);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// Whole string, the sign already taken off.
int parse_magnitude(const char *s, unsigned int base, unsigned long long *result) {
    unsigned long long value;
    bool overflow = false;

    s = parse_integer_prefix(s, &base);
    size_t used = parse_integer(s, base, SIZE_MAX, &value, &overflow);
    if (overflow)
        return -ERANGE;
    if (!used)
        return -EINVAL;
    s += used;
    if (*s == '\n')
        s++;
    if (*s)
        return -EINVAL;
    *result = value; // only a whole number is stored
    return 0;
}

template <class T>
int parse_unsigned(const char *s, unsigned int base, T *result) {
    unsigned long long value;
    int error = kstrtoull(s, base, &value);

    if (error)
        return error;
    if (value != static_cast<T>(value))
        return -ERANGE;
    *result = static_cast<T>(value);
    return 0;
}

template <class T>
int parse_signed(const char *s, unsigned int base, T *result) {
    long long value;
    int error = kstrtoll(s, base, &value);

    if (error)
        return error;
    if (value != static_cast<T>(value))
        return -ERANGE;
    *result = static_cast<T>(value);
    return 0;
}

// A number is never longer than 64 binary digits with sign, prefix and newline.
template <class T>
int from_user(const char __user *s, size_t count, unsigned int base, T *result,
              int (*parse)(const char *, unsigned int, T *)) {
    char text[1 + 2 + 64 + 1 + 1];

    count = min(count, sizeof(text) - 1);
    if (copy_from_user(text, s, count))
        return -EFAULT;
    text[count] = '\0';
    return parse(text, base, result);
}

} // namespace

const char *parse_integer_prefix(const char *s, unsigned int *base) {
    bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

    if (*base == 0)
        *base = hex ? 16 : s[0] == '0' ? 8 : 10;
    return *base == 16 && hex ? s + 2 : s;
}

size_t parse_integer(const char *s, unsigned int base, size_t max_chars, unsigned long long *result, bool *overflow) {
    unsigned long long value = 0;
    size_t used = 0;

    for (; used < max_chars; used++) {
        unsigned int digit = digit_value(s[used]);

        if (digit >= base)
            break;
        if (__builtin_mul_overflow(value, base, &value) || __builtin_add_overflow(value, digit, &value))
            *overflow = true;
    }
    *result = value;
    return used;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res) {
    if (*s == '+')
        s++;
    return parse_magnitude(s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res) {
    unsigned long long magnitude;
    bool negative = *s == '-';
    int error = parse_magnitude(negative || *s == '+' ? s + 1 : s, base, &magnitude);

    if (error)
        return error;
    if (magnitude > static_cast<unsigned long long>(LLONG_MAX) + negative)
        return -ERANGE;
    *res = static_cast<long long>(negative ? 0 - magnitude : magnitude);
    return 0;
}
EXPORT_SYMBOL(kstrtoll);

int kstrtoul(const char *s, unsigned int base, unsigned long *res) {
    return parse_unsigned(s, base, res);
}
EXPORT_SYMBOL(kstrtoul);

int kstrtol(const char *s, unsigned int base, long *res) {
    return parse_signed(s, base, res);
}
EXPORT_SYMBOL(kstrtol);

int kstrtouint(const char *s, unsigned int base, unsigned int *res) {
    return parse_unsigned(s, base, res);
}
EXPORT_SYMBOL(kstrtouint);

int kstrtoint(const char *s, unsigned int base, int *res) {
    return parse_signed(s, base, res);
}
EXPORT_SYMBOL(kstrtoint);

int kstrtou16(const char *s, unsigned int base, u16 *res) {
    return parse_unsigned(s, base, res);
}
EXPORT_SYMBOL(kstrtou16);

int kstrtos16(const char *s, unsigned int base, s16 *res) {
    return parse_signed(s, base, res);
}
EXPORT_SYMBOL(kstrtos16);

int kstrtou8(const char *s, unsigned int base, u8 *res) {
    return parse_unsigned(s, base, res);
}
EXPORT_SYMBOL(kstrtou8);

int kstrtos8(const char *s, unsigned int base, s8 *res) {
    return parse_signed(s, base, res);
}
EXPORT_SYMBOL(kstrtos8);

int kstrtobool(const char *s, bool *res) {
    if (!s)
        return -EINVAL;
    switch (tolower(s[0])) {
    case 'y':
    case 't':
    case '1':
        *res = true;
        return 0;
    case 'n':
    case 'f':
    case '0':
        *res = false;
        return 0;
    case 'o':
        if (tolower(s[1]) == 'n' || tolower(s[1]) == 'f') {
            *res = tolower(s[1]) == 'n';
            return 0;
        }
        return -EINVAL;
    default:
        return -EINVAL;
    }
}
EXPORT_SYMBOL(kstrtobool);

int kstrtoull_from_user(const char __user *s, size_t count, unsigned int base, unsigned long long *res) {
    return from_user(s, count, base, res, kstrtoull);
}
EXPORT_SYMBOL(kstrtoull_from_user);

int kstrtoll_from_user(const char __user *s, size_t count, unsigned int base, long long *res) {
    return from_user(s, count, base, res, kstrtoll);
}
EXPORT_SYMBOL(kstrtoll_from_user);

int kstrtoul_from_user(const char __user *s, size_t count, unsigned int base, unsigned long *res) {
    return from_user(s, count, base, res, kstrtoul);
}
EXPORT_SYMBOL(kstrtoul_from_user);

int kstrtol_from_user(const char __user *s, size_t count, unsigned int base, long *res) {
    return from_user(s, count, base, res, kstrtol);
}
EXPORT_SYMBOL(kstrtol_from_user);

int kstrtouint_from_user(const char __user *s, size_t count, unsigned int base, unsigned int *res) {
    return from_user(s, count, base, res, kstrtouint);
}
EXPORT_SYMBOL(kstrtouint_from_user);

int kstrtoint_from_user(const char __user *s, size_t count, unsigned int base, int *res) {
    return from_user(s, count, base, res, kstrtoint);
}
EXPORT_SYMBOL(kstrtoint_from_user);

int kstrtou8_from_user(const char __user *s, size_t count, unsigned int base, u8 *res) {
    return from_user(s, count, base, res, kstrtou8);
}
EXPORT_SYMBOL(kstrtou8_from_user);

int kstrtobool_from_user(const char __user *s, size_t count, bool *res) {
    char text[4];

    count = min(count, sizeof(text) - 1);
    if (copy_from_user(text, s, count))
        return -EFAULT;
    text[count] = '\0';
    return kstrtobool(text, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);

unsigned long long simple_strtoull(const char *s, char **end, unsigned int base) {
    unsigned long long value;
    bool overflow;

    s = parse_integer_prefix(s, &base);
    s += parse_integer(s, base, SIZE_MAX, &value, &overflow);
    if (end)
        *end = const_cast<char *>(s);
    return value;
}
EXPORT_SYMBOL(simple_strtoull);

long long simple_strtoll(const char *s, char **end, unsigned int base) {
    if (*s == '-')
        return static_cast<long long>(0 - simple_strtoull(s + 1, end, base));
    return static_cast<long long>(simple_strtoull(s, end, base));
}
EXPORT_SYMBOL(simple_strtoll);

unsigned long simple_strtoul(const char *s, char **end, unsigned int base) {
    return simple_strtoull(s, end, base);
}
EXPORT_SYMBOL(simple_strtoul);

long simple_strtol(const char *s, char **end, unsigned int base) {
    return static_cast<long>(simple_strtoll(s, end, base));
}
EXPORT_SYMBOL(simple_strtol);
