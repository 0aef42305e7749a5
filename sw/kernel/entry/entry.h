// SPDX-License-Identifier: Apache-2.0
// The way into the kernel on each core (Linux: arch/arm64/kernel/entry.S, entry-common.c).
#ifndef KERNEL_ENTRY_ENTRY_H
#define KERNEL_ENTRY_ENTRY_H

// This core's exceptions come to the kernel from here on; D, A and F are open, I stays masked.
void install_vectors();

// kernel/fork.cpp
void init_boot_task();

#endif
