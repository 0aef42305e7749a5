// SPDX-License-Identifier: Apache-2.0
// Several clocks at once (Linux: drivers/clk/clk-bulk.c): all of them, or none and the error of the first that fails.
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>

namespace {

// Does a step for each clock; where one fails, takes back those before it.
template <typename Clocks, typename Step, typename Back>
int each(int n, Clocks *clocks, Step step, Back back) {
    for (int i = 0; i < n; i++) {
        const int error = step(clocks[i]);
        if (!error)
            continue;
        while (i-- > 0)
            back(clocks[i]);
        return error;
    }
    return 0;
}

template <typename Get>
int get_all(device *dev, int n, clk_bulk_data *clocks, bool may_lack, Get get) {
    const auto back = [](clk_bulk_data &c) {
        clk_put(c.clk);
        c.clk = nullptr;
    };
    return each(
        n, clocks,
        [&](clk_bulk_data &c) -> int {
            c.clk = get(dev, c.id);
            if (!IS_ERR(c.clk))
                return 0;
            const int error = PTR_ERR(c.clk);
            c.clk = nullptr;
            return error == -ENOENT && may_lack
                       ? 0
                       : dev_err_probe(dev, error, "Failed to get clk '%s'\n", c.id ? c.id : "(default)");
        },
        back);
}

// Those of a device go with it one by one: nothing is put here.
int get_managed(device *dev, int n, clk_bulk_data *clocks, bool may_lack) {
    return each(
        n, clocks,
        [&](clk_bulk_data &c) -> int {
            c.clk = may_lack ? devm_clk_get_optional(dev, c.id) : devm_clk_get(dev, c.id);
            return IS_ERR(c.clk) ? PTR_ERR(c.clk) : 0;
        },
        [](clk_bulk_data &c) { c.clk = nullptr; });
}

} // namespace

int clk_bulk_get(device *dev, int n, clk_bulk_data *clocks) {
    return get_all(dev, n, clocks, false, clk_get);
}
EXPORT_SYMBOL(clk_bulk_get);

int clk_bulk_get_optional(device *dev, int n, clk_bulk_data *clocks) {
    return get_all(dev, n, clocks, true, clk_get);
}
EXPORT_SYMBOL(clk_bulk_get_optional);

int devm_clk_bulk_get(device *dev, int n, clk_bulk_data *clocks) {
    return get_managed(dev, n, clocks, false);
}
EXPORT_SYMBOL_GPL(devm_clk_bulk_get);

int devm_clk_bulk_get_optional(device *dev, int n, clk_bulk_data *clocks) {
    return get_managed(dev, n, clocks, true);
}
EXPORT_SYMBOL_GPL(devm_clk_bulk_get_optional);

void clk_bulk_put(int n, clk_bulk_data *clocks) {
    while (n-- > 0) {
        clk_put(clocks[n].clk);
        clocks[n].clk = nullptr;
    }
}
EXPORT_SYMBOL_GPL(clk_bulk_put);

void clk_bulk_unprepare(int n, const clk_bulk_data *clocks) {
    while (n-- > 0)
        clk_unprepare(clocks[n].clk);
}
EXPORT_SYMBOL_GPL(clk_bulk_unprepare);

int clk_bulk_prepare(int n, const clk_bulk_data *clocks) {
    return each(
        n, clocks, [](const clk_bulk_data &c) { return clk_prepare(c.clk); },
        [](const clk_bulk_data &c) { clk_unprepare(c.clk); });
}
EXPORT_SYMBOL_GPL(clk_bulk_prepare);

void clk_bulk_disable(int n, const clk_bulk_data *clocks) {
    while (n-- > 0)
        clk_disable(clocks[n].clk);
}
EXPORT_SYMBOL_GPL(clk_bulk_disable);

int clk_bulk_enable(int n, const clk_bulk_data *clocks) {
    return each(
        n, clocks, [](const clk_bulk_data &c) { return clk_enable(c.clk); },
        [](const clk_bulk_data &c) { clk_disable(c.clk); });
}
EXPORT_SYMBOL_GPL(clk_bulk_enable);
