/* SPDX-License-Identifier: Apache-2.0 */
/* The descriptor of one interrupt line (Linux 6.1, include/linux/irqdesc.h). For controllers and kernel/irq/. */
#ifndef _LINUX_IRQDESC_H
#define _LINUX_IRQDESC_H

#include <linux/irq.h>
#include <linux/kobject.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>

struct irq_affinity_notify;
struct proc_dir_entry;
struct module;
struct irq_domain;
struct pt_regs;

/*
 * `lock` (interrupts masked) guards the flow state: action list, istate, depth, counters. `request_mutex` serialises
 * request and free, and is the outer one. kstat_irqs is written by its own CPU only.
 */
struct irq_desc {
	struct irq_common_data irq_common_data;
	struct irq_data irq_data;
	unsigned int __percpu *kstat_irqs;
	irq_flow_handler_t handle_irq;
	struct irqaction *action;
	unsigned int status_use_accessors;
	unsigned int core_internal_state__do_not_mess_with_it;
	unsigned int depth; /* disable_irq nesting; 1 before the line is started */
	unsigned int wake_depth;
	unsigned int tot_count;
	unsigned int irq_count; /* for the detection of stuck lines */
	unsigned long last_unhandled;
	unsigned int irqs_unhandled;
	atomic_t threads_handled;
	int threads_handled_last;
	raw_spinlock_t lock;
	struct cpumask *percpu_enabled;
	const struct cpumask *percpu_affinity;
	const struct cpumask *affinity_hint;
	struct irq_affinity_notify *affinity_notify;
	unsigned long threads_oneshot;
	atomic_t threads_active;
	wait_queue_head_t wait_for_threads;
	unsigned int nr_actions;
	unsigned int no_suspend_depth;
	unsigned int cond_suspend_depth;
	unsigned int force_resume_depth;
	struct proc_dir_entry *dir;
	struct rcu_head rcu;
	struct kobject kobj;
	struct mutex request_mutex;
	int parent_irq;
	struct module *owner;
	const char *name;
	struct hlist_node resend_node;
} ____cacheline_internodealigned_in_smp;

__BEGIN_DECLS

void irq_lock_sparse(void);
void irq_unlock_sparse(void);

/*
 * Handle one interrupt of a line or of a domain, in hard interrupt context (chained handlers). 0, -EINVAL: no such
 * interrupt; -EPERM: the line may only be handled in interrupt context. The _safe form masks interrupts itself.
 */
int handle_irq_desc(struct irq_desc *desc);
int generic_handle_irq(unsigned int irq);
int generic_handle_irq_safe(unsigned int irq);
int generic_handle_domain_irq(struct irq_domain *domain, unsigned int hwirq);
int generic_handle_domain_irq_safe(struct irq_domain *domain, unsigned int hwirq);
int generic_handle_domain_nmi(struct irq_domain *domain, unsigned int hwirq);

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu);
unsigned int kstat_irqs_usr(unsigned int irq);

__END_DECLS

static inline struct irq_desc *irq_data_to_desc(struct irq_data *data)
{
	return container_of(data->common, struct irq_desc, irq_common_data);
}

/* The parts of a line. */
#define IRQ_DESC_PART(type, name, part)                                                                                \
	static inline type name(struct irq_desc *desc)                                                                 \
	{                                                                                                              \
		return part;                                                                                           \
	}

IRQ_DESC_PART(unsigned int, irq_desc_get_irq, desc->irq_data.irq)
IRQ_DESC_PART(struct irq_data *, irq_desc_get_irq_data, &desc->irq_data)
IRQ_DESC_PART(struct irq_chip *, irq_desc_get_chip, desc->irq_data.chip)
IRQ_DESC_PART(void *, irq_desc_get_chip_data, desc->irq_data.chip_data)
IRQ_DESC_PART(void *, irq_desc_get_handler_data, desc->irq_common_data.handler_data)
IRQ_DESC_PART(int, irq_desc_has_action, desc && desc->action)

static inline void generic_handle_irq_desc(struct irq_desc *desc)
{
	desc->handle_irq(desc);
}

/* For chip callbacks, which already hold the line's lock. */
static inline void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t handler)
{
	irq_data_to_desc(data)->handle_irq = handler;
}

static inline void irq_set_chip_handler_name_locked(struct irq_data *data, const struct irq_chip *chip,
						    irq_flow_handler_t handler, const char *name)
{
	irq_set_handler_locked(data, handler);
	irq_data_to_desc(data)->name = name;
	data->chip = (struct irq_chip *)chip;
}

#define IRQ_STATUS_IS(name, bits)                                                                                      \
	static inline bool name(unsigned int irq)                                                                      \
	{                                                                                                              \
		return irq_check_status_bit(irq, bits);                                                                \
	}

IRQ_STATUS_IS(irq_is_percpu, IRQ_PER_CPU)
IRQ_STATUS_IS(irq_is_percpu_devid, IRQ_PER_CPU_DEVID)
IRQ_STATUS_IS(irq_balancing_disabled, IRQ_NO_BALANCING_MASK)

struct lock_class_key;
/* The validator keeps the locks of all descriptors apart by itself. */
static inline void irq_set_lockdep_class(unsigned int irq, struct lock_class_key *lock_class,
					 struct lock_class_key *request_class)
{
}

#endif
