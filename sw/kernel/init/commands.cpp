// SPDX-License-Identifier: Apache-2.0
//
// The commands that look at and write to files and tasks.
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "kernel/fs/user.h"
#include "kernel/fs/vfs.h"
#include "kernel/init/shell.h"

const char *error_text(int error) {
    static const struct {
        int number;
        const char *text;
    } texts[] = {
        {EPERM, "Operation not permitted"},
        {ENOENT, "No such file or directory"},
        {ESRCH, "No such process"},
        {EINTR, "Interrupted system call"},
        {EIO, "Input/output error"},
        {ENXIO, "No such device or address"},
        {E2BIG, "Argument list too long"},
        {ENOEXEC, "Exec format error"},
        {EBADF, "Bad file descriptor"},
        {EAGAIN, "Resource temporarily unavailable"},
        {ENOMEM, "Cannot allocate memory"},
        {EACCES, "Permission denied"},
        {EFAULT, "Bad address"},
        {EBUSY, "Device or resource busy"},
        {EEXIST, "File exists"},
        {ENODEV, "No such device"},
        {ENOTDIR, "Not a directory"},
        {EISDIR, "Is a directory"},
        {EINVAL, "Invalid argument"},
        {ENOTTY, "Inappropriate ioctl for device"},
        {EFBIG, "File too large"},
        {ENOSPC, "No space left on device"},
        {ESPIPE, "Illegal seek"},
        {EROFS, "Read-only file system"},
        {EPIPE, "Broken pipe"},
        {ERANGE, "Numerical result out of range"},
        {EDEADLK, "Resource deadlock avoided"},
        {ENAMETOOLONG, "File name too long"},
        {ENOSYS, "Function not implemented"},
        {ENOTEMPTY, "Directory not empty"},
        {ELOOP, "Too many levels of symbolic links"},
        {ENODATA, "No data available"},
        {EPROTO, "Protocol error"},
        {EOVERFLOW, "Value too large for defined data type"},
        {EOPNOTSUPP, "Operation not supported"},
        {ETIMEDOUT, "Connection timed out"},
        {ENOTCONN, "Transport endpoint is not connected"},
        {EALREADY, "Operation already in progress"},
        {EINPROGRESS, "Operation now in progress"},
        {ECANCELED, "Operation canceled"},
        // What the kernel uses among its own parts and a program gets to see when a driver lets it out.
        {ERESTARTSYS, "Interrupted system call"},
        {EPROBE_DEFER, "Unknown error 517"},
    };
    if (error < 0)
        error = -error;
    for (const auto &entry : texts) {
        if (entry.number == error)
            return entry.text;
    }
    return "Unknown error";
}

// Reads a file to its end, or `limit` bytes of it, into the output.
static int copy_file(const shell_call &call, const char *path, u64 limit, unsigned lines) {
    struct file *file = filp_open(path, O_RDONLY, 0);
    if (IS_ERR(file))
        return call.fail("%s: %s: %s", call.argv[0], path, error_text(PTR_ERR(file)));
    char *buffer = static_cast<char *>(user_alloc());
    if (!buffer) {
        filp_close(file, nullptr);
        return call.fail("%s: %s", call.argv[0], error_text(ENOMEM));
    }
    ssize_t n = 0;
    while (limit && lines) {
        n = vfs_read(file, buffer, min(limit, static_cast<u64>(USER_SLOT_SIZE)), &file->f_pos);
        if (n <= 0)
            break;
        limit -= n;
        ssize_t wanted = 0;
        while (wanted < n && lines)
            lines -= buffer[wanted++] == '\n';
        call.out->write(buffer, wanted);
        if (call.out->flush())
            break;
    }
    user_free(buffer);
    filp_close(file, nullptr);
    if (n == -ERESTARTSYS && signal_pending(current))
        return 0; // somebody killed it
    return n < 0 ? call.fail("%s: %s: %s", call.argv[0], path, error_text(n)) : 0;
}

static int do_cat(const shell_call &call) {
    int status = 0;
    for (int i = 1; i < call.argc; i++)
        status |= copy_file(call, call.argv[i], U64_MAX, UINT_MAX);
    return status;
}

