// SPDX-License-Identifier: Apache-2.0
//
// Runs a parsed line: groups one after the other, the commands of a pipeline side by side.
#include "kernel/init/shell_run.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kernel/init/shell_paths.h"
#include "kernel/init/shell_pipe.h"
#include "lib/guard.h"
#include "port/order.h"

namespace {

enum : int { COMMAND_NOT_FOUND = 127, KILLED = 137 };

// The words of one command, patterns replaced by what they match.
struct arguments {
    enum : unsigned { MAX = 512 };
    unsigned count, matches;
    char *words[MAX + 1];
    char *found[MAX]; // those of the words that are allocated

    void add(const struct shell_word &word) {
        if (word.pattern && paths_that_match(word.text, add_path, this))
            return;
        if (count < MAX)
            words[count++] = const_cast<char *>(word.text);
    }
    static void add_path(const char *path, void *arg) {
        arguments *self = static_cast<arguments *>(arg);
        char *copy = self->count < MAX ? kstrdup(path, GFP_KERNEL) : nullptr;
        if (copy)
            self->words[self->count++] = self->found[self->matches++] = copy;
    }
    void free() {
        while (matches)
            kfree(found[--matches]);
        kfree(this);
    }
};

// A file behind '<' or '>'; closed at the end of the command.
class redirection {
public:
    ~redirection() {
        if (file_)
            filp_close(file_, nullptr);
    }
    // 0, or the error; no path: no file.
    int open(const char *path, int flags) {
        if (!path)
            return 0;
        struct file *file = filp_open(path, flags, 0644);
        if (IS_ERR(file))
            return PTR_ERR(file);
        file_ = file;
        return 0;
    }
    struct file *get() const {
        return file_;
    }

private:
    struct file *file_ = nullptr;
};

// One command of a pipeline and what it is connected to.
struct stage {
    const struct parsed_line *line;
    const struct parsed_command *command;
    const shell_terminal *terminal;
    shell_pipe *from, *to; // null: not a pipe
    int status;
    char why[512];
    struct completion ended; // of the stage's task, however it ends
    bool returned;
};

// The reason of a failure, where the user wants it: in the output, in a file, or, as it is, for the terminal.
void redirect_reason(struct stage &s, shell_output &out) {
    if (s.command->errors_to == error_target::terminal || !s.why[0])
        return;
    if (s.command->errors_to == error_target::output) {
        out.printf("%s\n", s.why);
        out.flush();
    } else {
        redirection file;
        if (!file.open(s.command->errors, O_WRONLY | O_CREAT | O_TRUNC)) {
            shell_output errors(*s.terminal, file.get(), nullptr);
            errors.printf("%s\n", s.why);
            errors.flush();
        }
    }
    s.why[0] = '\0';
}

void run_opened(struct stage &s, arguments &args, struct file *input, struct file *output) {
    shell_input in(input, s.from);
    shell_output out(*s.terminal, output, s.to);
    const shell_call call = {static_cast<int>(args.count), args.words, &in, &out, s.terminal, s.why, sizeof(s.why)};

    s.status = call.run_rest(0);
    const int error = out.flush();
    if (error == -EPIPE)
        s.status = 0; // what is behind the pipe has seen enough
    else if (!s.status && error && error != -ERESTARTSYS)
        s.status = call.fail("%s: write error: %s", args.words[0], error_text(error));
    if (s.status)
        redirect_reason(s, out);
}

// 0, or the error and the path that it is about.
int open_redirections(const struct parsed_command &c, redirection &input, redirection &output, const char **path) {
    *path = c.input;
    if (const int error = input.open(c.input, O_RDONLY))
        return error;
    *path = c.output;
    return output.open(c.output, O_WRONLY | O_CREAT | (c.append ? O_APPEND : O_TRUNC));
}

void run_stage(struct stage &s) {
    redirection input, output;
    const char *path = "";
    arguments *args = static_cast<arguments *>(kzalloc(sizeof(*args), GFP_KERNEL));
    const int error = args ? open_redirections(*s.command, input, output, &path) : -ENOMEM;

    if (error) {
        scnprintf(s.why, sizeof(s.why), "sh: %s: %s", path, error_text(error));
        s.status = 1;
    } else {
        for (unsigned i = 0; i < s.command->words; i++)
            args->add(s.line->words[s.command->first_word + i]);
        run_opened(s, *args, input.get(), output.get());
    }
    if (args)
        args->free();
    // The neighbours hear of the end at once, not when the pipeline is over.
    if (s.to)
        s.to->close_writer();
    if (s.from)
        s.from->close_reader();
}

int stage_thread(void *arg) {
    order_tell(process, current);
    stage *s = static_cast<stage *>(arg);
    current->vfork_done = &s->ended;
    run_stage(*s);
    s->returned = true;
    return 0;
}

// A pipeline: each command in a task of its own, the last one's status is the pipeline's.
class pipeline {
public:
    ~pipeline() {
        kfree(stages_);
        kfree(pipes_);
    }
    int run(const struct parsed_line &line, const struct parsed_group &group, const shell_terminal &terminal, char *why,
            size_t why_size) {
        const unsigned n = group.commands;
        stages_ = static_cast<stage *>(kcalloc(n, sizeof(*stages_), GFP_KERNEL));
        pipes_ = static_cast<shell_pipe *>(kcalloc(n, sizeof(*pipes_), GFP_KERNEL));
        if (!stages_ || !pipes_) {
            strscpy(why, "out of memory", why_size);
            return 1;
        }
        for (unsigned i = 0; i < n; i++)
            connect(line, group, i, terminal);
        if (n == 1)
            run_stage(stages_[0]);
        else
            run_side_by_side(n);
        return result(n, why, why_size);
    }

private:
    void connect(const struct parsed_line &line, const struct parsed_group &group, unsigned i,
                 const shell_terminal &terminal) {
        stage &s = stages_[i];
        pipes_[i].init();
        s.line = &line;
        s.command = &line.commands[group.first_command + i];
        s.terminal = &terminal;
        s.from = i ? &pipes_[i - 1] : nullptr;
        s.to = i + 1 < group.commands ? &pipes_[i] : nullptr;
        init_completion(&s.ended);
    }

