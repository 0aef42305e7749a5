// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * Lets the tests' modules call functions that real Linux keeps to itself. Each name here is a jump to the address that
 * the parameter of the same name gives; the first program of a boot reads the addresses from /proc/kallsyms. The names
 * stand in unexported.txt, one a line, and here.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#define JUMP(name)                                                                                                     \
	unsigned long oracle_address_##name;                                                                           \
	module_param_named(name, oracle_address_##name, ulong, 0);                                                     \
	asm(".pushsection .text\n"                                                                                     \
	    ".globl " #name "\n.type " #name ", %function\n" #name ":\n"                                               \
	    "	adrp x16, oracle_address_" #name "\n"                                                                  \
	    "	ldr x16, [x16, :lo12:oracle_address_" #name "]\n"                                                      \
	    "	br x16\n"                                                                                              \
	    ".size " #name ", . - " #name "\n.popsection");                                                            \
	EXPORT_SYMBOL_GPL(name)

JUMP(_printk_deferred);
JUMP(do_softirq);
JUMP(irq_gc_ack_clr_bit);
JUMP(irq_gc_eoi);
JUMP(irq_work_queue_on);
JUMP(open_softirq);
JUMP(raise_softirq);
JUMP(raise_softirq_irqoff);

MODULE_LICENSE("GPL");
