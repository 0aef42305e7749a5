// SPDX-License-Identifier: Apache-2.0
// The states of a work item, which are all in its data word (Linux: the WORK_STRUCT_* and WORK_OFFQ_* of
// kernel/workqueue.c).
//
//     idle        no caller has it. The word remembers who ran it last: the number of a pool or thread, or none.
//     claimed     PENDING is set and it is on no list: somebody is about to queue it, or its timer is to do that.
//     queued      PENDING and PWQ are set: it is on a list of `owner`, marked with its colour.
//     cancelling  claimed, and nothing else gets it before the one who cancels has seen its run end.
//
//     idle -> claimed             claim(), from any context; exactly one caller wins
//     claimed -> queued           the back end, with the owner's lock held
//     queued -> idle              the worker, with the owner's lock held, just before it calls the function
//     queued -> claimed           seized_item, with the owner's lock held
//     claimed -> cancelling -> idle   cancel_work_sync()
//
// Only who has claimed an item, or holds the lock of its owner, changes the word. Interrupts are masked while an item
// is claimed and no timer has it, so that no interrupt of this CPU meets an item that is pending but nowhere.
#ifndef KERNEL_WORKQUEUE_ITEM_H
#define KERNEL_WORKQUEUE_ITEM_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/workqueue.h>

class item_word {
public:
    explicit constexpr item_word(unsigned long bits)
        : bits_(bits) {}
    static item_word of(const work_struct &item) {
        return item_word(static_cast<unsigned long>(atomic_long_read(&item.data)));
    }
    static item_word never_ran() { return item_word(WORK_STRUCT_NO_POOL); }
    static item_word idle_after(unsigned long runner) { return item_word(runner << WORK_OFFQ_POOL_SHIFT); }
    static item_word queued_on(const void *owner, unsigned long marks) {
        return item_word(reinterpret_cast<unsigned long>(owner) | WORK_STRUCT_PENDING | WORK_STRUCT_PWQ | marks);
    }
    item_word claimed() const { return item_word(bits_ | WORK_STRUCT_PENDING); }
    item_word cancelling() const { return item_word(bits_ | WORK_STRUCT_PENDING | WORK_OFFQ_CANCELING); }

    bool is_queued() const { return bits_ & WORK_STRUCT_PWQ; }
    bool is_cancelling() const { return (bits_ & (WORK_STRUCT_PWQ | WORK_OFFQ_CANCELING)) == WORK_OFFQ_CANCELING; }

    // Of a queued item.
    template <typename Owner>
    Owner *owner() const {
        return reinterpret_cast<Owner *>(bits_ & WORK_STRUCT_WQ_DATA_MASK);
    }
    bool waits_for_room() const { return bits_ & WORK_STRUCT_INACTIVE; } // its queue has max_active others
    bool has_follower() const { return bits_ & WORK_STRUCT_LINKED; }     // the next on the list goes where it goes
    unsigned color() const { return (bits_ >> WORK_STRUCT_COLOR_SHIFT) % WORK_NR_COLORS; }
    unsigned long follower_mark() const { return bits_ & WORK_STRUCT_LINKED; }
    static unsigned long color_mark(unsigned color) {
        return static_cast<unsigned long>(color) << WORK_STRUCT_COLOR_SHIFT;
    }

    // Of any other.
    unsigned long last_runner() const { return bits_ >> WORK_OFFQ_POOL_SHIFT; }

    // The caller has the item.
    void put_into(work_struct &item) const {
        WARN_ON_ONCE(!work_pending(&item));
        atomic_long_set(&item.data, static_cast<long>(bits_));
    }

private:
    unsigned long bits_;
};

// Exactly one caller gets an idle item.
inline bool claim(work_struct &item) {
    return !test_and_set_bit(WORK_STRUCT_PENDING_BIT, work_data_bits(&item));
}

// Ends the claim. A caller that finds the item pending before that may rely on the function seeing what was written
// until then.
inline void release(work_struct &item, item_word idle) {
    smp_wmb();
    idle.put_into(item);
    smp_mb();
}

// An item that the caller has claimed wherever it was: idle, with its timer, or on a list. Interrupts are masked as
// long as this lives. While another one cancels the item, it cannot be had (Linux: try_to_grab_pending).
class seized_item {
public:
    // timer: of a delayed_work.
    seized_item(work_struct &item, timer_list *timer);
    ~seized_item();
    seized_item(const seized_item &) = delete;
    seized_item &operator=(const seized_item &) = delete;

    explicit operator bool() const { return before_ != was::being_cancelled; }
    bool was_idle() const { return before_ == was::idle; }
    bool was_pending() const { return before_ == was::pending; }

private:
    enum class was { idle, pending, being_cancelled };
    bool try_to_grab_pending(work_struct &item, timer_list *timer);

    was before_ = was::idle;
    unsigned long flags_;
};

#endif
