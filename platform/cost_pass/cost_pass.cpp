// SPDX-License-Identifier: Apache-2.0
//
// The cost pass: a plugin of clang 14 that makes time pass in software.
//
// At the end of the optimiser, each basic block gets its cost on a Cortex-A55 subtracted from the budget word of the
// running core, and a call when the word goes negative. The block's effects belong to the time after its cost. A block
// is cut between a load and a later store of memory that others may see: there an interrupt or another core can come in
// between, as it can on hardware, where count++ is three instructions.
//
// Costs are those of the code that the A55's back end makes of the unit (generated.h); where it cannot, they are
// estimated from the IR (estimate.h), and a remark says so.
//
// -mllvm -rk3568-untimed leaves a unit as it is; -rk3568-count-instructions charges instructions instead of time;
// -rk3568-estimate uses the estimate alone.
#include "platform/cost_pass/a55_target.h"
#include "platform/cost_pass/estimate.h"
#include "platform/cost_pass/generated.h"

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

cl::opt<bool> count_instructions("rk3568-count-instructions", cl::desc("Charge 16 for each instruction, not time"),
                                 cl::init(false));
cl::opt<bool> estimate_only("rk3568-estimate", cl::desc("Estimate costs from the IR, without generating A55 code"),
                            cl::init(false));

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

int64_t counted(const rk3568::cost::amount &a) {
    return count_instructions ? a.instructions : a.ticks;
}

// Where a block is charged, and how much: once at its start, and once more at each cut. `known`: what all of it costs;
// the estimate says how much of it lies before each cut.
void plan_block(BasicBlock &block, bool entry, const rk3568::cost::amount *known, std::vector<charge_point> &plan) {
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
    std::vector<int64_t> costs = rk3568::cost::estimate(block, start, cuts, entry);
    if (known) {
        int64_t estimated = 0, passed = 0, charged = 0;
        for (const int64_t cost : costs)
            estimated += cost;
        const int64_t total = counted(*known);
        for (int64_t &cost : costs) {
            passed += cost;
            const int64_t reached = estimated ? total * passed / estimated : total;
            cost = reached - charged;
            charged = reached;
        }
    }
    plan.push_back({&*start, costs[0]});
    for (size_t i = 0; i < cuts.size(); ++i)
        plan.push_back({cuts[i], costs[i + 1]});
}

// The ways between blocks that cost something by themselves.
void plan_edges(const std::vector<BasicBlock *> &blocks, const rk3568::cost::function_cost &cost,
                std::vector<charge_point> &plan) {
    for (const rk3568::cost::edge_cost &edge : cost.edges) {
        const int64_t ticks = counted(edge.extra);
        BasicBlock *from = blocks[edge.from], *to = blocks[edge.to];
        if (ticks <= 0 || !(isa<BranchInst>(from->getTerminator()) || isa<SwitchInst>(from->getTerminator())))
            continue;
        Instruction *before = nullptr;
        if (to->getUniquePredecessor()) {
            before = &*to->getFirstInsertionPt();
        } else if (from->getUniqueSuccessor()) {
            before = from->getTerminator();
        } else {
            for (unsigned n = 0; n < from->getTerminator()->getNumSuccessors() && !before; ++n)
                if (from->getTerminator()->getSuccessor(n) == to)
                    if (BasicBlock *middle = SplitCriticalEdge(from->getTerminator(), n,
                                                               CriticalEdgeSplittingOptions().setMergeIdenticalEdges()))
                        before = middle->getTerminator();
        }
        if (before)
            plan.push_back({before, ticks});
    }
}

// A loop in which nothing is charged would never let time pass.
void charge_loops(const std::vector<BasicBlock *> &blocks, rk3568::cost::function_cost &cost) {
    DenseMap<const BasicBlock *, size_t> numbers;
    for (size_t n = 0; n < blocks.size(); ++n)
        numbers[blocks[n]] = n;
    for (size_t n = 0; n < blocks.size(); ++n)
        for (const BasicBlock *next : successors(blocks[n])) {
            rk3568::cost::amount &enter = cost.blocks[numbers[next]].enter;
            if (numbers[next] <= n && counted(enter) <= 0) {
                enter.ticks = std::max<int64_t>(enter.ticks, 1);
                enter.instructions = std::max<int64_t>(enter.instructions, 1);
            }
        }
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
    explicit cost_pass(std::shared_ptr<rk3568::cost::middle_end> view)
        : m_view(std::move(view)) {}

    static bool isRequired() { return true; }

    PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
        if (m_view)
            m_view->leave(module);
        if (untimed)
            return PreservedAnalyses::all();
        rk3568::cost::unit_costs unit;
        if (!estimate_only)
            unit = rk3568::cost::generate_costs(module);
        for (const auto &[function, reason] : unit.refused)
            errs() << module.getSourceFileName() << ": remark: " << function->getName()
                   << ": its time is estimated from LLVM's IR: " << reason << '\n';
        FunctionCallee expired =
            module.getOrInsertFunction(expired_name, FunctionType::get(Type::getVoidTy(module.getContext()), false));
        if (auto *callee = dyn_cast<Function>(expired.getCallee()))
            callee->setCallingConv(CallingConv::PreserveMost);
        for (Function &function : module) {
            if (function.isDeclaration() || function.hasAvailableExternallyLinkage())
                continue;
            std::vector<BasicBlock *> blocks;
            for (BasicBlock &block : function)
                blocks.push_back(&block);
            const auto found = unit.functions.find(&function);
            rk3568::cost::function_cost *known = found == unit.functions.end() ? nullptr : &found->second;
            if (known)
                charge_loops(blocks, *known);
            std::vector<charge_point> plan;
            for (size_t n = 0; n < blocks.size(); ++n)
                plan_block(*blocks[n], n == 0, known ? &known->blocks[n].enter : nullptr, plan);
            if (known)
                plan_edges(blocks, *known, plan);
            for (const charge_point &point : plan)
                if (point.ticks > 0)
                    charge(point, expired);
        }
        return PreservedAnalyses::none();
    }

private:
    std::shared_ptr<rk3568::cost::middle_end> m_view;
};

} // namespace

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo llvmGetPassPluginInfo() {
    return {LLVM_PLUGIN_API_VERSION, "rk3568-cost", "1", [](PassBuilder &builder) {
                std::shared_ptr<rk3568::cost::middle_end> view;
                if (!estimate_only)
                    view = std::make_shared<rk3568::cost::middle_end>(builder);
                builder.registerOptimizerLastEPCallback(
                    [view](ModulePassManager &manager, OptimizationLevel) { manager.addPass(cost_pass(view)); });
            }};
}
