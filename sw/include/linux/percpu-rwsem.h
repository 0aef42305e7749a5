/* SPDX-License-Identifier: Apache-2.0 */
/* Linux's include/linux/percpu-rwsem.h: an rw_semaphore here, as nothing reads one often. */
#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H

#include <linux/rwsem.h>

struct percpu_rw_semaphore {
	struct rw_semaphore rw_sem;
};

#define DEFINE_PERCPU_RWSEM(name) struct percpu_rw_semaphore name = { __RWSEM_INITIALIZER(name.rw_sem) }
#define DEFINE_STATIC_PERCPU_RWSEM(name) static DEFINE_PERCPU_RWSEM(name)
#define percpu_down_read(sem) down_read(&(sem)->rw_sem)
#define percpu_down_read_trylock(sem) ((bool)down_read_trylock(&(sem)->rw_sem))
#define percpu_up_read(sem) up_read(&(sem)->rw_sem)
#define percpu_down_write(sem) down_write(&(sem)->rw_sem)
#define percpu_up_write(sem) up_write(&(sem)->rw_sem)
/* 0: there is always memory for it. */
#define percpu_init_rwsem(sem) ({ init_rwsem(&(sem)->rw_sem); 0; })
#define percpu_down_read_trylock(sem) down_read_trylock(&(sem)->rw_sem)
#define percpu_free_rwsem(sem) do { (void)(sem); } while (0)

#endif
