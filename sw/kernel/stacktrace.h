// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_STACKTRACE_H
#define KERNEL_STACKTRACE_H

/*
 * Calls `visit` with each return address from the frame `from` (a frame pointer of the running stack) outwards until it
 * says false; the number of calls. Any context.
 */
unsigned int walk_stack(const void *from, bool (*visit)(const void *return_address, void *data), void *data);
/*
 * The first frame outside of the exception that the frame `from` handles: the port's own frames, which have no symbols,
 * lie between. `from` itself where there are none.
 */
const void *frame_outside_exception(const void *from);
// Where the function of a frame was called from, and the frame of that caller (itself, if there is none).
const void *frame_caller(const void *frame);
const void *frame_of_caller(const void *frame);
// "Call trace:", the address `first` if there is one, and the callers from the frame `from` on.
void print_call_trace(const char *level, const void *first, const void *from);

#endif
