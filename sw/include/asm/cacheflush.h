/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _ASM_CACHEFLUSH_H
#define _ASM_CACHEFLUSH_H
/* Caches are coherent with every bus master here; nothing is to be flushed. */
#define flush_icache_range(start, end) do { (void)(start); (void)(end); } while (0)
#define flush_cache_all() do { } while (0)
#define flush_dcache_page(page) do { (void)(page); } while (0)

#endif
