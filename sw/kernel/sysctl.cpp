// SPDX-License-Identifier: Apache-2.0
// Tables of numbers and strings as files below /proc/sys (Linux: kernel/sysctl.c, fs/proc/proc_sysctl.c): how text
// becomes a vector of numbers and back, and how tables become files.
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>

#include "kernel/fs/vfs.h"
#include "kernel/proc/internal.h"
#include "lib/guard.h"

extern "C" {
const int sysctl_vals[] = {0, 1, 2, 3, 4, 100, 200, 1000, 3000, INT_MAX, 65535, -1};
EXPORT_SYMBOL(sysctl_vals);
const unsigned long sysctl_long_vals[] = {0, 1, LONG_MAX};
EXPORT_SYMBOL_GPL(sysctl_long_vals);
}

// Text

namespace {

// A number as it is written: how far from 0, and on which side.
struct written {
    bool negative;
    u64 magnitude;
};

// Input that is eaten from the front.
struct text {
    const char *at;
    size_t left;

    bool empty() const { return !left || !*at; }
    char take() { return left--, *at++; }
    void skip_spaces() {
        while (!empty() && isspace(*at))
            take();
    }
    // Digits in their base (0x, 0, none), with nothing but a space behind them.
    bool number(written &result) {
        result = {};
        if (!empty() && *at == '-' && left > 1) {
            result.negative = true;
            take();
        }
        char digits[24];
        size_t n = 0;
        while (!empty() && !isspace(*at) && n < sizeof(digits) - 1)
            digits[n++] = take();
        digits[n] = '\0';
        return n && isdigit(digits[0]) && !kstrtoull(digits, 0, &result.magnitude) && (empty() || isspace(*at));
    }
};

// A kind of number: how one is stored, which are allowed, and how it is written. `store` and `load` answer false for
// what the entry cannot be.
template <typename Stored>
struct rules {
    bool (*store)(const ctl_table &entry, written w, Stored &value);
    written (*load)(Stored value);
    bool single; // one value, regardless of what maxlen says
};

template <typename Stored>
int read_vector(const ctl_table &entry, const rules<Stored> &how, size_t count, char *buffer, size_t *lenp,
                loff_t *ppos) {
    const auto *values = static_cast<const Stored *>(entry.data);
    size_t used = 0;
    for (size_t i = 0; i < count && used < *lenp; i++) {
        const written w = how.load(READ_ONCE(values[i]));
        char one[24];
        const size_t n = scnprintf(one, sizeof(one), "%s%s%llu", i ? "\t" : "", w.negative ? "-" : "", w.magnitude);
        const size_t fits = min(n, *lenp - used);
        memcpy(buffer + used, one, fits);
        used += fits;
    }
    if (used && used < *lenp)
        buffer[used++] = '\n';
    *lenp = used;
    *ppos += used;
    return 0;
}

template <typename Stored>
int write_vector(const ctl_table &entry, const rules<Stored> &how, size_t count, char *buffer, size_t *lenp,
                 loff_t *ppos) {
    auto *values = static_cast<Stored *>(entry.data);
    text in{buffer, min(*lenp, PAGE_SIZE - 1)};
    const size_t given = in.left;
    size_t done = 0;
    int error = 0;
    for (; done < count && !error; done++) {
        in.skip_spaces();
        if (in.empty())
            break;
        written w;
        Stored value;
        if (!in.number(w) || !how.store(entry, w, value))
            error = -EINVAL;
        else
            WRITE_ONCE(values[done], value);
    }
    if (error || !done)
        return -EINVAL;
    in.skip_spaces();
    *lenp -= in.empty() ? *lenp - given : in.left + (*lenp - given);
    *ppos += *lenp;
    return 0;
}

template <typename Stored>
int vector(ctl_table *entry, int write, void *buffer, size_t *lenp, loff_t *ppos, const rules<Stored> &how) {
    const size_t count = how.single ? 1 : entry->maxlen / sizeof(Stored);
    if (!entry->data || entry->maxlen < static_cast<int>(sizeof(Stored)) || !*lenp || (*ppos && !write)) {
        *lenp = 0;
        return 0;
    }
    auto *bytes = static_cast<char *>(buffer);
    return write ? write_vector(*entry, how, count, bytes, lenp, ppos)
                 : read_vector(*entry, how, count, bytes, lenp, ppos);
}

bool as_int(written w, int &value) {
    if (w.magnitude > static_cast<u64>(INT_MAX) + w.negative)
        return false;
    value = static_cast<int>(w.negative ? -w.magnitude : w.magnitude);
    return true;
}

written of_int(int value) {
    const bool negative = value < 0;
    return {negative, negative ? -static_cast<u64>(value) : static_cast<u64>(value)};
}

bool store_int(const ctl_table &, written w, int &value) {
    return as_int(w, value);
}

template <typename Bound>
Bound bound(const void *limit, Bound otherwise) {
    return limit ? *static_cast<const Bound *>(limit) : otherwise;
}

template <typename Value, typename Bound>
bool within(const ctl_table &entry, Value value, Bound least, Bound most) {
    return value >= static_cast<Value>(bound(entry.extra1, least)) &&
           value <= static_cast<Value>(bound(entry.extra2, most));
}

bool store_limited_int(const ctl_table &entry, written w, int &value) {
    return as_int(w, value) && within<int, int>(entry, value, INT_MIN, INT_MAX);
}

bool store_uint(const ctl_table &, written w, unsigned int &value) {
    value = static_cast<unsigned int>(w.magnitude);
    return !w.negative && w.magnitude <= UINT_MAX;
}

bool store_limited_uint(const ctl_table &entry, written w, unsigned int &value) {
    return store_uint(entry, w, value) && within<unsigned int, unsigned int>(entry, value, 0, UINT_MAX);
}

bool store_u8(const ctl_table &entry, written w, u8 &value) {
    value = static_cast<u8>(w.magnitude);
    return !w.negative && w.magnitude <= U8_MAX && within<unsigned int, int>(entry, value, 0, U8_MAX);
}

bool store_ulong(const ctl_table &entry, written w, unsigned long &value) {
    value = w.magnitude;
    return !w.negative && within<unsigned long, unsigned long>(entry, value, 0, ULONG_MAX);
}

bool store_bool(const ctl_table &, written w, bool &value) {
    value = w.magnitude != 0;
    return true;
}

template <typename Value>
written of_unsigned(Value value) {
    return {false, value};
}

// Times that are kept in jiffies, and written `per_second` to the second.
template <int per_second>
bool store_time(const ctl_table &, written w, int &value) {
    int units;
    if (!as_int(w, units))
        return false;
    const s64 ticks = static_cast<s64>(units) * HZ / per_second;
    value = static_cast<int>(ticks);
    return ticks >= INT_MIN && ticks <= INT_MAX;
}

template <int per_second>
written of_time(int value) {
    return of_int(static_cast<int>(static_cast<s64>(value) * per_second / HZ));
}

} // namespace

