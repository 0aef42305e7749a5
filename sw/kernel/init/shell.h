// SPDX-License-Identifier: Apache-2.0
//
// The user's command lines, as a small shell of an embedded system has them. Each line runs in a task of its own with
// the command's name.
#ifndef KERNEL_INIT_SHELL_H
#define KERNEL_INIT_SHELL_H

#include <linux/compiler.h>
#include <linux/types.h>

struct file;

// Where a command's output goes: the console, or the file behind '>'.
class shell_output {
public:
    explicit shell_output(struct file *redirected);
    ~shell_output();
    shell_output(const shell_output &) = delete;
    shell_output &operator=(const shell_output &) = delete;

    void write(const char *text, size_t length);
    void print(const char *text);
    __printf(2, 3) void printf(const char *fmt, ...);
    // What is still in the buffer. 0, or the error of the first write that failed.
    int flush();

private:
    struct file *file_;
    char *buffer_; // user memory when redirected
    size_t used_ = 0;
    loff_t pos_ = 0;
    int error_ = 0;
};

struct shell_call {
    int argc;
    char **argv;
    shell_output *out;
    char *why; // the line for the user when the command fails
    size_t why_size;

    // Fills in the reason and returns 1, the status of a command that failed.
    __printf(2, 3) int fail(const char *fmt, ...) const;
};

struct shell_command {
    const char *name;
    int (*run)(const shell_call &call); // 0, or 1 with call.why filled in
    const char *usage;
};

extern const struct shell_command shell_commands[]; // ends with a null name
extern const struct shell_command system_commands[];

// "No such file or directory" for -ENOENT or ENOENT.
const char *error_text(int error);

// Whether the task runs a line of the user.
bool is_shell_job(const struct task_struct *task);

#endif
