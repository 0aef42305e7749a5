// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/pipeline.h"

#include "hw/cortex_a55/instructions.h"
#include "platform/cost_pass/estimate.h"

#include <deque>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/MCA/Context.h>
#include <llvm/MCA/CustomBehaviour.h>
#include <llvm/MCA/HWEventListener.h>
#include <llvm/MCA/Pipeline.h>
#include <llvm/MCA/SourceMgr.h>

using namespace llvm;

namespace rk3568::cost {

namespace {

// A loop of one block is looked at in its steady state, over so many rounds after so many others.
constexpr unsigned warm_rounds = 8, rounds = 16;
// As much of what was executed before is simulated as can still be felt.
constexpr size_t context_instructions = 24;

class issue_clock : public mca::HWEventListener {
public:
    explicit issue_clock(size_t instructions)
        : m_issued(instructions) {}
    void onEvent(const mca::HWInstructionEvent &event) override {
        if (event.Type == mca::HWInstructionEvent::Issued && event.IR.getSourceIndex() < m_issued.size())
            m_issued[event.IR.getSourceIndex()] = m_cycle;
    }
    void onCycleEnd() override { ++m_cycle; }
    int64_t at(size_t instruction) const { return m_issued[instruction]; }

private:
    std::vector<int64_t> m_issued;
    int64_t m_cycle = 0;
};

unsigned plain_branch(const MCInstrInfo &instructions, StringRef name) {
    for (unsigned opcode = 0; opcode < instructions.getNumOpcodes(); ++opcode)
        if (instructions.getName(opcode) == name)
            return opcode;
    report_fatal_error("this LLVM's AArch64 has no branches");
}

} // namespace

pipeline::pipeline(const TargetMachine &a55, bool board)
    : m_a55(a55)
    , m_board(board)
    , m_analysis(a55.getTarget().createMCInstrAnalysis(a55.getMCInstrInfo()))
    , m_branch(plain_branch(*a55.getMCInstrInfo(), "B"))
    , m_indirect_branch(plain_branch(*a55.getMCInstrInfo(), "BR"))
    , m_builder(*a55.getMCSubtargetInfo(), *a55.getMCInstrInfo(), *a55.getMCRegisterInfo(), m_analysis.get()) {}

// Descriptions belong to this object's builder, which made them for this use alone.
void pipeline::load_earlier(const mca::Instruction &load) {
    auto &description = const_cast<mca::InstrDesc &>(load.getDesc());
    if (!m_earlier.insert(&description).second || description.MaxLatency < 3)
        return;
    --description.MaxLatency;
    for (mca::WriteDescriptor &write : description.Writes)
        if (write.Latency > 2)
            --write.Latency;
}

// Of an instruction that LLVM's model has no class for: nothing else issues meanwhile.
int64_t pipeline::cycles_alone(const MCInst &i) {
    const StringRef name = m_a55.getMCInstrInfo()->getName(i.getOpcode());
    for (const unmodelled_instruction &known : unmodelled_instructions)
        if (begins_with(name, known.name))
            return known.cycles;
    m_uncosted.insert(name.str());
    return 0;
}

std::vector<int64_t> pipeline::issue_times(const sequence &code, const std::vector<size_t> &marks) {
    const MCSubtargetInfo &core = *m_a55.getMCSubtargetInfo();
    std::vector<std::unique_ptr<mca::Instruction>> lowered;
    std::vector<size_t> position; // of each instruction of the code among those that the model knows
    std::vector<int64_t> alone;   // cycles of those before it that the model does not know
    int64_t unmodelled = 0;
    const MCInstrInfo &instructions = *m_a55.getMCInstrInfo();
    std::deque<MCInst> branches;
    for (const MCInst *i : code) {
        position.push_back(lowered.size());
        alone.push_back(unmodelled);
        // A call takes as long as a branch. llvm-mca puts 100 cycles for the callee on top, whose time is its own here.
        if (instructions.get(i->getOpcode()).isCall()) {
            branches.push_back(*i);
            MCInst &branch = branches.back();
            branch.setOpcode(i->getNumOperands() && i->getOperand(0).isReg() ? m_indirect_branch : m_branch);
            i = &branch;
        }
        Expected<std::unique_ptr<mca::Instruction>> instruction = m_builder.createInstruction(*i);
        if (!instruction) {
            consumeError(instruction.takeError());
            unmodelled += cycles_alone(*i);
            continue;
        }
        if (m_board && instructions.get(i->getOpcode()).mayLoad())
            load_earlier(**instruction);
        lowered.push_back(std::move(*instruction));
    }
    position.push_back(lowered.size());
    alone.push_back(unmodelled);
    std::vector<int64_t> times;
    times.reserve(marks.size());
    if (lowered.empty()) {
        for (const size_t mark : marks)
            times.push_back(alone[mark]);
        return times;
    }
    instruction_source source(lowered, 1);
    mca::CustomBehaviour behaviour(core, source, *m_a55.getMCInstrInfo());
    mca::Context context(*m_a55.getMCRegisterInfo(), core);
    mca::PipelineOptions options(0, 0, 0, 0, 0, 0, true);
    auto model = context.createInOrderPipeline(options, source, behaviour);
    issue_clock clock(lowered.size());
    model->addEventListener(&clock);
    Expected<unsigned> cycles = model->run();
    if (!cycles)
        consumeError(cycles.takeError());
    for (const size_t mark : marks)
        times.push_back((position[mark] ? clock.at(position[mark] - 1) : -1) + alone[mark]);
    return times;
}

std::vector<int64_t> pipeline::block_ticks(const machine_function &function) {
    m_builder.clear(); // it remembers instructions by address
    m_earlier.clear();
    const size_t count = function.blocks.size();
    std::vector<int> before(count, -1); // the likeliest block before each
    std::vector<double> weight(count, 0);
    std::vector<bool> own(count, false);
    for (size_t from = 0; from < count; ++from)
        for (const machine_edge &edge : function.blocks[from].out) {
            const double w = function.blocks[from].frequency * edge.probability;
            if (edge.to == from)
                own[from] = true;
            if (w > weight[edge.to]) {
                weight[edge.to] = w;
                before[edge.to] = static_cast<int>(from);
            }
        }
    std::vector<int64_t> ticks(count, 0);
    for (size_t b = 0; b < count; ++b) {
        const std::vector<MCInst> &code = function.blocks[b].code;
        if (code.empty())
            continue;
        sequence trace;
        const auto append = [&](const std::vector<MCInst> &instructions, size_t from) {
            for (size_t i = from; i < instructions.size(); ++i)
                trace.push_back(&instructions[i]);
        };
        if (own[b] && before[b] == static_cast<int>(b)) {
            for (unsigned round = 0; round < warm_rounds + rounds; ++round)
                append(code, 0);
            const auto t = issue_times(trace, {warm_rounds * code.size(), trace.size()});
            ticks[b] = (t[1] - t[0]) * ticks_per_cycle / rounds;
            continue;
        }
        std::vector<int> path;
        size_t length = 0;
        for (int at = before[b]; at >= 0 && length < context_instructions && path.size() < 8;
             at = before[static_cast<size_t>(at)]) {
            path.push_back(at);
            length += function.blocks[static_cast<size_t>(at)].code.size();
        }
        size_t skip = length > 2 * context_instructions ? length - 2 * context_instructions : 0;
        for (auto at = path.rbegin(); at != path.rend(); ++at) {
            const std::vector<MCInst> &earlier = function.blocks[static_cast<size_t>(*at)].code;
            const size_t from = std::min(skip, earlier.size());
            append(earlier, from);
            skip -= from;
        }
        const size_t start = trace.size();
        append(code, 0);
        const auto t = issue_times(trace, {start, trace.size()});
        ticks[b] = (t[1] - t[0]) * ticks_per_cycle;
    }
    return ticks;
}

} // namespace rk3568::cost
