// SPDX-License-Identifier: Apache-2.0
//
// How many cycles machine code takes on the A55: LLVM's model of the core (two instructions a cycle in order,
// latencies, units), run by the library that llvm-mca is made of.
#ifndef RK3568_PLATFORM_COST_PASS_PIPELINE_H
#define RK3568_PLATFORM_COST_PASS_PIPELINE_H

#include "platform/cost_pass/machine_code.h"

#include "platform/cost_pass/llvm.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/MC/MCInstrAnalysis.h>
#include <llvm/MCA/InstrBuilder.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace rk3568::cost {

class pipeline {
public:
    // `board`: a load's result is there a cycle earlier than LLVM has it, as measured on the RK3568.
    pipeline(const llvm::TargetMachine &a55, bool board);

    // Cycles that each block of the function adds to what was executed before it, in sixteenths of a cycle. What
    // that is, is the likeliest path into the block; for a loop of one block, the block itself.
    std::vector<int64_t> block_ticks(const machine_function &function);

    // LLVM's names of instructions for which neither LLVM nor hw/cortex_a55/instructions.h has a cost.
    const std::set<std::string> &uncosted() const { return m_uncosted; }

private:
    using sequence = std::vector<const llvm::MCInst *>;
    // When the instruction before each of `marks` (positions in the code) has issued, in cycles.
    std::vector<int64_t> issue_times(const sequence &code, const std::vector<size_t> &marks);

    int64_t cycles_alone(const llvm::MCInst &i);
    void load_earlier(const llvm::mca::Instruction &load);

    const llvm::TargetMachine &m_a55;
    const bool m_board;
    llvm::DenseSet<const llvm::mca::InstrDesc *> m_earlier; // loads whose latency is the board's
    std::unique_ptr<const llvm::MCInstrAnalysis> m_analysis;
    unsigned m_branch, m_indirect_branch; // opcodes
    instruction_builder m_builder;
    std::set<std::string> m_uncosted;
};

} // namespace rk3568::cost

#endif
