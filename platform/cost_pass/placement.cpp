// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/placement.h"

#include "platform/cost_pass/estimate.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/CFG.h>
#include <map>
#include <set>

namespace rk3568::cost {

namespace {

// A branch that the source says is hardly ever taken, taken: LLVM's AArch64SchedA55, MispredictPenalty.
constexpr int64_t mispredict_ticks = 8 * ticks_per_cycle;
// Paths between two places in the machine code longer than this are not looked for.
constexpr unsigned longest_way = 16;
constexpr unsigned most_steps = 4096;
// In so many different places the machine code may stand at the start of one IR block.
constexpr size_t most_states = 4;

struct expectation {
    double probability = 0;
    double ticks = 0, instructions = 0; // weighted with it
    unsigned arrived = 0;
};

class walker {
public:
    walker(const machine_function &machine, const std::vector<int64_t> &ticks, const ir_flow &flow, bool hints)
        : m_machine(machine)
        , m_ticks(ticks)
        , m_flow(flow)
        , m_hints(hints) {}

    function_cost run();

private:
    // The machine code stands in block `machine`; whether the IR block that this one begins has been entered, too.
    struct state {
        unsigned machine;
        bool entered;
        double weight;
    };

    const machine_block &at(unsigned number) const { return m_machine.blocks[number]; }
    bool is_successor(unsigned from, int ir) const {
        return ir >= 0 &&
               std::find(m_flow[from].begin(), m_flow[from].end(), static_cast<unsigned>(ir)) != m_flow[from].end();
    }
    // What every execution of a machine block executes: all up to the first path out.
    unsigned certain(const machine_block &block) const {
        auto count = static_cast<unsigned>(block.code.size());
        for (const machine_edge &edge : block.out)
            count = std::min(count, edge.executed);
        return count;
    }
    double part(unsigned number, unsigned instructions) const {
        const machine_block &block = at(number);
        return block.code.empty()
                   ? 0
                   : static_cast<double>(m_ticks[number]) * instructions / static_cast<double>(block.code.size());
    }
    void search(unsigned from, unsigned target, unsigned ir, double probability, double ticks, double instructions,
                unsigned depth, unsigned foreign, unsigned decisions, expectation &found);
    // Where a machine block leads when it decides nothing: the beginning of an IR block, or itself.
    unsigned leads_to(unsigned number) const {
        unsigned end = number;
        for (unsigned step = 0; step < 4 && !at(end).head && at(end).out.size() == 1; ++step)
            end = at(end).out[0].to;
        return at(end).head ? end : number;
    }
    void gather(unsigned from, unsigned ir, double probability, double ticks, double instructions, unsigned depth,
                std::map<unsigned, expectation> &ends) const;
    bool stand_in(unsigned from, unsigned ir, unsigned target, expectation &found) const;
    void search_return(unsigned from, double probability, double ticks, double instructions, unsigned depth,
                       expectation &found);
    void find_path(unsigned from, unsigned target, unsigned ir, expectation &found);
    bool leads_past(unsigned from, unsigned ir);
    void arrive(unsigned ir, state next);

    using path_charges = std::map<std::pair<unsigned, unsigned>, amount>; // by the blocks that a path leads from and to
    static int64_t rounded(double x) { return static_cast<int64_t>(std::llround(x)); }
    void find_heads(function_cost &result);
    void take_path(const state &here, unsigned ir, unsigned target, expectation &path);
    path_charges take_paths();
    static amount common_part(const std::vector<amount *> &charges);
    amount to_return(unsigned ir);

