// SPDX-License-Identifier: Apache-2.0
// What user space reads of input devices: a device's attributes in sysfs, and the two lists in /proc/bus/input
// (Linux: drivers/input/input.c; Documentation/input/input.rst).
#include "drivers/input/internal.h"

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

// A set of bits as words in hexadecimal, the highest that is not 0 first; "0" if there is none. Returns the length.
int print_bits(char *to, size_t room, const unsigned long *bits, unsigned count) {
    unsigned words = BITS_TO_LONGS(count);
    while (words > 1 && !bits[words - 1])
        words--;
    int length = 0;
    while (words-- > 0)
        length += scnprintf(to + length, room - length, "%lx%s", bits[words], words ? " " : "");
    return length;
}

// The kinds of events in the order of the list, which is not that of their numbers.
constexpr struct {
    const char *name, *file;
    unsigned type;
} kinds[] = {{"KEY", "key", EV_KEY}, {"REL", "rel", EV_REL}, {"ABS", "abs", EV_ABS}, {"MSC", "msc", EV_MSC},
             {"LED", "led", EV_LED}, {"SND", "snd", EV_SND}, {"FF", "ff", EV_FF},    {"SW", "sw", EV_SW}};

// sysfs

template <const char *input_dev::*text>
ssize_t show_text(device *dev, device_attribute *, char *buf) {
    const char *value = to_input_dev(dev)->*text;
    return sysfs_emit(buf, "%s\n", value ? value : "");
}

template <u16 input_id::*number>
ssize_t show_id(device *dev, device_attribute *, char *buf) {
    return sysfs_emit(buf, "%04x\n", to_input_dev(dev)->id.*number);
}

ssize_t show_bits(char *buf, const unsigned long *bits, unsigned count) {
    const int length = print_bits(buf, PAGE_SIZE - 1, bits, count);
    return length + scnprintf(buf + length, PAGE_SIZE - length, "\n");
}

template <unsigned type>
ssize_t show_codes(device *dev, device_attribute *, char *buf) {
    const code_set codes = codes_of(to_input_dev(dev), type);
    return show_bits(buf, codes.bits, codes.last + 1);
}

ssize_t show_types(device *dev, device_attribute *, char *buf) {
    return show_bits(buf, to_input_dev(dev)->evbit, EV_CNT);
}

ssize_t show_properties(device *dev, device_attribute *, char *buf) {
    return show_bits(buf, to_input_dev(dev)->propbit, INPUT_PROP_CNT);
}

using show_function = ssize_t (*)(device *, device_attribute *, char *);
constexpr device_attribute readable(const char *name, show_function show) {
    device_attribute result{};
    result.attr.name = name;
    result.attr.mode = 0444;
    result.show = show;
    return result;
}

device_attribute own[] = {readable("name", show_text<&input_dev::name>), readable("phys", show_text<&input_dev::phys>),
                          readable("uniq", show_text<&input_dev::uniq>), readable("properties", show_properties)};
device_attribute ids[] = {
    readable("bustype", show_id<&input_id::bustype>), readable("vendor", show_id<&input_id::vendor>),
    readable("product", show_id<&input_id::product>), readable("version", show_id<&input_id::version>)};
device_attribute capabilities[] = {
    readable("ev", show_types),          readable("key", show_codes<EV_KEY>), readable("rel", show_codes<EV_REL>),
    readable("abs", show_codes<EV_ABS>), readable("msc", show_codes<EV_MSC>), readable("led", show_codes<EV_LED>),
    readable("snd", show_codes<EV_SND>), readable("ff", show_codes<EV_FF>),   readable("sw", show_codes<EV_SW>)};

attribute *own_list[] = {&own[0].attr, &own[1].attr, &own[2].attr, &own[3].attr, nullptr};
attribute *id_list[] = {&ids[0].attr, &ids[1].attr, &ids[2].attr, &ids[3].attr, nullptr};
attribute *capability_list[] = {
    &capabilities[0].attr, &capabilities[1].attr, &capabilities[2].attr, &capabilities[3].attr, &capabilities[4].attr,
    &capabilities[5].attr, &capabilities[6].attr, &capabilities[7].attr, &capabilities[8].attr, nullptr};

const attribute_group own_group = {.attrs = own_list};
const attribute_group id_group = {.name = "id", .attrs = id_list};
const attribute_group capability_group = {.name = "capabilities", .attrs = capability_list};

// /proc/bus/input

void say_bits(seq_file *m, const char *name, const unsigned long *bits, unsigned count) {
    char text[BITS_TO_LONGS(KEY_CNT) * 17 + 1];
    print_bits(text, sizeof(text), bits, count);
    seq_printf(m, "B: %s=%s\n", name, text);
}

void say_device(seq_file *m, input_dev *dev) {
    const auto known = [](const char *text) { return text ? text : ""; };
    const char *path = kobject_get_path(&dev->dev.kobj, GFP_KERNEL);
    finally done_with_it([&] { kfree(path); });
    const input_id &id = dev->id;

    seq_printf(m, "I: Bus=%04x Vendor=%04x Product=%04x Version=%04x\n", id.bustype, id.vendor, id.product, id.version);
    seq_printf(m, "N: Name=\"%s\"\nP: Phys=%s\nS: Sysfs=%s\nU: Uniq=%s\n", known(dev->name), known(dev->phys),
               known(path), known(dev->uniq));
    seq_puts(m, "H: Handlers=");
    for (input_handle &handle : list_of<&input_handle::d_node>(dev->h_list))
        seq_printf(m, "%s ", handle.name);
    seq_putc(m, '\n');
    say_bits(m, "PROP", dev->propbit, INPUT_PROP_CNT);
    say_bits(m, "EV", dev->evbit, EV_CNT);
    for (const auto &kind : kinds)
        if (const code_set codes = codes_of(dev, kind.type); test_bit(kind.type, dev->evbit))
            say_bits(m, kind.name, codes.bits, codes.last + 1);
    seq_putc(m, '\n');
}

int say_devices(seq_file *m, void *) {
    for_each_input_device([m](input_dev &dev) { say_device(m, &dev); });
    return 0;
}

int say_handlers(seq_file *m, void *) {
    unsigned number = 0;
    for_each_input_handler([m, &number](input_handler &handler) {
        seq_printf(m, "N: Number=%u Name=%s", number++, handler.name);
        if (handler.filter)
            seq_puts(m, " (filter)");
        if (handler.legacy_minors)
            seq_printf(m, " Minor=%d", handler.minor);
        seq_putc(m, '\n');
    });
    return 0;
}

} // namespace

const attribute_group *input_file_groups[] = {&own_group, &input_switch_group, &id_group, &capability_group, nullptr};

int input_proc_init() {
    proc_dir_entry *folder = proc_mkdir("bus/input", nullptr);
    const bool made = folder && proc_create_single("devices", 0444, folder, say_devices) &&
                      proc_create_single("handlers", 0444, folder, say_handlers);
    return made ? 0 : -ENOMEM;
}