#define HANDLER(name, type, store, load, single)                                                                       \
    int name(ctl_table *entry, int write, void *buffer, size_t *lenp, loff_t *ppos) {                                  \
        return vector<type>(entry, write, buffer, lenp, ppos, {store, load, single});                                  \
    }                                                                                                                  \
    EXPORT_SYMBOL(name)
HANDLER(proc_dointvec, int, store_int, of_int, false);
HANDLER(proc_dointvec_minmax, int, store_limited_int, of_int, false);
HANDLER(proc_douintvec, unsigned int, store_uint, of_unsigned<unsigned int>, true);
HANDLER(proc_dou8vec_minmax, u8, store_u8, of_unsigned<u8>, true);
HANDLER(proc_doulongvec_minmax, unsigned long, store_ulong, of_unsigned<unsigned long>, false);
HANDLER(proc_dointvec_jiffies, int, store_time<1>, of_time<1>, false);
HANDLER(proc_dointvec_userhz_jiffies, int, store_time<100>, of_time<100>, false);
HANDLER(proc_dointvec_ms_jiffies, int, store_time<1000>, of_time<1000>, false);
HANDLER(proc_dobool, bool, store_bool, of_unsigned<bool>, true);
HANDLER(proc_douintvec_minmax, unsigned int, store_limited_uint, of_unsigned<unsigned int>, true);
#undef HANDLER

