/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in rows and columns (Linux 6.1, include/linux/input/matrix_keypad.h). */
#ifndef _MATRIX_KEYPAD_H
#define _MATRIX_KEYPAD_H

#include <linux/input.h>
#include <linux/of.h>
#include <linux/types.h>

#define MATRIX_MAX_ROWS 32
#define MATRIX_MAX_COLS 32

#define KEY(row, col, val)                                                                                             \
	((((row) & (MATRIX_MAX_ROWS - 1)) << 24) | (((col) & (MATRIX_MAX_COLS - 1)) << 16) | ((val) & 0xffff))
#define KEY_ROW(k) (((k) >> 24) & 0xff)
#define KEY_COL(k) (((k) >> 16) & 0xff)
#define KEY_VAL(k) ((k) & 0xffff)

#define MATRIX_SCAN_CODE(row, col, row_shift) (((row) << (row_shift)) + (col))

struct matrix_keymap_data {
	const u32 *keymap; /* of KEY() */
	unsigned int keymap_size;
};

struct matrix_keypad_platform_data {
	const struct matrix_keymap_data *keymap_data;
	const unsigned int *row_gpios;
	const unsigned int *col_gpios;
	unsigned int num_row_gpios;
	unsigned int num_col_gpios;
	unsigned int col_scan_delay_us;
	unsigned int debounce_ms;
	unsigned int clustered_irq;
	unsigned int clustered_irq_flags;
	bool active_low;
	bool wakeup;
	bool no_autorepeat;
	bool drive_inactive_cols;
};

__BEGIN_DECLS
/*
 * Fills keymap (if NULL: one that goes with the device) from keymap_data, or else from the property keymap_name
 * ("linux,keymap") of the parent. 0, -EINVAL, -ENOENT (no property), -ENOMEM.
 */
int matrix_keypad_build_keymap(const struct matrix_keymap_data *keymap_data, const char *keymap_name, unsigned int rows,
			       unsigned int cols, unsigned short *keymap, struct input_dev *input_dev);
/* keypad,num-rows and keypad,num-columns; -EINVAL if either is missing. */
int matrix_keypad_parse_properties(struct device *dev, unsigned int *rows, unsigned int *cols);
__END_DECLS

#define matrix_keypad_parse_of_params matrix_keypad_parse_properties

#endif
