// SPDX-License-Identifier: Apache-2.0
//
// What a function does to memory: one list, made before anything is added to the function. Everything in the pass that
// has to do with accesses is a question to it:
//   - where a block is cut, so that an interrupt or another core comes in between (shared reads and writes);
//   - before which instructions a core that runs ahead of the others waits for its turn (those that synchronize);
//   - which accesses software reports at run time, and as what (access_shape).
//
// Reports. With -rk3568-report-accesses, which -rk3568-level=cached implies, each shared access is preceded by a call
//     port_access(const void *data, uint64_t shape)        preserve_most: all registers but r11 are kept
// where shape is the number of bytes << 8 with access_shape's flags below it. A listener (the caches of --timing
// cached, a race detector) sees every access of instrumented code that others may see too: loads, stores, atomics, and
// the memory intrinsics with their length. Plain accesses have no flag but `writes`; those that C marks (volatile:
// READ_ONCE, WRITE_ONCE) or that synchronize say so. The running core, its time and the caller's address are the port's
// to know.
#ifndef RK3568_PLATFORM_COST_PASS_ACCESS_H
#define RK3568_PLATFORM_COST_PASS_ACCESS_H

#include <cstdint>
#include <llvm/IR/Function.h>
#include <llvm/IR/IRBuilder.h>
#include <vector>

namespace rk3568::cost {

enum access_shape : uint64_t {
    access_writes = 1,       // else it reads
    access_reads_too = 2,    // a write that has read: an atomic operation, or count++
    access_marked = 4,       // volatile, or atomic of any order
    access_synchronizes = 8, // orders what other cores see: an atomic operation, acquire, release
    access_acquires = 16,    // what follows comes after what it reads from
    access_releases = 32,
    access_pointer = 64, // reads a pointer: what is read through it comes after
    access_bytes_shift = 8,
};

struct memory_access {
    llvm::Instruction *at;
    llvm::Value *pointer;
    llvm::Value *length; // null: `bytes`
    uint64_t bytes;
    uint64_t flags; // access_shape
    bool is_shared; // someone else may see it: not a stack's whose address never leaves the function
    bool of_core;   // the words that are registers on hardware (PORT_CPU_PAGE)

    bool synchronizes() const { return flags & access_synchronizes; }
    llvm::Value *shape(llvm::IRBuilder<> &build) const;
};

// In the order of the function. A copy in memory is a read and then a write of the same instruction.
std::vector<memory_access> accesses_of(llvm::Function &function);

} // namespace rk3568::cost

#endif
