/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timers and work items that are armed or queued, so that freeing or initialising one of them again is seen (Linux's
 * include/linux/debugobjects.h, lib/debugobjects.c). Followed are those whose function lies in a module. The bookkeeping takes no
 * simulated time. Any context.
 */
#ifndef _LINUX_DEBUGOBJECTS_H
#define _LINUX_DEBUGOBJECTS_H

#include <linux/compiler.h>
#include <linux/types.h>

enum debug_obj_kind {
	DEBUG_OBJECT_TIMER,
	DEBUG_OBJECT_HRTIMER,
	DEBUG_OBJECT_WORK,
	DEBUG_OBJECT_RCU
};

__BEGIN_DECLS
/* How many are followed now. */
extern unsigned int debug_objects_active;
/* A module was loaded: there is somebody to look after. */
extern bool debug_objects_watched;
/* True, and reported, if the memory of the object was freed: it must not be touched. `what`: "activate", "assert_init". */
bool __debug_object_is_freed(const void *object, enum debug_obj_kind kind, const char *what);
/* The object is armed; `function` is what it will call, `hint` what the report names. */
void debug_object_activate(void *object, enum debug_obj_kind kind, const void *function, const void *hint);
/* The same for what must not be active already: false, and reported, if it is. */
bool debug_object_activate_once(void *object, enum debug_obj_kind kind, const void *function);
void __debug_object_deactivate(void *object);
/* An active object is reported and taken back, so that the caller may go on. */
void __debug_object_init(void *object, enum debug_obj_kind kind);
void __debug_check_no_obj_freed(const void *from, unsigned long bytes);
/* A timer that nothing has initialised is to be armed or deleted. */
void debug_object_assert_init(const void *object, enum debug_obj_kind kind);
/* The object lies on a stack, and its owner knows that: until it is destroyed. */
void debug_object_annotate(const void *object);
void debug_object_unannotate(const void *object);
__END_DECLS

static inline bool debug_object_is_freed(const void *object, enum debug_obj_kind kind, const char *what)
{
	return unlikely(debug_objects_watched) && unlikely(__debug_object_is_freed(object, kind, what));
}

static inline void debug_object_deactivate(void *object)
{
	if (unlikely(debug_objects_active))
		__debug_object_deactivate(object);
}

static inline void debug_object_init(void *object, enum debug_obj_kind kind)
{
	if (unlikely(debug_objects_active))
		__debug_object_init(object, kind);
}

static inline void debug_check_no_obj_freed(const void *from, unsigned long bytes)
{
	if (unlikely(debug_objects_active))
		__debug_check_no_obj_freed(from, bytes);
}

#endif