    const machine_function &m_machine;
    const std::vector<int64_t> &m_ticks;
    const ir_flow &m_flow;
    const bool m_hints;
    unsigned m_steps = 0;
    std::vector<int> m_head;                  // the machine block with which each IR block begins; -1: there is none
    std::vector<std::vector<state>> m_states; // at the start of each IR block
    std::deque<unsigned> m_work;
};

// All paths from a machine block to the beginning of IR block `target`, as IR block `ir` goes there. `foreign`: how
// many beginnings of other IR blocks, `decisions`: how many branches of other blocks may be passed.
void walker::search(unsigned from, unsigned target, unsigned ir, double probability, double ticks, double instructions,
                    unsigned depth, unsigned foreign, unsigned decisions, expectation &found) {
    if (depth > longest_way || ++m_steps > most_steps || probability < 1e-9)
        return;
    const machine_block &block = at(from);
    const unsigned base = certain(block);
    for (const machine_edge &edge : block.out) {
        const machine_block &next = at(edge.to);
        const double p = probability * std::max(edge.probability, 1e-6);
        const double t = ticks + part(from, edge.executed - base) +
                         (m_hints && edge.unlikely && block.out.size() > 1 ? mispredict_ticks : 0);
        const double i = instructions + (edge.executed - base);
        const double nt = t + part(edge.to, certain(next)), ni = i + certain(next);
        if (next.head && next.ir == static_cast<int>(target)) {
            found.probability += p;
            found.ticks += p * nt;
            found.instructions += p * ni;
            found.arrived = edge.to;
            continue;
        }
        unsigned foreign_left = foreign, decisions_left = decisions;
        if (next.head) {
            // Another block that this one goes to, or that the target goes to (then the target was absorbed), is not on
            // the path. One more may be (find_path): where a common end of two blocks became one.
            if (!foreign || is_successor(ir, next.ir) || is_successor(target, next.ir) ||
                next.ir == static_cast<int>(ir))
                continue;
            --foreign_left;
        }
        if (next.out.size() > 1 && (next.head || next.ir != static_cast<int>(ir))) {
            if (!decisions)
                continue;
            --decisions_left;
        }
        search(edge.to, target, ir, p, nt, ni, depth + 1, foreign_left, decisions_left, found);
    }
}

// The paths out of an IR block, whose machine code may take several comparisons to choose one: how each is reached.
void walker::gather(unsigned from, unsigned ir, double probability, double ticks, double instructions, unsigned depth,
                    std::map<unsigned, expectation> &ends) const {
    const machine_block &block = at(from);
    const unsigned base = certain(block);
    for (const machine_edge &edge : block.out) {
        const machine_block &next = at(edge.to);
        const double p = probability * std::max(edge.probability, 1e-6);
        const double t = ticks + part(from, edge.executed - base) + part(edge.to, certain(next)) +
                         (m_hints && edge.unlikely && block.out.size() > 1 ? mispredict_ticks : 0);
        const double i = instructions + (edge.executed - base) + certain(next);
        if (!next.head && next.ir == static_cast<int>(ir) && next.out.size() > 1 && depth < longest_way) {
            gather(edge.to, ir, p, t, i, depth + 1, ends);
            continue;
        }
        expectation &end = ends[edge.to];
        end.probability += p;
        end.ticks += p * t;
        end.instructions += p * i;
        end.arrived = edge.to;
    }
}

// The block that took the code of IR block `target` in, where a copy of it was made for this path: what is left of the
// paths out when those that are known are taken away.
bool walker::stand_in(unsigned from, unsigned ir, unsigned target, expectation &found) const {
    std::map<unsigned, expectation> ends;
    gather(from, ir, 1, 0, 0, 0, ends);
    std::set<unsigned> known;
    for (const auto &[end, e] : ends) {
        const machine_block &next = at(leads_to(end));
        if (next.head && is_successor(ir, next.ir)) {
            known.insert(static_cast<unsigned>(next.ir));
            continue;
        }
        if (at(end).head || found.probability > 0)
            return false;
        found = e;
    }
    for (const unsigned other : m_flow[ir])
        if (other != target && !known.count(other))
            return false;
    // A copy decides what the block decides. What decides less is a path that goes on behind it: the decision was
    // joined with the one before (CCMP).
    return found.probability > 0 && (m_flow[target].size() < 2 || at(found.arrived).out.size() > 1);
}

// The paths from a machine block to the function's return, past what belongs to no other IR block.
void walker::search_return(unsigned from, double probability, double ticks, double instructions, unsigned depth,
                           expectation &found) {
    const machine_block &block = at(from);
    if (block.out.empty()) {
        found.probability += probability;
        found.ticks += probability * ticks;
        found.instructions += probability * instructions;
        return;
    }
    if (depth > longest_way || ++m_steps > most_steps)
        return;
    const unsigned base = certain(block);
    for (const machine_edge &edge : block.out) {
        const machine_block &next = at(edge.to);
        if (next.head && !next.returns)
            continue;
        const double t = ticks + part(from, edge.executed - base) + part(edge.to, certain(next));
        search_return(edge.to, probability * std::max(edge.probability, 1e-6), t,
                      instructions + (edge.executed - base) + certain(next), depth + 1, found);
    }
}

// A path that passes the beginning of another IR block counts only where there is none without.
void walker::find_path(unsigned from, unsigned target, unsigned ir, expectation &found) {
    for (unsigned foreign = 0; foreign < 2 && found.probability <= 0; ++foreign) {
        m_steps = 0;
        search(from, target, ir, 1, 0, 0, 0, foreign, at(from).out.size() > 1 ? 0 : 1, found);
    }
}

// Whether IR block `ir` can have been absorbed by a machine block: what comes after it, and does not just lead back, is
// found from there.
bool walker::leads_past(unsigned from, unsigned ir) {
    if (m_flow[ir].empty())
        return true;
    for (const unsigned next : m_flow[ir]) {
        expectation found;
        find_path(from, next, ir, found);
        if (found.probability > 0 || (m_head[next] < 0 && next != ir))
            return true;
    }
    return false;
}

void walker::arrive(unsigned ir, state next) {
    for (state &known : m_states[ir])
        if (known.machine == next.machine && known.entered == next.entered)
            return;
    if (m_states[ir].size() >= most_states)
        return;
    m_states[ir].push_back(next);
    m_work.push_back(ir);
}

void walker::find_heads(function_cost &result) {
    const size_t count = m_flow.size();
    m_head.assign(count, -1);
    result.blocks.resize(count);
    result.bytes = m_machine.bytes;
    for (const machine_block &block : m_machine.blocks) {
        if (!block.head || block.ir < 0 || static_cast<size_t>(block.ir) >= count)
            continue;
        const auto ir = static_cast<size_t>(block.ir);
        m_head[ir] = static_cast<int>(&block - m_machine.blocks.data());
        result.blocks[ir].offset = block.offset;
        result.blocks[ir].bytes = static_cast<unsigned>(block.code.size()) * 4;
    }
}

// What the path from IR block `ir`, in a state of it, to `target` adds to what is charged between the two.
void walker::take_path(const state &here, unsigned ir, unsigned target, expectation &path) {
    const machine_block &block = at(here.machine);
    const double weight = std::max(block.frequency, 1e-6);
    path.probability += weight;
    if (!here.entered && block.head && block.ir == static_cast<int>(target)) {
        arrive(target, {here.machine, true, weight}); // this block's code stands at the start of the other's
        return;
    }
    expectation found;
    find_path(here.machine, target, ir, found);
    if (expectation copy; found.probability <= 0 && stand_in(here.machine, ir, target, copy))
        found = copy;
    if (found.probability > 0) {
        path.ticks += weight * found.ticks / found.probability;
        path.instructions += weight * found.instructions / found.probability;
        arrive(target, {found.arrived, true, weight});
    } else if (const int head = m_head[target]; head >= 0 && !leads_past(here.machine, target)) {
        const auto number = static_cast<unsigned>(head);
        path.ticks += weight * part(number, certain(at(number)));
        path.instructions += weight * certain(at(number));
        arrive(target, {number, true, weight});
    } else {
        arrive(target, {here.machine, here.entered, weight});
    }
}

// What is charged on each path from block to block, over all states that it is taken in.
walker::path_charges walker::take_paths() {
    std::map<std::pair<unsigned, unsigned>, expectation> paths;
    std::map<std::pair<unsigned, unsigned>, size_t> done;
    arrive(0, {0, at(0).ir == 0, 1});
    while (!m_work.empty()) {
        const unsigned ir = m_work.front();
        m_work.pop_front();
        for (const unsigned target : m_flow[ir])
            for (size_t &taken = done[{ir, target}]; taken < m_states[ir].size(); ++taken)
                take_path(state(m_states[ir][taken]), ir, target, paths[{ir, target}]);
    }
    path_charges charges;
    for (const auto &[path, e] : paths)
        charges[path] = {rounded(e.ticks / e.probability), rounded(e.instructions / e.probability * ticks_per_cycle)};
    return charges;
}

// What all of these charges have in common is taken out of them.
amount walker::common_part(const std::vector<amount *> &charges) {
    amount common;
    for (const amount *c : charges)
        common = c == charges.front()
                     ? *c
                     : amount{std::min(common.ticks, c->ticks), std::min(common.instructions, c->instructions)};
    for (amount *c : charges) {
        c->ticks -= common.ticks;
        c->instructions -= common.instructions;
    }
    return common;
}

// The path from an IR block to the function's return.
amount walker::to_return(unsigned ir) {
    expectation total;
    for (const state &s : m_states[ir]) {
        m_steps = 0;
        expectation found;
        search_return(s.machine, 1, 0, 0, 0, found);
        const double weight = std::max(at(s.machine).frequency, 1e-6);
        total.probability += weight;
        if (found.probability > 0) {
            total.ticks += weight * found.ticks / found.probability;
            total.instructions += weight * found.instructions / found.probability;
        }
    }
    if (total.probability <= 0)
        return {};
    return {rounded(total.ticks / total.probability),
            rounded(total.instructions / total.probability * ticks_per_cycle)};
}

function_cost walker::run() {
    const auto count = static_cast<unsigned>(m_flow.size());
    m_states.resize(count);
    function_cost result;
    find_heads(result);
    if (!count || m_machine.blocks.empty())
        return result;
    path_charges charges = take_paths();

    // The least that is charged on any path into a block is charged in the block, the rest on the paths.
    result.blocks[0].enter = {rounded(part(0, certain(at(0)))), int64_t{certain(at(0))} * ticks_per_cycle};
    std::vector<std::vector<amount *>> into(count);
    for (auto &[path, c] : charges)
        into[path.second].push_back(&c);
    for (unsigned ir = 1; ir < count; ++ir)
        result.blocks[ir].enter = common_part(into[ir]);
    // What is left on all paths out of a block is as well charged in it.
    for (unsigned ir = 0; ir < count; ++ir) {
        std::vector<amount *> out_of;
        for (const unsigned target : m_flow[ir])
            out_of.push_back(&charges[{ir, target}]); // nothing, where the path is not taken
        const amount more = m_flow[ir].empty() ? to_return(ir) : common_part(out_of);
        result.blocks[ir].enter.ticks += more.ticks;
        result.blocks[ir].enter.instructions += more.instructions;
    }
    for (const auto &[path, c] : charges)
        if (c.ticks || c.instructions)
            result.edges.push_back({path.first, path.second, c});
    return result;
}

} // namespace

ir_flow flow_of(const llvm::Function &function) {
    llvm::DenseMap<const llvm::BasicBlock *, unsigned> numbers;
    unsigned count = 0;
    for (const llvm::BasicBlock &block : function)
        numbers[&block] = count++;
    ir_flow flow(count);
    for (const llvm::BasicBlock &block : function) {
        std::vector<unsigned> &out = flow[numbers[&block]];
        for (const llvm::BasicBlock *next : llvm::successors(&block))
            if (std::find(out.begin(), out.end(), numbers[next]) == out.end())
                out.push_back(numbers[next]);
    }
    return flow;
}

function_cost place(const machine_function &machine, const std::vector<int64_t> &ticks, const ir_flow &flow,
                    bool hints) {
    return walker(machine, ticks, flow, hints).run();
}

} // namespace rk3568::cost
