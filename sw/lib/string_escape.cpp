// SPDX-License-Identifier: Apache-2.0
// Bytes as sequences that start with a backslash, and back; sizes with units (Linux: lib/string_helpers.c).
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

#include "lib/guard.h"

namespace {

// Bytes and the letters of their sequences, in pairs.
constexpr const char *spaces = "\ff\nn\rr\tt\vv", *specials = "\"\"\\\\\aa\x1b"
                                                              "e";

// The other half of a pair: `from` 0 looks for the byte, 1 for the letter. -1: it is in no pair.
int other_half(const char *pairs, unsigned char c, int from) {
    for (; *pairs; pairs += 2)
        if (static_cast<unsigned char>(pairs[from]) == c)
            return static_cast<unsigned char>(pairs[1 - from]);
    return -1;
}

// The number of up to `most` digits of a base at *at, which moves behind it. A byte holds it. -1: there is no digit.
int number_at(const char **at, unsigned int base, int most) {
    int value = -1;
    for (; most; most--, (*at)++) {
        const int digit = hex_to_bin(**at), next = max(value, 0) * static_cast<int>(base) + digit;
        if (digit < 0 || digit >= static_cast<int>(base) || next > 255)
            break;
        value = next;
    }
    return value;
}

// The byte of the sequence behind a backslash at *at, which moves behind it; -1: it is none of `flags`.
int sequence_at(const char **at, unsigned int flags) {
    const char c = **at;
    int byte = flags & UNESCAPE_SPACE ? other_half(spaces, c, 1) : -1;
    if (byte < 0 && flags & UNESCAPE_SPECIAL)
        byte = other_half(specials, c, 1);
    if (byte >= 0) {
        ++*at;
        return byte;
    }
    if (flags & UNESCAPE_OCTAL && (byte = number_at(at, 8, 3)) >= 0)
        return byte;
    const char *digits = *at + 1;
    if (flags & UNESCAPE_HEX && c == 'x' && (byte = number_at(&digits, 16, 2)) >= 0)
        *at = digits;
    return byte;
}

// Output that counts what does not fit.
struct counted {
    char *at, *end;
    int length = 0;

    void put(char c) {
        if (at < end)
            *at++ = c;
        length++;
    }
    void sequence(char letter) {
        put('\\');
        put(letter);
    }
};

// Whether the caller leaves a byte alone, regardless of what classes it wants escaped.
bool left_alone(unsigned char c, unsigned int flags, const char *only) {
    const bool named = only && *only && strchr(only, c);
    if (flags & ESCAPE_APPEND ? named : false)
        return false;
    if (only && *only && !named && !(flags & ESCAPE_APPEND))
        return true;
    return (flags & ESCAPE_NAP && isascii(c) && isprint(c)) || (flags & ESCAPE_NP && isprint(c)) ||
           (flags & ESCAPE_NA && isascii(c));
}

void escape(counted &out, unsigned char c, unsigned int flags) {
    int letter = flags & ESCAPE_SPACE ? other_half(spaces, c, 0) : -1;
    if (letter < 0 && flags & ESCAPE_SPECIAL)
        letter = other_half(specials, c, 0);
    if (letter < 0 && flags & ESCAPE_NULL && !c)
        letter = '0';
    if (letter >= 0) {
        out.sequence(letter);
    } else if (flags & ESCAPE_OCTAL) {
        out.sequence('0' + (c >> 6));
        out.put('0' + (c >> 3 & 7));
        out.put('0' + (c & 7));
    } else if (flags & ESCAPE_HEX) {
        out.sequence('x');
        out.put("0123456789abcdef"[c >> 4]);
        out.put("0123456789abcdef"[c & 15]);
    } else {
        out.put(c);
    }
}

// Text in memory of its own, as long as what `write` puts out: it is asked once to measure and once to fill. Null
// without memory.
template <typename Write>
char *text_of(gfp_t gfp, Write write) {
    const int length = write(counted{nullptr, nullptr}).length;
    auto *const text = static_cast<char *>(kmalloc(length + 1, gfp));
    if (text)
        *write(counted{text, text + length}).at = '\0';
    return text;
}

// Integers behind their number, in memory for `room` ints. Null without memory.
int *numbers_in(const char *text, int room) {
    auto *const numbers = static_cast<int *>(kcalloc(room, sizeof(int), GFP_KERNEL));
    if (numbers)
        get_options(text, room, numbers);
    return numbers;
}

// A number of 128 bits that is divided by small ones.
struct wide {
    u32 limb[4];

