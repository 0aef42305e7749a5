// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/machine_code.h"

#include "platform/cost_pass/a55_target.h"
#include "platform/cost_pass/llvm.h"
#include "sw/port/functions.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/CodeGen/AsmPrinter.h>
#include <llvm/CodeGen/MachineBlockFrequencyInfo.h>
#include <llvm/CodeGen/MachineBranchProbabilityInfo.h>
#include <llvm/CodeGen/MachineFunctionPass.h>
#include <llvm/CodeGen/MachineInstrBuilder.h>
#include <llvm/CodeGen/MachineModuleInfo.h>
#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetInstrInfo.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/CodeGen/TargetSubtargetInfo.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/ValueHandle.h>
#include <llvm/MC/MCStreamer.h>
#include <llvm/MC/MCSymbol.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Target/TargetMachine.h>

using namespace llvm;

namespace rk3568::cost {

namespace {

// Numbers of IR blocks by position, for as long as the blocks exist: what was there before the back end began.
class block_numbers {
public:
    explicit block_numbers(Module &module) {
        for (Function &function : module) {
            int number = 0;
            for (BasicBlock &block : function) {
                m_handles.emplace_back(&block);
                m_numbers[&block] = {m_handles.size() - 1, number++};
            }
        }
    }

    int of(const BasicBlock *block) const {
        const auto found = m_numbers.find(block);
        if (found == m_numbers.end() || m_handles[found->second.first] != block)
            return -1;
        return found->second.second;
    }

private:
    std::vector<WeakVH> m_handles; // null once the block is gone: another may have its address now
    DenseMap<const BasicBlock *, std::pair<size_t, int>> m_numbers;
};

// After instruction selection the first machine block of an IR block is where its execution begins.
using head_set = DenseMap<const MachineBasicBlock *, const BasicBlock *>;

class mark_heads : public MachineFunctionPass {
public:
    static char ID;
    explicit mark_heads(head_set &heads)
        : MachineFunctionPass(ID)
        , m_heads(heads) {}

    StringRef getPassName() const override { return "Beginnings of IR blocks"; }
    void getAnalysisUsage(AnalysisUsage &usage) const override {
        usage.setPreservesAll();
        MachineFunctionPass::getAnalysisUsage(usage);
    }
    bool runOnMachineFunction(MachineFunction &function) override {
        m_heads.clear(); // functions go through the back end one after the other
        DenseSet<const BasicBlock *> seen;
        for (const MachineBasicBlock &block : function)
            if (block.getBasicBlock() && seen.insert(block.getBasicBlock()).second)
                m_heads[&block] = block.getBasicBlock();
        return false;
    }

private:
    head_set &m_heads;
};
char mark_heads::ID = 0;

// Labels every machine block, so that the printer's instructions can be told apart, and records the flow.
class record_flow : public MachineFunctionPass {
public:
    static char ID;
    record_flow(machine_function &out, DenseMap<const MCSymbol *, unsigned> &labels, const block_numbers &numbers,
                const head_set &heads)
        : MachineFunctionPass(ID)
        , m_out(out)
        , m_labels(labels)
        , m_numbers(numbers)
        , m_heads(heads) {}

    StringRef getPassName() const override { return "Flow of the machine code"; }
    void getAnalysisUsage(AnalysisUsage &usage) const override {
        usage.addRequired<block_frequency_pass>();
        usage.addRequired<branch_probability_pass>();
        usage.setPreservesAll();
        MachineFunctionPass::getAnalysisUsage(usage);
    }
    bool runOnMachineFunction(MachineFunction &function) override;

private:
    machine_function &m_out;
    DenseMap<const MCSymbol *, unsigned> &m_labels;
    const block_numbers &m_numbers;
    const head_set &m_heads;
};
char record_flow::ID = 0;

// How many of a block's terminators are executed on the path to a successor.
unsigned terminators_until(const MachineBasicBlock &block, const MachineBasicBlock &to) {
    unsigned executed = 0;
    for (const MachineInstr &i : block.terminators()) {
        if (i.isMetaInstruction())
            continue;
        ++executed;
        for (const MachineOperand &operand : i.operands())
            if (operand.isMBB() && operand.getMBB() == &to)
                return executed;
    }
    return executed;
}

bool record_flow::runOnMachineFunction(MachineFunction &function) {
    const auto &frequency = frequencies(getAnalysis<block_frequency_pass>());
    const auto &likelihood = probabilities(getAnalysis<branch_probability_pass>());
    const TargetInstrInfo &instructions = *function.getSubtarget().getInstrInfo();
    m_out = machine_function{};
    m_out.source = &function.getFunction();
    m_labels.clear();
    function.RenumberBlocks();
    const double entry = std::max<double>(1, static_cast<double>(entry_frequency(frequency)));
    for (MachineBasicBlock &block : function) {
        machine_block b;
        b.ir = block.getBasicBlock() ? m_numbers.of(block.getBasicBlock()) : -1;
        b.head = b.ir >= 0 && m_heads.lookup(&block) == block.getBasicBlock();
        b.returns = block.isReturnBlock();
        b.frequency = static_cast<double>(frequency.getBlockFreq(&block).getFrequency()) / entry;
        unsigned terminators = 0;
        for (const MachineInstr &i : block.terminators())
            terminators += i.isMetaInstruction() ? 0 : 1;
        for (auto next = block.succ_begin(); next != block.succ_end(); ++next) {
            const BranchProbability p = likelihood.getEdgeProbability(&block, next);
            const double probability =
                static_cast<double>(p.getNumerator()) / static_cast<double>(BranchProbability::getDenominator());
            // Counted from the end: how many instructions come before the terminators only the printer knows.
            b.out.push_back({static_cast<unsigned>((*next)->getNumber()), probability,
                             terminators - terminators_until(block, **next), probability < 1.0 / 128});
        }
        MCSymbol *label = function.getContext().createTempSymbol();
        m_labels[label] = static_cast<unsigned>(block.getNumber());
        BuildMI(block, block.begin(), DebugLoc(), instructions.get(TargetOpcode::EH_LABEL)).addSym(label);
        m_out.blocks.push_back(std::move(b));
    }
    return true;
}

// Takes what the printer prints.
class recorder : public MCStreamer {
public:
    recorder(MCContext &context, machine_function &out, const DenseMap<const MCSymbol *, unsigned> &labels)
        : MCStreamer(context)
        , m_out(out)
        , m_labels(labels) {}

