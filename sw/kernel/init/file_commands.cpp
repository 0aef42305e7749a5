// SPDX-License-Identifier: Apache-2.0
//
// The commands that look at and write to files.
#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "kernel/fs/internal.h"
#include "kernel/fs/user.h"
#include "kernel/fs/vfs.h"
#include "kernel/init/shell.h"
#include "kernel/init/shell_input.h"

static int do_cat(const shell_call &call) {
    return for_each_input(call, 1, [&](const char *, const char *text, size_t length) {
        call.out->write(text, length);
        return !call.out->flush();
    });
}

struct listing {
    struct dentry *entries[512];
    unsigned count;
};

static bool list_one(struct dentry *child, void *arg) {
    struct listing *list = static_cast<struct listing *>(arg);
    if (list->count == ARRAY_SIZE(list->entries))
        return false;
    list->entries[list->count++] = vfs_get(child);
    return true;
}

static const char *name_of(const struct dentry *dentry) {
    return reinterpret_cast<const char *>(dentry->d_name.name);
}

static int by_name(const void *a, const void *b) {
    return strcmp(name_of(*static_cast<struct dentry *const *>(a)), name_of(*static_cast<struct dentry *const *>(b)));
}

static void list_long(const shell_call &call, const struct dentry *dentry, const char *name) {
    const struct inode *inode = dentry->d_inode;
    char mode[11] = "-rwxrwxrwx";
    for (int bit = 0; bit < 9; bit++) {
        if (!(inode->i_mode & (0400 >> bit)))
            mode[1 + bit] = '-';
    }
    if (S_ISDIR(inode->i_mode))
        mode[0] = 'd';
    else if (S_ISLNK(inode->i_mode))
        mode[0] = 'l';
    else if (S_ISCHR(inode->i_mode))
        mode[0] = 'c';
    if (S_ISCHR(inode->i_mode))
        call.out->printf("%s %3u, %3u %s\n", mode, MAJOR(inode->i_rdev), MINOR(inode->i_rdev), name);
    else if (S_ISLNK(inode->i_mode))
        call.out->printf("%s %8d %s -> %s\n", mode, 0, name, inode->i_link);
    else
        call.out->printf("%s %8lld %s\n", mode, inode->i_size, name);
}

static void show_entry(const shell_call &call, const struct dentry *dentry, const char *name, bool details) {
    if (details)
        list_long(call, dentry, name);
    else
        call.out->printf("%s\n", name);
}

static int list_folder(const shell_call &call, struct dentry *folder, bool details) {
    struct listing *list = static_cast<struct listing *>(kzalloc(sizeof(*list), GFP_KERNEL));
    if (!list)
        return call.fail("ls: %s", error_text(ENOMEM));
    vfs_for_each_child(folder, list_one, list);
    sort(list->entries, list->count, sizeof(list->entries[0]), by_name, nullptr);
    for (unsigned i = 0; i < list->count; i++) {
        show_entry(call, list->entries[i], name_of(list->entries[i]), details);
        vfs_put(list->entries[i]);
    }
    kfree(list);
    return 0;
}

// One of the paths: the first round lists what is not a folder, the second one the folders, each under its name.
static int list_path(const shell_call &call, const char *path, bool details, bool folders, bool heading, bool *blank) {
    char hint[128] = "";
    struct dentry *dentry = vfs_lookup(path, true);
    if (IS_ERR(dentry)) {
        if (folders)
            return 0;
        suggest_path(path, hint, sizeof(hint));
        return call.fail("ls: cannot access '%s': %s%s", path, error_text(PTR_ERR(dentry)), hint);
    }
    int status = 0;
    const bool is_folder = S_ISDIR(dentry->d_inode->i_mode);
    if (is_folder && folders) {
        if (heading)
            call.out->printf("%s%s:\n", *blank ? "\n" : "", path);
        status = list_folder(call, dentry, details);
    } else if (!is_folder && !folders) {
        show_entry(call, dentry, path, details);
    }
    *blank |= is_folder == folders;
    vfs_put(dentry);
    return status;
}

static int do_ls(const shell_call &call) {
    const bool details = call.argc > 1 && !strcmp(call.argv[1], "-l");
    const int first = 1 + details;
    bool blank = false;
    if (first >= call.argc)
        return list_path(call, "/", details, true, false, &blank);
    int status = 0;
    for (int round = 0; round < 2; round++) {
        for (int i = first; i < call.argc; i++)
            status |= list_path(call, call.argv[i], details, round, call.argc - first > 1, &blank);
    }
    return status;
}

// poll PATH [TIME]: waits until the file is ready and prints its events.
struct poller {
    poll_table table;
    wait_queue_head_t *queue;
    wait_queue_entry_t wait;
};

static void poll_queue(struct file *file, wait_queue_head_t *queue, poll_table *table) {
    struct poller *poller = container_of(table, struct poller, table);
    if (poller->queue)
        return; // one queue a file is what drivers here have
    poller->queue = queue;
    init_waitqueue_entry(&poller->wait, current);
    add_wait_queue(queue, &poller->wait);
}

