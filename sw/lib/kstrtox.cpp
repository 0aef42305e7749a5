// SPDX-License-Identifier: Apache-2.0
// Text to numbers: the strict family (whole string, errors) and the old one (as far as it goes).
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "lib/kstrtox.h"
#include "lib/result.h"
#include "port/order.h"

namespace {

int digit_value(char c) {
    if (isdigit(c))
        return c - '0';
    char lower = tolower(c);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// The number that a whole text is, its sign already taken off. One newline may follow.
result<unsigned long long> magnitude_of(const char *s, unsigned int base) {
    unsigned long long value;
    bool overflow = false;
    const char *const digits = parse_integer_prefix(s, &base);
    const char *const rest = digits + parse_integer(digits, base, SIZE_MAX, &value, &overflow);

    if (overflow)
        return failure(-ERANGE);
    const bool whole = rest != digits && rest[*rest == '\n'] == '\0';
    return whole ? result<unsigned long long>(value) : failure(-EINVAL);
}

// The same of any integer type: a signed one may begin with a minus, and each has its own limit.
template <class T>
result<T> number_of(const char *s, unsigned int base) {
    constexpr bool has_sign = static_cast<T>(-1) < 0;
    constexpr unsigned long long most = ULLONG_MAX >> (64 - 8 * sizeof(T) + has_sign);
    const bool negative = has_sign && *s == '-';
    result<unsigned long long> magnitude = magnitude_of(s + (negative || *s == '+'), base);

    if (!magnitude)
        return magnitude.fail();
    if (*magnitude > most + negative)
        return failure(-ERANGE);
    return static_cast<T>(negative ? 0 - *magnitude : *magnitude);
}

// What a text says of a switch: its first letter, or the first two, in either case.
struct truth_word {
    char first, second; // second: 0: any
    bool value;
};
constexpr truth_word truth_words[] = {
    {'1', 0, true},  {'y', 0, true},  {'t', 0, true},  {'o', 'n', true},
    {'0', 0, false}, {'n', 0, false}, {'f', 0, false}, {'o', 'f', false},
};

result<bool> truth_of(const char *s) {
    for (const truth_word &word : truth_words)
        if (tolower(s[0]) == word.first && (!word.second || tolower(s[1]) == word.second))
            return word.value;
    return failure(-EINVAL);
}

// The caller's variable changes only if there is a value.
template <class T>
int store(result<T> found, T *where) {
    if (found) {
        port_order(ORDER_memory_write, where, sizeof(*where), nullptr); // the caller's access
        *where = *found;
    }
    return found.error();
}

template <class T>
int parse(const char *s, unsigned int base, T *where) {
    return store(number_of<T>(s, base), where);
}

// The first characters, at most `most`, of what a program wrote.
template <size_t most>
class user_text {
public:
    user_text(const char __user *s, size_t count)
        : readable_(copy_from_user(text_, s, min(count, most)) == 0) {}

    template <class T, class Reader>
    result<T> read_as(Reader reader) const {
        return readable_ ? reader(text_) : failure(-EFAULT);
    }

private:
    char text_[most + 1] = {};
    bool readable_;
};

// A number is never longer than 64 binary digits with sign, prefix and newline.
template <class T>
int parse_from_user(const char __user *s, size_t count, unsigned int base, T *where) {
    const user_text<1 + 2 + 64 + 1> text(s, count);
    return store(text.template read_as<T>([base](const char *t) { return number_of<T>(t, base); }), where);
}

} // namespace

// "0x" before a hex digit, or "0": they say the base where nothing has, and "0x" may stand before hex digits in any
// case.
const char *parse_integer_prefix(const char *s, unsigned int *base) {
    const bool zero = *s == '0';
    const bool hex = zero && tolower(s[1]) == 'x' && isxdigit(s[2]);
    const unsigned int said = hex ? 16 : zero ? 8 : 10;

    if (!*base)
        *base = said;
    return s + (hex && *base == said ? 2 : 0);
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
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtoll);

int kstrtoul(const char *s, unsigned int base, unsigned long *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtoul);

int kstrtol(const char *s, unsigned int base, long *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtol);

int kstrtouint(const char *s, unsigned int base, unsigned int *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtouint);

int kstrtoint(const char *s, unsigned int base, int *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtoint);

int kstrtou16(const char *s, unsigned int base, u16 *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtou16);

int kstrtos16(const char *s, unsigned int base, s16 *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtos16);

int kstrtou8(const char *s, unsigned int base, u8 *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtou8);

int kstrtos8(const char *s, unsigned int base, s8 *res) {
    return parse(s, base, res);
}
EXPORT_SYMBOL(kstrtos8);

int kstrtobool(const char *s, bool *res) {
    return store(s ? truth_of(s) : failure(-EINVAL), res);
}
EXPORT_SYMBOL(kstrtobool);

int kstrtoull_from_user(const char __user *s, size_t count, unsigned int base, unsigned long long *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtoull_from_user);

int kstrtoll_from_user(const char __user *s, size_t count, unsigned int base, long long *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtoll_from_user);

int kstrtoul_from_user(const char __user *s, size_t count, unsigned int base, unsigned long *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtoul_from_user);

int kstrtol_from_user(const char __user *s, size_t count, unsigned int base, long *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtol_from_user);

int kstrtouint_from_user(const char __user *s, size_t count, unsigned int base, unsigned int *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtouint_from_user);

int kstrtoint_from_user(const char __user *s, size_t count, unsigned int base, int *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtoint_from_user);

int kstrtou8_from_user(const char __user *s, size_t count, unsigned int base, u8 *res) {
    return parse_from_user(s, count, base, res);
}
EXPORT_SYMBOL(kstrtou8_from_user);

int kstrtobool_from_user(const char __user *s, size_t count, bool *res) {
    return store(user_text<3>(s, count).read_as<bool>(truth_of), res);
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
    const bool negative = *s == '-';
    const u64 sign = negative ? ~0ull : 1;

    return static_cast<long long>(sign * simple_strtoull(negative ? s + 1 : s, end, base));
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