    wide(u64 a, u64 b) {
        u64 part[4] = {};
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++) {
                const u64 product = (a >> (32 * i) & U32_MAX) * (b >> (32 * j) & U32_MAX);
                part[i + j] += product & U32_MAX;
                part[i + j + 1] += product >> 32;
            }
        u64 carry = 0;
        for (int i = 0; i < 4; i++) {
            carry += part[i];
            limb[i] = static_cast<u32>(carry);
            carry >>= 32;
        }
    }
    bool at_least(u32 n) const { return limb[3] || limb[2] || limb[1] || limb[0] >= n; }
    u32 divide(u32 by) {
        u64 rest = 0;
        for (int i = 3; i >= 0; i--) {
            rest = rest << 32 | limb[i];
            limb[i] = static_cast<u32>(rest / by);
            rest %= by;
        }
        return static_cast<u32>(rest);
    }
};

} // namespace

int string_unescape(char *src, char *dst, size_t size, unsigned int flags) {
    char *const start = dst;
    const char *at = src;
    size_t room = size ? size - 1 : SIZE_MAX;

    for (; *at && room; room--) {
        const char *behind = at + 1;
        int byte = *at == '\\' ? sequence_at(&behind, flags) : -1;
        *dst++ = byte < 0 ? *at++ : (at = behind, static_cast<char>(byte));
    }
    *dst = '\0';
    return dst - start;
}
EXPORT_SYMBOL(string_unescape);

int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags, const char *only) {
    counted out{dst, dst + osz};
    for (; isz; isz--, src++) {
        const auto c = static_cast<unsigned char>(*src);
        escape(out, c, left_alone(c, flags, only) ? 0 : flags);
    }
    return out.length;
}
EXPORT_SYMBOL(string_escape_mem);

// A copy for a line of a log: what could end the line or a quotation is a hex sequence. No copy of NULL.
char *kstrdup_quotable(const char *src, gfp_t gfp) {
    const auto quotable = [src](counted out) {
        for (const char *c = src; *c; c++)
            escape(out, static_cast<unsigned char>(*c), strchr("\f\n\r\t\v\a\x1b\\\"", *c) ? ESCAPE_HEX : 0);
        return out;
    };
    return src ? text_of(gfp, quotable) : nullptr;
}
EXPORT_SYMBOL_GPL(kstrdup_quotable);

void string_get_size(u64 size, u64 blk_size, string_size_units units, char *buf, int len) {
    static const char *const prefixes[] = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
    const u32 base = units == STRING_UNITS_2 ? 1024 : 1000;
    wide value(size, blk_size);
    u32 rest = 0;
    unsigned int step = 0;

    while (value.at_least(base) && step + 1 < ARRAY_SIZE(prefixes)) {
        rest = value.divide(base);
        step++;
    }
    const char *prefix = units == STRING_UNITS_2 && step == 1 ? "K" : prefixes[step];
    const char *unit = units == STRING_UNITS_2 && step ? "iB" : "B";
    // Three digits in all; what comes behind them rounds the last.
    u32 whole = value.limb[0];
    const u32 scale = !step || whole >= 100 ? 1 : whole >= 10 ? 10 : 100;
    u32 fraction = (rest * scale + base / 2) / base;
    if (fraction == scale) {
        whole++;
        fraction = 0;
    }
    if (scale == 1)
        snprintf(buf, len, "%u %s%s", whole, prefix, unit);
    else
        snprintf(buf, len, "%u.%0*u %s%s", whole, scale == 10 ? 1 : 2, fraction, prefix, unit);
}
EXPORT_SYMBOL(string_get_size);

// The caller owns *array afterwards: the number of integers, then these. -ENOENT, and *array stays: there are none.
int parse_int_array_user(const char __user *from, size_t count, int **array) {
    auto *const text = static_cast<char *>(memdup_user_nul(from, count));
    if (IS_ERR(text))
        return PTR_ERR(text);
    finally done([text] { kfree(text); });
    int there = 0;
    get_options(text, 0, &there);
    return !there ? -ENOENT : (*array = numbers_in(text, there + 1)) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(parse_int_array_user);