static int do_poll(const shell_call &call) {
    u64 timeout = U64_MAX;

    if (call.argc < 2 || (call.argc > 2 && parse_duration(call.argv[2], &timeout)))
        return call.fail("poll: expected a path and perhaps a time, such as poll /dev/button 500ms");
    struct file *file = filp_open(call.argv[1], O_RDONLY | O_NONBLOCK, 0);
    if (IS_ERR(file))
        return call.fail("poll: %s: %s", call.argv[1], error_text(PTR_ERR(file)));
    struct poller poller = {};
    init_poll_funcptr(&poller.table, poll_queue);
    ktime_t when = timeout == U64_MAX ? KTIME_MAX : ktime_add_ns(ktime_get(), timeout);
    __poll_t events;
    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE);
        events = vfs_poll(file, &poller.table) & (EPOLLIN | EPOLLRDNORM | EPOLLPRI | EPOLLERR | EPOLLHUP);
        poller.table._qproc = nullptr;
        if (events || signal_pending(current) || !ktime_before(ktime_get(), when))
            break;
        schedule_hrtimeout(&when, HRTIMER_MODE_ABS);
    }
    __set_current_state(TASK_RUNNING);
    if (poller.queue)
        remove_wait_queue(poller.queue, &poller.wait);
    filp_close(file, nullptr);
    call.out->printf("%s%s%s%s%s\n", events & (EPOLLIN | EPOLLRDNORM) ? "POLLIN " : "",
                     events & EPOLLPRI ? "POLLPRI " : "", events & EPOLLERR ? "POLLERR " : "",
                     events & EPOLLHUP ? "POLLHUP " : "", events ? "" : "timeout");
    return 0;
}

// ioctl PATH COMMAND [ARGUMENT]: numbers.
static int do_ioctl(const shell_call &call) {
    unsigned command;
    unsigned long argument = 0;

    if (call.argc < 3 || kstrtouint(call.argv[2], 0, &command) ||
        (call.argc > 3 && kstrtoul(call.argv[3], 0, &argument)))
        return call.fail("ioctl: expected a path, a command number and perhaps an argument");
    struct file *file = filp_open(call.argv[1], O_RDWR, 0);
    if (IS_ERR(file))
        return call.fail("ioctl: %s: %s", call.argv[1], error_text(PTR_ERR(file)));
    long result = vfs_ioctl(file, command, argument);
    filp_close(file, nullptr);
    if (result < 0)
        return call.fail("ioctl: %s: %s", call.argv[1], error_text(result));
    call.out->printf("%ld\n", result);
    return 0;
}

static int do_chmod(const shell_call &call) {
    unsigned mode;
    if (call.argc < 3)
        return call.usage();
    if (kstrtouint(call.argv[1], 8, &mode) || mode > 07777)
        return call.fail("chmod: expected an octal mode such as 644, got '%s'", call.argv[1]);
    for (int i = 2; i < call.argc; i++) {
        struct dentry *dentry = vfs_lookup(call.argv[i], true);
        if (IS_ERR(dentry))
            return call.fail("chmod: cannot access '%s': %s", call.argv[i], error_text(PTR_ERR(dentry)));
        dentry->d_inode->i_mode = (dentry->d_inode->i_mode & S_IFMT) | mode;
        vfs_put(dentry);
    }
    return 0;
}

// The folder of a path and, in *name, what is behind it; with a reference.
static struct dentry *parent_of(const char *path, const char **name) {
    char folder[256];
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    scnprintf(folder, sizeof(folder), "%.*s", slash ? static_cast<int>(slash - path) : 0, path);
    return vfs_lookup(folder[0] ? folder : "/", true);
}

static int do_mknod(const shell_call &call) {
    unsigned major, minor;
    const char *name;
    if (call.argc != 5 || strcmp(call.argv[2], "c") || kstrtouint(call.argv[3], 0, &major) ||
        kstrtouint(call.argv[4], 0, &minor))
        return call.usage();
    struct dentry *parent = parent_of(call.argv[1], &name);
    int error = PTR_ERR_OR_ZERO(parent);
    if (!error) {
        struct vfs_spec spec = {};
        spec.mode = S_IFCHR | 0644;
        spec.fops = &def_chr_fops;
        spec.rdev = MKDEV(major, minor);
        error = PTR_ERR_OR_ZERO(vfs_create(parent, name, spec));
        vfs_put(parent);
    }
    return error ? call.fail("mknod: %s: %s", call.argv[1], error_text(error)) : 0;
}

// What is mounted is there from the start.
static int do_mount(const shell_call &call) {
    static const char *const mounted[][3] = {
        {"sysfs", "/sys", "sysfs"},
        {"proc", "/proc", "proc"},
        {"devtmpfs", "/dev", "devtmpfs"},
        {"debugfs", "/sys/kernel/debug", "debugfs"},
    };
    if (call.argc == 1) {
        for (const auto &m : mounted)
            call.out->printf("%s on %s type %s (rw,relatime)\n", m[0], m[1], m[2]);
    }
    return 0;
}

const struct shell_command file_commands[] = {
    {"cat", do_cat, "cat [PATH...]", "prints files"},
    {"chmod", do_chmod, "chmod MODE PATH...", "changes permissions"},
    {"ioctl", do_ioctl, "ioctl PATH COMMAND [ARGUMENT]", "calls ioctl with numbers"},
    {"ls", do_ls, "ls [-l] [PATH...]", "lists folders"},
    {"mknod", do_mknod, "mknod PATH c MAJOR MINOR", "makes a node for a character device"},
    {"mount", do_mount, "mount [ARGUMENT...]", "does nothing: all there is is mounted"},
    {"poll", do_poll, "poll PATH [TIME]", "waits until a file is ready and prints its events"},
    {"umount", do_mount, "umount ARGUMENT...", "does nothing"},
    {},
};
