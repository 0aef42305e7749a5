/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/gfp_types.h>
#include <linux/kernel.h>
#include <linux/threads.h>
#include <linux/types.h>

/* A set of CPUs: one word. */
typedef struct cpumask {
	unsigned long bits[1];
} cpumask_t;

typedef struct cpumask cpumask_var_t[1];

#define cpumask_bits(maskp) ((maskp)->bits)
#define cpumask_pr_args(maskp) (int)nr_cpu_ids, cpumask_bits(maskp)
#define nr_cpumask_bits ((unsigned int)NR_CPUS)
#define small_cpumask_bits nr_cpumask_bits
#define large_cpumask_bits nr_cpumask_bits

__BEGIN_DECLS
/* One above the highest possible CPU. kernel/smp.cpp */
extern unsigned int nr_cpu_ids;
/* kernel/cpu.cpp */
extern struct cpumask __cpu_possible_mask;
extern struct cpumask __cpu_online_mask;
extern struct cpumask __cpu_present_mask;
extern struct cpumask __cpu_active_mask;
extern struct cpumask __cpu_dying_mask;
extern atomic_t __num_online_cpus;
extern cpumask_t cpus_booted_once_mask;
/* lib/cpumask.cpp */
extern const unsigned long cpu_bit_bitmap[NR_CPUS];
extern const unsigned long cpu_all_bits[1];

void set_cpu_online(unsigned int cpu, bool online);
void init_cpu_present(const struct cpumask *src);
void init_cpu_possible(const struct cpumask *src);
void init_cpu_online(const struct cpumask *src);
/* The i-th CPU of the online ones, over and over. lib/cpumask.cpp */
unsigned int cpumask_local_spread(unsigned int i, int node);
unsigned int cpumask_any_and_distribute(const struct cpumask *a, const struct cpumask *b);
unsigned int cpumask_any_distribute(const struct cpumask *mask);
unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap);
__END_DECLS

#define cpu_possible_mask ((const struct cpumask *)&__cpu_possible_mask)
#define cpu_online_mask ((const struct cpumask *)&__cpu_online_mask)
#define cpu_present_mask ((const struct cpumask *)&__cpu_present_mask)
#define cpu_active_mask ((const struct cpumask *)&__cpu_active_mask)
#define cpu_dying_mask ((const struct cpumask *)&__cpu_dying_mask)
#define cpu_all_mask ((const struct cpumask *)cpu_all_bits)
#define CPU_BITS_NONE { 0UL }
#define CPU_BITS_ALL { ~0UL }
#define CPU_BITS_CPU0 { 1UL }
#define CPU_MASK_NONE ((cpumask_t){ { 0UL } })
#define CPU_MASK_ALL ((cpumask_t){ { ~0UL } })
#define CPU_MASK_CPU0 ((cpumask_t){ { 1UL } })
#define cpumask_of(cpu) get_cpu_mask(cpu)

static __always_inline unsigned int cpumask_check(unsigned int cpu)
{
	return cpu;
}

static inline const struct cpumask *get_cpu_mask(unsigned int cpu)
{
	return (const struct cpumask *)&cpu_bit_bitmap[cpu];
}

static inline unsigned int cpumask_first(const struct cpumask *m)
{
	return find_first_bit(m->bits, nr_cpumask_bits);
}

static inline unsigned int cpumask_first_zero(const struct cpumask *m)
{
	return find_first_zero_bit(m->bits, nr_cpumask_bits);
}

static inline unsigned int cpumask_first_and(const struct cpumask *a, const struct cpumask *b)
{
	return find_first_and_bit(a->bits, b->bits, nr_cpumask_bits);
}

static inline unsigned int cpumask_last(const struct cpumask *m)
{
	return m->bits[0] ? __fls(m->bits[0]) : nr_cpumask_bits;
}

/* n = -1 starts. */
static inline unsigned int cpumask_next(int n, const struct cpumask *m)
{
	return find_next_bit(m->bits, nr_cpumask_bits, n + 1);
}

