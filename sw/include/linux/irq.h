/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What interrupt controllers use of the interrupt core: chips, per-line data, flow handlers, descriptors (Linux 6.1,
 * include/linux/irq.h).
 */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqhandler.h>
#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <asm/irq.h>

struct device;
struct fwnode_handle;
struct irq_affinity_desc;
struct irq_chip;
struct irq_data;
struct irq_domain;
struct module;
struct msi_msg;
struct msi_desc;
struct seq_file;

/*
 * Bits 0-7: trigger type, as in the device tree's interrupt specifiers. The rest: what kind of line it is
 * (irq_set_status_flags and friends).
 */
enum {
	IRQ_TYPE_NONE = 0x00000000,
	IRQ_TYPE_EDGE_RISING = 0x00000001,
	IRQ_TYPE_EDGE_FALLING = 0x00000002,
	IRQ_TYPE_EDGE_BOTH = (IRQ_TYPE_EDGE_FALLING | IRQ_TYPE_EDGE_RISING),
	IRQ_TYPE_LEVEL_HIGH = 0x00000004,
	IRQ_TYPE_LEVEL_LOW = 0x00000008,
	IRQ_TYPE_LEVEL_MASK = (IRQ_TYPE_LEVEL_LOW | IRQ_TYPE_LEVEL_HIGH),
	IRQ_TYPE_SENSE_MASK = 0x0000000f,
	IRQ_TYPE_DEFAULT = IRQ_TYPE_SENSE_MASK,
	IRQ_TYPE_PROBE = 0x00000010,

	IRQ_LEVEL = (1 << 8),
	IRQ_PER_CPU = (1 << 9),
	IRQ_NOPROBE = (1 << 10),
	IRQ_NOREQUEST = (1 << 11),
	IRQ_NOAUTOEN = (1 << 12),
	IRQ_NO_BALANCING = (1 << 13),
	IRQ_MOVE_PCNTXT = (1 << 14),
	IRQ_NESTED_THREAD = (1 << 15),
	IRQ_NOTHREAD = (1 << 16),
	IRQ_PER_CPU_DEVID = (1 << 17),
	IRQ_IS_POLLED = (1 << 18),
	IRQ_DISABLE_UNLAZY = (1 << 19),
	IRQ_HIDDEN = (1 << 20),
	IRQ_NO_DEBUG = (1 << 21),
};

#define IRQF_MODIFY_MASK                                                                                               \
	(IRQ_TYPE_SENSE_MASK | IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOAUTOEN | IRQ_MOVE_PCNTXT | IRQ_LEVEL |              \
	 IRQ_NO_BALANCING | IRQ_PER_CPU | IRQ_NESTED_THREAD | IRQ_NOTHREAD | IRQ_PER_CPU_DEVID | IRQ_IS_POLLED |       \
	 IRQ_DISABLE_UNLAZY | IRQ_HIDDEN)

#define IRQ_NO_BALANCING_MASK (IRQ_PER_CPU | IRQ_NO_BALANCING)

/* What irq_set_affinity of a chip answers: OK and core copies the mask, the chip has copied it, or a stacked chip did. */
enum {
	IRQ_SET_MASK_OK = 0,
	IRQ_SET_MASK_OK_NOCOPY,
	IRQ_SET_MASK_OK_DONE,
};

/* Per line, shared by all levels of a hierarchy. */
struct irq_common_data {
	unsigned int state_use_accessors;
	int node; /* what the number was allocated for; NUMA_NO_NODE unless somebody asked */
	void *handler_data;
	struct msi_desc *msi_desc;
	cpumask_var_t affinity;
	cpumask_var_t effective_affinity;
	unsigned int ipi_offset;
};

/* Per line and level: what the chip callbacks get. `mask` is the chip's own precomputed bit. */
struct irq_data {
	u32 mask;
	unsigned int irq;
	unsigned long hwirq;
	struct irq_common_data *common;
	struct irq_chip *chip;
	struct irq_domain *domain;
	struct irq_data *parent_data;
	void *chip_data;
};

