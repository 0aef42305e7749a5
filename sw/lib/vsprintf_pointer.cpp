// SPDX-License-Identifier: Apache-2.0
// The extensions of %p. No host address leaves here: what is printed is the simulated address, or a hash of it.
#include <asm/page.h>
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/property.h>

#include "lib/vsprintf.h"
#include "port/kernel.h"

// Addresses are the same in every run: hashing them hides nothing and is as Linux prints them.
bool no_hash_pointers;
EXPORT_SYMBOL_GPL(no_hash_pointers);

namespace {

// What stands in the way of looking at *ptr; nothing for a plausible pointer.
const char *pointer_complaint(const void *ptr) {
    if (!ptr)
        return "(null)";
    if (reinterpret_cast<unsigned long>(ptr) < PAGE_SIZE || IS_ERR_VALUE(ptr))
        return "(efault)";
    return NULL;
}

void put_string(text_buffer &out, const char *s) {
    out.put(s, strlen(s));
}

void format_plain_pointer(text_buffer &out, unsigned long long value, printf_spec spec) {
    spec.base = 16;
    if (spec.width < 0) {
        spec.width = 2 * sizeof(void *);
        spec.zero = true;
    }
    format_number(out, value, spec);
}

// What is below the lowest address that a process can map is a number, and not a pointer.
u64 address_of(const void *ptr) {
    const u64 number = reinterpret_cast<unsigned long>(ptr);
    const bool is_address = number >= 0x10000 && !(number >> 47); // others are poison, error codes, numbers
    return is_address ? port_address(ptr) : number;
}

// Linux hides addresses behind a keyed hash of 32 bits. The key is fixed here, so that a run can be repeated.
void format_hashed_pointer(text_buffer &out, const void *ptr, const printf_spec &spec) {
    if (IS_ERR_OR_NULL(ptr))
        return format_plain_pointer(out, reinterpret_cast<unsigned long>(ptr), spec);
    u64 hash = port_address(ptr) ^ 0x6a09e667f3bcc908ULL;
    for (int round = 0; round < 3; round++) {
        hash ^= hash >> 32;
        hash *= 0xd6e8feb86659fd93ULL;
    }
    format_plain_pointer(out, (hash ^ (hash >> 32)) & 0xffffffff, spec);
}

// %pS, %pB: name+offset/size [module]; %ps without the offset.
void format_symbol(text_buffer &out, const void *ptr, char letter, const printf_spec &spec) {
    char text[256];
    struct port_symbol symbol;
    // A return address may lie behind the last instruction of its function.
    const char *address = static_cast<const char *>(ptr) - (letter == 'B');

    if (!port_symbol(address, &symbol))
        scnprintf(text, sizeof(text), "0x%lx", static_cast<unsigned long>(port_address(ptr)));
    else if (letter == 's')
        scnprintf(text, sizeof(text), symbol.module ? "%s [%s]" : "%s", symbol.name, symbol.module);
    else
        scnprintf(text, sizeof(text), symbol.module ? "%s+%#lx/%#lx [%s]" : "%s+%#lx/%#lx", symbol.name,
                  static_cast<unsigned long>(symbol.offset + (letter == 'B')), static_cast<unsigned long>(symbol.size),
                  symbol.module);
    format_string(out, text, spec);
}

// %*pb: groups of 32 bits in hex, the highest first.
void format_bitmap(text_buffer &out, const unsigned long *bitmap, int bits) {
    printf_spec spec;
    bool first = true;

    spec.base = 16;
    spec.zero = true;
    for (int low = (max(bits, 1) - 1) & ~31; low >= 0; low -= 32) {
        int width = min(bits - low, 32);
        u32 chunk = bits > 0 ? static_cast<u32>(bitmap[low / 64] >> (low % 64)) : 0;

        if (width < 32)
            chunk &= (1U << max(width, 0)) - 1;
        if (!first)
            out.put(',');
        first = false;
        spec.width = max(DIV_ROUND_UP(width, 4), 1);
        format_number(out, chunk, spec);
    }
}

// %*pbl: ranges.
void format_bitmap_list(text_buffer &out, const unsigned long *bitmap, int bits) {
    printf_spec spec;
    bool first = true;
    unsigned long size = max(bits, 0);

    for (unsigned long start = find_first_bit(bitmap, size); start < size;) {
        unsigned long end = find_next_zero_bit(bitmap, size, start);

        if (!first)
            out.put(',');
        first = false;
        format_number(out, start, spec);
        if (end - start > 1) {
            out.put('-');
            format_number(out, end - 1, spec);
        }
        start = find_next_bit(bitmap, size, end);
    }
}

// How the numbers of each kind of resource are written.
struct resource_kind {
    unsigned long flag;
    const char *name, *number;
};
constexpr resource_kind resource_kinds[] = {{IORESOURCE_IO, "io  ", "%#06llx"}, {IORESOURCE_MEM, "mem ", "%#010llx"},
                                            {IORESOURCE_IRQ, "irq ", "%llu"},   {IORESOURCE_DMA, "dma ", "%llu"},
                                            {IORESOURCE_BUS, "bus ", "%02llx"}, {0, "??? ", "%#010llx"}};

const resource_kind &kind_of(const struct resource &res) {
    const resource_kind *kind = resource_kinds;

    while (kind->flag && (res.flags & IORESOURCE_TYPE_BITS & kind->flag) != kind->flag)
        kind++;
    return *kind;
}

// %pr: "[mem 0xfe740000-0xfe7400ff]"; %pR with the flags that matter.
void format_resource(text_buffer &out, const struct resource *res, bool decode) {
    const resource_kind &kind = kind_of(*res);
    char text[96];
    int length = scnprintf(text, sizeof(text), "[%s", kind.name);
    const auto add_number = [&](const char *before, u64 number) {
        length += scnprintf(text + length, sizeof(text) - length, "%s", before);
        length += scnprintf(text + length, sizeof(text) - length, kind.number, number);
    };

    decode &= kind.flag != 0; // of an unknown kind the flags say more
    if (decode && (res->flags & IORESOURCE_UNSET)) {
        add_number("size ", res->end - res->start + 1);
    } else {
        add_number("", res->start);
        if (res->start != res->end)
            add_number("-", res->end);
    }
    put_string(out, text);
    if (decode && (res->flags & IORESOURCE_DISABLED))
        put_string(out, " disabled");
    if (!decode) {
        scnprintf(text, sizeof(text), " flags 0x%lx", res->flags);
        put_string(out, text);
    }
    out.put(']');
}

// %p4cc: the four characters of a pixel format, the order of its bytes, and the number.
void format_fourcc(text_buffer &out, u32 code, const printf_spec &spec) {
    constexpr u32 big_endian = 1U << 31;
    char text[48];
    char letters[5] = "";

    for (int i = 0; i < 4; i++) {
        char c = static_cast<char>((code & ~big_endian) >> (8 * i));
        letters[i] = isascii(c) && isprint(c) ? c : '.';
    }
    scnprintf(text, sizeof(text), "%s %s-endian (0x%08x)", letters, code & big_endian ? "big" : "little", code);
    format_string(out, text, spec);
}

// %*pE: which bytes are written as escapes is told by the letters behind it.
struct escapes {
    bool space = false, special = false, null = false, octal = false, hex = false, unprintable_only = false;

