// SPDX-License-Identifier: Apache-2.0
//
// A pipe between two commands: a ring of bytes that one task fills and another empties. Process context; both ends may
// sleep.
#ifndef KERNEL_INIT_SHELL_PIPE_H
#define KERNEL_INIT_SHELL_PIPE_H

#include <linux/mutex.h>
#include <linux/wait.h>

struct shell_pipe {
    enum : size_t { SIZE = 4096 };

    void init();
    // Bytes taken over, at least one; -EPIPE when the reader has gone; -ERESTARTSYS when the task is killed.
    ssize_t write(const char *text, size_t length);
    // Bytes read; 0 when the writer has gone and all is read; -ERESTARTSYS when the task is killed.
    ssize_t read(char *buffer, size_t size);
    void close_writer();
    void close_reader();

private:
    void close(bool &end);

    struct mutex lock_;
    wait_queue_head_t changed_;
    size_t written_, read_; // bytes since the beginning
    bool writer_gone_, reader_gone_;
    char ring_[SIZE];
};

#endif