/* irq_common_data.state_use_accessors; bits 0-3 are the trigger type. */
enum {
	IRQD_TRIGGER_MASK = 0xf,
	IRQD_SETAFFINITY_PENDING = (1 << 8),
	IRQD_ACTIVATED = (1 << 9),
	IRQD_NO_BALANCING = (1 << 10),
	IRQD_PER_CPU = (1 << 11),
	IRQD_AFFINITY_SET = (1 << 12),
	IRQD_LEVEL = (1 << 13),
	IRQD_WAKEUP_STATE = (1 << 14),
	IRQD_MOVE_PCNTXT = (1 << 15),
	IRQD_IRQ_DISABLED = (1 << 16),
	IRQD_IRQ_MASKED = (1 << 17),
	IRQD_IRQ_INPROGRESS = (1 << 18),
	IRQD_WAKEUP_ARMED = (1 << 19),
	IRQD_FORWARDED_TO_VCPU = (1 << 20),
	IRQD_AFFINITY_MANAGED = (1 << 21),
	IRQD_IRQ_STARTED = (1 << 22),
	IRQD_MANAGED_SHUTDOWN = (1 << 23),
	IRQD_SINGLE_TARGET = (1 << 24),
	IRQD_DEFAULT_TRIGGER_SET = (1 << 25),
	IRQD_CAN_RESERVE = (1 << 26),
	IRQD_MSI_NOMASK_QUIRK = (1 << 27),
	IRQD_HANDLE_ENFORCE_IRQCTX = (1 << 28),
	IRQD_AFFINITY_ON_ACTIVATE = (1 << 29),
	IRQD_IRQ_ENABLED_ON_SUSPEND = (1 << 30),
};

#define __irqd_to_state(d) ((d)->common->state_use_accessors)

/*
 * The state of a line as chips see it, a row for each question and each change. IRQD_IS: is one of the bits set?
 * IRQD_MARK: sets them. IRQD_UNMARK: clears them.
 */
#define IRQD_IS(name, bits)                                                                                            \
	static inline bool name(struct irq_data *d)                                                                    \
	{                                                                                                              \
		return (__irqd_to_state(d) & (bits)) != 0;                                                             \
	}
#define IRQD_MARK(name, bits)                                                                                          \
	static inline void name(struct irq_data *d)                                                                    \
	{                                                                                                              \
		__irqd_to_state(d) |= (bits);                                                                          \
	}
#define IRQD_UNMARK(name, bits)                                                                                        \
	static inline void name(struct irq_data *d)                                                                    \
	{                                                                                                              \
		__irqd_to_state(d) &= ~(unsigned int)(bits);                                                           \
	}

/* What the flow of the line is at. */
IRQD_IS(irqd_irq_disabled, IRQD_IRQ_DISABLED)
IRQD_IS(irqd_irq_masked, IRQD_IRQ_MASKED)
IRQD_IS(irqd_irq_inprogress, IRQD_IRQ_INPROGRESS)
IRQD_IS(irqd_is_started, IRQD_IRQ_STARTED)
IRQD_IS(irqd_is_activated, IRQD_ACTIVATED)
IRQD_MARK(irqd_set_activated, IRQD_ACTIVATED)
IRQD_UNMARK(irqd_clr_activated, IRQD_ACTIVATED)

/* What kind of line it is. */
IRQD_IS(irqd_is_level_type, IRQD_LEVEL)
IRQD_IS(irqd_is_per_cpu, IRQD_PER_CPU)
IRQD_IS(irqd_trigger_type_was_set, IRQD_DEFAULT_TRIGGER_SET)
/* The line can only be handled where its controller can see it: an injection from elsewhere is refused. */
IRQD_IS(irqd_is_handle_enforce_irqctx, IRQD_HANDLE_ENFORCE_IRQCTX)
IRQD_MARK(irqd_set_handle_enforce_irqctx, IRQD_HANDLE_ENFORCE_IRQCTX)

/* Where it goes. Single target: the effective mask never has more than one CPU (GICv3 SPIs). */
IRQD_IS(irqd_affinity_is_managed, IRQD_AFFINITY_MANAGED)
IRQD_IS(irqd_is_managed_and_shutdown, IRQD_MANAGED_SHUTDOWN)
IRQD_IS(irqd_affinity_was_set, IRQD_AFFINITY_SET)
IRQD_MARK(irqd_mark_affinity_was_set, IRQD_AFFINITY_SET)
IRQD_IS(irqd_is_setaffinity_pending, IRQD_SETAFFINITY_PENDING)
IRQD_IS(irqd_can_move_in_process_context, IRQD_MOVE_PCNTXT)
IRQD_IS(irqd_is_single_target, IRQD_SINGLE_TARGET)
IRQD_MARK(irqd_set_single_target, IRQD_SINGLE_TARGET)
IRQD_IS(irqd_affinity_on_activate, IRQD_AFFINITY_ON_ACTIVATE)
IRQD_MARK(irqd_set_affinity_on_activate, IRQD_AFFINITY_ON_ACTIVATE)
IRQD_IS(irqd_is_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)
IRQD_MARK(irqd_set_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)
IRQD_UNMARK(irqd_clr_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)