    bool hasRawTextSupport() const override { return false; }
    bool emitSymbolAttribute(MCSymbol *, MCSymbolAttr) override { return true; }
    void emitCommonSymbol(MCSymbol *, uint64_t, alignment) override {}
    void emitZerofill(MCSection *, MCSymbol *, uint64_t, alignment, SMLoc) override {}
    void emitRawTextImpl(StringRef) override {}
    void emitLabel(MCSymbol *symbol, SMLoc location) override {
        MCStreamer::emitLabel(symbol, location);
        const auto found = m_labels.find(symbol);
        if (found == m_labels.end())
            return;
        m_block = found->second;
        m_out.blocks[m_block].offset = m_out.bytes;
    }
    void emitInstruction(const MCInst &i, const MCSubtargetInfo &) override {
        if (m_block >= m_out.blocks.size())
            return;
        m_out.blocks[m_block].code.push_back(i);
        m_out.bytes += 4;
    }

private:
    machine_function &m_out;
    const DenseMap<const MCSymbol *, unsigned> &m_labels;
    unsigned m_block = 0;
};

// The function is complete: behind the printer.
class hand_over : public MachineFunctionPass {
public:
    static char ID;
    hand_over(machine_function &out, const std::function<void(const machine_function &)> &take)
        : MachineFunctionPass(ID)
        , m_out(out)
        , m_take(take) {}