    void run_side_by_side(unsigned n) {
        pid_t tasks[parsed_line::MAX_COMMANDS];
        for (unsigned i = 0; i < n; i++) {
            tasks[i] = user_mode_thread(stage_thread, &stages_[i], CLONE_FS);
            if (tasks[i] < 0) {
                stages_[i].status = 1;
                scnprintf(stages_[i].why, sizeof(stages_[i].why), "sh: %s", error_text(tasks[i]));
                complete(&stages_[i].ended);
                stages_[i].returned = true;
            }
        }
        for (unsigned i = 0; i < n; i++) {
            if (wait_for_completion_state(&stages_[i].ended, TASK_INTERRUPTIBLE)) {
                // The line is killed: so are its commands.
                for (unsigned k = i; k < n; k++)
                    send_signal_to(tasks[k], SIGKILL);
                wait_for_completion_state(&stages_[i].ended, TASK_IDLE);
            }
            close_after(stages_[i]);
        }
    }

    // A task that died in its command did not close its pipes.
    static void close_after(stage &s) {
        if (s.returned)
            return;
        s.status = KILLED;
        strscpy(s.why, "killed", sizeof(s.why));
        if (s.to)
            s.to->close_writer();
        if (s.from)
            s.from->close_reader();
    }

    int result(unsigned n, char *why, size_t why_size) {
        const shell_terminal &terminal = *stages_[0].terminal;
        for (unsigned i = 0; i + 1 < n; i++) {
            if (stages_[i].why[0] && stages_[i].status) {
                terminal.print(terminal.owner, stages_[i].why);
                terminal.print(terminal.owner, "\n");
            }
        }
        strscpy(why, stages_[n - 1].why, why_size);
        return stages_[n - 1].status;
    }

    stage *stages_ = nullptr;
    shell_pipe *pipes_ = nullptr;
};

} // namespace

void send_signal_to(pid_t pid, int signal) {
    rcu_section s;
    struct task_struct *task = find_task_by_vpid(pid);
    if (task)
        send_sig(signal, task, 1);
}

const struct shell_command *find_command(const char *name) {
    const struct shell_command *found = nullptr;
    for_each_command([&](const struct shell_command &command) {
        if (!strcmp(command.name, name))
            found = &command;
    });
    return found;
}

int shell_call::run_rest(int first) const {
    const struct shell_command *command = find_command(argv[first]);

    if (!command) {
        char hint[64];
        suggest_command(argv[first], hint, sizeof(hint));
        fail("%s: command not found%s", argv[first], hint);
        return COMMAND_NOT_FOUND;
    }
    set_task_comm(current, argv[first]);
    const shell_call call = {argc - first, argv + first, in, out, terminal, why, why_size};
    return command->run(call);
}

bool is_pipeline_stage(const struct task_struct *task) {
    return task->thread.fn == stage_thread;
}

int run_group(const struct parsed_line &line, const struct parsed_group &group, const shell_terminal &terminal,
              char *why, size_t why_size) {
    pipeline p;
    return p.run(line, group, terminal, why, why_size);
}