/* What suspend does with it. */
IRQD_IS(irqd_is_wakeup_set, IRQD_WAKEUP_STATE)
IRQD_IS(irqd_is_wakeup_armed, IRQD_WAKEUP_ARMED)
IRQD_IS(irqd_is_enabled_on_suspend, IRQD_IRQ_ENABLED_ON_SUSPEND)

static inline bool irqd_can_balance(struct irq_data *d)
{
	return !(__irqd_to_state(d) & (IRQD_PER_CPU | IRQD_NO_BALANCING));
}

/* For xlate and alloc callbacks, before the line is requested. */
static inline void irqd_set_trigger_type(struct irq_data *d, u32 type)
{
	const unsigned int others = __irqd_to_state(d) & ~(unsigned int)IRQD_TRIGGER_MASK;

	__irqd_to_state(d) = others | (type & IRQD_TRIGGER_MASK) | IRQD_DEFAULT_TRIGGER_SET;
}

/*
 * An interrupt controller. Every callback is optional unless noted. They run with the line's lock held and interrupts
 * masked, except irq_bus_lock, irq_bus_sync_unlock, irq_request_resources and irq_release_resources, which may sleep
 * (the bus lock holds a line on a slow bus while the others only note what to write).
 *
 * irq_set_type answers IRQ_SET_MASK_OK, _OK_NOCOPY or an error; irq_set_affinity the same (force: CPUs may be offline).
 */
struct irq_chip {
	const char *name;
	unsigned int (*irq_startup)(struct irq_data *data);
	void (*irq_shutdown)(struct irq_data *data);
	void (*irq_enable)(struct irq_data *data);
	void (*irq_disable)(struct irq_data *data);

	void (*irq_ack)(struct irq_data *data);
	void (*irq_mask)(struct irq_data *data);
	void (*irq_mask_ack)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);

	int (*irq_set_affinity)(struct irq_data *data, const struct cpumask *dest, bool force);
	int (*irq_retrigger)(struct irq_data *data);
	int (*irq_set_type)(struct irq_data *data, unsigned int flow_type);
	int (*irq_set_wake)(struct irq_data *data, unsigned int on);

	void (*irq_bus_lock)(struct irq_data *data);
	void (*irq_bus_sync_unlock)(struct irq_data *data);

	void (*irq_suspend)(struct irq_data *data);
	void (*irq_resume)(struct irq_data *data);
	void (*irq_pm_shutdown)(struct irq_data *data);

	void (*irq_calc_mask)(struct irq_data *data);

	void (*irq_print_chip)(struct irq_data *data, struct seq_file *p);
	int (*irq_request_resources)(struct irq_data *data);
	void (*irq_release_resources)(struct irq_data *data);

	void (*irq_compose_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	void (*irq_write_msi_msg)(struct irq_data *data, struct msi_msg *msg);

	int (*irq_get_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which, bool *state);
	int (*irq_set_irqchip_state)(struct irq_data *data, enum irqchip_irq_state which, bool state);

	int (*irq_set_vcpu_affinity)(struct irq_data *data, void *vcpu_info);

	void (*ipi_send_single)(struct irq_data *data, unsigned int cpu);
	void (*ipi_send_mask)(struct irq_data *data, const struct cpumask *dest);

	int (*irq_nmi_setup)(struct irq_data *data);
	void (*irq_nmi_teardown)(struct irq_data *data);

	unsigned long flags;
};

enum {
	IRQCHIP_SET_TYPE_MASKED = (1 << 0),
	IRQCHIP_EOI_IF_HANDLED = (1 << 1),
	IRQCHIP_MASK_ON_SUSPEND = (1 << 2),
	IRQCHIP_ONOFFLINE_ENABLED = (1 << 3),
	IRQCHIP_SKIP_SET_WAKE = (1 << 4),
	IRQCHIP_ONESHOT_SAFE = (1 << 5),
	IRQCHIP_EOI_THREADED = (1 << 6),
	IRQCHIP_SUPPORTS_LEVEL_MSI = (1 << 7),
	IRQCHIP_SUPPORTS_NMI = (1 << 8),
	IRQCHIP_ENABLE_WAKEUP_ON_SUSPEND = (1 << 9),
	IRQCHIP_AFFINITY_PRE_STARTUP = (1 << 10),
	IRQCHIP_IMMUTABLE = (1 << 11),
};

#include <linux/irqdesc.h>

