// SPDX-License-Identifier: Apache-2.0
// A value, or a negative errno. What a function of the kernel's inside returns where callers pass errors on; exported
// functions turn it into Linux's form: an int, or a pointer with ERR_PTR in it.
//
//     result<unsigned> hwirq = translate(spec);
//     if (!hwirq)
//         return hwirq.error();
//     use(*hwirq);
#ifndef LIB_RESULT_H
#define LIB_RESULT_H

#include <linux/err.h>

// The errno of a failure, as a type of its own: `return failure(-EINVAL);`
struct failure {
    explicit failure(int errno_value)
        : error(errno_value) {}
    int error;
};

template <typename T>
class result {
public:
    result(T value)
        : value_(value) {}
    result(failure f)
        : error_(f.error) {}
    explicit operator bool() const { return error_ == 0; }
    T &operator*() { return value_; }
    // The members of the value, or, if it is a pointer, of what it points to.
    auto operator->() { return pointer_to(value_); }
    int error() const { return error_; } // 0 if there is a value
    failure fail() const { return failure(error_); }
    T value_or(T other) const { return error_ ? other : value_; }

private:
    template <typename U>
    static U *pointer_to(U &value) {
        return &value;
    }
    template <typename U>
    static U *pointer_to(U *&value) {
        return value;
    }

    T value_{};
    int error_ = 0;
};

// Success, or a negative errno.
template <>
class result<void> {
public:
    result() = default;
    result(failure f)
        : error_(f.error) {}
    explicit operator bool() const { return error_ == 0; }
    int error() const { return error_; }
    failure fail() const { return failure(error_); }

private:
    int error_ = 0;
};

// The two at the border to Linux's conventions.
template <typename T>
T *as_err_ptr(result<T *> r) {
    return r ? *r : static_cast<T *>(ERR_PTR(r.error()));
}
inline result<void> as_result(int errno_or_zero) {
    return errno_or_zero < 0 ? result<void>(failure(errno_or_zero)) : result<void>();
}

#endif