    StringRef getPassName() const override { return "Hand over machine code"; }
    void getAnalysisUsage(AnalysisUsage &usage) const override {
        usage.setPreservesAll();
        MachineFunctionPass::getAnalysisUsage(usage);
    }
    bool runOnMachineFunction(MachineFunction &) override {
        for (machine_block &block : m_out.blocks)
            for (machine_edge &edge : block.out)
                edge.executed = static_cast<unsigned>(block.code.size()) -
                                std::min(edge.executed, static_cast<unsigned>(block.code.size()));
        m_take(m_out);
        return false;
    }

private:
    machine_function &m_out;
    const std::function<void(const machine_function &)> &m_take;
};
char hand_over::ID = 0;

// What the port's functions are on the A55. Their time beyond that is the core model's.
struct port_code {
    const char *name, *text;
    int argument; // that the instruction reads; -1: none
};
constexpr port_code port_codes[] = {
#define PORT(function, who, code, argument) {#function, code, argument},
    PORT_FUNCTIONS(PORT)
#undef PORT
};

void replace_port_call(CallInst &call, StringRef name) {
    const auto *known = find_if(port_codes, [&](const port_code &p) { return name == p.name; });
    const StringRef code = known == std::end(port_codes) ? "call" : known->text;
    if (code == "call")
        return;
    IRBuilder<> build(&call);
    Value *instead = nullptr;
    if (code == "load") {
        Value *address = build.CreateIntToPtr(call.getArgOperand(0), call.getType()->getPointerTo());
        instead = build.CreateLoad(call.getType(), address, true);
    } else if (code == "store") {
        Value *value = call.getArgOperand(1);
        build.CreateStore(value, build.CreateIntToPtr(call.getArgOperand(0), value->getType()->getPointerTo()), true);
    } else if (code != "nothing") {
        std::vector<Type *> types;
        std::vector<Value *> values;
        std::string constraints = call.getType()->isVoidTy() ? "" : "=r,";
        if (known->argument >= 0) {
            constraints += "r,";
            values.push_back(call.getArgOperand(static_cast<unsigned>(known->argument)));
            types.push_back(values.back()->getType());
        }
        auto *type = FunctionType::get(call.getType(), types, false);
        instead = build.CreateCall(type, InlineAsm::get(type, known->text, constraints + "~{memory}", true), values);
    }
    if (!call.getType()->isVoidTy())
        call.replaceAllUsesWith(instead);
    call.eraseFromParent();
}

// clang names x86's flags as clobbered by each piece of assembly; the rest of an empty one means the same everywhere.
void without_x86_clobbers(CallBase &call, const InlineAsm &text) {
    std::string constraints = text.getConstraintString();
    for (const char *clobber : {"~{dirflag}", "~{fpsr}", "~{flags}"}) {
        for (size_t at; (at = constraints.find(clobber)) != std::string::npos;) {
            const size_t length = strlen(clobber);
            const bool comma = at + length < constraints.size();
            constraints.erase(at, length + (comma ? 1 : 0));
        }
    }
    if (!constraints.empty() && constraints.back() == ',')
        constraints.pop_back();
    call.setCalledOperand(InlineAsm::get(text.getFunctionType(), text.getAsmString(), constraints,
                                         text.hasSideEffects(), text.isAlignStack()));
}

// Everything in the module that is x86-64's.
void become_a55(Module &module, const TargetMachine &a55) {
    StripDebugInfo(module);
    module.setTargetTriple(a55.getTargetTriple().str());
    module.setDataLayout(a55.createDataLayout());
    module.setModuleInlineAsm("");
    for (Function &function : module) {
        function.setDSOLocal(true);
        function.setPersonalityFn(nullptr);
        for (const char *name : cpu_attributes)
            function.removeFnAttr(name);
        // What -fno-omit-frame-pointer means for AArch64: leaf functions go without.
        if (function.getFnAttribute("frame-pointer").getValueAsString() == "all")
            function.addFnAttr("frame-pointer", "non-leaf");
        function.removeFnAttr(Attribute::UWTable);
        function.addFnAttr(Attribute::NoUnwind);
        // AArch64's callers do not extend small arguments; its callees do when they need it.
        for (Argument &argument : function.args()) {
            argument.removeAttr(Attribute::ZExt);
            argument.removeAttr(Attribute::SExt);
        }
        function.removeRetAttr(Attribute::ZExt);
        function.removeRetAttr(Attribute::SExt);
        for (Instruction &i : make_early_inc_range(instructions(function))) {
            auto *call = dyn_cast<CallBase>(&i);
            if (!call)
                continue;
            for (unsigned n = 0; n < call->arg_size(); ++n) {
                call->removeParamAttr(n, Attribute::ZExt);
                call->removeParamAttr(n, Attribute::SExt);
            }
            call->removeRetAttr(Attribute::ZExt);
            call->removeRetAttr(Attribute::SExt);
            if (const auto *text = dyn_cast<InlineAsm>(call->getCalledOperand()))
                without_x86_clobbers(*call, *text);
            else if (const Function *callee = call->getCalledFunction())
                if (auto *plain = dyn_cast<CallInst>(call))
                    if (begins_with(callee->getName(), "port_"))
                        replace_port_call(*plain, callee->getName());
        }
    }
    for (GlobalVariable &object : module.globals())
        object.setDSOLocal(true);
}

} // namespace

void generate_a55(Module &module, TargetMachine &a55, const std::function<void(const machine_function &)> &take) {
    // Done already (middle_end::late_flow), where both programs see it.
    const auto tidy = cl::getRegisteredOptions().find("aarch64-enable-atomic-cfg-tidy");
    if (tidy != cl::getRegisteredOptions().end())
        static_cast<cl::opt<bool> *>(tidy->second)->setValue(false);
    block_numbers numbers(module);
    become_a55(module, a55);
    auto &machine = static_cast<LLVMTargetMachine &>(a55);
    legacy::PassManager passes;
    passes.add(new TargetLibraryInfoWrapperPass(a55.getTargetTriple()));
    passes.add(createTargetTransformInfoWrapperPass(a55.getTargetIRAnalysis()));
    TargetPassConfig *config = machine.createPassConfig(passes);
    auto *information = new MachineModuleInfoWrapperPass(&machine);
    passes.add(config);
    passes.add(information);
    if (config->addISelPasses())
        return;
    head_set heads;
    machine_function current;
    DenseMap<const MCSymbol *, unsigned> labels;
    passes.add(new mark_heads(heads));
    config->addMachinePasses();
    config->setInitialized();
    passes.add(new record_flow(current, labels, numbers, heads));
    MCContext &context = information->getMMI().getContext();
    auto streamer = std::make_unique<recorder>(context, current, labels);
    a55.getTarget().createNullTargetStreamer(*streamer);
    passes.add(a55.getTarget().createAsmPrinter(a55, std::move(streamer)));
    passes.add(new hand_over(current, take));
    passes.add(createFreeMachineFunctionPass());
    passes.run(module);
}

} // namespace rk3568::cost
