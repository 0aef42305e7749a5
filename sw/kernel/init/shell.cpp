// SPDX-License-Identifier: Apache-2.0
//
// Taking command lines apart, running each in a task, and the loop over what the user asked for.
#include "kernel/init/shell.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "kernel/fs/user.h"
#include "kernel/init.h"
#include "port/kernel.h"

static const unsigned MAX_WORDS = 64;

shell_output::shell_output(struct file *redirected)
    : file_(redirected)
    , buffer_(static_cast<char *>(user_alloc())) {
    if (!buffer_)
        error_ = -ENOMEM;
}

shell_output::~shell_output() {
    user_free(buffer_);
}

void shell_output::write(const char *text, size_t length) {
    while (length && !error_) {
        size_t room = USER_SLOT_SIZE - 1 - used_; // one for the console's NUL
        size_t n = min(room, length);
        memcpy(buffer_ + used_, text, n);
        used_ += n;
        text += n;
        length -= n;
        if (used_ == USER_SLOT_SIZE - 1)
            flush();
    }
}

void shell_output::print(const char *text) {
    write(text, strlen(text));
}

void shell_output::printf(const char *fmt, ...) {
    char line[256];
    va_list args;
    va_start(args, fmt);
    int length = vscnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    write(line, length);
}

int shell_output::flush() {
    if (error_ || !used_)
        return error_;
    if (!file_) {
        buffer_[used_] = '\0';
        port_print(buffer_);
    }
    for (size_t done = 0; file_ && done < used_ && !error_;) {
        ssize_t n = vfs_write(file_, buffer_ + done, used_ - done, &pos_);
        if (n <= 0)
            error_ = n ? n : -ENOSPC;
        else
            done += n;
    }
    used_ = 0;
    return error_;
}

int shell_call::fail(const char *fmt, ...) const {
    va_list args;
    va_start(args, fmt);
    vscnprintf(why, why_size, fmt, args);
    va_end(args);
    return 1;
}

// A line taken apart.
struct command_line {
    char text[1024]; // words, each with its NUL
    char *words[MAX_WORDS + 1];
    int count;
    const char *redirect; // null: to the console
    bool append;
    bool background;
};

// Splits at blanks; quotes keep blanks, a backslash the character behind it; '>' and '&' end a word. An error text, or
// null.
static const char *split(struct command_line *cl, const char *line) {
    char *out = cl->text;
    char *const end = cl->text + sizeof(cl->text) - 2;
    bool want_path = false;

    while (*(line = skip_spaces(line))) {
        if (*line == '#')
            break;
        if (*line == '&') {
            cl->background = true;
            line++;
            continue;
        }
        if (*line == '>') {
            cl->append = line[1] == '>';
            line += 1 + cl->append;
            want_path = true;
            continue;
        }
        if (cl->background)
            return "nothing may follow '&'";
        char *word = out;
        char quote = '\0';
        for (; *line && (quote || !strchr(" \t\n>&", *line)); line++) {
            if (!quote && (*line == '"' || *line == '\'')) {
                quote = *line;
            } else if (quote == *line) {
                quote = '\0';
            } else {
                if (*line == '\\' && quote != '\'' && line[1])
                    line++;
                if (out < end)
                    *out++ = *line;
            }
        }
        if (quote)
            return "a quote is not closed";
        *out++ = '\0';
        if (out >= end)
            return "the line is too long";
        if (want_path) {
            cl->redirect = word;
            want_path = false;
        } else if (cl->count == MAX_WORDS) {
            return "too many words";
        } else {
            cl->words[cl->count++] = word;
        }
    }
    return want_path ? "a path is missing behind '>'" : nullptr;
}

static const struct shell_command *find_command(const char *name) {
    for (const struct shell_command *command = shell_commands; command->name; command++) {
        if (!strcmp(command->name, name))
            return command;
    }
    for (const struct shell_command *command = system_commands; command->name; command++) {
        if (!strcmp(command->name, name))
            return command;
    }
    return nullptr;
}

// One line, running or run.
struct job {
    struct command_line line;
    const char *text; // the platform's, for its message
    u64 at_ns;
    pid_t pid;
    struct completion ended; // of the task, however it ends
    bool returned;           // the command itself came to its end
};

