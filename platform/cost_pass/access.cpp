// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/access.h"

#include <llvm/Analysis/CaptureTracking.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>

using namespace llvm;

namespace rk3568::cost {

namespace {

// Stack memory whose address never leaves the function: no interrupt and no other core can see it.
bool is_private(const Value *pointer) {
    const auto *object = dyn_cast<AllocaInst>(getUnderlyingObject(pointer));
    return object && !PointerMayBeCaptured(object, true, true);
}

bool is_of_core(const Value *pointer) {
    return isa<Constant>(pointer->stripPointerCasts()) && !isa<GlobalVariable>(getUnderlyingObject(pointer));
}

uint64_t size_of(const Module &module, Type *type) {
    return type->isSized() ? module.getDataLayout().getTypeStoreSize(type).getFixedValue() : 8;
}

// count++ and the like: what is stored was computed from what stood there.
bool is_compound(const StoreInst &store) {
    const auto *value = dyn_cast<Instruction>(store.getValueOperand());
    for (unsigned depth = 0; value && depth < 3; ++depth) {
        const Instruction *next = nullptr;
        for (const Value *operand : value->operands()) {
            const auto *load = dyn_cast<LoadInst>(operand);
            if (load && load->getPointerOperand() == store.getPointerOperand())
                return true;
            if (!next)
                next = dyn_cast<Instruction>(operand);
        }
        value = isa<BinaryOperator>(value) || isa<CastInst>(value) || isa<SelectInst>(value) ? next : nullptr;
    }
    return false;
}

uint64_t order_flags(AtomicOrdering order, bool is_volatile) {
    uint64_t flags = is_volatile ? access_marked : 0;
    if (order != AtomicOrdering::NotAtomic)
        flags |= access_marked;
    if (isStrongerThan(order, AtomicOrdering::Monotonic))
        flags |= access_synchronizes;
    if (isAcquireOrStronger(order))
        flags |= access_acquires;
    if (isReleaseOrStronger(order))
        flags |= access_releases;
    return flags;
}

} // namespace

Value *memory_access::shape(IRBuilder<> &build) const {
    if (!length)
        return build.getInt64(bytes << access_bytes_shift | flags);
    Value *counted = build.CreateShl(build.CreateZExtOrTrunc(length, build.getInt64Ty()), access_bytes_shift);
    return build.CreateOr(counted, build.getInt64(flags));
}

std::vector<memory_access> accesses_of(Function &function) {
    std::vector<memory_access> found;
    const Module &module = *function.getParent();
    const auto add = [&](Instruction &at, Value *pointer, Value *length, uint64_t bytes, uint64_t flags) {
        found.push_back({&at, pointer, length, bytes, flags, !is_private(pointer), is_of_core(pointer)});
    };
    for (BasicBlock &block : function)
        for (Instruction &i : block) {
            if (auto *load = dyn_cast<LoadInst>(&i)) {
                add(i, load->getPointerOperand(), nullptr, size_of(module, load->getType()),
                    (load->getType()->isPointerTy() ? access_pointer : 0) |
                        (order_flags(load->getOrdering(), load->isVolatile()) & ~uint64_t{access_releases}));
            } else if (auto *store = dyn_cast<StoreInst>(&i)) {
                add(i, store->getPointerOperand(), nullptr, size_of(module, store->getValueOperand()->getType()),
                    access_writes | (is_compound(*store) ? access_reads_too : 0) |
                        (order_flags(store->getOrdering(), store->isVolatile()) & ~uint64_t{access_acquires}));
            } else if (auto *change = dyn_cast<AtomicRMWInst>(&i)) {
                add(i, change->getPointerOperand(), nullptr, size_of(module, change->getValOperand()->getType()),
                    access_writes | access_reads_too | access_synchronizes | order_flags(change->getOrdering(), true));
            } else if (auto *swap = dyn_cast<AtomicCmpXchgInst>(&i)) {
                add(i, swap->getPointerOperand(), nullptr, size_of(module, swap->getNewValOperand()->getType()),
                    access_writes | access_reads_too | access_synchronizes |
                        order_flags(swap->getSuccessOrdering(), true));
            } else if (auto *memory = dyn_cast<MemIntrinsic>(&i)) {
                if (auto *transfer = dyn_cast<MemTransferInst>(&i))
                    add(i, transfer->getRawSource(), memory->getLength(), 0, 0);
                add(i, memory->getRawDest(), memory->getLength(), 0, access_writes);
            }
        }
    return found;
}

} // namespace rk3568::cost
