// SPDX-License-Identifier: Apache-2.0
// The cells of a property, and the lists of references that are made of them.
#ifndef DRIVERS_OF_CELLS_H
#define DRIVERS_OF_CELLS_H

#include <linux/minmax.h>
#include <linux/of.h>
#include <linux/string.h>

#include "lib/result.h"

// Big-endian words, taken from the front.
class cells {
public:
    cells() = default;
    cells(const __be32 *first, size_t count)
        : at_(first)
        , end_(first + count) {}
    // Those of a property; none if there is no such property.
    cells(const device_node *np, const char *name) {
        if (const property *p = of_find_property(np, name, nullptr)) {
            at_ = static_cast<const __be32 *>(p->value);
            end_ = at_ + p->length / static_cast<int>(sizeof(__be32));
        }
    }
    const __be32 *at() const { return at_; }
    size_t left() const { return static_cast<size_t>(end_ - at_); }
    u32 operator[](size_t i) const { return be32_to_cpu(at_[i]); }
    u32 take() { return be32_to_cpu(*at_++); }
    // The next `count`, which are there.
    cells take(size_t count) {
        cells taken(at_, count);
        at_ += count;
        return taken;
    }
    u64 take_number(size_t count) { return of_read_number(take(count).at(), static_cast<int>(count)); }
    void copy_to(u32 *out) const {
        for (size_t i = 0; i < left(); i++)
            out[i] = (*this)[i];
    }

private:
    const __be32 *at_ = nullptr, *end_ = nullptr;
};

// The strings of a property, each with its NUL; a last one that has none does not count.
class strings_in {
public:
    explicit strings_in(const property *p)
        : first_(p ? static_cast<const char *>(p->value) : nullptr)
        , end_(p ? first_ + p->length : nullptr) {}
    struct cursor {
        const char *at, *end;
        const char *operator*() const { return at; }
        cursor &operator++() {
            at += strnlen(at, static_cast<size_t>(end - at)) + 1;
            return *this;
        }
        bool operator!=(const cursor &) const { return at < end && memchr(at, 0, static_cast<size_t>(end - at)); }
    };
    cursor begin() const { return {first_, end_}; }
    cursor end() const { return {end_, end_}; }

private:
    const char *first_, *end_;
};

// The value of a property of one cell.
inline u32 cell_or(const device_node *np, const char *name, u32 otherwise) {
    of_property_read_u32(np, name, &otherwise);
    return otherwise;
}

// A list of <phandle cell...> where the node that is referred to says how many cells follow, in a property of its own;
// `fixed` is the number where it does not, or -1: it has to.
class reference_list {
public:
    struct reference {
        device_node *np; // null: an empty entry
        cells args;
    };
    reference_list(const device_node *owner, const char *name, const char *cells_name, int fixed)
        : owner_(owner)
        , name_(name)
        , cells_name_(cells_name)
        , fixed_(fixed)
        , rest_(owner, name) {}
    // Whether anything is left to read.
    bool more() const { return rest_.left() > 0; }
    // The next entry; -EINVAL where it is malformed, which has been said.
    result<reference> next();

private:
    result<u32> count_for(const device_node *target) const;

    const device_node *owner_;
    const char *name_, *cells_name_;
    int fixed_;
    cells rest_;
};

// A nexus node translates a specifier on its way up, by entries of <key... phandle [unit address...] cell...>: the
// first one is taken whose key is, under the mask, the specifier.
struct nexus {
    const char *map, *mask;
    const char *pass_thru;  // cells of the specifier that go on as they are; may be null
    const char *cells_name; // of the parents: how long their specifiers are
    bool has_unit_address;  // keys and entries begin with a unit address of #address-cells
};

// One step up from spec.np, which has the map. `unit`: the unit address that goes with the specifier.
int nexus_step(const nexus &kind, of_phandle_args &spec, u32 *unit);

#endif
