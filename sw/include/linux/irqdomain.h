/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interrupt domains: from a controller's own numbers (hwirq) to Linux's (virq), flat or stacked (Linux 6.1,
 * include/linux/irqdomain.h).
 */
#ifndef _LINUX_IRQDOMAIN_H
#define _LINUX_IRQDOMAIN_H

#include <linux/fwnode.h>
#include <linux/irqhandler.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/radix-tree.h>
#include <linux/types.h>

struct device_node;
struct irq_desc;
struct irq_chip;
struct irq_data;
struct irq_affinity_desc;
struct device;
struct seq_file;
struct cpumask;
struct irq_domain_chip_generic;
struct irq_domain;

#define IRQ_DOMAIN_IRQ_SPEC_PARAMS 16

/* An interrupt as firmware names it: the controller and its cells. */
struct irq_fwspec {
	struct fwnode_handle *fwnode;
	int param_count;
	u32 param[IRQ_DOMAIN_IRQ_SPEC_PARAMS];
};

/* Which of several domains of one firmware node is meant. */
enum irq_domain_bus_token {
	DOMAIN_BUS_ANY = 0,
	DOMAIN_BUS_WIRED,
	DOMAIN_BUS_GENERIC_MSI,
	DOMAIN_BUS_PCI_MSI,
	DOMAIN_BUS_PLATFORM_MSI,
	DOMAIN_BUS_NEXUS,
	DOMAIN_BUS_IPI,
	DOMAIN_BUS_FSL_MC_MSI,
	DOMAIN_BUS_TI_SCI_INTA_MSI,
	DOMAIN_BUS_WAKEUP,
	DOMAIN_BUS_VMD_MSI,
};

/*
 * Flat domains implement map; stacked ones alloc and free (and activate, which writes what must be in hardware before the
 * line can fire). translate (or xlate, for flat ones) turns a specifier into hwirq and type. All may sleep.
 */
struct irq_domain_ops {
	int (*match)(struct irq_domain *d, struct device_node *node, enum irq_domain_bus_token bus_token);
	int (*select)(struct irq_domain *d, struct irq_fwspec *fwspec, enum irq_domain_bus_token bus_token);
	int (*map)(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw);
	void (*unmap)(struct irq_domain *d, unsigned int virq);
	int (*xlate)(struct irq_domain *d, struct device_node *node, const u32 *intspec, unsigned int intsize,
		     unsigned long *out_hwirq, unsigned int *out_type);
	int (*alloc)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs, void *arg);
	void (*free)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs);
	int (*activate)(struct irq_domain *d, struct irq_data *irqd, bool reserve);
	void (*deactivate)(struct irq_domain *d, struct irq_data *irq_data);
	int (*translate)(struct irq_domain *d, struct irq_fwspec *fwspec, unsigned long *out_hwirq,
			 unsigned int *out_type);
};

/* One mutex guards all mappings; revmap_mutex the map of the domain, whose lookups need only RCU. */
struct irq_domain {
	struct list_head link;
	const char *name;
	const struct irq_domain_ops *ops;
	void *host_data;
	unsigned int flags;
	unsigned int mapcount;

	struct fwnode_handle *fwnode;
	enum irq_domain_bus_token bus_token;
	struct irq_domain_chip_generic *gc;
	struct device *dev;
	struct irq_domain *parent;

	irq_hw_number_t hwirq_max;
	unsigned int revmap_size;
	struct radix_tree_root revmap_tree;
	struct mutex revmap_mutex;
	struct irq_data __rcu *revmap[];
};

enum {
	IRQ_DOMAIN_FLAG_HIERARCHY = (1 << 0),
	IRQ_DOMAIN_NAME_ALLOCATED = (1 << 1),
	IRQ_DOMAIN_FLAG_IPI_PER_CPU = (1 << 2),
	IRQ_DOMAIN_FLAG_IPI_SINGLE = (1 << 3),
	IRQ_DOMAIN_FLAG_MSI = (1 << 4),
	IRQ_DOMAIN_FLAG_MSI_REMAP = (1 << 5),
	IRQ_DOMAIN_MSI_NOMASK_QUIRK = (1 << 6),
	IRQ_DOMAIN_FLAG_NO_MAP = (1 << 7),
	IRQ_DOMAIN_FLAG_NONCORE = (1 << 16),
};

#define IRQ_DOMAIN_FLAG_IPI_ALL (IRQ_DOMAIN_FLAG_IPI_PER_CPU | IRQ_DOMAIN_FLAG_IPI_SINGLE)

/* Kinds of firmware nodes that irq_domain_alloc_* make for controllers without one. */
enum {
	IRQCHIP_FWNODE_REAL,
	IRQCHIP_FWNODE_NAMED,
	IRQCHIP_FWNODE_NAMED_ID,
};

__BEGIN_DECLS

