/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes of names (Linux 6.1, include/linux/stringhash.h). */
#ifndef __LINUX_STRINGHASH_H
#define __LINUX_STRINGHASH_H

#include <linux/compiler.h>
#include <linux/hash.h>
#include <linux/types.h>

/* The hash in the low half, the length in the high one. */
#define hashlen_hash(hashlen) ((u32)(hashlen))
#define hashlen_len(hashlen) ((u32)((hashlen) >> 32))
#define hashlen_create(hash, len) ((u64)(len) << 32 | (u32)(hash))

/* Name by name: begin with `salt`, add each character, end. */
#define init_name_hash(salt) (unsigned long)(salt)
#define partial_name_hash(c, prevhash) (((prevhash) + ((c) << 4) + ((c) >> 4)) * 11)
#define end_name_hash(hash) hash_long(hash, 32)

__BEGIN_DECLS
/* Of a name of a length, and of one that ends with NUL, with its length. lib/stringhash.cpp */
unsigned int __pure full_name_hash(const void *salt, const char *name, unsigned int len);
u64 __pure hashlen_string(const void *salt, const char *name);
__END_DECLS

#endif
