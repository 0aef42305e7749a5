// SPDX-License-Identifier: Apache-2.0
//
// What a command writes to and reads from.
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kernel/fs/user.h"
#include "kernel/init/shell.h"
#include "kernel/init/shell_pipe.h"
#include "lib/guard.h"

void shell_pipe::init() {
    mutex_init(&lock_);
    init_waitqueue_head(&changed_);
    written_ = read_ = 0;
    writer_gone_ = reader_gone_ = false;
}

ssize_t shell_pipe::write(const char *text, size_t length) {
    if (wait_event_interruptible(changed_, READ_ONCE(reader_gone_) || READ_ONCE(read_) + SIZE > READ_ONCE(written_)))
        return -ERESTARTSYS;
    hold held(lock_);
    if (reader_gone_)
        return -EPIPE;
    const size_t begin = written_ % SIZE;
    const size_t n = min3(length, read_ + SIZE - written_, SIZE - begin);
    memcpy(ring_ + begin, text, n);
    WRITE_ONCE(written_, written_ + n);
    wake_up(&changed_);
    return n;
}

ssize_t shell_pipe::read(char *buffer, size_t size) {
    if (wait_event_interruptible(changed_, READ_ONCE(writer_gone_) || READ_ONCE(written_) > READ_ONCE(read_)))
        return -ERESTARTSYS;
    hold held(lock_);
    const size_t begin = read_ % SIZE;
    const size_t n = min3(size, written_ - read_, SIZE - begin);
    memcpy(buffer, ring_ + begin, n);
    WRITE_ONCE(read_, read_ + n);
    wake_up(&changed_);
    return n;
}

void shell_pipe::close(bool &end) {
    hold held(lock_);
    WRITE_ONCE(end, true);
    wake_up(&changed_);
}

void shell_pipe::close_writer() {
    close(writer_gone_);
}

void shell_pipe::close_reader() {
    close(reader_gone_);
}

shell_output::shell_output(const shell_terminal &terminal, struct file *redirected, shell_pipe *pipe)
    : terminal_(terminal)
    , file_(redirected)
    , pipe_(pipe)
    , buffer_(static_cast<char *>(user_alloc())) {
    if (!buffer_)
        error_ = -ENOMEM;
}

shell_output::~shell_output() {
    user_free(buffer_);
}

void shell_output::write(const char *text, size_t length) {
    while (length && !error_) {
        const size_t room = USER_SLOT_SIZE - 1 - used_; // one for the terminal's NUL
        const size_t n = min(room, length);
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
    if (!file_ && !pipe_) {
        buffer_[used_] = '\0';
        terminal_.print(terminal_.owner, buffer_);
    } else {
        for (size_t done = 0; done < used_ && !error_;) {
            const ssize_t n = pipe_ ? pipe_->write(buffer_ + done, used_ - done)
                                    : vfs_write(file_, buffer_ + done, used_ - done, &pos_);
            if (n <= 0)
                error_ = n ? n : -ENOSPC;
            else
                done += n;
        }
    }
    used_ = 0;
    return error_;
}

ssize_t shell_input::read(char *buffer, size_t size) {
    if (pipe_)
        return pipe_->read(buffer, size);
    return file_ ? vfs_read(file_, buffer, size, &file_->f_pos) : 0;
}

// A command that goes on after a failure, as cat does with the next file, has several reasons: a line each.
static void add_line(char *lines, size_t size, const char *fmt, va_list args) {
    size_t used = strlen(lines);
    if (used && used + 2 < size)
        lines[used++] = '\n';
    vscnprintf(lines + used, size - used, fmt, args);
}

int shell_call::fail(const char *fmt, ...) const {
    va_list args;
    va_start(args, fmt);
    add_line(why, why_size, fmt, args);
    va_end(args);
    return 1;
}

int shell_call::usage() const {
    const struct shell_command *command = find_command(argv[0]);
    return fail("%s: expected %s", argv[0], command ? command->usage : argv[0]);
}
