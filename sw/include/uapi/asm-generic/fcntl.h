/* SPDX-License-Identifier: Apache-2.0 */
/* Flags of open(2), the values of arm64 (those of the generic ABI, save O_DIRECTORY to O_LARGEFILE). */
#ifndef _UAPI_ASM_GENERIC_FCNTL_H
#define _UAPI_ASM_GENERIC_FCNTL_H

#define O_ACCMODE   00000003
#define O_RDONLY    00000000
#define O_WRONLY    00000001
#define O_RDWR	    00000002
#define O_CREAT	    00000100
#define O_EXCL	    00000200
#define O_NOCTTY    00000400
#define O_TRUNC	    00001000
#define O_APPEND    00002000
#define O_NONBLOCK  00004000
#define O_DSYNC	    00010000
#define FASYNC	    00020000
#define O_DIRECTORY 040000
#define O_NOFOLLOW  0100000
#define O_DIRECT    0200000
#define O_LARGEFILE 0400000
#define O_NOATIME   01000000
#define O_CLOEXEC   02000000
#define O_NDELAY    O_NONBLOCK

#endif
