/* SPDX-License-Identifier: Apache-2.0 */
/* Names in the tree of files. The trees here (proc, sys, debugfs, dev) live in memory: a dentry is there or it is not. */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/stringhash.h>
#include <linux/types.h>

struct inode;

struct qstr {
	u32 hash;
	u32 len;
	const unsigned char *name;
};

#define DNAME_INLINE_LEN 32

struct dentry {
	struct dentry *d_parent; /* the root's is itself */
	struct qstr d_name;
	struct inode *d_inode;
	unsigned char d_iname[DNAME_INLINE_LEN]; /* a short name once more */
	void *d_fsdata;
	struct list_head d_child;   /* entry in the parent's d_subdirs */
	struct list_head d_subdirs; /* in the order of creation */
};

static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static inline bool d_really_is_positive(const struct dentry *dentry)
{
	return dentry->d_inode != NULL;
}

__BEGIN_DECLS

struct path;
/* Writes the path to the end of buf and returns where it begins; -ENAMETOOLONG as an error pointer. */
char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen);
/* Gives back what debugfs_lookup() found. NULL: nothing happens. */
void dput(struct dentry *dentry);
char *d_path(const struct path *path, char *buf, int buflen);

__END_DECLS

#ifndef __cplusplus
#define QSTR_INIT(text, length) { .len = (length), .name = (const unsigned char *)(text) }
#endif

#endif