static int do_head(const shell_call &call) {
    u64 bytes = U64_MAX;
    unsigned lines = 10;
    int i = 1;

    if (call.argc > 3 && (!strcmp(call.argv[1], "-c") || !strcmp(call.argv[1], "-n"))) {
        u64 count;
        if (kstrtoull(call.argv[2], 0, &count))
            return call.fail("head: expected a number behind %s, got '%s'", call.argv[1], call.argv[2]);
        if (call.argv[1][1] == 'c') {
            bytes = count;
            lines = UINT_MAX;
        } else {
            lines = count;
        }
        i = 3;
    }
    if (i >= call.argc)
        return call.fail("head: a path is missing");
    return copy_file(call, call.argv[i], bytes, lines);
}

static int do_echo(const shell_call &call) {
    bool newline = true;
    int i = 1;

    if (i < call.argc && !strcmp(call.argv[i], "-n")) {
        newline = false;
        i++;
    }
    for (int first = i; i < call.argc; i++) {
        if (i > first)
            call.out->print(" ");
        call.out->print(call.argv[i]);
    }
    if (newline)
        call.out->print("\n");
    return 0;
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

static void list_long(const shell_call &call, const struct dentry *dentry) {
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
        call.out->printf("%s %3u, %3u %s\n", mode, MAJOR(inode->i_rdev), MINOR(inode->i_rdev), name_of(dentry));
    else if (S_ISLNK(inode->i_mode))
        call.out->printf("%s %8d %s -> %s\n", mode, 0, name_of(dentry), inode->i_link);
    else
        call.out->printf("%s %8lld %s\n", mode, inode->i_size, name_of(dentry));
}

static int list_path(const shell_call &call, const char *path, bool details) {
    struct dentry *dentry = vfs_lookup(path, true);
    if (IS_ERR(dentry))
        return call.fail("ls: cannot access '%s': %s", path, error_text(PTR_ERR(dentry)));
    struct listing *list = static_cast<struct listing *>(kzalloc(sizeof(*list), GFP_KERNEL));
    if (!list) {
        vfs_put(dentry);
        return call.fail("ls: %s", error_text(ENOMEM));
    }
    if (S_ISDIR(dentry->d_inode->i_mode))
        vfs_for_each_child(dentry, list_one, list);
    else
        list->entries[list->count++] = vfs_get(dentry);
    sort(list->entries, list->count, sizeof(list->entries[0]), by_name, nullptr);
    for (unsigned i = 0; i < list->count; i++) {
        if (details)
            list_long(call, list->entries[i]);
        else
            call.out->printf("%s\n", name_of(list->entries[i]));
        vfs_put(list->entries[i]);
    }
    kfree(list);
    vfs_put(dentry);
    return 0;
}

static int do_ls(const shell_call &call) {
    bool details = call.argc > 1 && !strcmp(call.argv[1], "-l");
    int first = 1 + details;
    if (first >= call.argc)
        return list_path(call, "/", details);
    int status = 0;
    for (int i = first; i < call.argc; i++) {
        if (call.argc - first > 1)
            call.out->printf("%s%s:\n", i > first ? "\n" : "", call.argv[i]);
        status |= list_path(call, call.argv[i], details);
    }
    return status;
}

static const char *class_name(const struct task_struct *task) {
    switch (task->policy) {
    case SCHED_FIFO:
        return "FF";
    case SCHED_RR:
        return "RR";
    default:
        return "TS";
    }
}

static char state_letter(const struct task_struct *task) {
    unsigned state = READ_ONCE(task->__state);
    if (state == TASK_RUNNING)
        return 'R';
    if (state & TASK_INTERRUPTIBLE)
        return 'S';
    return state & TASK_NOLOAD ? 'I' : 'D';
}

// A kernel thread's whole name: workers tell what they do, others may have names longer than comm.
static void task_name(struct task_struct *task, char *name, size_t size) {
    if (task->flags & PF_WQ_WORKER)
        wq_worker_comm(name, size, task);
    else if (task->flags & PF_KTHREAD)
        get_kthread_comm(name, size, task);
    else
        strscpy(name, task->comm, size);
}

static int do_ps(const shell_call &call) {
    struct task_struct *task, *tasks[256];
    unsigned count = 0;
    char name[64];

    rcu_read_lock();
    for_each_process(task) {
        if (count < ARRAY_SIZE(tasks))
            tasks[count++] = get_task_struct(task);
    }
    rcu_read_unlock();
    call.out->print("  PID CLS RTPRIO  NI PSR S COMMAND\n");
    for (unsigned i = 0; i < count; i++) {
        task = tasks[i];
        bool rt = task->policy == SCHED_FIFO || task->policy == SCHED_RR;
        task_name(task, name, sizeof(name));
        call.out->printf("%5d %3s ", task->pid, class_name(task));
        if (rt)
            call.out->printf("%6u   -", task->rt_priority);
        else
            call.out->printf("     - %3d", task_nice(task));
        call.out->printf(" %3u %c %s%s%s\n", task_cpu(task), state_letter(task), task->flags & PF_KTHREAD ? "[" : "",
                         name, task->flags & PF_KTHREAD ? "]" : "");
        put_task_struct(task);
    }
    return 0;
}

// "2", "0.25", "500ms", "20us", in seconds without a unit.
static int parse_duration(const char *text, u64 *ns) {
    u64 value = 0, scale = NSEC_PER_SEC;
    const char *p = text;

    for (; isdigit(*p); p++)
        value = value * 10 + (*p - '0');
    u64 total = 0, fraction = 0, digits = 1;
    if (*p == '.') {
        for (p++; isdigit(*p); p++) {
            if (digits < NSEC_PER_SEC) {
                fraction = fraction * 10 + (*p - '0');
                digits *= 10;
            }
        }
    }
    if (!strcmp(p, "ms"))
        scale = NSEC_PER_MSEC;
    else if (!strcmp(p, "us"))
        scale = NSEC_PER_USEC;
    else if (*p && strcmp(p, "s"))
        return -EINVAL;
    if (p == text)
        return -EINVAL;
    total = value * scale + fraction * scale / digits;
    *ns = total;
    return 0;
}

static int do_sleep(const shell_call &call) {
    u64 ns;
    if (call.argc != 2 || parse_duration(call.argv[1], &ns))
        return call.fail("sleep: expected a time such as 2, 0.5 or 20ms, got '%s'", call.argc > 1 ? call.argv[1] : "");
    ktime_t when = ktime_add_ns(ktime_get(), ns);
    while (ktime_before(ktime_get(), when) && !signal_pending(current)) {
        set_current_state(TASK_INTERRUPTIBLE);
        schedule_hrtimeout(&when, HRTIMER_MODE_ABS);
    }
    return 0;
}

static int do_kill(const shell_call &call) {
    int signal = SIGTERM;
    int i = 1;
    int pid;

    if (call.argc > 2 && call.argv[1][0] == '-') {
        if (kstrtoint(call.argv[1] + 1, 10, &signal) || signal < 1 || signal > 64)
            return call.fail("kill: expected a signal number behind '-', got '%s'", call.argv[1] + 1);
        i = 2;
    }
    if (i >= call.argc || kstrtoint(call.argv[i], 10, &pid))
        return call.fail("kill: expected a process number, got '%s'", i < call.argc ? call.argv[i] : "");
    rcu_read_lock();
    struct task_struct *task = find_task_by_vpid(pid);
    int error = task ? send_sig(signal, task, 1) : -ESRCH;
    rcu_read_unlock();
    return error ? call.fail("kill: (%d): %s", pid, error_text(error)) : 0;
}

static int do_true(const shell_call &call) {
    return 0;
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

const struct shell_command shell_commands[] = {
    {"cat", do_cat, "cat PATH..."},
    {"echo", do_echo, "echo [-n] TEXT..."},
    {"head", do_head, "head [-c BYTES | -n LINES] PATH"},
    {"ioctl", do_ioctl, "ioctl PATH COMMAND [ARGUMENT]"},
    {"kill", do_kill, "kill [-SIGNAL] PID"},
    {"ls", do_ls, "ls [-l] [PATH...]"},
    {"poll", do_poll, "poll PATH [TIME]"},
    {"ps", do_ps, "ps"},
    {"sleep", do_sleep, "sleep TIME"},
    {"true", do_true, "true"},
    {},
};