int proc_dostring(ctl_table *entry, int write, void *buffer, size_t *lenp, loff_t *ppos) {
    auto *value = static_cast<char *>(entry->data), *bytes = static_cast<char *>(buffer);
    if (!value || !entry->maxlen || !*lenp) {
        *lenp = 0;
        return 0;
    }
    const size_t room = entry->maxlen;
    if (write) {
        size_t n = 0;
        while (n < *lenp && n + 1 < room && bytes[n] && bytes[n] != '\n')
            n++;
        memcpy(value, bytes, n);
        value[n] = '\0';
        *ppos += *lenp;
        return 0;
    }
    const size_t length = strnlen(value, room), from = min(static_cast<size_t>(*ppos), length);
    const size_t n = min(length - from, *lenp);
    memcpy(bytes, value + from, n);
    const bool ends = n < *lenp && static_cast<size_t>(*ppos) <= length;
    if (ends)
        bytes[n] = '\n';
    *lenp = n + ends;
    *ppos += *lenp;
    return 0;
}
EXPORT_SYMBOL(proc_dostring);

int proc_do_large_bitmap(ctl_table *entry, int write, void *buffer, size_t *lenp, loff_t *ppos) {
    auto *bits = *static_cast<unsigned long **>(entry->data);
    const unsigned int n = entry->maxlen;
    if (!bits || !n || !*lenp || (*ppos && !write)) {
        *lenp = 0;
        return 0;
    }
    if (!write) {
        *lenp = bitmap_print_list_to_buf(static_cast<char *>(buffer), bits, n, *ppos, *lenp);
        *ppos += *lenp;
        return 0;
    }
    unsigned long *wanted = bitmap_zalloc(n, GFP_KERNEL);
    char *text = wanted ? kmemdup_nul(static_cast<char *>(buffer), *lenp, GFP_KERNEL) : nullptr;
    const int error = text ? bitmap_parselist(text, wanted, n) : -ENOMEM;
    if (!error) {
        if (*ppos)
            bitmap_or(bits, bits, wanted, n);
        else
            bitmap_copy(bits, wanted, n);
        *ppos += *lenp;
    }
    kfree(text);
    bitmap_free(wanted);
    return error;
}
EXPORT_SYMBOL_GPL(proc_do_large_bitmap);

// Files

// What a registered table has made: its files, then the directories that it was the first to need.
struct ctl_table_header {
    size_t n;
    proc_dir_entry *made[];
};

namespace {

DEFINE_MUTEX(tables);
constexpr size_t deepest = 16;

template <typename Call>
ssize_t handled(file *f, size_t count, Call call) {
    auto &entry = *static_cast<ctl_table *>(pde_data(f->f_inode));
    if (!entry.proc_handler)
        return -EINVAL;
    count = min(count, static_cast<size_t>(KMALLOC_MAX_SIZE - 1));
    auto *buffer = static_cast<char *>(kzalloc(count + 1, GFP_KERNEL));
    if (!buffer)
        return -ENOMEM;
    const ssize_t result = call(entry, buffer, count);
    kfree(buffer);
    return result;
}

ssize_t read_entry(file *f, char *to, size_t count, loff_t *pos) {
    return handled(f, count, [=](ctl_table &entry, char *buffer, size_t n) -> ssize_t {
        if (const int error = entry.proc_handler(&entry, 0, buffer, &n, pos))
            return error;
        return copy_to_user(to, buffer, n) ? -EFAULT : static_cast<ssize_t>(n);
    });
}

ssize_t write_entry(file *f, const char *from, size_t count, loff_t *pos) {
    return handled(f, count, [=](ctl_table &entry, char *buffer, size_t n) -> ssize_t {
        if (copy_from_user(buffer, from, n))
            return -EFAULT;
        const int error = entry.proc_handler(&entry, 1, buffer, &n, pos);
        return error ? error : static_cast<ssize_t>(n);
    });
}

const proc_ops entry_ops = {.proc_read = read_entry, .proc_write = write_entry, .proc_lseek = default_llseek};

size_t entries(const ctl_table *table) {
    size_t n = 0;
    for (; table && table->procname; table++)
        n += 1 + entries(table->child);
    return n;
}

// Makes a table's files, and remembers them.
struct builder {
    ctl_table_header &header;
    size_t room;
    bool failed = false;

