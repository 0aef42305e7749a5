// SPDX-License-Identifier: Apache-2.0
// Objects in memory of the slab, and who owns them.
//
//     struct worker : from_slab { worker(worker_pool &pool); ~worker(); };
//     own<worker> w(new worker(pool)); // empty: no memory
//     thread_takes(w.release());       // another owner from here on; else it is deleted at the end of the scope
#ifndef LIB_OWN_H
#define LIB_OWN_H

#include <linux/slab.h>

// A class whose `new` takes zeroed memory and may sleep. Without memory it gives null and calls no constructor.
struct from_slab {
    static void *operator new(size_t size) noexcept { return kzalloc(size, GFP_KERNEL); }
    static void operator delete(void *memory) { kfree(memory); }
};

template <typename T>
class own {
public:
    explicit own(T *object)
        : object_(object) {}
    ~own() { delete object_; }
    own(const own &) = delete;
    own &operator=(const own &) = delete;

    explicit operator bool() const { return object_; }
    T &operator*() const { return *object_; }
    T *operator->() const { return object_; }
    T *release() {
        T *object = object_;
        object_ = nullptr;
        return object;
    }

private:
    T *object_;
};

#endif
