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
// Cores may run ahead of each other within a slice; before an instruction by which they synchronize, a core that is
// beyond the strict end of its slice waits for its turn (access.h says which instructions these are).
//
// A record that the observer does not want (sw/port/trace.h) is a look at a byte; what the call costs the A55 is
// charged all the same.
//
// -mllvm -rk3568-level=functional charges 16 ticks a block and nothing else; =cached reports each block with the
// address and size of its code, and each access to memory (access.h), to the port, which charges what they cost.
// -rk3568-report-accesses reports accesses at any level. -rk3568-register-pointers reads the budget anew after each
// access that may be one to a register: through a plain pointer it takes time like a call
// (platform/port/plain_access.h). -rk3568-untimed leaves a unit as it is; -rk3568-count-instructions charges
// instructions instead of time; -rk3568-estimate uses the estimate alone.
#include "platform/cost_pass/a55_target.h"
#include "platform/cost_pass/access.h"
#include "platform/cost_pass/estimate.h"
#include "platform/cost_pass/generated.h"
#include "platform/cost_pass/llvm.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Passes/PassPlugin.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>
#include <llvm/Transforms/Utils/PromoteMemToReg.h>
#include <vector>

using namespace llvm;

namespace {

// sw/port/kernel.h: PORT_CPU_PAGE, its words `budget` and `strict`.
constexpr uint64_t budget_address = 0x10000000, strict_address = budget_address + 32;
constexpr const char *expired_name = "port_cost_expired";
// sw/port/kernel.h: PORT_TRACE_WANTED.
constexpr uint64_t trace_wanted_address = budget_address + 256;
constexpr const char *trace_name = "port_trace";

cl::opt<bool> untimed("rk3568-untimed", cl::desc("Leave this unit without block costs"), cl::init(false));

cl::opt<bool> count_instructions("rk3568-count-instructions", cl::desc("Charge 16 for each instruction, not time"),
                                 cl::init(false));
cl::opt<bool> estimate_only("rk3568-estimate", cl::desc("Estimate costs from the IR, without generating A55 code"),
                            cl::init(false));

cl::opt<bool> report_accesses("rk3568-report-accesses", cl::desc("Report each shared access to the port"),
                              cl::init(false));

enum class timing_level { functional, approx, cached };
cl::opt<timing_level> level("rk3568-level", cl::desc("What is charged"), cl::init(timing_level::approx),
                            cl::values(clEnumValN(timing_level::functional, "functional", "16 ticks a block"),
                                       clEnumValN(timing_level::approx, "approx", "the block's time"),
                                       clEnumValN(timing_level::cached, "cached", "addresses, too")));

cl::opt<bool> register_pointers("rk3568-register-pointers", cl::desc("Plain pointers may lead to registers"),
                                cl::init(false));

using rk3568::cost::memory_access;

// The plain loads and stores of a function that others may see.
struct shared_accesses {
    explicit shared_accesses(const std::vector<memory_access> &accesses) {
        for (const memory_access &access : accesses)
            if (access.is_shared && isa<LoadInst>(access.at))
                loads.insert(access.at);
            else if (access.is_shared && isa<StoreInst>(access.at))
                stores.insert(access.at);
    }
    DenseSet<const Instruction *> loads, stores;
};

struct charge_point {
    Instruction *before;
    int64_t ticks;
    const BasicBlock *block = nullptr; // the point is the beginning of this one
};

int64_t counted(const rk3568::cost::amount &a) {
    return count_instructions ? a.instructions : a.ticks;
}

// Where a block is charged, and how much: once at its start, and once more at each cut. `known`: what all of it costs;
// the estimate says how much of it lies before each cut.
void plan_block(BasicBlock &block, bool entry, const shared_accesses &shared, const rk3568::cost::amount *known,
                std::vector<charge_point> &plan) {
    auto start = block.getFirstInsertionPt();
    if (start == block.end())
        return;
    if (entry) // allocas stay together at the top
        while (isa<AllocaInst>(*start) || isa<DbgInfoIntrinsic>(*start))
            ++start;
    std::vector<Instruction *> cuts;
    bool read = false;
    for (auto at = start; at != block.end(); ++at) {
        if (read && shared.stores.contains(&*at)) {
            cuts.push_back(&*at);
            read = false;
        }
        read = read || shared.loads.contains(&*at);
    }
    if (level == timing_level::functional) {
        plan.push_back({&*start, rk3568::cost::ticks_per_cycle, &block});
        return;
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
    plan.push_back({&*start, costs[0], &block});
    for (size_t i = 0; i < cuts.size(); ++i)
        plan.push_back({cuts[i], costs[i + 1]});
}

// The paths between blocks that cost something by themselves.
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

// A call for the observer.
CallInst *trace_call(Instruction &i) {
    auto *call = dyn_cast<CallInst>(&i);
    const Function *callee = call ? call->getCalledFunction() : nullptr;
    return callee && callee->getName() == trace_name ? call : nullptr;
}

// After everything that counts the function's blocks.
void ask_before_tracing(Function &function) {
    std::vector<CallInst *> calls;
    for (BasicBlock &block : function)
        for (Instruction &i : block)
            if (CallInst *call = trace_call(i); call && isa<ConstantInt>(call->getArgOperand(0)))
                calls.push_back(call);
    for (CallInst *call : calls) {
        IRBuilder<> build(call);
        Constant *address =
            build.getInt64(trace_wanted_address + cast<ConstantInt>(call->getArgOperand(0))->getZExtValue());
        LoadInst *wanted =
            build.CreateLoad(build.getInt8Ty(), ConstantExpr::getIntToPtr(address, build.getInt8Ty()->getPointerTo()));
        wanted->setMetadata("nosanitize", MDNode::get(call->getContext(), {}));
        Instruction *then = SplitBlockAndInsertIfThen(build.CreateICmpNE(wanted, build.getInt8(0)), call, false,
                                                      MDBuilder(call->getContext()).createBranchWeights(1, 1 << 20));
        call->moveBefore(then);
    }
}

DebugLoc location_of(const Instruction &at) {
    DISubprogram *program = at.getFunction()->getSubprogram();
    if (!program)
        return {};
    return at.getDebugLoc() ? at.getDebugLoc() : DebugLoc(DILocation::get(at.getContext(), 0, 0, program));
}

// The budget of a function's blocks. The word in memory is always true, but it is read only where somebody else may
// have changed it: a charge that read back what the one before has just stored would wait for that, block after block.
class budget {
public:
    // `accesses`: of the function.
    budget(Function &function, const std::vector<memory_access> &accesses, FunctionCallee expired)
        : m_expired(expired)
        , m_type(Type::getInt64Ty(function.getContext()))
        , m_word(word_at(budget_address))
        , m_strict(word_at(strict_address)) {
        DenseSet<const Instruction *> registers;
        if (register_pointers)
            for (const memory_access &access : accesses)
                if (access.is_shared && !access.of_core)
                    registers.insert(access.at);
        std::vector<Instruction *> others;
        for (BasicBlock &block : function)
            for (Instruction &i : block)
                if (!i.isTerminator() && (others_may_charge(i) || registers.contains(&i)))
                    others.push_back(&i);
        IRBuilder<> entry(&*function.getEntryBlock().getFirstInsertionPt());
        m_known = entry.CreateAlloca(m_type);
        read(entry);
        for (Instruction *i : others) {
            IRBuilder<> after(i->getNextNode());
            read(after);
        }
    }

    void charge(const charge_point &point) {
        IRBuilder<> build(point.before);
        auto *left = build.CreateSub(build.CreateLoad(m_type, m_known), ConstantInt::get(m_type, point.ticks));
        build.CreateStore(left, m_known);
        not_the_programs(build.CreateStore(left, m_word));
        expire_if(build.CreateICmpSLT(left, ConstantInt::get(m_type, 0)), point.before);
    }

    // Not beyond the strict end of the slice: other cores order themselves by what follows. After the charges.
    void synchronize(Instruction *at) {
        IRBuilder<> build(at);
        auto *end = not_the_programs(build.CreateLoad(m_type, m_strict));
        expire_if(build.CreateICmpSLT(build.CreateLoad(m_type, m_known), end), at);
    }

    // The word may have changed there.
    void read_after(Instruction *at) {
        IRBuilder<> after(at->getNextNode());
        read(after);
    }

    // After the last charge: what is known goes to registers, and what nothing asked for is not read.
    void finish(Function &function) {
        DominatorTree dominators(function);
        PromoteMemToReg(m_known, dominators);
        for (bool again = true; again;) {
            again = false;
            for (LoadInst *&load : m_reads)
                if (load && load->use_empty()) {
                    load->eraseFromParent();
                    load = nullptr;
                    again = true;
                }
        }
    }

private:
    Constant *word_at(uint64_t address) const {
        return ConstantExpr::getIntToPtr(ConstantInt::get(m_type, address), m_type->getPointerTo());
    }
    void expire_if(Value *over, Instruction *at) {
        Instruction *then =
            SplitBlockAndInsertIfThen(over, at, false, MDBuilder(at->getContext()).createBranchWeights(1, 1 << 20));
        IRBuilder<> slow(then);
        CallInst *call = slow.CreateCall(m_expired);
        call->setCallingConv(CallingConv::PreserveMost);
        call->setDebugLoc(location_of(*at));
        read(slow);
    }
    // Whether code that charges may run there: a function, or one that the back end calls for the instruction.
    static bool others_may_charge(const Instruction &i) {
        if (isa<CallBase>(i))
            return !isa<DbgInfoIntrinsic>(i) && !i.isLifetimeStartOrEnd() &&
                   !(isa<IntrinsicInst>(i) && !i.mayReadOrWriteMemory());
        const auto wide = [](const Type *type) {
            return type->isFPOrFPVectorTy() || (type->isIntegerTy() && type->getIntegerBitWidth() > 64);
        };
        return (isa<BinaryOperator>(i) || isa<CastInst>(i) || isa<CmpInst>(i)) &&
               (wide(i.getType()) || wide(i.getOperand(0)->getType()));
    }
    // Sanitizers leave it alone. It keeps its place among accesses that take time.
    template <class T>
    static T *not_the_programs(T *access) {
        access->setVolatile(register_pointers);
        access->setMetadata("nosanitize", MDNode::get(access->getContext(), {}));
        return access;
    }
    void read(IRBuilder<> &build) {
        LoadInst *load = not_the_programs(build.CreateLoad(m_type, m_word));
        m_reads.push_back(load);
        build.CreateStore(load, m_known);
    }

    FunctionCallee m_expired;
    Type *m_type;
    Constant *m_word, *m_strict;
    AllocaInst *m_known = nullptr;
    std::vector<LoadInst *> m_reads;
};

FunctionCallee port_function(Module &module, const char *name, ArrayRef<Type *> arguments) {
    FunctionCallee found =
        module.getOrInsertFunction(name, FunctionType::get(Type::getVoidTy(module.getContext()), arguments, false));
    if (auto *callee = dyn_cast<Function>(found.getCallee()))
        callee->setCallingConv(CallingConv::PreserveMost);
    return found;
}

// Tells the port of each access that others may see (access.h).
class access_reporter {
public:
    explicit access_reporter(Module &module)
        : m_byte_pointer(rk3568::cost::byte_pointer(module.getContext()))
        , m_access(port_function(module, "port_access", {m_byte_pointer, Type::getInt64Ty(module.getContext())})) {}

    std::vector<CallInst *> report(const std::vector<memory_access> &accesses) {
        std::vector<CallInst *> calls;
        for (const memory_access &access : accesses) {
            if (!access.is_shared || access.of_core)
                continue;
            IRBuilder<> build(access.at);
            build.SetCurrentDebugLocation(location_of(*access.at));
            Value *pointer = build.CreatePointerCast(access.pointer, m_byte_pointer);
            calls.push_back(build.CreateCall(m_access, {pointer, access.shape(build)}));
            calls.back()->setCallingConv(CallingConv::PreserveMost);
        }
        return calls;
    }

private:
    Type *m_byte_pointer;
    FunctionCallee m_access;
};

// Reports blocks to the port for --timing cached. The A55's code stands in an array of its size, which the linker
// places in the image: its addresses are those that the code would have.
class block_reporter {
public:
    explicit block_reporter(Module &module)
        : m_module(module)
        , m_block(
              port_function(module, "port_cached_block",
                            {rk3568::cost::byte_pointer(module.getContext()), Type::getInt64Ty(module.getContext())})) {
    }

    void begin(Function &function, unsigned bytes) {
        Type *type = ArrayType::get(Type::getInt8Ty(m_module.getContext()), std::max(bytes, 4u));
        m_code = new GlobalVariable(m_module, type, false, GlobalValue::InternalLinkage, Constant::getNullValue(type),
                                    "code." + function.getName());
        m_code->setSection(".bss.rk3568_code");
        m_code->setAlignment(Align(16));
    }

    void report_block(const charge_point &point, bool entry, unsigned offset, unsigned bytes) {
        const Instruction *last = point.block->getTerminator();
        unsigned end = 0; // block_end of hw/cortex_a55/caches.h
        if (isa<ReturnInst>(last))
            end = 3;
        else if (isa<SwitchInst>(last) || isa<IndirectBrInst>(last))
            end = 2;
        else if (last->getNumSuccessors() > 1)
            end = 1;
        IRBuilder<> build(point.before);
        build.SetCurrentDebugLocation(location_of(*point.before));
        Constant *start = ConstantExpr::getInBoundsGetElementPtr(
            m_code->getValueType(), m_code, ArrayRef<Constant *>{build.getInt64(0), build.getInt64(offset)});
        const uint64_t shape = static_cast<uint64_t>(std::min<int64_t>(point.ticks, 0xffffff)) |
                               static_cast<uint64_t>(std::min(bytes, 0xffffffu)) << 24 | uint64_t{end} << 48 |
                               uint64_t{entry} << 50;
        build.CreateCall(m_block, {start, build.getInt64(shape)})->setCallingConv(CallingConv::PreserveMost);
    }

private:
    Module &m_module;
    FunctionCallee m_block;
    GlobalVariable *m_code = nullptr;
};

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
        const bool cached = level == timing_level::cached;
        if (!estimate_only && level != timing_level::functional)
            unit = rk3568::cost::generate_costs(module, cached);
        for (const auto &[function, reason] : unit.refused)
            errs() << module.getSourceFileName() << ": remark: " << function->getName()
                   << ": its time is estimated from LLVM's IR: " << reason << '\n';
        for (const std::string &name : unit.uncosted)
            module.getContext().emitError("no cost is known for the A55's instruction " + name +
                                          ": hw/cortex_a55/instructions.h needs an entry for it");
        FunctionCallee expired = port_function(module, expired_name, {});
        std::unique_ptr<block_reporter> report = cached ? std::make_unique<block_reporter>(module) : nullptr;
        std::unique_ptr<access_reporter> listener =
            cached || report_accesses ? std::make_unique<access_reporter>(module) : nullptr;
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
            const std::vector<memory_access> accesses = rk3568::cost::accesses_of(function);
            const shared_accesses shared(accesses);
            std::vector<charge_point> plan;
            for (size_t n = 0; n < blocks.size(); ++n)
                plan_block(*blocks[n], n == 0, shared, known ? &known->blocks[n].enter : nullptr, plan);
            if (known)
                plan_edges(blocks, *known, plan);
            if (listener && cached)
                listener->report(accesses); // what it charges is read back
            if (report)
                report_all(*report, function, blocks, known, plan);
            budget left(function, accesses, expired);
            for (const charge_point &point : plan)
                if (point.ticks > 0 && !(report && point.block))
                    left.charge(point);
            for (const memory_access &access : accesses)
                if (access.is_shared && access.synchronizes())
                    left.synchronize(access.at);
            if (listener && !cached) // after the turn was waited for: nothing comes between report and access
                for (CallInst *told : listener->report(accesses))
                    left.read_after(told); // where the core is held there
            left.finish(function);
            ask_before_tracing(function);
        }
        return PreservedAnalyses::none();
    }

