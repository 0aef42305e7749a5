/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clocks of the device tree: "fixed-clock" and "fixed-factor-clock" (Linux 6.1, include/linux/clk.h). NULL is a clock
 * that is always on and has no rate. Getting and preparing may sleep, enabling may be done in any context.
 */
#ifndef __LINUX_CLK_H
#define __LINUX_CLK_H

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/notifier.h>

struct clk;
struct device;
struct device_node;

struct clk_bulk_data {
	const char *id;
	struct clk *clk;
};

__BEGIN_DECLS

/* ERR_PTR: -ENOENT (none of that name; NULL: the first), -EPROBE_DEFER (nothing drives its provider), -ENOMEM. */
struct clk *clk_get(struct device *dev, const char *id);
void clk_put(struct clk *clk);
struct clk *of_clk_get(struct device_node *np, int index);
struct clk *of_clk_get_by_name(struct device_node *np, const char *name);
struct clk *devm_clk_get(struct device *dev, const char *id);
struct clk *devm_clk_get_prepared(struct device *dev, const char *id);
struct clk *devm_clk_get_enabled(struct device *dev, const char *id);
struct clk *devm_clk_get_optional(struct device *dev, const char *id);
struct clk *devm_clk_get_optional_enabled(struct device *dev, const char *id);

int clk_prepare(struct clk *clk);
void clk_unprepare(struct clk *clk);
/* -ESHUTDOWN (with a warning): it is not prepared. */
int clk_enable(struct clk *clk);
void clk_disable(struct clk *clk);

/* Hz. The rates are fixed: the nearest one is the one that there is. */
unsigned long clk_get_rate(struct clk *clk);
long clk_round_rate(struct clk *clk, unsigned long rate);
int clk_set_rate(struct clk *clk, unsigned long rate);
struct clk *clk_get_parent(struct clk *clk);
/* 0 where the parent is the one that there is, else -EINVAL. */
int clk_set_parent(struct clk *clk, struct clk *parent);
bool clk_has_parent(const struct clk *clk, const struct clk *parent);
bool clk_is_match(const struct clk *p, const struct clk *q);
/* A fixed clock is high for half of the time. */
int clk_get_scaled_duty_cycle(struct clk *clk, unsigned int scale);

/* Several at once: all, or an error and none. */
int clk_bulk_get(struct device *dev, int num_clks, struct clk_bulk_data *clks);
int clk_bulk_get_optional(struct device *dev, int num_clks, struct clk_bulk_data *clks);
int devm_clk_bulk_get(struct device *dev, int num_clks, struct clk_bulk_data *clks);
int devm_clk_bulk_get_optional(struct device *dev, int num_clks, struct clk_bulk_data *clks);
void clk_bulk_put(int num_clks, struct clk_bulk_data *clks);
int clk_bulk_prepare(int num_clks, const struct clk_bulk_data *clks);
void clk_bulk_unprepare(int num_clks, const struct clk_bulk_data *clks);
int clk_bulk_enable(int num_clks, const struct clk_bulk_data *clks);
void clk_bulk_disable(int num_clks, const struct clk_bulk_data *clks);

__END_DECLS

static inline struct clk *clk_get_optional(struct device *dev, const char *id)
{
	struct clk *clk = clk_get(dev, id);

	return clk == (struct clk *)ERR_PTR(-ENOENT) ? NULL : clk;
}

static inline void clk_disable_unprepare(struct clk *clk)
{
	clk_disable(clk);
	clk_unprepare(clk);
}

static inline int clk_prepare_enable(struct clk *clk)
{
	int err = clk_prepare(clk);

	if (!err && (err = clk_enable(clk)) != 0)
		clk_unprepare(clk);
	return err;
}

/* All of them run, or the error of the step that failed, and none is prepared. */
static inline int clk_bulk_prepare_enable(int num_clks, const struct clk_bulk_data *clks)
{
	const int unprepared = clk_bulk_prepare(num_clks, clks);
	const int off = unprepared ? 0 : clk_bulk_enable(num_clks, clks);

	if (off)
		clk_bulk_unprepare(num_clks, clks);
	return unprepared | off; /* one of them is 0 */
}

static inline void clk_bulk_disable_unprepare(int num_clks, const struct clk_bulk_data *clks)
{
	clk_bulk_disable(num_clks, clks);
	clk_bulk_unprepare(num_clks, clks);
}

#endif