extern const struct fwnode_operations irqchip_fwnode_ops;
extern const struct irq_domain_ops irq_domain_simple_ops;
extern const struct irq_domain_ops irq_generic_chip_ops;

struct fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name, phys_addr_t *pa);
void irq_domain_free_fwnode(struct fwnode_handle *fwnode);
/* size: entries in the linear table, 0 for a tree; hwirq_max: ~0 or the limit; direct_max: 0. NULL: -ENOMEM. */
struct irq_domain *__irq_domain_add(struct fwnode_handle *fwnode, unsigned int size, irq_hw_number_t hwirq_max,
				    int direct_max, const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
					    const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_add_legacy(struct device_node *of_node, unsigned int size, unsigned int first_irq,
					 irq_hw_number_t first_hwirq, const struct irq_domain_ops *ops,
					 void *host_data);
struct irq_domain *irq_domain_create_legacy(struct fwnode_handle *fwnode, unsigned int size, unsigned int first_irq,
					    irq_hw_number_t first_hwirq, const struct irq_domain_ops *ops,
					    void *host_data);
struct irq_domain *irq_find_matching_fwspec(struct irq_fwspec *fwspec, enum irq_domain_bus_token bus_token);
void irq_set_default_host(struct irq_domain *host);
struct irq_domain *irq_get_default_host(void);
int irq_domain_alloc_descs(int virq, unsigned int nr_irqs, irq_hw_number_t hwirq, int node,
			   const struct irq_affinity_desc *affinity);
/* All mappings must be gone. */
void irq_domain_remove(struct irq_domain *host);
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token);
/* Where a virq of this domain will be looked for; used by the trace and by every lookup. */
struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq, unsigned int *irq);

int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq);
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base, irq_hw_number_t hwirq_base, int count);

/* The virq, made if need be; 0 on failure. domain NULL: the default domain. May sleep. */
unsigned int irq_create_mapping_affinity(struct irq_domain *host, irq_hw_number_t hwirq,
					 const struct irq_affinity_desc *affinity);
unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec);
void irq_dispose_mapping(unsigned int virq);
void irq_domain_reset_irq_data(struct irq_data *irq_data);

/* Specifiers of one or two cells: hwirq, and type where there is a second cell. -EINVAL: too few cells. */
int irq_domain_xlate_onecell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec, unsigned int intsize,
			     irq_hw_number_t *out_hwirq, unsigned int *out_type);
int irq_domain_xlate_twocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec, unsigned int intsize,
			     irq_hw_number_t *out_hwirq, unsigned int *out_type);
int irq_domain_xlate_onetwocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
				unsigned int intsize, irq_hw_number_t *out_hwirq, unsigned int *out_type);
int irq_domain_translate_onecell(struct irq_domain *d, struct irq_fwspec *fwspec, unsigned long *out_hwirq,
				 unsigned int *out_type);
int irq_domain_translate_twocell(struct irq_domain *d, struct irq_fwspec *fwspec, unsigned long *out_hwirq,
				 unsigned int *out_type);
void of_phandle_args_to_fwspec(struct device_node *np, const u32 *args, unsigned int count, struct irq_fwspec *fwspec);

/* Hierarchies. */
struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq);
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data, irq_flow_handler_t handler, void *handler_data,
			 const char *handler_name);
struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags, unsigned int size,
					       struct fwnode_handle *fwnode, const struct irq_domain_ops *ops,
					       void *host_data);
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs, int node, void *arg,
			    bool realloc, const struct irq_affinity_desc *affinity);
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs);
int irq_domain_activate_irq(struct irq_data *irq_data, bool early);
void irq_domain_deactivate_irq(struct irq_data *irq_data);
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
				  const struct irq_chip *chip, void *chip_data);
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);
int irq_domain_push_irq(struct irq_domain *domain, int virq, void *arg);
int irq_domain_pop_irq(struct irq_domain *domain, int virq);
int irq_domain_alloc_irqs_hierarchy(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs, void *arg);
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs, void *arg);
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base, unsigned int nr_irqs);
int irq_domain_disconnect_hierarchy(struct irq_domain *domain, unsigned int virq);

__END_DECLS

/* Firmware nodes. */

static inline struct fwnode_handle *of_node_to_fwnode(struct device_node *np)
{
	return np ? &np->fwnode : NULL;
}

static inline struct device_node *irq_domain_get_of_node(struct irq_domain *domain)
{
	return to_of_node(domain->fwnode);
}

static inline struct fwnode_handle *irq_domain_alloc_fwnode(phys_addr_t *registers)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_REAL, 0, NULL, registers);
}

static inline bool is_fwnode_irqchip(const struct fwnode_handle *fwnode)
{
	return fwnode && fwnode->ops == &irqchip_fwnode_ops;
}

