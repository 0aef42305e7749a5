// SPDX-License-Identifier: Apache-2.0
//
// What modules have registered and not taken back. Every exported function that registers something notes the object,
// and the function that takes it back strikes it out:
//
//     static const owned_kind misc_device = {"misc device %s still registered", name_of_misc};
//     owned_note(misc_device, misc);              // in misc_register(), once it has succeeded
//     owned_strike(misc);                         // in misc_deregister()
//
// An object belongs to the module whose code called the function; called from the kernel's own code, it is the
// kernel's. Where a module calls another one that registers (a framework built as a module), it is the outer one's.
// Objects that are known by a function alone, as notifiers are, belong to the module that has the function. What is
// left at unload is a finding with the place of the call. Any context; takes no simulated time.
#ifndef KERNEL_MODULE_OWNED_H
#define KERNEL_MODULE_OWNED_H

#include <linux/types.h>

struct owned_kind {
    const char *format; // of a finding, with one %s for the name
    // The name of an object; it may be put into `buf`. Called at the unload, while the object is still there.
    const char *(*name)(const void *object, char *buf, size_t size);
};

// `frame`: of the exported function. Noted twice, an object of a kind is one.
void owned_note_from(const owned_kind &kind, const void *object, const void *frame);
// An object that can be registered several times, and has to be taken back as often.
void owned_count_from(const owned_kind &kind, const void *object, const void *frame);
// By a function of the object's.
void owned_note_by_code(const owned_kind &kind, const void *object, const void *code);
// Taken back. Objects that were not noted are none of ours.
void owned_strike(const void *object);

// The driver's code that is nearest among the callers, as a return address; null: there is none.
const void *owned_caller_from(const void *frame);

// A device, regardless of the function that registered it (drivers/base/core.cpp).
extern const owned_kind owned_device;

#define owned_note(kind, object) owned_note_from(kind, object, __builtin_frame_address(0))
#define owned_caller() owned_caller_from(__builtin_frame_address(0))
#define owned_count(kind, object) owned_count_from(kind, object, __builtin_frame_address(0))

#endif
