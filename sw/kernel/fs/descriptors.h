// SPDX-License-Identifier: Apache-2.0
#ifndef KERNEL_FS_DESCRIPTORS_H
#define KERNEL_FS_DESCRIPTORS_H

// A program's end. Process context.
void close_all_descriptors();

#endif
