// SPDX-License-Identifier: Apache-2.0
//
// The Cortex-A55 as a target of the LLVM that clang itself runs on, and the middle end's view of it.
//
// The optimiser asks the target before it inlines, unrolls, turns branches into selects or narrows an integer. So that
// the code which runs here takes the paths that the A55's code takes, it gets the A55's answers: a unit is optimised
// for AArch64 and becomes x86-64 again before x86-64 code is made of it.
#ifndef RK3568_PLATFORM_COST_PASS_A55_TARGET_H
#define RK3568_PLATFORM_COST_PASS_A55_TARGET_H

#include <llvm/IR/Module.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>
#include <map>
#include <memory>
#include <string>

namespace rk3568::cost {

// -O2 -mcpu=cortex-a55 and static code, as Linux is compiled for arm64: without floating point and vectors, unless the
// unit's source has floating point in it. Null when this LLVM has no AArch64 back end.
std::unique_ptr<llvm::TargetMachine> create_a55(const llvm::Module &module);

// A function's attributes that say for which CPU and with which of its features it is compiled.
extern const char *const cpu_attributes[3];

// Why the A55's back end cannot compile a function; empty: nothing speaks against it.
std::string foreign_to_a55(const llvm::Function &function);

class middle_end {
public:
    // Installs itself; must live as long as the pass builder's callbacks.
    explicit middle_end(llvm::PassBuilder &builder);

    // At the end of the optimiser: attributes and layout are x86-64's again.
    void leave(llvm::Module &module);

private:
    void enter(llvm::Module &module, llvm::ModuleAnalysisManager &manager);
    void answer_for(llvm::Function &function);
    void late_flow(llvm::Module &module);

    std::unique_ptr<llvm::TargetMachine> m_a55;
    llvm::FunctionAnalysisManager *m_analyses = nullptr; // null: this unit is left to x86-64's answers
    llvm::Module *m_module = nullptr;
    std::string m_layout;
    std::map<std::string, std::string> m_native; // the attributes that say for which CPU, the same in all functions
};

} // namespace rk3568::cost

#endif
