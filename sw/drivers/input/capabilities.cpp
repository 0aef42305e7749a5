// SPDX-License-Identifier: Apache-2.0
// What a device can report (Linux: drivers/input/input.c).
#include "drivers/input/internal.h"

#include <linux/export.h>
#include <linux/kernel.h>

code_set codes_of(input_dev *dev, unsigned type) {
    switch (type) {
    case EV_KEY:
        return {dev->keybit, KEY_MAX};
    case EV_REL:
        return {dev->relbit, REL_MAX};
    case EV_ABS:
        return {dev->absbit, ABS_MAX};
    case EV_MSC:
        return {dev->mscbit, MSC_MAX};
    case EV_SW:
        return {dev->swbit, SW_MAX};
    case EV_LED:
        return {dev->ledbit, LED_MAX};
    case EV_SND:
        return {dev->sndbit, SND_MAX};
    case EV_FF:
        return {dev->ffbit, FF_MAX};
    default:
        return {nullptr, 0};
    }
}

namespace {

// The record of an axis that the device has from now on; null if there is no such axis, or no memory.
input_absinfo *add_axis(input_dev *dev, unsigned axis) {
    input_set_capability(dev, EV_ABS, axis);
    return axis < ABS_CNT && dev->absinfo ? dev->absinfo + axis : nullptr;
}

bool has_axis(const input_dev *dev, unsigned axis) {
    return test_bit(EV_ABS, dev->evbit) && test_bit(axis, dev->absbit);
}

} // namespace

void input_set_capability(struct input_dev *dev, unsigned int type, unsigned int code) {
    const code_set codes = codes_of(dev, type);
    if (codes.bits && code > codes.last) {
        pr_err("input: %s: invalid code %u for type %u\n", __func__, code, type);
        dump_stack();
        return;
    }
    if (!codes.bits && type != EV_PWR) {
        pr_err("input: %s: unknown type %u (code %u)\n", __func__, type, code);
        dump_stack();
        return;
    }
    if (type == EV_ABS)
        input_alloc_absinfo(dev);
    if (codes.bits)
        __set_bit(code, codes.bits);
    __set_bit(type, dev->evbit);
}
EXPORT_SYMBOL(input_set_capability);

void input_alloc_absinfo(struct input_dev *dev) {
    if (!dev->absinfo)
        dev->absinfo = static_cast<input_absinfo *>(kcalloc(ABS_CNT, sizeof(input_absinfo), GFP_KERNEL));
}
EXPORT_SYMBOL(input_alloc_absinfo);

void input_set_abs_params(struct input_dev *dev, unsigned int axis, int min_value, int max_value, int fuzz, int flat) {
    if (input_absinfo *record = add_axis(dev, axis))
        *record = {record->value, min_value, max_value, fuzz, flat, record->resolution};
}
EXPORT_SYMBOL(input_set_abs_params);

void input_copy_abs(struct input_dev *dst, unsigned int dst_axis, const struct input_dev *src, unsigned int src_axis) {
    const bool known = has_axis(src, src_axis);
    WARN_ON(!known);
    const input_absinfo *model = known && src->absinfo ? src->absinfo + src_axis : nullptr;
    input_absinfo *copy = model ? add_axis(dst, dst_axis) : nullptr;
    if (copy)
        *copy = *model;
}
EXPORT_SYMBOL(input_copy_abs);
