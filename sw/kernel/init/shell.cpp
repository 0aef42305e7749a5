// SPDX-License-Identifier: Apache-2.0
//
// The user's lines, each in a task, and the loop over what --exec asked for.
#include "kernel/init/shell.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "kernel/init.h"
#include "kernel/init/shell_run.h"
#include "lib/guard.h"
#include "port/kernel.h"
#include "port/order.h"

// A line of the user's. Its jobs share it.
struct shell_line {
    struct kref kref;
    const char *text; // the platform's, for its message
    u64 at_ns;
    bool own; // not the user's words: it loads or unloads a module
    const shell_terminal *terminal;
    struct parsed_line parsed;
};

// A part of a line that has a task of its own: the line itself, or a list that '&' puts into the background.
struct job {
    struct shell_line *line;
    unsigned first, last; // groups; last is the one behind them
    bool background;
    pid_t pid;
    struct completion ended; // of the task, however it ends
    bool returned;           // the job itself came to its end
    bool stopped;            // by the end of the run
};

static void free_line(struct kref *kref) {
    kfree(container_of(kref, struct shell_line, kref));
}

// The line itself, not what it has in the background.
static bool is_foreground(const struct job *job) {
    return job->first == 0 && !job->background;
}

static void tell_of_end(const struct job *job) {
    if (is_foreground(job))
        job->line->terminal->ended(job->line->terminal->owner, job->line->text);
}

// A task that died in the job (an oops in a module's init) has said why on the console already.
static void job_finish(struct job *job) {
    if (!job->returned && !job->stopped)
        job->line->terminal->failed(job->line->terminal->owner, job->line->text, "killed");
    if (!job->returned)
        tell_of_end(job);
    kref_put(&job->line->kref, free_line);
    kfree(job);
}

// Jobs that no line waits for: those in the background, and lines that a later one did not wait for.
static const unsigned MAX_JOBS = 64;
static DEFINE_MUTEX(jobs_lock);
static struct job *open_jobs[MAX_JOBS];

static void reap_jobs() {
    for (struct job *&job : open_jobs) {
        if (job && completion_done(&job->ended)) {
            job_finish(job);
            job = nullptr;
        }
    }
}

// As a shell waits for its child: an hour of it is not a hung task.
static void wait_for_job(struct job *job) {
    wait_for_completion_state(&job->ended, TASK_IDLE);
}

// Modules that come and go hold up all that follows, so they have to come to an end: after so long, so much that the
// CPUs computed, or so many switches between tasks, nothing new is to be expected. What the watchdogs have to say first
// is waited for.
static const unsigned MAX_WAIT = 900; // s
static const u64 MAX_SWITCHES = 1000000;
static const u64 MAX_BUSY_INIT = 31ull * NSEC_PER_SEC, MAX_BUSY_EXIT = 10ull * NSEC_PER_SEC;

static bool ends_in_time(struct job *job, u64 max_busy) {
    const u64 busy_before = busy_cpu_ns(), switches_before = nr_context_switches();

    for (unsigned waited = 1;; waited++) {
        if (wait_for_completion_interruptible_timeout(&job->ended, HZ) > 0)
            return true;
        const bool much_done =
            busy_cpu_ns() - busy_before >= max_busy || nr_context_switches() - switches_before >= MAX_SWITCHES;
        if (waited >= MAX_WAIT || (much_done && !softlockup_is_near())) {
            report_endless(job->pid, waited);
            return false;
        }
    }
}

// A line that others wait for may take until the run ends.
static bool ends_before(struct job *job, ktime_t end) {
    for (;;) {
        const s64 left = ktime_to_ns(ktime_sub(end, ktime_get()));
        if (left <= 0)
            return completion_done(&job->ended);
        // A wait that succeeds takes the completion: it is not asked again.
        if (wait_for_completion_interruptible_timeout(&job->ended, nsecs_to_jiffies(static_cast<u64>(left)) + 1) > 0)
            return true;
    }
}

// False: the task is there for ever.
static bool killed_in_time(struct job *job) {
    send_signal_to(job->pid, SIGKILL);
    return wait_for_completion_timeout(&job->ended, HZ) > 0;
}

static bool keep(struct job *job) {
    hold held(jobs_lock);
    reap_jobs();
    for (struct job *&slot : open_jobs) {
        if (!slot) {
            slot = job;
            return true;
        }
    }
    return false;
}