__BEGIN_DECLS
/* On a CPU that goes down, I masked, all others standing still: its lines go to CPUs that are online. */
void irq_migrate_all_off_this_cpu(void);
int irq_affinity_online_cpu(unsigned int cpu);

/* Flow handlers: which one a line has follows from how its controller signals. */
void handle_level_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_edge_eoi_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);
void handle_untracked_irq(struct irq_desc *desc);
void handle_percpu_irq(struct irq_desc *desc);
void handle_percpu_devid_irq(struct irq_desc *desc);
void handle_fasteoi_nmi(struct irq_desc *desc);
void handle_percpu_devid_fasteoi_nmi(struct irq_desc *desc);
void handle_bad_irq(struct irq_desc *desc);
void handle_nested_irq(unsigned int irq);
void handle_fasteoi_ack_irq(struct irq_desc *desc);
void handle_fasteoi_mask_irq(struct irq_desc *desc);

int irq_chip_compose_msi_msg(struct irq_data *data, struct msi_msg *msg);

/* Callbacks of a stacked chip that hand on to the parent's. -ENOSYS where the parent has none, unless noted. */
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool val);
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state);
void irq_chip_enable_parent(struct irq_data *data);
void irq_chip_disable_parent(struct irq_data *data);
void irq_chip_ack_parent(struct irq_data *data);
int irq_chip_retrigger_hierarchy(struct irq_data *data); /* 0: nothing could */
void irq_chip_mask_parent(struct irq_data *data);
void irq_chip_mask_ack_parent(struct irq_data *data);
void irq_chip_unmask_parent(struct irq_data *data);
void irq_chip_eoi_parent(struct irq_data *data);
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force);
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on);
int irq_chip_set_vcpu_affinity_parent(struct irq_data *data, void *vcpu_info);
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type);
int irq_chip_request_resources_parent(struct irq_data *data); /* 0 where the parent has none */
void irq_chip_release_resources_parent(struct irq_data *data);

/* As if the line had fired: by the controller, else as a resend. 0, -EINVAL (a level line, not activated), -EBUSY. */
int irq_inject_interrupt(unsigned int irq);

/* Interrupting other CPUs by a percpu_devid line of a chip that can. 0, -EINVAL. __: any context, no checks. */
int __ipi_send_single(struct irq_desc *desc, unsigned int cpu);
int __ipi_send_mask(struct irq_desc *desc, const struct cpumask *dest);
int ipi_send_single(unsigned int virq, unsigned int cpu);
int ipi_send_mask(unsigned int virq, const struct cpumask *dest);

void note_interrupt(struct irq_desc *desc, irqreturn_t action_ret);
int noirqdebug_setup(char *str);
int can_request_irq(unsigned int irq, unsigned long irqflags);

extern struct irq_chip no_irq_chip;
extern struct irq_chip dummy_irq_chip;

void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip, irq_flow_handler_t handle,
				   const char *name);
int irq_set_percpu_devid_partition(unsigned int irq, const struct cpumask *affinity);
int irq_set_percpu_devid(unsigned int irq);
int irq_get_percpu_devid_partition(unsigned int irq, struct cpumask *affinity);
void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained, const char *name);
/* Hangs another controller behind the line: the line is enabled and can no longer be requested. */
void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data);
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set);

/* 0, or -EINVAL when there is no such interrupt (set_irq_type: or the chip's error). */
int irq_set_chip(unsigned int irq, const struct irq_chip *chip);
int irq_set_handler_data(unsigned int irq, void *data);
int irq_set_chip_data(unsigned int irq, void *data);
int irq_set_irq_type(unsigned int irq, unsigned int type);
int irq_set_msi_desc(unsigned int irq, struct msi_desc *entry);
struct irq_data *irq_get_irq_data(unsigned int irq);
int irq_set_parent(int irq, int parent_irq);

/* Interrupt numbers with their descriptors. irq >= 0: exactly that; -1: the first free range >= from. */
int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node, struct module *owner,
		      const struct irq_affinity_desc *affinity);
int __devm_irq_alloc_descs(struct device *dev, int irq, unsigned int from, unsigned int cnt, int node,
			   struct module *owner, const struct irq_affinity_desc *affinity);
void irq_free_descs(unsigned int irq, unsigned int cnt);

__END_DECLS

#define irq_alloc_descs(irq, from, cnt, node) __irq_alloc_descs(irq, from, cnt, node, THIS_MODULE, NULL)
#define irq_alloc_desc(node)		      irq_alloc_descs(-1, 1, 1, node)
#define irq_alloc_desc_at(at, node)	      irq_alloc_descs(at, at, 1, node)
#define irq_alloc_desc_from(from, node)	      irq_alloc_descs(-1, from, 1, node)
#define irq_alloc_descs_from(from, cnt, node) irq_alloc_descs(-1, from, cnt, node)
#define devm_irq_alloc_descs(dev, irq, from, cnt, node)                                                                \
	__devm_irq_alloc_descs(dev, irq, from, cnt, node, THIS_MODULE, NULL)