static inline unsigned int cpumask_next_zero(int n, const struct cpumask *m)
{
	return find_next_zero_bit(m->bits, nr_cpumask_bits, n + 1);
}

static inline unsigned int cpumask_next_and(int n, const struct cpumask *a, const struct cpumask *b)
{
	return find_next_and_bit(a->bits, b->bits, nr_cpumask_bits, n + 1);
}

static inline unsigned int cpumask_nth(unsigned int cpu, const struct cpumask *m)
{
	return find_nth_bit(m->bits, nr_cpumask_bits, cpu);
}

static inline unsigned int cpumask_any_but(const struct cpumask *m, unsigned int cpu)
{
	unsigned long rest = m->bits[0] & ~BIT(cpu);

	return rest ? __ffs(rest) : nr_cpumask_bits;
}

#define cpumask_any(m) cpumask_first(m)
#define cpumask_any_and(a, b) cpumask_first_and((a), (b))

#define for_each_cpu(cpu, mask) for_each_set_bit(cpu, cpumask_bits(mask), nr_cpumask_bits)
#define for_each_cpu_and(cpu, a, b) for_each_and_bit(cpu, cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits)
#define for_each_cpu_andnot(cpu, a, b) for_each_andnot_bit(cpu, cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits)
#define for_each_cpu_not(cpu, mask)                                                                                    \
	for ((cpu) = 0; (cpu) = cpumask_next_zero((int)(cpu)-1, (mask)), (cpu) < nr_cpu_ids; (cpu)++)
#define for_each_cpu_wrap(cpu, mask, start)                                                                            \
	for ((cpu) = cpumask_next_wrap((start)-1, (mask), (start), false); (cpu) < nr_cpumask_bits;                    \
	     (cpu) = cpumask_next_wrap((cpu), (mask), (start), true))
#define for_each_possible_cpu(cpu) for_each_cpu((cpu), cpu_possible_mask)
#define for_each_online_cpu(cpu) for_each_cpu((cpu), cpu_online_mask)
#define for_each_present_cpu(cpu) for_each_cpu((cpu), cpu_present_mask)

static __always_inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *m)
{
	set_bit(cpu, m->bits);
}

static __always_inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *m)
{
	__set_bit(cpu, m->bits);
}

static __always_inline void cpumask_clear_cpu(int cpu, struct cpumask *m)
{
	clear_bit(cpu, m->bits);
}

static __always_inline void __cpumask_clear_cpu(int cpu, struct cpumask *m)
{
	__clear_bit(cpu, m->bits);
}

static __always_inline bool cpumask_test_cpu(int cpu, const struct cpumask *m)
{
	return test_bit(cpu, m->bits);
}

static __always_inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *m)
{
	return test_and_set_bit(cpu, m->bits);
}

static __always_inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *m)
{
	return test_and_clear_bit(cpu, m->bits);
}

static inline void cpumask_setall(struct cpumask *m)
{
	m->bits[0] = ~0UL;
}

static inline void cpumask_clear(struct cpumask *m)
{
	m->bits[0] = 0;
}

static inline bool cpumask_and(struct cpumask *d, const struct cpumask *a, const struct cpumask *b)
{
	return (d->bits[0] = a->bits[0] & b->bits[0]) != 0;
}

static inline void cpumask_or(struct cpumask *d, const struct cpumask *a, const struct cpumask *b)
{
	d->bits[0] = a->bits[0] | b->bits[0];
}

static inline void cpumask_xor(struct cpumask *d, const struct cpumask *a, const struct cpumask *b)
{
	d->bits[0] = a->bits[0] ^ b->bits[0];
}

static inline bool cpumask_andnot(struct cpumask *d, const struct cpumask *a, const struct cpumask *b)
{
	return (d->bits[0] = a->bits[0] & ~b->bits[0]) != 0;
}

static inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return a->bits[0] == b->bits[0];
}

static inline bool cpumask_intersects(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & b->bits[0]) != 0;
}

static inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & ~b->bits[0]) == 0;
}

static inline bool cpumask_empty(const struct cpumask *m)
{
	return m->bits[0] == 0;
}

static inline bool cpumask_full(const struct cpumask *m)
{
	return m->bits[0] == ~0UL;
}

static inline unsigned int cpumask_weight(const struct cpumask *m)
{
	return hweight64(m->bits[0]);
}

static inline unsigned int cpumask_weight_and(const struct cpumask *a, const struct cpumask *b)
{
	return hweight64(a->bits[0] & b->bits[0]);
}

static inline void cpumask_copy(struct cpumask *d, const struct cpumask *s)
{
	d->bits[0] = s->bits[0];
}

static inline void cpumask_shift_left(struct cpumask *d, const struct cpumask *s, int n)
{
	bitmap_shift_left(cpumask_bits(d), cpumask_bits(s), n, nr_cpumask_bits);
}

static inline void cpumask_shift_right(struct cpumask *d, const struct cpumask *s, int n)
{
	bitmap_shift_right(cpumask_bits(d), cpumask_bits(s), n, nr_cpumask_bits);
}

static inline void cpumask_complement(struct cpumask *d, const struct cpumask *s)
{
	d->bits[0] = ~s->bits[0];
}

static inline unsigned int cpumask_size(void)
{
	return sizeof(struct cpumask);
}

static inline int cpumask_parse(const char *buf, struct cpumask *d)
{
	return bitmap_parse(buf, ~0U, d->bits, nr_cpu_ids);
}

static inline int cpulist_parse(const char *buf, struct cpumask *d)
{
	return bitmap_parselist(buf, d->bits, nr_cpu_ids);
}

static inline ssize_t cpumap_print_to_pagebuf(bool list, char *buf, const struct cpumask *mask)
{
	return bitmap_print_to_pagebuf(list, buf, mask->bits, nr_cpu_ids);
}

/* A mask that is on the stack here has to be allocated where NR_CPUS is large; the names are the same. */
static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	cpumask_clear(*mask);
	return true;
}

#define zalloc_cpumask_var_node(mask, flags, node) zalloc_cpumask_var(mask, flags)

static inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	return true;
}

#define alloc_cpumask_var_node(mask, flags, node) alloc_cpumask_var(mask, flags)
#define cpumask_available(mask) true

static inline void free_cpumask_var(cpumask_var_t mask)
{
}

static inline void alloc_bootmem_cpumask_var(cpumask_var_t *mask)
{
}

#define this_cpu_cpumask_var_ptr(x) this_cpu_ptr(x)

/* What a CPU is: asked for, and, by kernel/cpu.cpp, said. */
#define __CPU_IS(what)                                                                                                 \
	static inline bool cpu_##what(unsigned int cpu)                                                                \
	{                                                                                                              \
		return cpumask_test_cpu(cpu, cpu_##what##_mask);                                                       \
	}                                                                                                              \
	static inline void set_cpu_##what(unsigned int cpu, bool is)                                                   \
	{                                                                                                              \
		assign_bit(cpu, cpumask_bits(&__cpu_##what##_mask), is);                                               \
	}
__CPU_IS(possible)
__CPU_IS(present)
__CPU_IS(active)
__CPU_IS(dying)
#undef __CPU_IS

static inline bool cpu_online(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_online_mask);
}

static __always_inline unsigned int num_online_cpus(void)
{
	return atomic_read(&__num_online_cpus);
}

#define num_active_cpus() cpumask_weight(cpu_active_mask)
#define num_present_cpus() cpumask_weight(cpu_present_mask)
#define num_possible_cpus() cpumask_weight(cpu_possible_mask)

static inline void reset_cpu_possible_mask(void)
{
	cpumask_clear(&__cpu_possible_mask);
}

#endif
