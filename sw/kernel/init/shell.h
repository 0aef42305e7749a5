// SPDX-License-Identifier: Apache-2.0
//
// The user's command lines, as a small shell of an embedded system has them. Each line runs in a task of its own with
// the command's name, each command of a pipeline too. Everything here is for process context and may sleep.
#ifndef KERNEL_INIT_SHELL_H
#define KERNEL_INIT_SHELL_H

#include <linux/compiler.h>
#include <linux/types.h>

struct file;
struct shell_pipe;

// Where a shell's lines come from is its owner's business; where their text goes is this. --exec has one that writes to
// the simulator's output; a console has its own.
struct shell_terminal {
    void (*print)(void *owner, const char *text);
    // The last word about a line: it failed, and why.
    void (*failed)(void *owner, const char *line, const char *why);
    // A line has ended, well or not; what it has in the background goes on.
    void (*ended)(void *owner, const char *line);
    void *owner;
};

// Where a command's output goes: the terminal, the file behind '>', or the pipe behind '|'.
class shell_output {
public:
    shell_output(const shell_terminal &terminal, struct file *redirected, shell_pipe *pipe);
    ~shell_output();
    shell_output(const shell_output &) = delete;
    shell_output &operator=(const shell_output &) = delete;

    void write(const char *text, size_t length);
    void print(const char *text);
    __printf(2, 3) void printf(const char *fmt, ...);
    // What is still in the buffer. 0, or the error of the first write that failed; -EPIPE: the reader has gone.
    int flush();

private:
    const shell_terminal &terminal_;
    struct file *file_;
    shell_pipe *pipe_;
    char *buffer_; // user memory when redirected
    size_t used_ = 0;
    loff_t pos_ = 0;
    int error_ = 0;
};

// What a command reads where it is given no path: the file behind '<', the pipe before it, or nothing.
class shell_input {
public:
    shell_input(struct file *file, shell_pipe *pipe)
        : file_(file)
        , pipe_(pipe) {}
    // Bytes read into the buffer, which is user memory; 0 at the end; -ERESTARTSYS when the task is killed; else the
    // file's error.
    ssize_t read(char *buffer, size_t size);
    bool is_there() const { return file_ || pipe_; }

private:
    struct file *file_;
    shell_pipe *pipe_;
};

struct shell_call {
    int argc;
    char **argv;
    shell_input *in;
    shell_output *out;
    const shell_terminal *terminal;
    char *why; // the line for the user when the command fails
    size_t why_size;

    // Fills in the reason and returns 1, the status of a command that failed.
    __printf(2, 3) int fail(const char *fmt, ...) const;
    // Fails with the command's usage.
    int usage() const;
    // Runs the words from `first` on as a command of their own, as taskset and chrt do.
    int run_rest(int first) const;
};

struct shell_command {
    const char *name;
    int (*run)(const shell_call &call); // 0, or another status with call.why filled in
    const char *usage;
    const char *purpose; // for help: what it does, half a line
};

extern const struct shell_command file_commands[]; // each table ends with a null name
extern const struct shell_command text_commands[];
extern const struct shell_command task_commands[];
extern const struct shell_command system_commands[];

const struct shell_command *find_command(const char *name);
// Calls visit(command) for each command there is.
template <class Visit>
void for_each_command(Visit visit) {
    const struct shell_command *const tables[] = {file_commands, text_commands, task_commands, system_commands};
    for (const struct shell_command *table : tables) {
        for (; table->name; table++)
            visit(*table);
    }
}

// "No such file or directory" for -ENOENT or ENOENT.
const char *error_text(int error);

// " (did you mean /proc/interrupts?)" for a path that is not there, or nothing; `text` has room for `size` bytes.
void suggest_path(const char *path, char *text, size_t size);
void suggest_command(const char *name, char *text, size_t size);

// "2", "0.25", "500ms", "20us"; seconds without a unit. -EINVAL: it is not a time.
int parse_duration(const char *text, u64 *ns);

// What a task that does not end is about, as a finding with the driver's line. 0 seconds: it cannot be killed.
// sched/watchdog.cpp
void report_endless(int pid, unsigned seconds);
// Since power-on, of all CPUs: ns in which they were not idle. Proc's account. proc/stat.cpp
u64 busy_cpu_ns(void);
// A CPU is stuck, and will be reported.
bool softlockup_is_near(void);

// Whether the task runs a line of the user.
bool is_shell_job(const struct task_struct *task);

#endif
