// SPDX-License-Identifier: Apache-2.0
//
// What a stretch of LLVM IR costs on a Cortex-A55, estimated from the IR: an in-order core that issues two instructions
// a cycle, with the latencies of LLVM's AArch64SchedA55 model, on the instructions that the back end usually makes of
// it.
#ifndef RK3568_PLATFORM_COST_PASS_ESTIMATE_H
#define RK3568_PLATFORM_COST_PASS_ESTIMATE_H

#include <cstdint>
#include <llvm/IR/BasicBlock.h>
#include <vector>

namespace rk3568::cost {

// Sixteenths of a cycle, as hw/cortex_a55/core.h counts them.
constexpr int64_t ticks_per_cycle = 16;

// The cost of each stretch of a block: from `start` to the first of `cuts`, from there to the next, and from the last
// one to the end of the block. Dependences reach across cuts. `entry` adds what a function's entry costs (frame
// set-up).
std::vector<int64_t> estimate(llvm::BasicBlock &block, llvm::BasicBlock::iterator start,
                              const std::vector<llvm::Instruction *> &cuts, bool entry);

} // namespace rk3568::cost

#endif
