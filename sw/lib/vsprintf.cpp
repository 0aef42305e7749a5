// SPDX-License-Identifier: Apache-2.0
// Formatted output. The language is that of Linux's Documentation/core-api/printk-formats.rst.
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

#include "lib/guard.h"
#include "lib/vsprintf.h"

void format_text(text_buffer &out, const char *s, size_t count, const printf_spec &spec) {
    int padding = spec.width - static_cast<int>(count);

    if (!spec.left)
        out.put(' ', padding);
    out.put(s, count);
    if (spec.left)
        out.put(' ', padding);
}

void format_string(text_buffer &out, const char *s, const printf_spec &spec) {
    // What is not a pointer to a string is named instead of read.
    if (!s)
        s = "(null)";
    else if (reinterpret_cast<unsigned long>(s) < PAGE_SIZE || IS_ERR_VALUE(s))
        s = "(efault)";
    format_text(out, s, spec.precision < 0 ? strlen(s) : strnlen(s, spec.precision), spec);
}

void format_number(text_buffer &out, unsigned long long value, const printf_spec &spec) {
    const char *digits = spec.upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char reversed[64];
    int count = 0;
    char sign = 0;

    if (spec.is_signed && static_cast<long long>(value) < 0) {
        sign = '-';
        value = 0 - value;
    } else if (spec.is_signed && spec.plus)
        sign = '+';
    else if (spec.is_signed && spec.space)
        sign = ' ';

    bool prefix = spec.special && spec.base != 10 && (value != 0 || spec.base == 16);
    if (spec.base == 10)
        do
            reversed[count++] = static_cast<char>('0' + value % 10);
        while (value /= 10);
    else {
        int shift = spec.base == 16 ? 4 : 3;

        do
            reversed[count++] = digits[value & (spec.base - 1)];
        while (value >>= shift);
    }

    int zeros = max(spec.precision - count, 0);
    int padding = spec.width - count - zeros - (sign != 0) - (prefix ? (spec.base == 16 ? 2 : 1) : 0);
    if (spec.zero && !spec.left && padding > 0) {
        zeros += padding;
        padding = 0;
    }
    if (!spec.left)
        out.put(' ', padding);
    if (sign)
        out.put(sign);
    if (prefix) {
        out.put('0');
        if (spec.base == 16)
            out.put(spec.upper ? 'X' : 'x');
    }
    out.put('0', zeros);
    while (count)
        out.put(reversed[--count]);
    if (spec.left)
        out.put(' ', padding);
}

void format_address(text_buffer &out, unsigned long long value, int bytes) {
    printf_spec spec;

    spec.base = 16;
    spec.special = true;
    spec.zero = true;
    spec.width = 2 + 2 * bytes;
    format_number(out, value, spec);
}

