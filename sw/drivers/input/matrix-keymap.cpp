// SPDX-License-Identifier: Apache-2.0
// Keymaps of matrix keypads (Linux: drivers/input/matrix-keymap.c).
#include <linux/input/matrix_keypad.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/property.h>
#include <linux/slab.h>

namespace {

int row_shift_of(unsigned cols) {
    return cols > 1 ? ilog2(roundup_pow_of_two(cols)) : 0;
}

bool map_key(input_dev *dev, unsigned rows, unsigned cols, u32 key) {
    auto *keymap = static_cast<unsigned short *>(dev->keycode);
    const unsigned row = KEY_ROW(key), col = KEY_COL(key);

    if (row >= rows || col >= cols) {
        dev_err(dev->dev.parent, "%s: invalid keymap entry 0x%x (row: %d, col: %d, rows: %d, cols: %d)\n", __func__,
                key, static_cast<int>(row), static_cast<int>(col), static_cast<int>(rows), static_cast<int>(cols));
        return false;
    }
    keymap[MATRIX_SCAN_CODE(row, col, row_shift_of(cols))] = static_cast<unsigned short>(KEY_VAL(key));
    __set_bit(KEY_VAL(key), dev->keybit);
    return true;
}

int map_property(input_dev *dev, const char *name, unsigned rows, unsigned cols) {
    device *parent = dev->dev.parent;
    const int count = device_property_read_u32_array(parent, name, nullptr, 0);

    if (count <= 0) {
        dev_err(parent, "OF: %s property not defined in %pOF\n", name, parent->of_node);
        return count ? count : -EINVAL;
    }
    if (static_cast<unsigned>(count) > rows << row_shift_of(cols)) {
        dev_err(parent, "OF: %s size overflow\n", name);
        return -EINVAL;
    }
    auto *keys = static_cast<u32 *>(kcalloc(static_cast<size_t>(count), sizeof(u32), GFP_KERNEL));
    if (!keys)
        return -ENOMEM;
    int error = device_property_read_u32_array(parent, name, keys, static_cast<size_t>(count));
    for (int i = 0; !error && i < count; i++)
        error = map_key(dev, rows, cols, keys[i]) ? 0 : -EINVAL;
    kfree(keys);
    return error;
}

} // namespace

int matrix_keypad_build_keymap(const struct matrix_keymap_data *data, const char *name, unsigned int rows,
                               unsigned int cols, unsigned short *keymap, struct input_dev *dev) {
    const size_t most = rows << row_shift_of(cols);

    if (WARN_ON(!dev->dev.parent))
        return -EINVAL;
    if (!keymap)
        keymap = static_cast<unsigned short *>(devm_kcalloc(dev->dev.parent, most, sizeof(*keymap), GFP_KERNEL));
    if (!keymap)
        return -ENOMEM;
    dev->keycode = keymap;
    dev->keycodesize = sizeof(*keymap);
    dev->keycodemax = static_cast<unsigned>(most);
    __set_bit(EV_KEY, dev->evbit);
    if (data) {
        for (unsigned i = 0; i < data->keymap_size; i++)
            if (!map_key(dev, rows, cols, data->keymap[i]))
                return -EINVAL;
    } else {
        const int error = map_property(dev, name ? name : "linux,keymap", rows, cols);
        if (error)
            return error;
    }
    __clear_bit(KEY_RESERVED, dev->keybit);
    return 0;
}
EXPORT_SYMBOL(matrix_keypad_build_keymap);

int matrix_keypad_parse_properties(struct device *dev, unsigned int *rows, unsigned int *cols) {
    *rows = *cols = 0;
    device_property_read_u32(dev, "keypad,num-rows", rows);
    device_property_read_u32(dev, "keypad,num-columns", cols);
    if (!*rows || !*cols) {
        dev_err(dev, "number of keypad rows/columns not specified\n");
        return -EINVAL;
    }
    return 0;
}
EXPORT_SYMBOL_GPL(matrix_keypad_parse_properties);
