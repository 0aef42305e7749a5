// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/estimate.h"

#include "hw/cortex_a55/instructions.h"

#include <algorithm>
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Operator.h>

using namespace llvm;

namespace rk3568::cost {

namespace {

// Units of which the A55 has fewer than it can issue.
enum class unit : uint8_t { none, alu, mac, div, load, store, branch };

struct price {
    unsigned instructions; // issue slots; 0: folded into another instruction
    unsigned latency;      // cycles until a dependent instruction may issue
    unit where;
    unsigned busy = 0; // cycles for which a unit that is not pipelined stays taken
};

constexpr price folded{0, 0, unit::none};
constexpr unsigned alu_latency = 3; // to a consumer without forwarding
constexpr price alu{1, alu_latency, unit::alu};

// An address computation that disappears into the addressing mode of the loads and stores that use it.
bool is_addressing(const GetElementPtrInst &gep) {
    if (gep.hasAllConstantIndices())
        return true;
    return all_of(gep.users(), [](const User *u) { return isa<LoadInst>(u) || isa<StoreInst>(u); });
}

// A comparison that only sets the flags for a branch or select stays one instruction; the branch is the other.
price price_of_call(const CallBase &call) {
    if (isa<DbgInfoIntrinsic>(call) || call.isLifetimeStartOrEnd() || isa<AssumeInst>(call))
        return folded;
    if (const auto *intrinsic = dyn_cast<IntrinsicInst>(&call)) {
        switch (intrinsic->getIntrinsicID()) {
        case Intrinsic::expect:
        case Intrinsic::annotation:
        case Intrinsic::frameaddress:
        case Intrinsic::returnaddress:
        case Intrinsic::objectsize:
        case Intrinsic::is_constant:
            return folded;
        case Intrinsic::ctpop:
            return {4, 6, unit::alu}; // through the vector unit, or a shift-and-add sequence without it
        case Intrinsic::cttz:
            return {2, 2, unit::alu}; // RBIT, CLZ
        case Intrinsic::memcpy:
        case Intrinsic::memmove:
        case Intrinsic::memset: {
            const auto *length = dyn_cast<ConstantInt>(intrinsic->getArgOperand(2));
            if (length && length->getZExtValue() <= 128) {
                const auto pairs = static_cast<unsigned>((length->getZExtValue() + 15) / 16);
                return {2 * std::max(pairs, 1u), 1, unit::store};
            }
            return {5, 1, unit::branch};
        }
        default:
            return alu;
        }
    }
    if (const auto *text = dyn_cast<InlineAsm>(call.getCalledOperand())) {
        const StringRef body = text->getAsmString();
        if (body.empty())
            return folded;
        return {1 + static_cast<unsigned>(body.count('\n') + body.count(';')), 1, unit::alu};
    }
    const Function *callee = call.getCalledFunction();
    if (callee && (callee->getName() == "port_trace" || callee->getName() == "port_order"))
        return folded; // Linux's tracepoints are no-operations when off
    // Arguments into registers, half of which are there already, and the branch.
    return {1 + call.arg_size() / 2 + (callee ? 0u : 1u), 1, unit::branch};
}

price price_of(const Instruction &i) {
    switch (i.getOpcode()) {
    case Instruction::PHI:
    case Instruction::BitCast:
    case Instruction::IntToPtr:
    case Instruction::PtrToInt:
    case Instruction::Trunc:
    case Instruction::Freeze:
    case Instruction::Alloca:
    case Instruction::Unreachable:
    case Instruction::ExtractValue:
    case Instruction::InsertValue:
        return folded;
    case Instruction::ZExt:
        // A 32-bit operation clears the upper half, and a narrow load extends.
        return isa<LoadInst>(i.getOperand(0)) || i.getOperand(0)->getType()->isIntegerTy(32) ||
                       i.getOperand(0)->getType()->isIntegerTy(1)
                   ? folded
                   : alu;
    case Instruction::SExt:
        return isa<LoadInst>(i.getOperand(0)) ? folded : alu;
    case Instruction::GetElementPtr:
        return is_addressing(cast<GetElementPtrInst>(i)) ? folded : alu;
    case Instruction::Load:
        return {1, 3, unit::load};
    case Instruction::Store:
        return {1, 1, unit::store};
    case Instruction::AtomicRMW:
        return {1, atomic_cycles, unit::load, atomic_cycles};
    case Instruction::AtomicCmpXchg:
        return {3, atomic_cycles, unit::load}; // and a move and a comparison
    case Instruction::Fence:
        return {1, 3, unit::store};
    case Instruction::Mul:
        return {1, 3, unit::mac};
    case Instruction::SDiv:
    case Instruction::UDiv:
        return {1, 8, unit::div, 8};
    case Instruction::SRem:
    case Instruction::URem:
        return {2, 12, unit::div, 8};
    case Instruction::Shl:
    case Instruction::LShr:
    case Instruction::AShr:
        // Often an operand's shifter, bit-field move or part of an address.
        return alu;
    case Instruction::Br:
        return {1, 1, unit::branch};
    case Instruction::Switch:
        return {std::min(2 * cast<SwitchInst>(i).getNumCases() + 1, 6u), 1, unit::branch};
    case Instruction::Ret:
        return {2, 1, unit::branch}; // LDP of the frame record, RET
    case Instruction::Call:
    case Instruction::Invoke:
    case Instruction::CallBr:
        return price_of_call(cast<CallBase>(i));
    case Instruction::FAdd:
    case Instruction::FSub:
    case Instruction::FMul:
        return {1, 4, unit::mac};
    case Instruction::FDiv:
        return {1, 22, unit::div, 19};
    default:
        return alu;
    }
}

// How much earlier than the producer's latency a consumer can start, by LLVM's ReadAdvance for the A55: an ALU
// operation takes the result of another one after a cycle, a store's data and an address are needed a stage later than
// that.
unsigned delay_between(const Instruction &consumer, const Value *operand) {
    const auto *producer = dyn_cast<Instruction>(operand);
    if (!producer)
        return 0;
    const price from = price_of(*producer), to = price_of(consumer);
    if (from.instructions == 0)
        return 0; // folded: it is ready when its own operands are
    if (from.where != unit::alu)
        return from.latency;
    if (to.where == unit::alu || to.where == unit::mac)
        return 1;
    if (to.where == unit::branch)
        return alu_latency; // flags, or the register of CBZ
    return alu_latency - 1;
}

} // namespace

std::vector<int64_t> estimate(BasicBlock &block, BasicBlock::iterator start, const std::vector<Instruction *> &cuts,
                              bool entry) {
    DenseMap<const Value *, unsigned> issued; // when a value's instruction issued; folded ones: when they could have
    unsigned cycle = entry ? 1 : 0;           // STP of the frame record and the frame pointer issue together
    unsigned slots = 0;
    unsigned taken[7] = {}; // first cycle in which a unit is free
    bool any = entry;
    std::vector<int64_t> costs;
    int64_t charged = 0;
    const auto charge = [&] {
        // What follows can issue beside the last instruction half of the time.
        const int64_t reached =
            any ? static_cast<int64_t>(cycle) * ticks_per_cycle + static_cast<int64_t>(slots) * ticks_per_cycle / 2 : 0;
        costs.push_back(reached - charged);
        charged = reached;
    };
    for (auto at = start; at != block.end(); ++at) {
        if (costs.size() < cuts.size() && &*at == cuts[costs.size()])
            charge();
        const price p = price_of(*at);
        unsigned earliest = cycle;
        for (const Value *operand : at->operands()) {
            const auto known = issued.find(operand);
            if (known != issued.end())
                earliest = std::max(earliest, known->second + delay_between(*at, operand));
        }
        if (p.instructions == 0) {
            // Ready when the slowest operand is: folded values hand on the time at which that was available.
            unsigned available = 0;
            for (const Value *operand : at->operands()) {
                const auto known = issued.find(operand);
                if (known != issued.end())
                    available = std::max(available, known->second + delay_between(*at, operand));
            }
            issued[&*at] = available;
            continue;
        }
        any = true;
        for (unsigned n = 0; n < p.instructions; ++n) {
            unsigned issue = std::max(earliest, cycle);
            const auto u = static_cast<size_t>(p.where);
            const bool scarce = p.where != unit::alu && p.where != unit::none;
            if (scarce)
                issue = std::max(issue, taken[u]);
            if (issue == cycle && slots == 2)
                issue = scarce ? std::max(issue + 1, taken[u]) : issue + 1;
            if (issue > cycle) {
                cycle = issue;
                slots = 0;
            }
            ++slots;
            if (scarce)
                taken[u] = cycle + std::max(1u, p.busy);
        }
        issued[&*at] = cycle;
    }
    charge();
    return costs;
}

} // namespace rk3568::cost
