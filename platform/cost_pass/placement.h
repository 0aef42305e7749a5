// SPDX-License-Identifier: Apache-2.0
//
// Where the cost of machine code goes in the IR that it was made of.
//
// The back end merges, splits, duplicates and drops blocks. So both programs are walked at once: for each step that the
// IR takes from a block to the next, the machine code's path from where it stands to the beginning of that block is
// charged; a block without one has been absorbed by what came before it and costs nothing by itself. What is charged
// along a path through the IR is then what the machine code costs along the same path.
#ifndef RK3568_PLATFORM_COST_PASS_PLACEMENT_H
#define RK3568_PLATFORM_COST_PASS_PLACEMENT_H

#include "platform/cost_pass/machine_code.h"

#include <cstdint>
#include <vector>

namespace rk3568::cost {

// What executing something costs. Ticks are sixteenths of a cycle, and so are counted instructions.
struct amount {
    int64_t ticks = 0;
    int64_t instructions = 0;
};

struct block_cost {
    amount enter;        // whenever the block is executed
    unsigned offset = 0; // of its code, in bytes from the function's
    unsigned bytes = 0;  // 0: absorbed
};

struct edge_cost {
    unsigned from = 0, to = 0; // IR blocks by position
    amount extra;              // on top, on this path
};

struct function_cost {
    std::vector<block_cost> blocks; // by position in the function
    std::vector<edge_cost> edges;
    unsigned bytes = 0;
};

// The successors of each IR block, by position, without repetition.
using ir_flow = std::vector<std::vector<unsigned>>;
ir_flow flow_of(const llvm::Function &function);

// `ticks`: of each machine block. `hints`: a branch that the source says is hardly ever taken is mispredicted when it
// is.
function_cost place(const machine_function &machine, const std::vector<int64_t> &ticks, const ir_flow &flow,
                    bool hints);

} // namespace rk3568::cost

#endif
