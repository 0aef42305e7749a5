// SPDX-License-Identifier: Apache-2.0
// Lists whose members come and go while others walk them. A walk holds no lock between two members: it keeps a
// reference to the one it is at, and the task that unlinks the node that would be next moves the walk on.
//
//     live_lists members;                                         // one mutex for any number of lists
//     members.add(dev->bus_node, devices);
//     for (device &dev : live_walk<&device::bus_node>(members, devices)) ...   // may sleep, add, remove
//
// The members' type has a keep(T &) and a drop(T &) beside it, which take and give back a reference.
#ifndef LIB_LIVE_LIST_H
#define LIB_LIVE_LIST_H

#include "lib/guard.h"
#include "lib/ranges.h"

class live_lists {
public:
    // Where a walk is going to look next. All walks over these lists stand in `walks_`.
    struct position {
        list_head among_walks;
        list_head *next;
        bool backwards;
        list_head *beyond(list_head &node) const { return backwards ? node.prev : node.next; }
    };

    void init() {
        mutex_init(&lock_);
        INIT_LIST_HEAD(&walks_);
    }
    void add(list_head &node, list_head &list) {
        hold l(lock_);
        list_add_tail(&node, &list);
    }
    void remove(list_head &node) {
        hold l(lock_);
        for (position &walk : list_of<&position::among_walks>(walks_))
            if (walk.next == &node)
                walk.next = walk.beyond(node);
        list_del_init(&node);
    }
    bool is_empty(const list_head &list) {
        hold l(lock_);
        return list_empty(&list);
    }
    mutex &lock() { return lock_; }
    void enter(position &walk) { list_add(&walk.among_walks, &walks_); }

private:
    mutex lock_;
    list_head walks_;
};

enum class walk_from { first, last };

template <auto member, walk_from first_end = walk_from::first>
class live_walk {
    using owner = range_detail::owner_t<member>;

public:
    // Begins behind `after`, which is a member that the caller keeps.
    live_walk(live_lists &lists, list_head &list, owner *after = nullptr)
        : lists_(lists)
        , list_(list) {
        hold l(lists_.lock());
        at_.backwards = first_end == walk_from::last;
        at_.next = at_.beyond(after ? after->*member : list_);
        lists_.enter(at_);
    }
    ~live_walk() {
        leave();
        hold l(lists_.lock());
        list_del(&at_.among_walks);
    }
    live_walk(const live_walk &) = delete;
    live_walk &operator=(const live_walk &) = delete;

    // The next member, which is kept until the one after it is asked for; null at the end.
    owner *step() {
        leave();
        hold l(lists_.lock());
        if (at_.next == &list_)
            return nullptr;
        current_ = range_detail::owner_of<member>(at_.next);
        keep(*current_);
        at_.next = at_.beyond(*at_.next);
        return current_;
    }

    // Calls fn for one member after the other until it answers other than 0: that answer.
    template <typename Visit>
    int visit(Visit fn) {
        int answer = 0;
        while (!answer && step())
            answer = fn(current_);
        return answer;
    }
    template <typename Data>
    int visit(int (*fn)(owner *, Data *), Data *data) {
        return visit([=](owner *at) { return fn(at, data); });
    }
    // The first member that fn accepts, with a reference for the caller.
    template <typename Data>
    owner *find(int (*accepts)(owner *, Data *), Data *data) {
        while (step())
            if (accepts(current_, data)) {
                keep(*current_);
                return current_;
            }
        return nullptr;
    }

    class cursor {
    public:
        explicit cursor(live_walk *walk)
            : walk_(walk) {}
        owner &operator*() const { return *walk_->current_; }
        cursor &operator++() {
            walk_->step();
            return *this;
        }
        bool operator!=(const cursor &) const { return walk_->current_ != nullptr; }

    private:
        live_walk *walk_;
    };
    cursor begin() { return step(), cursor(this); }
    cursor end() { return cursor(this); }

private:
    void leave() {
        if (owner *left = current_) {
            current_ = nullptr;
            drop(*left);
        }
    }

    live_lists &lists_;
    list_head &list_;
    live_lists::position at_;
    owner *current_ = nullptr;
};

#endif
