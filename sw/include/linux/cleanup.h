/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/compiler.h>

/* Scope-bound resources, as include/linux/cleanup.h of 6.1.y declares them. */
#define DEFINE_FREE(_name, _type, _free)                                                                               \
	static inline void __free_##_name(void *p)                                                                     \
	{                                                                                                              \
		_type _T = *(_type *)p;                                                                                \
		_free;                                                                                                 \
	}
#define __free(_name) __cleanup(__free_##_name)
#define __get_and_null_ptr(p)                                                                                          \
	({                                                                                                             \
		__typeof__(p) __ptr = (p);                                                                             \
		(p) = NULL;                                                                                            \
		__ptr;                                                                                                 \
	})
#define no_free_ptr(p) __get_and_null_ptr(p)
#define return_ptr(p) return no_free_ptr(p)

/* A class: how one is made, and what is done with it (_T) when its scope ends. */
#define DEFINE_CLASS(_name, _type, _at_end, _value, _params...)                                                        \
	typedef _type class_##_name##_t;                                                                               \
	static inline class_##_name##_t class_##_name##_constructor(_params)                                           \
	{                                                                                                              \
		class_##_name##_t made = _value;                                                                       \
		return made;                                                                                           \
	}                                                                                                              \
	static inline void class_##_name##_destructor(class_##_name##_t *variable)                                     \
	{                                                                                                              \
		class_##_name##_t _T __maybe_unused = *variable;                                                       \
		_at_end;                                                                                               \
	}
#define CLASS(_name, var)                                                                                              \
	class_##_name##_t var __cleanup(class_##_name##_destructor) = class_##_name##_constructor

#define DEFINE_GUARD(_name, _type, _lock, _unlock)                                                                     \
	DEFINE_CLASS(                                                                                                  \
		_name, _type, if (_T) { _unlock; },                                                                    \
		({                                                                                                     \
			_lock;                                                                                         \
			_T;                                                                                            \
		}),                                                                                                    \
		_type _T)                                                                                              \
	static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T)                                            \
	{                                                                                                              \
		return (void *)*_T;                                                                                    \
	}
#define guard(_name) CLASS(_name, __UNIQUE_ID(guard))
#define __scope_for(_name, done, args...)                                                                              \
	for (CLASS(_name, __scope_guard)(args), *done = NULL; __scope_ptr(_name, &__scope_guard) && !done;             \
	     done = (class_##_name##_t *)1)
#define __scope_ptr(_name, p) class_##_name##_lock_ptr(p)
#define scoped_guard(_name, args...) __scope_for(_name, __UNIQUE_ID(done), ##args)

/* A guard of a lock, with members of its own: a class whose `lock` is NULL where nothing is held. In the steps _T points to it. */
#define __LOCK_GUARD(_name, _type, _members, _made_of, _take, _give, _params...)                                       \
	struct __lock_guard_##_name {                                                                                  \
		_type *lock;                                                                                           \
		_members;                                                                                              \
	};                                                                                                             \
	DEFINE_CLASS(                                                                                                  \
		_name, struct __lock_guard_##_name,                                                                    \
		({                                                                                                     \
			class_##_name##_t *_T = variable;                                                              \
			if (_T->lock) {                                                                                \
				_give;                                                                                 \
			}                                                                                              \
		}),                                                                                                    \
		({                                                                                                     \
			class_##_name##_t _t = { .lock = _made_of }, *_T __maybe_unused = &_t;                         \
			_take;                                                                                         \
			_t;                                                                                            \
		}),                                                                                                    \
		_params)                                                                                               \
	static inline void *class_##_name##_lock_ptr(class_##_name##_t *held)                                          \
	{                                                                                                              \
		return held->lock;                                                                                     \
	}
#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock, ...)                                                         \
	__LOCK_GUARD(_name, _type, __VA_ARGS__, l, _lock, _unlock, _type *l)
#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock, ...)                                                                \
	__LOCK_GUARD(_name, void, __VA_ARGS__, (void *)1, _lock, _unlock, void)

#endif
