// SPDX-License-Identifier: Apache-2.0
//
// The unit of the benchmarks: how many timed waits an SC_THREAD of plain SystemC makes in a second of processor time,
// which is what the runs of the simulator are measured in, too.
#include <cstdio>
#include <ctime>
#include <systemc>

namespace {

constexpr int rounds = 2000000;

struct waiter : sc_core::sc_module {
    SC_HAS_PROCESS(waiter);
    explicit waiter(const sc_core::sc_module_name &name)
        : sc_module(name) {
        SC_THREAD(run);
    }
    void run() {
        for (int i = 0; i < rounds; ++i)
            wait(10, sc_core::SC_NS);
        sc_core::sc_stop();
    }
};

} // namespace

int sc_main(int, char *[]) {
    sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_DO_NOTHING);
    waiter w("waiter");
    const std::clock_t before = std::clock();
    sc_core::sc_start();
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    std::printf("%.0f\n", rounds / seconds);
    return 0;
}
