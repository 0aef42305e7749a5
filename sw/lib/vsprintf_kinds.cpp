// SPDX-License-Identifier: Apache-2.0
// What %p can name: moments, nodes of the firmware, addresses of networks, flags of allocations, files.
#include <linux/dcache.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/property.h>
#include <linux/time.h>

#include "lib/vsprintf.h"

namespace {

// As struct rtc_time lies in memory.
struct rtc_fields {
    int sec, min, hour, mday, mon, year;
};

// Text of limited length that is padded as a whole.
class padded_text {
public:
    padded_text(text_buffer &out, const printf_spec &spec)
        : out_(out)
        , spec_(spec)
        , all_(text_, sizeof(text_)) {}
    ~padded_text() {
        const size_t length = min(all_.length(), sizeof(text_));
        format_text(out_, text_, spec_.precision < 0 ? length : min(length, size_t(spec_.precision)), spec_);
    }
    padded_text(const padded_text &) = delete;
    padded_text &operator=(const padded_text &) = delete;

    void add(const char *s) { all_.put(s, strlen(s)); }
    template <typename... Values>
    void add(const char *format, Values... values) {
        char piece[24];
        scnprintf(piece, sizeof(piece), format, values...);
        add(piece);
    }

private:
    text_buffer &out_;
    printf_spec spec_;
    char text_[256];
    text_buffer all_;
};

u16 group_of(const u8 *bytes, int i) {
    return static_cast<u16>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
}

// The longest run of groups that are 0, the first of its length; a single one is not worth it.
struct zero_run {
    int first = -1, length = 1;

