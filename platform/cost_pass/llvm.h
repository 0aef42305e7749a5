// SPDX-License-Identifier: Apache-2.0
//
// What differs between the versions of LLVM that are supported, 14 to 19, in one place. Which one builds the project:
// platform/setup/llvm.
#ifndef RK3568_PLATFORM_COST_PASS_LLVM_H
#define RK3568_PLATFORM_COST_PASS_LLVM_H

#include <llvm/ADT/StringRef.h>
#include <llvm/CodeGen/MachineBlockFrequencyInfo.h>
#include <llvm/CodeGen/MachineBranchProbabilityInfo.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Type.h>
#include <llvm/MC/MCInstrAnalysis.h>
#include <llvm/MCA/InstrBuilder.h>
#include <llvm/MCA/SourceMgr.h>
#include <llvm/Support/CodeGen.h>
#if LLVM_VERSION_MAJOR >= 15
#include <llvm/Transforms/Scalar/LowerAtomicPass.h>
#else
#include <llvm/Transforms/Scalar/LowerAtomic.h>
#endif
#if LLVM_VERSION_MAJOR >= 16
#include <llvm/IR/ProfDataUtils.h>
#include <llvm/MCA/CustomBehaviour.h>
#include <llvm/Support/Alignment.h>
#endif

#include <memory>

namespace rk3568::cost {

inline bool begins_with(llvm::StringRef text, llvm::StringRef beginning) {
    return text.take_front(beginning.size()) == beginning;
}

inline llvm::PointerType *byte_pointer(llvm::LLVMContext &context) {
    return llvm::PointerType::getUnqual(llvm::Type::getInt8Ty(context));
}

inline bool branch_weights(const llvm::BranchInst &branch, uint64_t &taken, uint64_t &other) {
#if LLVM_VERSION_MAJOR >= 16
    return llvm::extractBranchWeights(branch, taken, other);
#else
    return branch.extractProfMetadata(taken, other);
#endif
}

#if LLVM_VERSION_MAJOR >= 18
constexpr auto default_optimisation = llvm::CodeGenOptLevel::Default;
#else
constexpr auto default_optimisation = llvm::CodeGenOpt::Default;
#endif

#if LLVM_VERSION_MAJOR >= 16
using alignment = llvm::Align;
#else
using alignment = unsigned;
#endif

#if LLVM_VERSION_MAJOR >= 19
using block_frequency_pass = llvm::MachineBlockFrequencyInfoWrapperPass;
using branch_probability_pass = llvm::MachineBranchProbabilityInfoWrapperPass;
inline const llvm::MachineBlockFrequencyInfo &frequencies(block_frequency_pass &pass) {
    return pass.getMBFI();
}
inline const llvm::MachineBranchProbabilityInfo &probabilities(branch_probability_pass &pass) {
    return pass.getMBPI();
}
#else
using block_frequency_pass = llvm::MachineBlockFrequencyInfo;
using branch_probability_pass = llvm::MachineBranchProbabilityInfo;
inline const llvm::MachineBlockFrequencyInfo &frequencies(block_frequency_pass &pass) {
    return pass;
}
inline const llvm::MachineBranchProbabilityInfo &probabilities(branch_probability_pass &pass) {
    return pass;
}
#endif

inline uint64_t entry_frequency(const llvm::MachineBlockFrequencyInfo &frequency) {
#if LLVM_VERSION_MAJOR >= 18
    return frequency.getEntryFreq().getFrequency();
#else
    return frequency.getEntryFreq();
#endif
}

#if LLVM_VERSION_MAJOR >= 15
using instruction_source = llvm::mca::CircularSourceMgr;
#else
using instruction_source = llvm::mca::SourceMgr;
#endif

// Makes mca's instructions of the machine's.
class instruction_builder {
public:
    instruction_builder(const llvm::MCSubtargetInfo &core, const llvm::MCInstrInfo &instructions,
                        const llvm::MCRegisterInfo &registers, const llvm::MCInstrAnalysis *analysis)
#if LLVM_VERSION_MAJOR >= 16
        : m_instruments(core, instructions)
        ,
#else
        :
#endif
        m_builder(core, instructions, registers, analysis
#if LLVM_VERSION_MAJOR >= 16
                  ,
                  m_instruments
#endif
#if LLVM_VERSION_MAJOR >= 19
                  ,
                  100 // cycles of a call; calls stand as branches here
#endif
        ) {
    }

    llvm::Expected<std::unique_ptr<llvm::mca::Instruction>> createInstruction(const llvm::MCInst &instruction) {
#if LLVM_VERSION_MAJOR >= 16
        return m_builder.createInstruction(instruction, {});
#else
        return m_builder.createInstruction(instruction);
#endif
    }

    void clear() {
        m_builder.clear();
    }

private:
#if LLVM_VERSION_MAJOR >= 16
    llvm::mca::InstrumentManager m_instruments;
#endif
    llvm::mca::InstrBuilder m_builder;
};

} // namespace rk3568::cost

#endif