#define devm_irq_alloc_desc(dev, node)		       devm_irq_alloc_descs(dev, -1, 1, 1, node)
#define devm_irq_alloc_desc_at(dev, at, node)	       devm_irq_alloc_descs(dev, at, at, 1, node)
#define devm_irq_alloc_desc_from(dev, from, node)      devm_irq_alloc_descs(dev, -1, from, 1, node)
#define devm_irq_alloc_descs_from(dev, from, cnt, node) devm_irq_alloc_descs(dev, -1, from, cnt, node)

static inline void irq_set_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 0, NULL);
}

static inline void irq_set_chained_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 1, NULL);
}

static inline void irq_free_desc(unsigned int irq)
{
	irq_free_descs(irq, 1);
}

static inline void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip, irq_flow_handler_t handle)
{
	irq_set_chip_and_handler_name(irq, chip, handle, NULL);
}

/* Permanent properties of a line: the bits that a call takes away and gives. */
#define IRQ_STATUS_CHANGE(name, taken, given)                                                                          \
	static inline void name(unsigned int irq)                                                                      \
	{                                                                                                              \
		irq_modify_status(irq, taken, given);                                                                  \
	}

IRQ_STATUS_CHANGE(irq_set_probe, IRQ_NOPROBE, 0)
IRQ_STATUS_CHANGE(irq_set_noprobe, 0, IRQ_NOPROBE)
IRQ_STATUS_CHANGE(irq_set_thread, IRQ_NOTHREAD, 0)
IRQ_STATUS_CHANGE(irq_set_nothread, 0, IRQ_NOTHREAD)
IRQ_STATUS_CHANGE(irq_set_percpu_devid_flags, 0,
		  IRQ_NOAUTOEN | IRQ_PER_CPU | IRQ_NOTHREAD | IRQ_NOPROBE | IRQ_PER_CPU_DEVID)

static inline void irq_set_status_flags(unsigned int irq, unsigned long set)
{
	irq_modify_status(irq, 0, set);
}

static inline void irq_clear_status_flags(unsigned int irq, unsigned long clr)
{
	irq_modify_status(irq, clr, 0);
}

static inline void irq_set_nested_thread(unsigned int irq, bool nest)
{
	irq_modify_status(irq, nest ? 0 : IRQ_NESTED_THREAD, nest ? IRQ_NESTED_THREAD : 0);
}

/* What a line has, by its data and by its number; by the number of a line that is not there: NULL or 0. */
#define IRQ_HAS(type, by_data, by_number, what)                                                                        \
	static inline type by_data(struct irq_data *d)                                                                 \
	{                                                                                                              \
		return d->what;                                                                                        \
	}                                                                                                              \
	static inline type by_number(unsigned int irq)                                                                 \
	{                                                                                                              \
		struct irq_data *const line = irq_get_irq_data(irq);                                                   \
                                                                                                                       \
		return line ? by_data(line) : 0;                                                                       \
	}

IRQ_HAS(struct irq_chip *, irq_data_get_irq_chip, irq_get_chip, chip)
IRQ_HAS(void *, irq_data_get_irq_chip_data, irq_get_chip_data, chip_data)
IRQ_HAS(void *, irq_data_get_irq_handler_data, irq_get_handler_data, common->handler_data)
IRQ_HAS(struct msi_desc *, irq_data_get_msi_desc, irq_get_msi_desc, common->msi_desc)
IRQ_HAS(u32, irqd_get_trigger_type, irq_get_trigger_type, common->state_use_accessors & (u32)IRQD_TRIGGER_MASK)
IRQ_HAS(const struct cpumask *, irq_data_get_affinity_mask, irq_get_affinity_mask, common->affinity)
IRQ_HAS(const struct cpumask *, irq_data_get_effective_affinity_mask, irq_get_effective_affinity_mask,
	common->effective_affinity)

static inline unsigned long irqd_to_hwirq(struct irq_data *d)
{
	return d->hwirq;
}

static inline int irq_data_get_node(struct irq_data *d)
{
	return d->common->node;
}

static inline void irq_data_update_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->affinity, m);
}

static inline void irq_data_update_effective_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->effective_affinity, m);
}

#include <linux/irqgeneric.h>

#endif