private:
    // Without generated code there is one instruction a cycle, in the order of the blocks.
    static void report_all(block_reporter &report, Function &function, const std::vector<BasicBlock *> &blocks,
                           const rk3568::cost::function_cost *known, const std::vector<charge_point> &plan) {
        DenseMap<const BasicBlock *, size_t> numbers;
        for (size_t n = 0; n < blocks.size(); ++n)
            numbers[blocks[n]] = n;
        unsigned guessed = 0;
        if (!known)
            for (const charge_point &point : plan)
                guessed += static_cast<unsigned>(point.ticks / 4);
        report.begin(function, known ? known->bytes : guessed);
        unsigned offset = 0;
        for (const charge_point &point : plan) {
            if (!point.block)
                continue;
            const size_t number = numbers[point.block];
            const unsigned bytes = known ? known->blocks[number].bytes : static_cast<unsigned>(point.ticks / 4);
            report.report_block(point, number == 0, known ? known->blocks[number].offset : offset, bytes);
            offset += bytes;
        }
    }

    std::shared_ptr<rk3568::cost::middle_end> m_view;
};

} // namespace

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo llvmGetPassPluginInfo() {
    return {LLVM_PLUGIN_API_VERSION, "rk3568-cost", "1", [](PassBuilder &builder) {
                std::shared_ptr<rk3568::cost::middle_end> view;
                if (!estimate_only && level != timing_level::functional)
                    view = std::make_shared<rk3568::cost::middle_end>(builder);
                builder.registerOptimizerLastEPCallback([view](ModulePassManager &manager, OptimizationLevel) {
                    manager.addPass(cost_pass(view));
                    // All cores run in one thread of the host and change places only where the budget is checked: what
                    // is charged as an atomic needs no lock prefix.
                    manager.addPass(createModuleToFunctionPassAdaptor(LowerAtomicPass()));
                });
            }};
}
