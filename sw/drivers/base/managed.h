// SPDX-License-Identifier: Apache-2.0
// A value in a device's ledger (devres.cpp), and how it is given back when the driver goes.
//
//     void unmap(device *, void __iomem *&base) { iounmap(base); }
//     using mapping = managed<void __iomem *, unmap>;
//     mapping::acquire(dev, base, [&] { base = ioremap(...); return base ? 0 : -ENOMEM; });
//     mapping::give_back(dev, base);         // before its time; false: the device does not have it
#ifndef DRIVERS_BASE_MANAGED_H
#define DRIVERS_BASE_MANAGED_H

#include <linux/device.h>
#include <linux/errno.h>

template <typename T, void (*release)(device *, T &)>
class managed {
public:
    // Room in the ledger first, then `take`, which may still change `value`; nothing is left to undo if either fails.
    template <typename Take>
    static int acquire(device *dev, T &&value, Take take) {
        return acquire(dev, value, take);
    }
    template <typename Take>
    static int acquire(device *dev, T &value, Take take) {
        auto *room = static_cast<T *>(devres_alloc(give, sizeof(T), GFP_KERNEL));
        const int error = room ? take() : -ENOMEM;
        if (room && !error) {
            *room = value;
            devres_add(dev, room);
        } else if (room) {
            devres_free(room);
        }
        return error;
    }
    // What get() finds, in the ledger; T{} if it finds nothing or the ledger has no room.
    template <typename Get>
    static T obtain(device *dev, Get get) {
        T found{};
        const auto take = [&] {
            found = get();
            return found == T{} ? -ENOMEM : 0;
        };
        return acquire(dev, found, take) ? T{} : found;
    }
    static bool give_back(device *dev, T value) { return devres_release(dev, give, is, &value) == 0; }
    static bool forget(device *dev, T value) { return devres_destroy(dev, give, is, &value) == 0; }

private:
    static void give(device *dev, void *entry) { release(dev, *static_cast<T *>(entry)); }
    static int is(device *, void *entry, void *value) { return *static_cast<T *>(entry) == *static_cast<T *>(value); }
};

#endif