static inline struct fwnode_handle *irq_domain_alloc_named_id_fwnode(const char *name, int id)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_NAMED_ID, id, name, NULL);
}

static inline struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_NAMED, 0, name, NULL);
}

/* What kind of domain. */

static inline bool irq_domain_is_hierarchy(struct irq_domain *domain)
{
	return (domain->flags & IRQ_DOMAIN_FLAG_HIERARCHY) != 0;
}

static inline bool irq_domain_is_msi(struct irq_domain *domain)
{
	return (domain->flags & IRQ_DOMAIN_FLAG_MSI) != 0;
}

static inline bool irq_domain_is_ipi_single(struct irq_domain *domain)
{
	return (domain->flags & IRQ_DOMAIN_FLAG_IPI_SINGLE) != 0;
}

static inline bool irq_domain_is_ipi_per_cpu(struct irq_domain *domain)
{
	return (domain->flags & IRQ_DOMAIN_FLAG_IPI_PER_CPU) != 0;
}

static inline bool irq_domain_is_ipi(struct irq_domain *domain)
{
	return irq_domain_is_ipi_single(domain) || irq_domain_is_ipi_per_cpu(domain);
}

static inline void irq_domain_set_pm_device(struct irq_domain *domain, struct device *dev)
{
	if (domain)
		domain->dev = dev;
}

/*
 * New domains. linear: lines 0 to n - 1; tree: any numbers; simple: linear, with fixed virqs from
 * first_irq on if that is not 0.
 */

static inline struct irq_domain *irq_domain_create_tree(struct fwnode_handle *fwnode, const struct irq_domain_ops *ops,
							void *data)
{
	return __irq_domain_add(fwnode, 0, ~0UL, 0, ops, data);
}

static inline struct irq_domain *irq_domain_add_tree(struct device_node *np, const struct irq_domain_ops *ops,
						     void *data)
{
	return irq_domain_create_tree(of_node_to_fwnode(np), ops, data);
}

static inline struct irq_domain *irq_domain_create_linear(struct fwnode_handle *fwnode, unsigned int n,
							  const struct irq_domain_ops *ops, void *data)
{
	return __irq_domain_add(fwnode, n, n, 0, ops, data);
}

static inline struct irq_domain *irq_domain_add_linear(struct device_node *np, unsigned int n,
						       const struct irq_domain_ops *ops, void *data)
{
	return irq_domain_create_linear(of_node_to_fwnode(np), n, ops, data);
}

static inline struct irq_domain *irq_domain_add_simple(struct device_node *np, unsigned int n, unsigned int first_irq,
						       const struct irq_domain_ops *ops, void *data)
{
	return irq_domain_create_simple(of_node_to_fwnode(np), n, first_irq, ops, data);
}

static inline struct irq_domain *irq_domain_add_hierarchy(struct irq_domain *parent, unsigned int flags, unsigned int n,
							  struct device_node *np, const struct irq_domain_ops *ops,
							  void *data)
{
	return irq_domain_create_hierarchy(parent, flags, n, of_node_to_fwnode(np), ops, data);
}

/* Lines of a domain. */

static inline struct irq_desc *irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return __irq_resolve_mapping(domain, hwirq, NULL);
}

/* The virq of a mapping that exists, or 0. Any context. */
static inline unsigned int irq_find_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned int virq = 0;

	__irq_resolve_mapping(domain, hwirq, &virq);
	return virq;
}

static inline unsigned int irq_linear_revmap(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return irq_find_mapping(domain, hwirq);
}

static inline unsigned int irq_create_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return irq_create_mapping_affinity(domain, hwirq, NULL);
}

static inline int irq_domain_alloc_irqs(struct irq_domain *domain, unsigned int count, int node, void *arg)
{
	return __irq_domain_alloc_irqs(domain, -1, count, node, arg, false, NULL);
}

/* The domain of a node; of several the one of that bus. irq_find_host: that of its wired interrupts, else any. */

static inline struct irq_domain *irq_find_matching_fwnode(struct fwnode_handle *fwnode, enum irq_domain_bus_token bus)
{
	struct irq_fwspec node_alone = {.fwnode = fwnode};

	return irq_find_matching_fwspec(&node_alone, bus);
}

static inline struct irq_domain *irq_find_host(struct device_node *np)
{
	struct fwnode_handle *fwnode = of_node_to_fwnode(np);
	struct irq_domain *wired = irq_find_matching_fwnode(fwnode, DOMAIN_BUS_WIRED);

	return wired ? wired : irq_find_matching_fwnode(fwnode, DOMAIN_BUS_ANY);
}

static inline struct irq_domain *irq_find_matching_host(struct device_node *np, enum irq_domain_bus_token bus)
{
	return irq_find_matching_fwnode(of_node_to_fwnode(np), bus);
}

#endif