static void keep_job(struct job *job) {
    if (keep(job))
        return;
    job->line->terminal->failed(job->line->terminal->owner, job->line->text,
                                "too many commands are running: waiting for this one");
    wait_for_job(job);
    job_finish(job);
}

// Ctrl-C: ends the line that the console waits for.
static void interrupt_foreground() {
    hold held(jobs_lock);
    reap_jobs();
    for (struct job *&job : open_jobs) {
        if (!job || !is_foreground(job) || job->line->own)
            continue;
        job->stopped = true;
        if (killed_in_time(job)) {
            job_finish(job);
            job = nullptr;
        }
    }
}

// What still runs at the end is told to stop, as init does before it powers off. That is not a failure, but for a
// module that has not come or gone by then: the finding says where it waits.
static void kill_jobs(unsigned seconds) {
    hold held(jobs_lock);
    reap_jobs();
    for (struct job *&job : open_jobs) {
        if (!job)
            continue;
        if (job->line->own && !completion_done(&job->ended))
            report_endless(job->pid, seconds);
        else
            job->stopped = true;
        if (killed_in_time(job))
            job_finish(job);
        else
            report_endless(job->pid, 0);
        job = nullptr;
    }
}

static struct job *start_job(struct shell_line *line, unsigned first, unsigned last, bool background);

// The list of groups that begins here: && and || bind closer than ';' and '&'.
static unsigned end_of_list(const struct parsed_line &line, unsigned group, unsigned last) {
    do
        group++;
    while (group < last && line.groups[group].link != shell_link::always);
    return group;
}

static bool wanted(const struct parsed_group &group, int status) {
    return group.link == shell_link::always || (group.link == shell_link::if_ok) == (status == 0);
}

// The groups of a job, one after the other. A failure that does not decide the line's end is printed at once.
static int run_job(struct job &job, char *why, size_t why_size) {
    const struct parsed_line &line = job.line->parsed;
    const shell_terminal &terminal = *job.line->terminal;
    int status = 0;

    for (unsigned group = job.first; group < job.last; group++) {
        const unsigned end = end_of_list(line, group, job.last);
        if (line.groups[group].link == shell_link::always && line.groups[end - 1].background && !job.background) {
            if (struct job *beside = start_job(job.line, group, end, true))
                keep_job(beside);
            group = end - 1;
            status = 0;
            continue;
        }
        if (!wanted(line.groups[group], status) || signal_pending(current))
            continue;
        if (status && why[0]) {
            terminal.print(terminal.owner, why);
            terminal.print(terminal.owner, "\n");
        }
        why[0] = '\0';
        status = run_group(line, line.groups[group], terminal, why, why_size);
    }
    return status;
}

static int job_thread(void *arg) {
    order_tell(process, current);
    struct job *job = static_cast<struct job *>(arg);
    const shell_terminal &terminal = *job->line->terminal;
    char why[512] = "";

    current->vfork_done = &job->ended;
    if (run_job(*job, why, sizeof(why)) && !job->stopped)
        terminal.failed(terminal.owner, job->line->text, why[0] ? why : "failed");
    job->returned = true;
    tell_of_end(job);
    return 0;
}

bool is_shell_job(const struct task_struct *task) {
    return task->thread.fn == job_thread || is_pipeline_stage(task);
}

static struct job *start_job(struct shell_line *line, unsigned first, unsigned last, bool background) {
    struct job *job = static_cast<struct job *>(kzalloc(sizeof(*job), GFP_KERNEL));
    const char *error = job ? nullptr : "out of memory";

    if (job) {
        *job = {line, first, last, background, 0, {}, false, false};
        init_completion(&job->ended);
        job->pid = user_mode_thread(job_thread, job, CLONE_FS);
        error = job->pid < 0 ? error_text(job->pid) : nullptr;
    }
    if (error) {
        line->terminal->failed(line->terminal->owner, line->text, error);
        kfree(job);
        return nullptr;
    }
    kref_get(&line->kref);
    return job;
}

// Starts a line in a task. Null when there is nothing to wait for.
static struct job *start_line(const char *text, u64 at_ns, bool echo, const shell_terminal &terminal) {
    struct shell_line *line = static_cast<struct shell_line *>(kzalloc(sizeof(*line), GFP_KERNEL));
    const char *error = line ? parse_line(&line->parsed, text) : "out of memory";
    struct job *job = nullptr;

