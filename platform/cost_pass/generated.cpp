// SPDX-License-Identifier: Apache-2.0
#include "platform/cost_pass/generated.h"

#include "platform/cost_pass/a55_target.h"
#include "platform/cost_pass/machine_code.h"
#include "platform/cost_pass/pipeline.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <llvm/IR/DiagnosticHandler.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/Support/CrashRecoveryContext.h>
#include <llvm/Support/ErrorHandling.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace rk3568::cost {

namespace {

// So many functions of a unit may each cost a child before the rest of the unit is left to the estimate.
constexpr unsigned most_attempts = 8;

// On the pipe: 64-bit words. A function is its number, the number of words that follow, and these. Instead of a number,
// `name_of_uncosted`: the words are a name.
constexpr uint64_t name_of_uncosted = ~0ull;

void send(int pipe, const std::vector<uint64_t> &words) {
    const char *bytes = reinterpret_cast<const char *>(words.data());
    for (size_t left = words.size() * sizeof(uint64_t); left;) {
        const ssize_t sent = write(pipe, bytes, left);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            _exit(1);
        bytes += sent;
        left -= static_cast<size_t>(sent);
    }
}

void send(int pipe, const std::string &uncosted) {
    std::vector<uint64_t> words(2 + uncosted.size() / sizeof(uint64_t) + 1, 0);
    words[0] = name_of_uncosted;
    words[1] = words.size() - 2;
    std::memcpy(&words[2], uncosted.data(), uncosted.size());
    send(pipe, words);
}

void send(int pipe, uint64_t function, const function_cost &cost) {
    std::vector<uint64_t> words = {function, 0, cost.bytes, cost.blocks.size()};
    for (const block_cost &block : cost.blocks)
        words.insert(words.end(), {static_cast<uint64_t>(block.enter.ticks),
                                   static_cast<uint64_t>(block.enter.instructions), block.offset, block.bytes});
    for (const edge_cost &edge : cost.edges)
        words.insert(words.end(), {edge.from, edge.to, static_cast<uint64_t>(edge.extra.ticks),
                                   static_cast<uint64_t>(edge.extra.instructions)});
    words[1] = words.size() - 2;
    send(pipe, words);
}

function_cost received(const uint64_t *words, size_t count) {
    function_cost cost;
    cost.bytes = static_cast<unsigned>(words[0]);
    cost.blocks.resize(words[1]);
    size_t at = 2;
    for (block_cost &block : cost.blocks) {
        block.enter = {static_cast<int64_t>(words[at]), static_cast<int64_t>(words[at + 1])};
        block.offset = static_cast<unsigned>(words[at + 2]);
        block.bytes = static_cast<unsigned>(words[at + 3]);
        at += 4;
    }
    for (; at + 4 <= count; at += 4)
        cost.edges.push_back({static_cast<unsigned>(words[at]),
                              static_cast<unsigned>(words[at + 1]),
                              {static_cast<int64_t>(words[at + 2]), static_cast<int64_t>(words[at + 3])}});
    return cost;
}

struct give_up_on_errors : DiagnosticHandler {
    bool handleDiagnostics(const DiagnosticInfo &what) override {
        if (what.getSeverity() == DS_Error)
            _exit(1);
        return true;
    }
};

// In the child: everything that is wanted, one function after the other, then the end. Never returns: the parent's
// temporary files and half-written outputs are none of its business.
[[noreturn]] void compile(Module &module, const std::vector<Function *> &functions, const std::vector<bool> &wanted,
                          bool cached, int pipe) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    CrashRecoveryContext::Disable();
    remove_fatal_error_handler(); // clang's deletes the outputs that it has begun
    install_fatal_error_handler([](void *, const char *, bool) { _exit(1); });
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE})
        std::signal(signal, SIG_DFL);
    module.getContext().setDiagnosticHandler(std::make_unique<give_up_on_errors>());
    DenseMap<const Function *, uint64_t> numbers;
    std::vector<ir_flow> flows(functions.size());
    for (size_t n = 0; n < functions.size(); ++n) {
        numbers[functions[n]] = n;
        if (wanted[n])
            flows[n] = flow_of(*functions[n]);
        else
            functions[n]->deleteBody();
    }
    const std::unique_ptr<TargetMachine> a55 = create_a55(module);
    if (!a55)
        _exit(1);
    pipeline model(*a55, cached);
    generate_a55(module, *a55, [&](const machine_function &machine) {
        const auto number = numbers.find(machine.source);
        if (number != numbers.end())
            send(pipe, number->second, place(machine, model.block_ticks(machine), flows[number->second], !cached));
    });
    for (const std::string &name : model.uncosted())
        send(pipe, name);
    _exit(0);
}

} // namespace

unit_costs generate_costs(Module &module, bool cached) {
    unit_costs result;
    std::vector<Function *> functions;
    std::vector<bool> wanted;
    for (Function &function : module) {
        if (function.isDeclaration() || function.hasAvailableExternallyLinkage())
            continue;
        const std::string reason = foreign_to_a55(function);
        functions.push_back(&function);
        wanted.push_back(reason.empty());
        if (!reason.empty())
            result.refused.emplace_back(&function, reason);
    }
    for (unsigned attempt = 0; find(wanted, true) != wanted.end(); ++attempt) {
        int ends[2];
        const pid_t child = pipe2(ends, O_CLOEXEC) == 0 ? fork() : -1;
        if (child == 0)
            compile(module, functions, wanted, cached, ends[1]);
        std::vector<uint64_t> words;
        int status = -1;
        if (child > 0) {
            close(ends[1]);
            std::vector<char> bytes;
            char buffer[1 << 16];
            for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR);)
                bytes.insert(bytes.end(), buffer, buffer + std::max<ssize_t>(got, 0));
            close(ends[0]);
            while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
            }
            words.resize(bytes.size() / sizeof(uint64_t));
            std::memcpy(words.data(), bytes.data(), words.size() * sizeof(uint64_t));
        }
        for (size_t at = 0; at + 2 <= words.size() && at + 2 + words[at + 1] <= words.size(); at += 2 + words[at + 1]) {
            if (words[at] == name_of_uncosted) {
                result.uncosted.insert(reinterpret_cast<const char *>(&words[at + 2]));
                continue;
            }
            result.functions[functions[words[at]]] = received(&words[at + 2], words[at + 1]);
            wanted[words[at]] = false;
        }
        // Functions are compiled in order: the first one without a result is where the child ended.
        const auto next = find(wanted, true);
        if (next == wanted.end())
            break;
        const bool give_up = child < 0 || attempt + 1 == most_attempts || status == 0;
        for (auto at = next; at != wanted.end(); ++at) {
            if (!*at)
                continue;
            result.refused.emplace_back(functions[static_cast<size_t>(at - wanted.begin())],
                                        give_up && at != next ? "the A55's back end gave up on this unit"
                                                              : "the A55's back end cannot compile it");
            *at = false;
            if (!give_up)
                break;
        }
    }
    return result;
}

} // namespace rk3568::cost
