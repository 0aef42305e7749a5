// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/a55_target.h"

#include "platform/cost_pass/llvm.h"

#include <llvm/Analysis/CGSCCPassManager.h>
#include <llvm/Analysis/LazyCallGraph.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Utils/SimplifyCFGOptions.h>

extern "C" {
void LLVMInitializeAArch64TargetInfo();
void LLVMInitializeAArch64Target();
void LLVMInitializeAArch64TargetMC();
void LLVMInitializeAArch64AsmPrinter();
void LLVMInitializeAArch64AsmParser();
}

using namespace llvm;

namespace rk3568::cost {

namespace {

constexpr const char *triple = "aarch64-unknown-linux-gnu";
// Acquire loads stay LDAR: that is what GCC and the kernel of the board's time make of them, not LDAPR.
constexpr const char *acquire_in_order = "-rcpc";
constexpr const char *general_registers_only = "-fp-armv8,-crypto,-neon,-rcpc";

bool floats_or_vectors(const Type *type) {
    return type->isFloatingPointTy() || type->isVectorTy();
}

// Two comparisons that become one instruction sequence without a branch between them.
bool folds(const Value *a, const Value *b, bool both) {
    const auto *x = dyn_cast<CmpInst>(a), *y = dyn_cast<CmpInst>(b);
    if (!x || !y)
        return false;
    if ((x->getOperand(0) == y->getOperand(0) && x->getOperand(1) == y->getOperand(1)) ||
        (x->getOperand(0) == y->getOperand(1) && x->getOperand(1) == y->getOperand(0)))
        return true;
    // (p == 0) & (q == 0) and (p != 0) | (q != 0) are one comparison of p | q.
    const auto *zero = dyn_cast<Constant>(x->getOperand(1));
    return x->getOperand(1) == y->getOperand(1) && zero && zero->isNullValue() &&
           x->getPredicate() == y->getPredicate() && x->getPredicate() == (both ? CmpInst::ICMP_EQ : CmpInst::ICMP_NE);
}

bool is_joint(Value *value, const BasicBlock *block, bool both, Value *&a, Value *&b) {
    const auto *i = dyn_cast<Instruction>(value);
    if (!i || !i->hasOneUse() || i->getParent() != block)
        return false;
    return both ? match(value, PatternMatch::m_LogicalAnd(PatternMatch::m_Value(a), PatternMatch::m_Value(b)))
                : match(value, PatternMatch::m_LogicalOr(PatternMatch::m_Value(a), PatternMatch::m_Value(b)));
}

void collect_parts(Value *value, const BasicBlock *block, bool both, std::vector<Value *> &parts) {
    Value *a = nullptr, *b = nullptr;
    if (!is_joint(value, block, both, a, b)) {
        parts.push_back(value);
        return;
    }
    collect_parts(a, block, both, parts);
    collect_parts(b, block, both, parts);
}

// A branch on conditions joined by "and" or "or" becomes a chain of branches, as instruction selection has it.
void split_condition(BasicBlock *block) {
    auto *branch = dyn_cast<BranchInst>(block->getTerminator());
    if (!branch || !branch->isConditional() || branch->getMetadata(LLVMContext::MD_unpredictable))
        return;
    Value *joined = branch->getCondition(), *a = nullptr, *b = nullptr;
    const bool both = is_joint(joined, block, true, a, b);
    if (!both && !is_joint(joined, block, false, a, b))
        return;
    std::vector<Value *> parts;
    collect_parts(joined, block, both, parts);
    BasicBlock *yes = branch->getSuccessor(0), *no = branch->getSuccessor(1);
    if (yes == no || (parts.size() == 2 && folds(parts[0], parts[1], both)))
        return;
    // Of other conditions instruction selection makes values first, and what becomes of them only it knows.
    if (!all_of(parts, [](const Value *part) { return isa<CmpInst>(part); }))
        return;
    BasicBlock *early = both ? no : yes, *late = both ? yes : no; // early: decided by a part alone
    MDBuilder weights(block->getContext());
    uint64_t taken = 0, other = 0;
    const bool weighted = branch_weights(*branch, taken, other);
    const auto narrow = [](uint64_t w) { return static_cast<uint32_t>(std::min<uint64_t>(w, UINT32_MAX)); };
    BasicBlock *from = block;
    for (size_t n = 0; n < parts.size(); ++n) {
        const bool last = n + 1 == parts.size();
        BasicBlock *next =
            last ? late : BasicBlock::Create(block->getContext(), "", block->getParent(), from->getNextNode());
        BranchInst *step = BranchInst::Create(both ? next : early, both ? early : next, parts[n], from);
        step->setDebugLoc(branch->getDebugLoc());
        if (MDNode *loop = branch->getMetadata(LLVMContext::MD_loop))
            step->setMetadata(LLVMContext::MD_loop, loop);
        if (weighted) { // shared out as instruction selection does
            uint64_t t = taken, o = other;
            if (!last)
                (both ? t : o) = 2 * (both ? t : o) + (both ? o : t);
            step->setMetadata(LLVMContext::MD_prof, weights.createBranchWeights(narrow(t), narrow(o)));
            (both ? taken : other) *= 2;
        }
        if (from != block)
            for (PHINode &phi : early->phis())
                phi.addIncoming(phi.getIncomingValueForBlock(block), from);
        if (last)
            for (PHINode &phi : late->phis())
                phi.replaceIncomingBlockWith(block, from);
        from = next;
    }
    branch->eraseFromParent();
    std::vector<Value *> unused = {joined};
    while (!unused.empty()) {
        auto *i = dyn_cast<Instruction>(unused.back());
        unused.pop_back();
        if (!i || !i->use_empty() || i->getParent() != block)
            continue;
        for (Value *operand : i->operands())
            if (!is_contained(parts, operand))
                unused.push_back(operand);
        i->eraseFromParent();
    }
}

void split_conditions(Function &function) {
    std::vector<BasicBlock *> blocks;
    for (BasicBlock &block : function)
        blocks.push_back(&block);
    for (BasicBlock *block : blocks)
        split_condition(block);
}

bool uses_floats(const Function &function) {
    for (const Argument &argument : function.args())
        if (floats_or_vectors(argument.getType()))
            return true;
    for (const Instruction &i : instructions(function)) {
        if (floats_or_vectors(i.getType()))
            return true;
        for (const Value *operand : i.operands())
            if (floats_or_vectors(operand->getType()))
                return true;
    }
    return false;
}

} // namespace

const char *const cpu_attributes[3] = {"target-cpu", "target-features", "tune-cpu"};

std::unique_ptr<TargetMachine> create_a55(const Module &module) {
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    LLVMInitializeAArch64AsmParser();
    std::string error;
    const Target *target = TargetRegistry::lookupTarget(triple, error);
    if (!target)
        return nullptr;
    TargetOptions options;
    options.ExceptionModel = ExceptionHandling::None;
    options.DataSections = true;
    std::unique_ptr<TargetMachine> a55(target->createTargetMachine(
        triple, "cortex-a55", any_of(module, uses_floats) ? acquire_in_order : general_registers_only, options,
        Reloc::Static, CodeModel::Small, default_optimisation));
    a55->setMachineOutliner(false); // for -Oz alone, and it would hold all functions back until the last one
    return a55;
}

std::string foreign_to_a55(const Function &function) {
    for (const Instruction &i : instructions(function)) {
        if (i.getType()->isX86_FP80Ty() || i.getType()->isX86_MMXTy() || i.getType()->isX86_AMXTy())
            return "long double, which is x86's here";
        for (const Value *operand : i.operands())
            if (operand->getType()->isX86_FP80Ty() || operand->getType()->isX86_MMXTy())
                return "long double, which is x86's here";
        const auto *call = dyn_cast<CallBase>(&i);
        if (!call)
            continue;
        if (const auto *text = dyn_cast<InlineAsm>(call->getCalledOperand()))
            if (!text->getAsmString().empty())
                return "inline assembly for x86";
        if (const Function *callee = call->getCalledFunction())
            if (callee->isIntrinsic() && begins_with(callee->getName(), "llvm.x86."))
                return ("the x86 intrinsic " + callee->getName()).str();
    }
    return "";
}

middle_end::middle_end(PassBuilder &builder) {
    builder.registerPipelineStartEPCallback([this](ModulePassManager &passes, OptimizationLevel) {
        struct entry : PassInfoMixin<entry> {
            middle_end *owner;
            static bool isRequired() { return true; }
            PreservedAnalyses run(Module &module, ModuleAnalysisManager &manager) {
                owner->enter(module, manager);
                return PreservedAnalyses::all();
            }
        } pass;
        pass.owner = this;
        passes.addPass(entry(pass));
    });
    // Passes over the whole module throw the analyses of all functions away, and the next one would ask x86-64.
    if (PassInstrumentationCallbacks *callbacks = builder.getPassInstrumentationCallbacks())
        callbacks->registerBeforeNonSkippedPassCallback([this](StringRef, Any unit) {
            if (!m_analyses)
                return;
            if (any_cast<const Module *>(&unit)) {
                for (Function &function : *m_module)
                    if (!function.isDeclaration())
                        answer_for(function);
            } else if (const auto *function = any_cast<const Function *>(&unit)) {
                answer_for(const_cast<Function &>(**function));
            } else if (const auto *component = any_cast<const LazyCallGraph::SCC *>(&unit)) {
                for (LazyCallGraph::Node &node : **component)
                    answer_for(node.getFunction());
            }
        });
}

void middle_end::answer_for(Function &function) {
    TargetTransformInfo &answers = m_analyses->getResult<TargetIRAnalysis>(function);
    // x86-64 has 16 general registers, AArch64 31: which of the two has answered so far?
    if (answers.getNumberOfRegisters(answers.getRegisterClassForType(false)) < 31)
        answers = m_a55->getTargetTransformInfo(function);
}

void middle_end::enter(Module &module, ModuleAnalysisManager &manager) {
    m_analyses = nullptr;
    m_module = &module;
    m_native.clear();
    bool first = true;
    for (const Function &function : module) {
        if (function.isDeclaration())
            continue;
        for (const char *name : cpu_attributes) {
            const std::string value = function.getFnAttribute(name).getValueAsString().str();
            if (first)
                m_native[name] = value;
            else if (m_native[name] != value)
                return; // a function for a CPU of its own: whether it can be inlined is x86-64's to say
        }
        first = false;
        if (!foreign_to_a55(function).empty())
            return;
    }
    m_a55 = create_a55(module);
    if (!m_a55)
        return;
    // Without attributes of its own a function is for the CPU that each back end was created for.
    for (Function &function : module)
        for (const char *name : cpu_attributes)
            function.removeFnAttr(name);
    // Integers as wide as AArch64's registers are what it computes with; the layout of types stays.
    m_layout = module.getDataLayoutStr();
    std::string layout = m_layout;
    const size_t native = layout.find("-n8:16:32:64");
    if (native != std::string::npos)
        layout.replace(native, 12, "-n32:64");
    module.setDataLayout(layout);
    m_analyses = &manager.getResult<FunctionAnalysisManagerModuleProxy>(module).getManager();
    for (Function &function : module)
        if (!function.isDeclaration())
            answer_for(function);
}

// What the back end does to the flow between blocks before it selects instructions is done here, so that both programs
// have the same. In the back end it is switched off.
void middle_end::late_flow(Module &module) {
    SimplifyCFGPass tidy(SimplifyCFGOptions()
                             .forwardSwitchCondToPhi(true)
                             .convertSwitchRangeToICmp(true)
                             .convertSwitchToLookupTable(true)
                             .needCanonicalLoops(false)
                             .hoistCommonInsts(true)
                             .sinkCommonInsts(true));
    for (Function &function : module) {
        if (function.isDeclaration())
            continue;
        answer_for(function);
        const PreservedAnalyses kept = tidy.run(function, *m_analyses);
        m_analyses->invalidate(function, kept);
        split_conditions(function);
    }
}

void middle_end::leave(Module &module) {
    if (!m_analyses)
        return;
    late_flow(module);
    m_analyses = nullptr;
    module.setDataLayout(m_layout);
    for (Function &function : module) {
        if (function.isDeclaration())
            continue;
        for (const auto &[name, value] : m_native) {
            function.removeFnAttr(name);
            if (!value.empty())
                function.addFnAttr(name, value);
        }
    }
}

} // namespace rk3568::cost