    proc_dir_entry *keep(proc_dir_entry *made) {
        if (made && header.n < room)
            header.made[header.n++] = made;
        failed |= !made;
        return made;
    }
    proc_dir_entry *folder(const char *name, proc_dir_entry *parent) {
        dentry *there = vfs_find(parent->dentry, name);
        if (!there)
            return keep(proc_mkdir(name, parent));
        return static_cast<proc_dir_entry *>(there->d_inode->i_private);
    }
    void files(const char *path, ctl_table *table, proc_dir_entry *parent) {
        for (; table->procname && !failed; table++) {
            char below[128];
            snprintf(below, sizeof(below), "%s/%s", path, table->procname);
            if (table->child) {
                if (proc_dir_entry *made = folder(table->procname, parent))
                    files(below, table->child, made);
            } else if (vfs_find(parent->dentry, table->procname)) {
                pr_err("sysctl duplicate entry: %s\n", below);
                failed = true;
            } else {
                keep(proc_create_data(table->procname, table->mode, parent, &entry_ops, table));
            }
        }
    }
};

proc_dir_entry *top() {
    dentry *proc = vfs_find(vfs_root, "proc"), *sys = proc ? vfs_find(proc, "sys") : nullptr;
    return sys ? static_cast<proc_dir_entry *>(sys->d_inode->i_private) : nullptr;
}

void take_away(ctl_table_header &header) {
    // Last made, first removed: what is below a directory goes before it. Somebody else's entries keep a directory.
    for (size_t i = header.n; i-- > 0;) {
        dentry *made = header.made[i]->dentry;
        if (!S_ISDIR(made->d_inode->i_mode) || list_empty(&made->d_subdirs))
            vfs_remove(made);
    }
    kfree(&header);
}

} // namespace

ctl_table_header *register_sysctl(const char *path, ctl_table *table) {
    const size_t room = entries(table) + deepest;
    const size_t size = sizeof(ctl_table_header) + room * sizeof(proc_dir_entry *);
    auto *header = static_cast<ctl_table_header *>(kzalloc(size, GFP_KERNEL));
    if (!header)
        return nullptr;
    hold l(tables);
    builder make{*header, room};
    proc_dir_entry *parent = top();
    char part[64];
    const char *at = path;
    while (parent && *at) {
        size_t n = strcspn(at, "/");
        strscpy(part, at, min(n + 1, sizeof(part)));
        at += n + (at[n] == '/');
        if (n)
            parent = make.folder(part, parent);
    }
    if (parent)
        make.files(path, table, parent);
    if (parent && !make.failed)
        return header;
    take_away(*header);
    return nullptr;
}
EXPORT_SYMBOL(register_sysctl);

ctl_table_header *register_sysctl_table(ctl_table *table) {
    return register_sysctl("", table);
}
EXPORT_SYMBOL(register_sysctl_table);

ctl_table_header *register_sysctl_paths(const ctl_path *path, ctl_table *table) {
    char whole[128] = "";
    for (; path->procname; path++) {
        strlcat(whole, path->procname, sizeof(whole));
        strlcat(whole, "/", sizeof(whole));
    }
    return register_sysctl(whole, table);
}
EXPORT_SYMBOL(register_sysctl_paths);

void unregister_sysctl_table(ctl_table_header *header) {
    if (!header)
        return;
    hold l(tables);
    take_away(*header);
}
EXPORT_SYMBOL(unregister_sysctl_table);