    explicit escapes(const char *letters) {
        const char *at = letters;

        for (; *at && strchr("achnops", *at); at++) {
            any(*at == 'a');
            special |= *at == 'c';
            hex |= *at == 'h';
            null |= *at == 'n';
            octal |= *at == 'o';
            unprintable_only |= *at == 'p';
            space |= *at == 's';
        }
        any(at == letters);
        unprintable_only |= at == letters;
    }

    void any(bool wanted) {
        space |= wanted;
        special |= wanted;
        null |= wanted;
        octal |= wanted;
    }
};

// The letter of a byte's short escape, which stands as far behind the byte in `pairs`; 0 if it has none.
char short_escape(u8 byte, const char *pairs) {
    for (; *pairs; pairs += 2)
        if (static_cast<u8>(pairs[0]) == byte)
            return pairs[1];
    return 0;
}

void format_escaped(text_buffer &out, const u8 *bytes, int count, const char *letters) {
    const escapes wanted(letters);

    for (int i = 0; i < count; i++) {
        const u8 byte = bytes[i];
        char letter = 0;

        if (wanted.unprintable_only && isprint(byte)) {
            out.put(byte);
            continue;
        }
        if (wanted.space)
            letter = short_escape(byte, "\nn\rr\tt\vv\ff");
        if (!letter && wanted.special)
            letter = short_escape(byte, "\\\\\"\"\aa\x1b"
                                        "e");
        if (!letter && wanted.null && !byte)
            letter = '0';
        char text[8];
        if (letter)
            scnprintf(text, sizeof(text), "\\%c", letter);
        else if (wanted.octal)
            scnprintf(text, sizeof(text), "\\%03o", byte);
        else if (wanted.hex)
            scnprintf(text, sizeof(text), "\\x%02x", byte);
        else {
            out.put(byte);
            continue;
        }
        put_string(out, text);
    }
}

// Bytes in hex with a separator: %*ph (also C, D, N behind it), %pM.
void format_bytes(text_buffer &out, const u8 *bytes, int count, char separator, bool reverse) {
    for (int i = 0; i < count; i++) {
        u8 byte = bytes[reverse ? count - 1 - i : i];

        if (i && separator)
            out.put(separator);
        out.put(hex_asc_hi(byte));
        out.put(hex_asc_lo(byte));
    }
}

void format_uuid(text_buffer &out, const u8 *bytes, char letter) {
    static const u8 big_endian[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    static const u8 little_endian[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    bool little = letter == 'l' || letter == 'L';
    bool upper = letter == 'L' || letter == 'B';

    for (int i = 0; i < 16; i++) {
        u8 byte = bytes[little ? little_endian[i] : big_endian[i]];
        const char *digits = upper ? hex_asc_upper : hex_asc;

        if (i == 4 || i == 6 || i == 8 || i == 10)
            out.put('-');
        out.put(digits[byte >> 4]);
        out.put(digits[byte & 15]);
    }
}

// The path from the root: the node's name is the last component of its full_name.
void format_node_path(text_buffer &out, const struct device_node *node) {
    const struct device_node *path[32];
    int depth = 0;

    for (; node->parent && depth < 32; node = node->parent)
        path[depth++] = node;
    if (!depth)
        out.put('/');
    while (depth) {
        out.put('/');
        put_string(out, kbasename(path[--depth]->full_name));
    }
}

// %pOF[fnpP]: the parts asked for, with a colon between them; the full path where none is named.
void format_device_node(text_buffer &out, const struct device_node *node, const char *parts, const printf_spec &spec) {
    char text[256];
    text_buffer all(text, sizeof(text) - 1);

    if (!isalpha(*parts))
        parts = "f";
    for (const char *part = parts; isalpha(*part); part++) {
        const char *name = kbasename(node->full_name);
        printf_spec number;

        if (part != parts)
            all.put(':');
        if (*part == 'f')
            format_node_path(all, node);
        else if (*part == 'n')
            all.put(name, strcspn(name, "@"));
        else if (*part == 'P')
            put_string(all, *name ? name : "/");
        else if (*part == 'p')
            format_number(all, node->phandle, number);
    }
    text[min(all.length(), sizeof(text) - 1)] = '\0';
    format_string(out, text, spec);
}

} // namespace

void format_pointer(text_buffer &out, const char *extension, const void *ptr, printf_spec spec) {
    char letter = *extension;
    const u8 *bytes = static_cast<const u8 *>(ptr);

    // These do not look at what the pointer points to.
    switch (letter) {
    case 'S':
    case 's':
    case 'B':
        return format_symbol(out, ptr, letter, spec);
    case 'x':
        return format_plain_pointer(out, address_of(ptr), spec);
    case 'e': {
        if (!IS_ERR(ptr))
            return format_hashed_pointer(out, ptr, spec);
        if (const char *name = errname(static_cast<int>(PTR_ERR(ptr))))
            return format_string(out, name, spec);
        char number[16];
        scnprintf(number, sizeof(number), "%ld", PTR_ERR(ptr));
        return format_string(out, number, spec);
    }
    case '4':
        if (extension[1] == 'c' && extension[2] == 'c')
            break;
        return format_hashed_pointer(out, ptr, spec);
    case 'd':
    case 'D':
    case 'f':
    case 'E':
    case 'a':
    case 'b':
    case 'h':
    case 'M':
    case 'm':
    case 'R':
    case 'r':
    case 'U':
    case 'V':
    case 'O':
        break;
    case 't':
        break;
    case 'I':
    case 'i':
        if (extension[1] == '4' || extension[1] == '6' || extension[1] == 'S')
            break;
        return format_hashed_pointer(out, ptr, spec);
    case 'G':
        if (extension[1] == 'g' || extension[1] == 'v')
            break;
        fallthrough;
    default: // %p, %pK
        return format_hashed_pointer(out, ptr, spec);
    }

    if (const char *complaint = pointer_complaint(ptr)) {
        spec.precision = -1;
        return format_string(out, complaint, spec);
    }
    switch (letter) {
    case '4':
        return format_fourcc(out, *static_cast<const u32 *>(ptr), spec);
    case 'E':
        return format_escaped(out, bytes, spec.width < 0 ? 1 : spec.width, extension + 1);
    case 'a':
        return format_address(out, *static_cast<const u64 *>(ptr), 8);
    case 'b':
        if (extension[1] == 'l')
            return format_bitmap_list(out, static_cast<const unsigned long *>(ptr), spec.width);
        return format_bitmap(out, static_cast<const unsigned long *>(ptr), spec.width);
    case 'h': {
        char separator = extension[1] == 'C' ? ':' : extension[1] == 'D' ? '-' : extension[1] == 'N' ? '\0' : ' ';
        return format_bytes(out, bytes, spec.width < 0 ? 1 : min(spec.width, 64), separator, false);
    }
    case 'M':
        return format_mac(out, bytes, extension[1] == 'F' ? '-' : ':', extension[1] == 'R', spec);
    case 'm':
        return format_mac(out, bytes, '\0', extension[1] == 'R', spec);
    case 'R':
    case 'r':
        return format_resource(out, static_cast<const struct resource *>(ptr), letter == 'R');
    case 'U':
        return format_uuid(out, bytes, extension[1]);
    case 'V': {
        const struct va_format *inner = static_cast<const struct va_format *>(ptr);
        char text[512];

        vscnprintf(text, sizeof(text), inner->fmt, *inner->va);
        return format_string(out, text, spec);
    }
    case 'O':
        if (extension[1] != 'F')
            return format_hashed_pointer(out, ptr, spec);
        return format_device_node(out, static_cast<const struct device_node *>(ptr), extension + 2, spec);
    case 't':
        return format_time_of_day(out, extension + 1, ptr, spec);
    case 'f':
        if (extension[1] != 'w')
            return format_string(out, "(%pf?)", spec);
        return format_fwnode(out, static_cast<const fwnode_handle *>(ptr), extension[2], spec);
    case 'G':
        if (extension[1] == 'v')
            return format_vm_flags(out, *static_cast<const unsigned long *>(ptr));
        return format_gfp(out, *static_cast<const gfp_t *>(ptr));
    case 'd':
        return format_dentry(out, static_cast<const dentry *>(ptr), extension[1], spec);
    case 'D':
        return format_dentry(out, static_cast<const file *>(ptr)->f_path.dentry, extension[1], spec);
    default:
        if (extension[1] == 'S')
            return format_socket_address(out, bytes, letter == 'i', extension + 2, spec);
        if (extension[1] == '6')
            return format_ipv6(out, bytes, letter == 'I', letter == 'I' && extension[2] == 'c', spec);
        return format_ipv4(out, bytes, letter == 'i', extension[2], spec);
    }
}
