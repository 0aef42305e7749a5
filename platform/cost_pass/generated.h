// SPDX-License-Identifier: Apache-2.0
//
// The costs of a unit's blocks, from the code that the A55's back end makes of them.
#ifndef RK3568_PLATFORM_COST_PASS_GENERATED_H
#define RK3568_PLATFORM_COST_PASS_GENERATED_H

#include "platform/cost_pass/placement.h"

#include <llvm/IR/Module.h>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rk3568::cost {

struct unit_costs {
    std::map<const llvm::Function *, function_cost> functions;
    // Functions that have none, and why.
    std::vector<std::pair<const llvm::Function *, std::string>> refused;
    // Instructions of the A55's that have no cost, by LLVM's names: the result is not complete.
    std::set<std::string> uncosted;
};

// Compiles a copy of the module in child processes: a back end that gives up takes nothing else with it. The module
// itself does not change. `cached`: for --timing cached, where loads take what they take on the RK3568, 2 cycles, and
// branches are predicted while the program runs.
unit_costs generate_costs(llvm::Module &module, bool cached);

} // namespace rk3568::cost

#endif
