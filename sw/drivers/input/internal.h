/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DRIVERS_INPUT_INTERNAL_H
#define DRIVERS_INPUT_INTERNAL_H

#include <linux/input.h>

// Polling of a device that has no interrupt; poller.cpp.
void poller_start(input_dev *dev);
void poller_stop(input_dev *dev);
void poller_free(input_dev *dev);

// The default getkeycode and setkeycode, on dev->keycode; keymap.cpp.
int keymap_get(input_dev *dev, input_keymap_entry *entry);
int keymap_set(input_dev *dev, const input_keymap_entry *entry, unsigned *old_keycode);

// The codes of a type that a device may report; no bits if the type has none. capabilities.cpp.
struct code_set {
    unsigned long *bits;
    unsigned last;
};
code_set codes_of(input_dev *dev, unsigned type);

// event.cpp. Room for the packets that the device will report; 0 or -ENOMEM.
int events_prepare(input_dev *dev);
// Lets go of what is pressed and stops repeating: the device goes, or nothing listens any more.
void events_release_keys(input_dev *dev);

extern class_ input_class;

// Each device, or handler, in the order of registration, under the lock of the two lists. Task context.
void for_each_input_device(void (*visit)(input_dev &dev, void *data), void *data);
void for_each_input_handler(void (*visit)(input_handler &handler, void *data), void *data);
template <typename Visit>
void for_each_input_device(Visit visit) {
    for_each_input_device([](input_dev &dev, void *data) { (*static_cast<Visit *>(data))(dev); }, &visit);
}
template <typename Visit>
void for_each_input_handler(Visit visit) {
    for_each_input_handler([](input_handler &handler, void *data) { (*static_cast<Visit *>(data))(handler); }, &visit);
}

// files.cpp: a device's attributes that are only read, and /proc/bus/input.
extern const attribute_group *input_file_groups[];
extern const attribute_group input_switch_group; // input.cpp: those that change it
int input_proc_init();

#endif