    if (error) {
        terminal.failed(terminal.owner, text, error);
        terminal.ended(terminal.owner, text);
        kfree(line);
        return nullptr;
    }
    kref_init(&line->kref);
    line->text = text;
    line->at_ns = at_ns;
    line->own = !echo;
    line->terminal = &terminal;
    if (echo) {
        terminal.print(terminal.owner, "# ");
        terminal.print(terminal.owner, text);
        terminal.print(terminal.owner, "\n");
    }
    const unsigned groups = line->parsed.group_count;
    const bool interrupts = echo && strcmp(text, "^C") == 0;
    if (interrupts)
        interrupt_foreground();
    else if (groups) {
        // A line that is one list in the background is one job, not a job that starts another.
        const bool background =
            end_of_list(line->parsed, 0, groups) == groups && line->parsed.groups[groups - 1].background;
        job = start_job(line, 0, groups, background);
    }
    if (!job || job->background)
        terminal.ended(terminal.owner, text);
    kref_put(&line->kref, free_line);
    return job;
}

static void sleep_until(ktime_t when) {
    while (ktime_before(ktime_get(), when)) {
        set_current_state(TASK_IDLE);
        schedule_hrtimeout(&when, HRTIMER_MODE_ABS);
    }
}

static const shell_terminal script_terminal = {
    [](void *, const char *text) { port_print(text); },
    [](void *, const char *line, const char *why) { port_command_failed(line, why); },
    [](void *, const char *line) { port_command_ended(line); },
    nullptr,
};

enum class settling {
    keep, // it goes on beside what follows
    wait, // for its end
    init, // for what a module's may take
    exit  // the same
};

// For a line that starts when the run ends.
static const u64 LAST_LINE_NS = NSEC_PER_SEC;

// What becomes of the line before. False: it does not end, and nothing can follow.
static bool settle(struct job *last, settling how, ktime_t zero, u64 end_ns) {
    if (!last)
        return true;
    const bool is_last = !last->line->own && last->line->at_ns >= end_ns;
    const ktime_t end = ktime_add_ns(zero, end_ns + (is_last ? LAST_LINE_NS : 0));
    if (how == settling::keep || last->background || (how == settling::wait && !ends_before(last, end))) {
        if (is_last && how == settling::wait && !last->background)
            last->line->terminal->failed(last->line->terminal->owner, last->line->text,
                                         "it starts when the run ends and takes more than 1 s: stopped");
        keep_job(last);
        return true;
    }
    if (how != settling::wait && !ends_in_time(last, how == settling::init ? MAX_BUSY_INIT : MAX_BUSY_EXIT) &&
        !killed_in_time(last))
        return false;
    job_finish(last);
    return true;
}

// A line starts when its time has come and the line before it, if it has the same time, has ended. So "insmod" lines
// follow each other, and a "sleep 10" at one second does not hold up what is asked for at two. Where lines are typed,
// there are times without one.
void __noreturn run_commands() {
    struct port_command command;
    struct job *last = nullptr;
    bool ready = false;
    ktime_t zero = 0;

    bool ending = false, stuck = false;

    while (!stuck && port_next_command(&command)) {
        const bool follows = last && command.at_ns == last->line->at_ns;
        stuck = !settle(last,
                        !ready    ? settling::init
                        : ending  ? settling::exit
                        : follows ? settling::wait
                                  : settling::keep,
                        zero, command.end_ns);
        last = nullptr;
        if (stuck)
            break;
        if (!ready && command.at_ns > 0) {
            ready = true;
            port_ready();
            zero = ktime_get();
        }
        if (ready)
            sleep_until(ktime_add_ns(zero, command.at_ns));
        if (command.ends && !ending) {
            ending = true;
            kill_jobs(static_cast<unsigned>(command.at_ns / NSEC_PER_SEC) + 1);
        }
        if (!command.line) { // a console's time to see who has died
            hold held(jobs_lock);
            reap_jobs();
        }
        if (command.line)
            last = start_line(command.line, command.at_ns, command.echo, script_terminal);
    }
    if (!stuck)
        settle(last, ready ? settling::exit : settling::init, zero, 0);
    if (!ready)
        port_ready();
    kill_jobs(0);
    kernel_power_off();
    unreachable();
}
