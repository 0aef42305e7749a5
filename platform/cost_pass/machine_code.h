// SPDX-License-Identifier: Apache-2.0
//
// A function as the A55 would execute it: machine basic blocks with their instructions, the flow between them, and the
// IR block that each was made of.
#ifndef RK3568_PLATFORM_COST_PASS_MACHINE_CODE_H
#define RK3568_PLATFORM_COST_PASS_MACHINE_CODE_H

#include <functional>
#include <llvm/IR/Module.h>
#include <llvm/MC/MCInst.h>
#include <llvm/Target/TargetMachine.h>
#include <vector>

namespace rk3568::cost {

struct machine_edge {
    unsigned to;        // number of a block
    double probability; // of this path out, as the back end sees it
    unsigned executed;  // instructions of the block that have been executed when this path is taken
    bool unlikely;      // the source says that it is hardly ever taken
};

struct machine_block {
    int ir = -1;       // the IR block it belongs to, by its position in the function; -1: none
    bool head = false; // execution of the IR block begins here
    bool returns = false;
    double frequency = 0; // per call of the function
    unsigned offset = 0;  // of its first instruction, in bytes from the function's
    std::vector<machine_edge> out;
    std::vector<llvm::MCInst> code;
};

struct machine_function {
    llvm::Function *source = nullptr;
    std::vector<machine_block> blocks; // in the order of the code; the first is the entry
    unsigned bytes = 0;
};

// Makes machine code of the module, which becomes an AArch64 one by it, and hands over each function when it is
// complete. What the back end has not seen before kills the process: call it in one that may die.
void generate_a55(llvm::Module &module, llvm::TargetMachine &a55,
                  const std::function<void(const machine_function &)> &take);

} // namespace rk3568::cost

#endif
