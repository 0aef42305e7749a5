// SPDX-License-Identifier: Apache-2.0
//
// The cost pass: a plugin of clang 14 that makes time pass in software.
//
// At the end of the optimiser, each basic block gets its cost on a Cortex-A55 subtracted from the budget word of the
// running core, and a call when the word goes negative. The block's effects belong to the time after its cost. A block
// is cut between a load and a later store of memory that others may see: there an interrupt or another core can come in
// between, as it can on hardware, where count++ is three instructions.
//
// -mllvm -rk3568-untimed leaves a unit as it is.
#include "platform/cost_pass/estimate.h"

#include <llvm/Analysis/CaptureTracking.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Passes/PassPlugin.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <vector>

using namespace llvm;

namespace {

// sw/port/kernel.h: PORT_CPU_PAGE, its first word.
constexpr uint64_t budget_address = 0x10000000;
constexpr const char *expired_name = "port_cost_expired";

cl::opt<bool> untimed("rk3568-untimed", cl::desc("Leave this unit without block costs"), cl::init(false));

// Stack memory whose address never leaves the function: no interrupt and no other core can see it.
bool is_private(const Value *pointer) {
    const auto *object = dyn_cast<AllocaInst>(getUnderlyingObject(pointer));
    return object && !PointerMayBeCaptured(object, true, true);
}

bool reads_shared(const Instruction &i) {
    if (const auto *load = dyn_cast<LoadInst>(&i))
        return !is_private(load->getPointerOperand());
    return false;
}

bool writes_shared(const Instruction &i) {
    if (const auto *store = dyn_cast<StoreInst>(&i))
        return !is_private(store->getPointerOperand());
    return false;
}

struct charge_point {
    Instruction *before;
    int64_t ticks;
};

// Where a block is charged, and how much: once at its start, and once more at each cut.
void plan_block(BasicBlock &block, bool entry, std::vector<charge_point> &plan) {
    auto start = block.getFirstInsertionPt();
    if (start == block.end())
        return;
    if (entry) // allocas stay together at the top
        while (isa<AllocaInst>(*start) || isa<DbgInfoIntrinsic>(*start))
            ++start;
    std::vector<Instruction *> cuts;
    bool read = false;
    for (auto at = start; at != block.end(); ++at) {
        if (read && writes_shared(*at)) {
            cuts.push_back(&*at);
            read = false;
        }
        read = read || reads_shared(*at);
    }
    const std::vector<int64_t> costs = rk3568::cost::estimate(block, start, cuts, entry);
    plan.push_back({&*start, costs[0]});
    for (size_t i = 0; i < cuts.size(); ++i)
        plan.push_back({cuts[i], costs[i + 1]});
}

void charge(const charge_point &point, FunctionCallee expired) {
    LLVMContext &context = point.before->getContext();
    IRBuilder<> build(point.before);
    auto *word = ConstantExpr::getIntToPtr(build.getInt64(budget_address), build.getInt64Ty()->getPointerTo());
    auto *left = build.CreateSub(build.CreateLoad(build.getInt64Ty(), word), build.getInt64(point.ticks));
    build.CreateStore(left, word);
    auto *over = build.CreateICmpSLT(left, build.getInt64(0));
    Instruction *then =
        SplitBlockAndInsertIfThen(over, point.before, false, MDBuilder(context).createBranchWeights(1, 1 << 20));
    IRBuilder<> slow(then);
    CallInst *call = slow.CreateCall(expired);
    call->setCallingConv(CallingConv::PreserveMost);
    if (DISubprogram *program = point.before->getFunction()->getSubprogram())
        call->setDebugLoc(point.before->getDebugLoc() ? point.before->getDebugLoc()
                                                      : DebugLoc(DILocation::get(context, 0, 0, program)));
}

class cost_pass : public PassInfoMixin<cost_pass> {
public:
    static bool isRequired() { return true; }

    PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
        if (untimed)
            return PreservedAnalyses::all();
        FunctionCallee expired =
            module.getOrInsertFunction(expired_name, FunctionType::get(Type::getVoidTy(module.getContext()), false));
        if (auto *callee = dyn_cast<Function>(expired.getCallee()))
            callee->setCallingConv(CallingConv::PreserveMost);
        for (Function &function : module) {
            if (function.isDeclaration() || function.hasAvailableExternallyLinkage())
                continue;
            std::vector<charge_point> plan;
            for (BasicBlock &block : function)
                plan_block(block, &block == &function.getEntryBlock(), plan);
            for (const charge_point &point : plan)
                if (point.ticks > 0)
                    charge(point, expired);
        }
        return PreservedAnalyses::none();
    }
};

} // namespace

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo llvmGetPassPluginInfo() {
    return {LLVM_PLUGIN_API_VERSION, "rk3568-cost", "1", [](PassBuilder &builder) {
                builder.registerOptimizerLastEPCallback(
                    [](ModulePassManager &manager, OptimizationLevel) { manager.addPass(cost_pass()); });
            }};
}