static int run_line(const struct command_line &cl, char *why, size_t why_size) {
    struct file *redirected = nullptr;
    const struct shell_command *command = find_command(cl.words[0]);

    if (!command) {
        scnprintf(why, why_size, "%s: command not found", cl.words[0]);
        return 127;
    }
    if (cl.redirect) {
        redirected = filp_open(cl.redirect, O_WRONLY | O_CREAT | (cl.append ? O_APPEND : O_TRUNC), 0644);
        if (IS_ERR(redirected)) {
            scnprintf(why, why_size, "sh: %s: %s", cl.redirect, error_text(PTR_ERR(redirected)));
            return 1;
        }
    }
    int status;
    {
        shell_output out(redirected);
        const shell_call call = {cl.count, const_cast<char **>(cl.words), &out, why, why_size};
        status = command->run(call);
        int error = out.flush();
        if (!status && error) {
            scnprintf(why, why_size, "%s: write error: %s", cl.words[0], error_text(error));
            status = 1;
        }
    }
    if (redirected)
        filp_close(redirected, nullptr);
    return status;
}

static int job_thread(void *arg) {
    struct job *job = static_cast<struct job *>(arg);
    char why[256] = "";

    set_task_comm(current, job->line.words[0]);
    current->vfork_done = &job->ended;
    if (run_line(job->line, why, sizeof(why)))
        port_command_failed(job->text, why);
    job->returned = true;
    return 0;
}

bool is_shell_job(const struct task_struct *task) {
    return task->thread.fn == job_thread;
}

// Starts a line in a task. Null when there is nothing to wait for.
static struct job *job_start(const struct port_command &command) {
    struct job *job = static_cast<struct job *>(kzalloc(sizeof(*job), GFP_KERNEL));
    const char *error = job ? split(&job->line, command.line) : "out of memory";

    if (!error && !job->line.count && (job->line.redirect || job->line.background))
        error = "there is no command";
    if (error)
        port_command_failed(command.line, error);
    if (error || !job->line.count) {
        kfree(job);
        return nullptr;
    }
    job->text = command.line;
    job->at_ns = command.at_ns;
    init_completion(&job->ended);
    job->pid = user_mode_thread(job_thread, job, CLONE_FS);
    if (job->pid < 0) {
        port_command_failed(command.line, error_text(job->pid));
        kfree(job);
        return nullptr;
    }
    return job;
}

// A task that died in the command (an oops in a module's init) has said why on the console already.
static void job_finish(struct job *job) {
    if (!job->returned)
        port_command_failed(job->text, "killed");
    kfree(job);
}

static void sleep_until(ktime_t when) {
    while (ktime_before(ktime_get(), when)) {
        set_current_state(TASK_IDLE);
        schedule_hrtimeout(&when, HRTIMER_MODE_ABS);
    }
}

// Jobs whose end nobody has seen yet: those in the background, and those that a later line did not wait for.
static const unsigned MAX_JOBS = 64;
static struct job *open_jobs[MAX_JOBS];

static void reap_jobs() {
    for (struct job *&job : open_jobs) {
        if (job && completion_done(&job->ended)) {
            job_finish(job);
            job = nullptr;
        }
    }
}

// As a shell waits for its child: an hour of it is no hung task.
static void wait_for_job(struct job *job) {
    wait_for_completion_state(&job->ended, TASK_IDLE);
}

static void keep_job(struct job *job) {
    reap_jobs();
    for (struct job *&slot : open_jobs) {
        if (!slot) {
            slot = job;
            return;
        }
    }
    port_command_failed(job->text, "too many commands are running: waiting for this one");
    wait_for_job(job);
    job_finish(job);
}

// What still runs at the end is told to stop, as init does before it powers off.
static void kill_jobs() {
    reap_jobs();
    for (struct job *job : open_jobs) {
        if (!job)
            continue;
        rcu_read_lock();
        struct task_struct *task = find_task_by_vpid(job->pid);
        if (task)
            send_sig(SIGKILL, task, 1);
        rcu_read_unlock();
    }
}

// A line starts when its time has come and the line before it, if it has the same time, has ended. So "insmod" lines
// follow each other, and a "sleep 10" at one second does not hold up what is asked for at two.
void __noreturn run_commands() {
    struct port_command command;
    struct job *last = nullptr;
    bool ready = false;
    ktime_t zero = 0;

    while (port_next_command(&command)) {
        if (last && !last->line.background && (command.at_ns == last->at_ns || !ready)) {
            wait_for_job(last);
            job_finish(last);
        } else if (last) {
            keep_job(last);
        }
        last = nullptr;
        if (!ready && command.at_ns > 0) {
            ready = true;
            port_ready();
            zero = ktime_get();
        }
        if (ready)
            sleep_until(ktime_add_ns(zero, command.at_ns));
        last = job_start(command);
    }
    if (last && !last->line.background) {
        wait_for_job(last);
        job_finish(last);
    } else if (last) {
        keep_job(last);
    }
    if (!ready)
        port_ready();
    kill_jobs();
    kernel_power_off();
    unreachable();
}
