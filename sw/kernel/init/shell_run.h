// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_INIT_SHELL_RUN_H
#define KERNEL_INIT_SHELL_RUN_H

#include "kernel/init/shell.h"
#include "kernel/init/shell_parse.h"

// Runs one group of a line in the current task and returns its status, with the reason in `why` when it is not 0. What
// failed before the last command of a pipeline is printed. A task that does not return (an oops in a module's init)
// leaves its group where it is.
int run_group(const struct parsed_line &line, const struct parsed_group &group, const shell_terminal &terminal,
              char *why, size_t why_size);

// Whether the task is one command of a pipeline.
bool is_pipeline_stage(const struct task_struct *task);

void send_signal_to(pid_t pid, int signal);

#endif
