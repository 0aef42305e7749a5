// SPDX-License-Identifier: Apache-2.0
// Linux's intrusive lists, bit masks and rings as C++ ranges.
//
//     for (worker &w : list_of<&worker::node>(pool->workers)) ...      // the loop must not unlink w
//     for (worker &w : backwards_of<&worker::node>(pool->workers)) ... // the same from the last to the first
//     for (work_struct &w : taking<&work_struct::entry>(list)) ...     // w may be unlinked or freed in the loop
//     for (pool_workqueue &p : rcu_list_of<&pool_workqueue::pwqs_node>(wq->pwqs)) ...
//     worker *w = first_of<&worker::node>(pool->workers);              // null if the list is empty
//     for (unsigned cpu : bits_of(*mask)) ...                          // CPUs of a cpumask
#ifndef LIB_RANGES_H
#define LIB_RANGES_H

#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/rculist.h>

namespace range_detail {

template <typename Member>
struct member_of;
template <typename Owner, typename Node>
struct member_of<Node Owner::*> {
    using owner = Owner;
    using node = Node;
};

template <auto member>
using owner_t = typename member_of<decltype(member)>::owner;

template <auto member>
__always_inline owner_t<member> *owner_of(const list_head *node) {
    using owner = owner_t<member>;
    // The distance of a member from its owner, which offsetof gives for a name but not for a pointer to member.
    const auto distance = reinterpret_cast<unsigned long>(&(reinterpret_cast<owner *>(4096ul)->*member)) - 4096ul;
    return reinterpret_cast<owner *>(reinterpret_cast<unsigned long>(node) - distance);
}

// How a cursor finds the node after the one it stands on.
struct at_once { // reads `next` when it moves on
    static __always_inline const list_head *next(const list_head *node) { return node->next; }
};
struct backwards { // from the last to the first
    static __always_inline const list_head *next(const list_head *node) { return node->prev; }
};
struct published { // others may link nodes meanwhile
    static __always_inline const list_head *next(const list_head *node) { return READ_ONCE(node->next); }
};

template <auto member, typename Step>
class list_range {
public:
    explicit list_range(const list_head &head)
        : head_(&head) {}
    class cursor {
    public:
        explicit cursor(const list_head *at)
            : at_(at) {}
        owner_t<member> &operator*() const { return *owner_of<member>(at_); }
        cursor &operator++() {
            at_ = Step::next(at_);
            return *this;
        }
        bool operator!=(const cursor &other) const { return at_ != other.at_; }

    private:
        const list_head *at_;
    };
    cursor begin() const { return cursor(Step::next(head_)); }
    cursor end() const { return cursor(head_); }

private:
    const list_head *head_;
};

template <auto member>
class taking_range {
public:
    explicit taking_range(const list_head &head)
        : head_(&head) {}
    class cursor {
    public:
        explicit cursor(const list_head *at)
            : at_(at)
            , after_(at->next) {}
        owner_t<member> &operator*() const { return *owner_of<member>(at_); }
        cursor &operator++() {
            at_ = after_;
            after_ = at_->next;
            return *this;
        }
        bool operator!=(const cursor &other) const { return at_ != other.at_; }

    private:
        const list_head *at_, *after_;
    };
    cursor begin() const { return cursor(head_->next); }
    cursor end() const { return cursor(head_); }

private:
    const list_head *head_;
};

class cpu_range {
public:
    explicit cpu_range(const cpumask &mask)
        : mask_(mask) {}
    class cursor {
    public:
        cursor(const cpumask *mask, unsigned at)
            : mask_(mask)
            , at_(at) {}
        unsigned operator*() const { return at_; }
        cursor &operator++() {
            at_ = cpumask_next(static_cast<int>(at_), mask_);
            return *this;
        }
        bool operator!=(const cursor &other) const { return (at_ < nr_cpu_ids) != (other.at_ < nr_cpu_ids); }

    private:
        const cpumask *mask_;
        unsigned at_;
    };
    cursor begin() const { return {&mask_, cpumask_first(&mask_)}; }
    cursor end() const { return {&mask_, nr_cpu_ids}; }

private:
    const cpumask &mask_;
};

} // namespace range_detail

// A few values of one type: for (device *dev : these(first, second)) ...
template <typename T, unsigned long count>
struct few {
    T items[count];
    const T *begin() const { return items; }
    const T *end() const { return items + count; }
};
template <typename T, typename... More>
__always_inline few<T, 1 + sizeof...(More)> these(T first, More... more) {
    return {{first, more...}};
}

template <auto member>
__always_inline auto list_of(const list_head &head) {
    return range_detail::list_range<member, range_detail::at_once>(head);
}
template <auto member>
__always_inline auto backwards_of(const list_head &head) {
    return range_detail::list_range<member, range_detail::backwards>(head);
}
template <auto member>
__always_inline auto rcu_list_of(const list_head &head) {
    return range_detail::list_range<member, range_detail::published>(head);
}
template <auto member>
__always_inline auto taking(const list_head &head) {
    return range_detail::taking_range<member>(head);
}
template <auto member>
__always_inline range_detail::owner_t<member> *first_of(const list_head &head) {
    return list_empty(&head) ? nullptr : range_detail::owner_of<member>(head.next);
}
template <auto member>
__always_inline range_detail::owner_t<member> *last_of(const list_head &head) {
    return list_empty(&head) ? nullptr : range_detail::owner_of<member>(head.prev);
}
__always_inline auto bits_of(const cpumask &mask) {
    return range_detail::cpu_range(mask);
}

// The first element that `wanted` accepts, or null.
template <auto member, typename Wanted>
__always_inline range_detail::owner_t<member> *find_in(const list_head &head, Wanted wanted) {
    for (auto &element : list_of<member>(head))
        if (wanted(element))
            return &element;
    return nullptr;
}

#endif
