/* SPDX-License-Identifier: Apache-2.0 */
/* Where printk's lines go (Linux's include/linux/console.h). kernel/printk/console.cpp */
#ifndef _LINUX_CONSOLE_H_
#define _LINUX_CONSOLE_H_

#include <linux/types.h>

#define CON_PRINTBUFFER (1) /* shall have what was logged before it was registered */
#define CON_CONSDEV (2)	    /* the last one named by console= */
#define CON_ENABLED (4)
#define CON_BOOT (8)
#define CON_ANYTIME (16)

/*
 * write: one whole line or record, stamps included; I masked, under the console lock, on any CPU. setup: `options` is
 * what follows the comma of console=, or NULL; not 0 refuses. index: which of the driver's lines; -1: the one that
 * console= names.
 */
struct console {
	char name[16];
	void (*write)(struct console *co, const char *s, unsigned int count);
	int (*setup)(struct console *co, char *options);
	int (*exit)(struct console *co);
	short flags;
	short index;
	void *data;
	u64 seq;		/* of the next record that it gets */
	unsigned long dropped;	/* records that were overwritten before it got them, not told yet */
	struct console *next;
};

enum con_flush_mode {
	CONSOLE_FLUSH_PENDING,
	CONSOLE_REPLAY_ALL
};

__BEGIN_DECLS
/* console= named at least one. */
extern int console_set_on_cmdline;
extern struct console *console_drivers;

/* In a task. A console whose name (and index, unless that is -1) no console= has is left out, unless it has CON_ENABLED. */
void register_console(struct console *newcon);
int unregister_console(struct console *console);

/* The console lock: who has it may write to consoles and change the list of them. In a task. */
void console_lock(void);
/* Any context. 1: taken. */
int console_trylock(void);
/* Writes first what is still to be written. Any context. */
void console_unlock(void);
int is_console_locked(void);
void console_flush_on_panic(enum con_flush_mode mode);
__END_DECLS

#endif