namespace {

enum class size_qualifier { none, hh, h, l, ll, z, t };

int parse_decimal(const char *&fmt) {
    int value = 0;

    while (isdigit(*fmt))
        value = value * 10 + (*fmt++ - '0');
    return value;
}

size_qualifier parse_qualifier(const char *&fmt) {
    switch (*fmt) {
    case 'h':
        fmt++;
        if (*fmt != 'h')
            return size_qualifier::h;
        fmt++;
        return size_qualifier::hh;
    case 'l':
        fmt++;
        if (*fmt != 'l')
            return size_qualifier::l;
        fmt++;
        return size_qualifier::ll;
    case 'L':
        fmt++;
        return size_qualifier::ll;
    case 'z':
    case 'Z':
        fmt++;
        return size_qualifier::z;
    case 't':
        fmt++;
        return size_qualifier::t;
    default:
        return size_qualifier::none;
    }
}

// The argument as 64 bits, sign-extended where the conversion is signed.
unsigned long long integer_argument(va_list *args, size_qualifier qualifier, bool is_signed) {
    switch (qualifier) {
    case size_qualifier::ll:
        return va_arg(*args, unsigned long long);
    case size_qualifier::l:
    case size_qualifier::z:
    case size_qualifier::t:
        return va_arg(*args, unsigned long);
    default:
        break;
    }
    unsigned int value = va_arg(*args, unsigned int);
    switch (qualifier) {
    case size_qualifier::hh:
        return is_signed ? static_cast<unsigned long long>(static_cast<s8>(value)) : static_cast<u8>(value);
    case size_qualifier::h:
        return is_signed ? static_cast<unsigned long long>(static_cast<s16>(value)) : static_cast<u16>(value);
    default:
        return is_signed ? static_cast<unsigned long long>(static_cast<int>(value)) : value;
    }
}

void format(text_buffer &out, const char *fmt, va_list *args) {
    while (*fmt) {
        const char *percent = strchrnul(fmt, '%');

        out.put(fmt, percent - fmt);
        if (!*percent)
            return;
        fmt = percent + 1;

        printf_spec spec;
        for (;; fmt++) {
            if (*fmt == '-')
                spec.left = true;
            else if (*fmt == '+')
                spec.plus = true;
            else if (*fmt == ' ')
                spec.space = true;
            else if (*fmt == '#')
                spec.special = true;
            else if (*fmt == '0')
                spec.zero = true;
            else
                break;
        }
        if (isdigit(*fmt))
            spec.width = parse_decimal(fmt);
        else if (*fmt == '*') {
            fmt++;
            spec.width = va_arg(*args, int);
            if (spec.width < 0) {
                spec.left = true;
                spec.width = -spec.width;
            }
        }
        if (*fmt == '.') {
            fmt++;
            if (*fmt == '*') {
                fmt++;
                spec.precision = max(va_arg(*args, int), 0);
            } else if (isdigit(*fmt)) // a bare period asks for nothing, unlike C's
                spec.precision = parse_decimal(fmt);
        }
        size_qualifier qualifier = parse_qualifier(fmt);

        switch (*fmt) {
        case 'c': {
            char c = static_cast<char>(va_arg(*args, int));
            format_text(out, &c, 1, spec);
            break;
        }
        case 's':
            format_string(out, va_arg(*args, const char *), spec);
            break;
        case 'p':
            format_pointer(out, fmt + 1, va_arg(*args, const void *), spec);
            while (isalnum(fmt[1]))
                fmt++;
            break;
        case '%':
            out.put('%');
            break;
        case 'd':
        case 'i':
            spec.is_signed = true;
            format_number(out, integer_argument(args, qualifier, true), spec);
            break;
        case 'u':
            format_number(out, integer_argument(args, qualifier, false), spec);
            break;
        case 'X':
            spec.upper = true;
            fallthrough;
        case 'x':
            spec.base = 16;
            format_number(out, integer_argument(args, qualifier, false), spec);
            break;
        case 'o':
            spec.base = 8;
            format_number(out, integer_argument(args, qualifier, false), spec);
            break;
        default:
            // The arguments no longer fit the text: what is left of it is shown as it stands.
            out.put(percent, strlen(percent));
            return;
        }
        fmt++;
    }
}

} // namespace

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args) {
    text_buffer out(buf, size);
    va_list copy;

    va_copy(copy, args);
    format(out, fmt, &copy);
    va_end(copy);
    if (size)
        buf[min(out.length(), size - 1)] = '\0';
    return out.length();
}
EXPORT_SYMBOL(vsnprintf);

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args) {
    // A buffer holds all but its NUL; one without a byte holds nothing.
    const size_t room = size - (size != 0), wanted = static_cast<size_t>(vsnprintf(buf, size, fmt, args));
    return static_cast<int>(min(wanted, room));
}
EXPORT_SYMBOL(vscnprintf);

int vsprintf(char *buf, const char *fmt, va_list args) {
    return vsnprintf(buf, INT_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...) {
    VARARGS(args, fmt);
    return vsnprintf(buf, size, fmt, args);
}
EXPORT_SYMBOL(snprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...) {
    VARARGS(args, fmt);
    return vscnprintf(buf, size, fmt, args);
}
EXPORT_SYMBOL(scnprintf);

int sprintf(char *buf, const char *fmt, ...) {
    VARARGS(args, fmt);
    return vsprintf(buf, fmt, args);
}
EXPORT_SYMBOL(sprintf);

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args) {
    // Most texts are names: a short one is formatted once and copied.
    char brief[64];
    const size_t bytes = static_cast<size_t>(vsnprintf(brief, sizeof(brief), fmt, args)) + 1;
    char *const text = static_cast<char *>(kmalloc(bytes, gfp));

    if (text && bytes <= sizeof(brief))
        memcpy(text, brief, bytes);
    else if (text)
        vsnprintf(text, bytes, fmt, args);
    return text;
}
EXPORT_SYMBOL(kvasprintf);

const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args) {
    return kvasprintf(gfp, fmt, args);
}
EXPORT_SYMBOL(kvasprintf_const);

char *kasprintf(gfp_t gfp, const char *fmt, ...) {
    VARARGS(args, fmt);
    return kvasprintf(gfp, fmt, args);
}
EXPORT_SYMBOL(kasprintf);

int num_to_str(char *buf, int size, unsigned long long num, unsigned int width) {
    int length = snprintf(buf, size, "%*llu", static_cast<int>(width), num);

    return length < size ? length : 0;
}
