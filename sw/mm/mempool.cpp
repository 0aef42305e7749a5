// SPDX-License-Identifier: Apache-2.0
// Elements come from the pool's own allocator while that has some, then from what is kept back; what is given back
// fills the reserve first.
#include <linux/mempool.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/jiffies.h>

#include "lib/guard.h"

namespace {

void *take_reserve(mempool_t &pool) {
    hold_irqsave l(pool.lock);
    return pool.curr_nr ? pool.elements[--pool.curr_nr] : nullptr;
}

bool put_reserve(mempool_t &pool, void *element) {
    hold_irqsave l(pool.lock);
    if (pool.curr_nr == pool.min_nr)
        return false;
    pool.elements[pool.curr_nr++] = element;
    return true;
}

bool fill(mempool_t &pool) {
    while (pool.curr_nr < pool.min_nr) {
        void *element = pool.alloc(GFP_KERNEL, pool.pool_data);
        if (!element)
            return false;
        if (!put_reserve(pool, element))
            pool.free(element, pool.pool_data);
    }
    return true;
}

// A pool without an allocator that has room for its reserve. False without memory.
bool make_room(mempool_t *pool, int reserve) {
    init_waitqueue_head(&pool->wait);
    spin_lock_init(&pool->lock);
    pool->elements = static_cast<void **>(kcalloc(reserve, sizeof(void *), GFP_KERNEL));
    pool->min_nr = reserve;
    return pool->elements;
}

// Where a pool's elements come from and go back to.
struct allocator {
    mempool_alloc_t *alloc;
    mempool_free_t *free;
    void *data;

    mempool_t &serve(mempool_t &pool) const {
        pool.alloc = alloc;
        pool.free = free;
        pool.pool_data = data;
        return pool;
    }
};

} // namespace

mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn, void *pool_data) {
    const allocator own = {alloc_fn, free_fn, pool_data};
    auto *const pool = static_cast<mempool_t *>(kzalloc(sizeof(mempool_t), GFP_KERNEL));
    on_failure give_up([pool] { mempool_destroy(pool); });

    if (!pool || !make_room(pool, min_nr) || !fill(own.serve(*pool)))
        return nullptr;
    give_up.dismiss();
    return pool;
}
EXPORT_SYMBOL(mempool_create);

int mempool_resize(mempool_t *pool, int new_min_nr) {
    auto **larger = static_cast<void **>(kcalloc(new_min_nr, sizeof(void *), GFP_KERNEL));

    if (!larger)
        return -ENOMEM;
    while (pool->curr_nr > new_min_nr)
        pool->free(take_reserve(*pool), pool->pool_data);
    {
        hold_irqsave l(pool->lock);
        for (int i = 0; i < pool->curr_nr; i++)
            larger[i] = pool->elements[i];
        void **const old = pool->elements;
        pool->elements = larger;
        larger = old;
        pool->min_nr = new_min_nr;
    }
    kfree(larger);
    fill(*pool);
    return 0;
}
EXPORT_SYMBOL(mempool_resize);

void mempool_destroy(mempool_t *pool) {
    if (!pool)
        return;
    while (pool->curr_nr)
        pool->free(take_reserve(*pool), pool->pool_data);
    kfree(pool->elements);
    kfree(pool);
}
EXPORT_SYMBOL(mempool_destroy);

void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask) {
    for (;;) {
        void *element = pool->alloc(gfp_mask | __GFP_NOWARN, pool->pool_data);
        if (!element)
            element = take_reserve(*pool);
        if (element || !gfpflags_allow_blocking(gfp_mask))
            return element;
        wait_event_timeout(pool->wait, READ_ONCE(pool->curr_nr), 5 * HZ);
    }
}
EXPORT_SYMBOL(mempool_alloc);

void mempool_free(void *element, mempool_t *pool) {
    if (!element)
        return;
    if (put_reserve(*pool, element))
        wake_up(&pool->wait);
    else
        pool->free(element, pool->pool_data);
}
EXPORT_SYMBOL(mempool_free);

void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data) {
    return kmem_cache_alloc(static_cast<kmem_cache *>(pool_data), gfp_mask);
}
EXPORT_SYMBOL(mempool_alloc_slab);

void mempool_free_slab(void *element, void *pool_data) {
    kmem_cache_free(static_cast<kmem_cache *>(pool_data), element);
}
EXPORT_SYMBOL(mempool_free_slab);

void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data) {
    return kmalloc(reinterpret_cast<size_t>(pool_data), gfp_mask);
}
EXPORT_SYMBOL(mempool_kmalloc);

void mempool_kfree(void *element, void *) {
    kfree(element);
}
EXPORT_SYMBOL(mempool_kfree);