    zero_run(const u8 *bytes, int groups) {
        for (int i = 0, begin = 0; i < groups; i++) {
            if (group_of(bytes, i)) {
                begin = i + 1;
            } else if (i + 1 - begin > length) {
                first = begin;
                length = i + 1 - begin;
            }
        }
    }
};

bool embeds_ipv4(const u8 *bytes) {
    return !memchr_inv(bytes, 0, 10) && bytes[10] == 0xff && bytes[11] == 0xff;
}

struct flag_name {
    unsigned long flags;
    const char *name;
};

const flag_name vm_flag_names[] = {
    {VM_READ, "read"},
    {VM_WRITE, "write"},
    {VM_EXEC, "exec"},
    {VM_SHARED, "shared"},
    {VM_MAYREAD, "mayread"},
    {VM_MAYWRITE, "maywrite"},
    {VM_MAYEXEC, "mayexec"},
    {VM_MAYSHARE, "mayshare"},
    {VM_PFNMAP, "pfnmap"},
    {VM_LOCKED, "locked"},
    {VM_IO, "io"},
    {VM_DONTCOPY, "dontcopy"},
    {VM_DONTEXPAND, "dontexpand"},
    {VM_DONTDUMP, "dontdump"},
    {VM_MIXEDMAP, "mixedmap"},
};

// Combinations first: what one of them names is not named again.
const flag_name gfp_names[] = {
#define NAMED(flag)                                                                                                    \
    { flag, #flag }
    NAMED(GFP_TRANSHUGE),
    NAMED(GFP_TRANSHUGE_LIGHT),
    NAMED(GFP_HIGHUSER_MOVABLE),
    NAMED(GFP_HIGHUSER),
    NAMED(GFP_USER),
    NAMED(GFP_KERNEL_ACCOUNT),
    NAMED(GFP_KERNEL),
    NAMED(GFP_NOFS),
    NAMED(GFP_ATOMIC),
    NAMED(GFP_NOIO),
    NAMED(GFP_NOWAIT),
    NAMED(GFP_DMA),
    NAMED(__GFP_HIGHMEM),
    NAMED(GFP_DMA32),
    NAMED(__GFP_HIGH),
    NAMED(__GFP_ATOMIC),
    NAMED(__GFP_IO),
    NAMED(__GFP_FS),
    NAMED(__GFP_NOWARN),
    NAMED(__GFP_RETRY_MAYFAIL),
    NAMED(__GFP_NOFAIL),
    NAMED(__GFP_NORETRY),
    NAMED(__GFP_COMP),
    NAMED(__GFP_ZERO),
    NAMED(__GFP_NOMEMALLOC),
    NAMED(__GFP_MEMALLOC),
    NAMED(__GFP_HARDWALL),
    NAMED(__GFP_THISNODE),
    NAMED(__GFP_RECLAIMABLE),
    NAMED(__GFP_MOVABLE),
    NAMED(__GFP_ACCOUNT),
    NAMED(__GFP_WRITE),
    NAMED(__GFP_RECLAIM),
    NAMED(__GFP_DIRECT_RECLAIM),
    NAMED(__GFP_KSWAPD_RECLAIM),
#undef NAMED
};

} // namespace

void format_time_of_day(text_buffer &out, const char *letters, const void *time, const printf_spec &spec) {
    padded_text text(out, spec);
    rtc_fields at;

    if (*letters == 'R') {
        at = *static_cast<const rtc_fields *>(time);
    } else if (*letters == 'T') {
        tm calendar;
        time64_to_tm(*static_cast<const time64_t *>(time), 0, &calendar);
        at = {calendar.tm_sec,  calendar.tm_min, calendar.tm_hour,
              calendar.tm_mday, calendar.tm_mon, static_cast<int>(calendar.tm_year)};
    } else {
        return text.add("(%pt?)");
    }
    const bool date_only = letters[1] == 'd', time_only = letters[1] == 't';
    const char *options = letters + 1 + (date_only || time_only);
    bool raw = false, space = false;
    for (; *options == 'r' || *options == 's'; options++)
        (*options == 'r' ? raw : space) = true;
    if (!time_only)
        text.add("%04d-%02d-%02d", at.year + (raw ? 0 : 1900), at.mon + (raw ? 0 : 1), at.mday);
    if (!time_only && !date_only)
        text.add(space ? " " : "T");
    if (!date_only)
        text.add("%02d:%02d:%02d", at.hour, at.min, at.sec);
}

void format_fwnode(text_buffer &out, const struct fwnode_handle *fwnode, char letter, const printf_spec &spec) {
    padded_text text(out, spec);
    const fwnode_handle *path[32];
    int depth = 0;

    if (letter == 'P') {
        const char *name = fwnode_get_name(fwnode);
        return text.add(name ? name : "(null)");
    }
    for (; fwnode && depth < 32; fwnode = fwnode_get_parent(fwnode))
        path[depth++] = fwnode;
    while (depth-- > 0) {
        const char *prefix = fwnode_get_name_prefix(path[depth]), *name = fwnode_get_name(path[depth]);
        text.add(prefix ? prefix : "(null)");
        text.add(name ? name : "(null)");
    }
}

void format_ipv4(text_buffer &out, const u8 *bytes, bool padded, char order, const printf_spec &spec) {
    const bool reverse = order == 'h' || order == 'l'; // the host's is little-endian
    padded_text text(out, spec);

    for (int i = 0; i < 4; i++)
        text.add(padded ? "%s%03u" : "%s%u", i ? "." : "", bytes[reverse ? 3 - i : i]);
}

void format_ipv6(text_buffer &out, const u8 *bytes, bool colons, bool compressed, const printf_spec &spec) {
    padded_text text(out, spec);

    if (!compressed) {
        for (int i = 0; i < 8; i++)
            text.add("%s%04x", i && colons ? ":" : "", group_of(bytes, i));
        return;
    }
    const bool ipv4 = embeds_ipv4(bytes);
    const int groups = ipv4 ? 6 : 8;
    const zero_run zeros(bytes, groups);
    bool separate = false;
    for (int i = 0; i < groups; i++) {
        if (i == zeros.first) {
            text.add("::");
            i += zeros.length - 1;
            separate = false;
            continue;
        }
        text.add("%s%x", separate ? ":" : "", group_of(bytes, i));
        separate = true;
    }
    if (ipv4)
        text.add("%s%u.%u.%u.%u", separate ? ":" : "", bytes[12], bytes[13], bytes[14], bytes[15]);
}

void format_mac(text_buffer &out, const u8 *bytes, char separator, bool reversed, const printf_spec &spec) {
    const char between[2] = {separator, 0};
    padded_text text(out, spec);

    for (int i = 0; i < 6; i++)
        text.add("%s%02x", i ? between : "", bytes[reversed ? 5 - i : i]);
}

void format_socket_address(text_buffer &out, const u8 *address, bool plain, const char *letters,
                           const printf_spec &spec) {
    constexpr u16 ipv4 = 2, ipv6 = 10;
    u16 family;
    bool port = false, flow = false, scope = false, compressed = false;
    char order = 0;

    memcpy(&family, address, sizeof(family));
    for (; *letters && strchr("pfscnhbl", *letters); letters++) {
        port |= *letters == 'p';
        flow |= *letters == 'f';
        scope |= *letters == 's';
        compressed |= *letters == 'c';
        if (strchr("hl", *letters))
            order = *letters;
    }
    padded_text text(out, spec);
    char piece[64] = "";
    text_buffer inner(piece, sizeof(piece) - 1); // no address is as long
    if (family == ipv4) {
        format_ipv4(inner, address + 4, plain, order, {});
        text.add(piece);
    } else if (family == ipv6) {
        const bool brackets = port || flow || scope;
        text.add(brackets ? "[" : "");
        format_ipv6(inner, address + 8, !plain, !plain && compressed, {});
        text.add(piece);
        text.add(brackets ? "]" : "");
    } else {
        return text.add("(einval)");
    }
    if (port)
        text.add(":%u", group_of(address, 1));
    if (flow && family == ipv6)
        text.add("/%u", static_cast<u32>(group_of(address, 2) << 16 | group_of(address, 3)) & 0xfffffffU);
    if (scope && family == ipv6) {
        u32 number;
        memcpy(&number, address + 24, sizeof(number));
        text.add("%%%u", number);
    }
}

// The names of the flags that are set, and a number for those without a name.
template <typename Names>
static void format_flags(text_buffer &out, unsigned long flags, const Names &names) {
    const char *separator = "";
    auto add = [&](const char *text) {
        out.put(separator, strlen(separator));
        out.put(text, strlen(text));
        separator = "|";
    };

    for (const flag_name &known : names) {
        if ((flags & known.flags) != known.flags)
            continue;
        add(known.name);
        flags &= ~known.flags;
    }
    if (flags) {
        char number[24];
        scnprintf(number, sizeof(number), "%#lx", flags);
        add(number);
    }
}

void format_gfp(text_buffer &out, gfp_t flags) {
    format_flags(out, flags, gfp_names);
}

void format_vm_flags(text_buffer &out, unsigned long flags) {
    format_flags(out, flags, vm_flag_names);
}

// %pd2 to %pd4: so many of the last names of its path.
void format_dentry(text_buffer &out, const struct dentry *dentry, char letter, const printf_spec &spec) {
    const int wanted = letter >= '2' && letter <= '4' ? letter - '0' : 1;
    const struct dentry *path[4];
    padded_text text(out, spec);
    int depth = 0;

    for (; depth < wanted; dentry = dentry->d_parent) {
        path[depth++] = dentry;
        if (dentry == dentry->d_parent)
            break;
    }
    for (int i = depth; i-- > 0;) {
        const bool root = path[i] == path[i]->d_parent && depth > 1;
        text.add("%s", i != depth - 1 ? "/" : "");
        text.add(root ? "" : reinterpret_cast<const char *>(path[i]->d_name.name));
    }
}
