// SPDX-License-Identifier: Apache-2.0
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "lib/guard.h"
#include "lib/kstrtox.h"

namespace {

void store(va_list *args, int bytes, unsigned long long value) {
    void *where = va_arg(*args, void *);

    switch (bytes) {
    case 1:
        *static_cast<u8 *>(where) = static_cast<u8>(value);
        break;
    case 2:
        *static_cast<u16 *>(where) = static_cast<u16>(value);
        break;
    case 4:
        *static_cast<u32 *>(where) = static_cast<u32>(value);
        break;
    default:
        *static_cast<u64 *>(where) = value;
        break;
    }
}

// The members of %[...]; `set` stands behind the bracket and moves behind the closing one.
bool parse_set(const char *&set, bool (&member)[256]) {
    bool negated = *set == '^';

    if (negated)
        set++;
    for (bool &m : member)
        m = negated;
    if (*set == ']')
        return false;
    for (; *set && *set != ']'; set++)
        member[static_cast<u8>(*set)] = !negated;
    if (!*set)
        return false;
    set++;
    return true;
}

} // namespace

int vsscanf(const char *buf, const char *fmt, va_list list) {
    const char *s = buf;
    int converted = 0;
    va_list args;

    va_copy(args, list);
    while (*fmt) {
        if (isspace(*fmt)) {
            fmt = skip_spaces(fmt);
            s = skip_spaces(s);
            continue;
        }
        if (*fmt != '%' || fmt[1] == '%') {
            if (*fmt == '%')
                fmt++;
            if (*fmt++ != *s++)
                break;
            continue;
        }
        fmt++;

        bool discard = *fmt == '*';
        if (discard)
            fmt++;
        size_t width = SIZE_MAX;
        if (isdigit(*fmt)) {
            unsigned long long value;
            bool overflow = false;
            fmt += parse_integer(fmt, 10, SIZE_MAX, &value, &overflow);
            width = value;
            if (!width)
                break;
        }
        int bytes = 4;
        for (;; fmt++) {
            if (*fmt == 'h')
                bytes /= 2;
            else if (*fmt == 'l' || *fmt == 'L' || *fmt == 'z')
                bytes = 8;
            else
                break;
        }

        char conversion = *fmt++;
        if (conversion == 'n') {
            if (!discard)
                store(&args, bytes, s - buf);
            continue;
        }
        if (!*s)
            break;
        if (conversion == 'c') {
            char *to = discard ? NULL : va_arg(args, char *);

            if (width == SIZE_MAX)
                width = 1;
            for (; width && *s; width--, s++)
                if (to)
                    *to++ = *s;
            converted += !discard;
            continue;
        }
        if (conversion == 's' || conversion == '[') {
            bool member[256];

            if (conversion == '[') {
                if (width == SIZE_MAX || !parse_set(fmt, member)) // a set needs a width
                    break;
            } else {
                s = skip_spaces(s);
                for (int c = 0; c < 256; c++)
                    member[c] = !isspace(c);
            }
            if (!*s || !member[static_cast<u8>(*s)])
                break;
            char *to = discard ? NULL : va_arg(args, char *);
            for (; width && *s && member[static_cast<u8>(*s)]; width--, s++)
                if (to)
                    *to++ = *s;
            if (to)
                *to = '\0';
            converted += !discard;
            continue;
        }

        unsigned int base = 10;
        bool is_signed = false;
        if (conversion == 'd' || conversion == 'i') {
            is_signed = true;
            base = conversion == 'i' ? 0 : 10;
        } else if (conversion == 'x' || conversion == 'X')
            base = 16;
        else if (conversion == 'o')
            base = 8;
        else if (conversion != 'u')
            break;

        s = skip_spaces(s);
        bool negative = is_signed && *s == '-';
        if (negative) {
            s++;
            width--;
        }
        const char *digits = parse_integer_prefix(s, &base);
        bool prefixed = digits != s && static_cast<size_t>(digits - s) <= width;
        if (prefixed) {
            width -= digits - s;
            s = digits;
        }
        unsigned long long value;
        bool overflow = false;
        size_t used = parse_integer(s, base, width, &value, &overflow);
        if (!used && !(prefixed && !width)) // a field that a prefix fills is 0
            break;
        s += used;
        if (!discard) {
            store(&args, bytes, negative ? 0 - value : value);
            converted++;
        }
    }
    va_end(args);
    return converted;
}
EXPORT_SYMBOL(vsscanf);

int sscanf(const char *buf, const char *fmt, ...) {
    VARARGS(args, fmt);
    return vsscanf(buf, fmt, args);
}
EXPORT_SYMBOL(sscanf);
