// SPDX-License-Identifier: Apache-2.0
//
// What a bank costs: processor time for a pin edge with its interrupt, for one that concerns nothing, for an access.
// Usage: speed_rk_gpio [ROUNDS]; the same source is linked with each implementation.
#include "tests/hw/rk_gpio/bench.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace rk3568;
using namespace rk3568::test;

namespace {

template <typename F>
void measure(const char *what, unsigned rounds, F &&round) {
    const std::clock_t begin = std::clock();
    for (unsigned i = 0; i < rounds; ++i)
        round();
    const double taken = static_cast<double>(std::clock() - begin) * 1e9 / CLOCKS_PER_SEC;
    std::printf("%-58s %8.1f ns\n", what, taken / rounds);
}

} // namespace

int sc_main(int argc, char *argv[]) {
    const unsigned rounds = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 200'000;
    one_bank b;
    b->request(5, bank_bench::trigger::rising);
    pass(1 * us);
    measure("1 us of nothing", rounds, [&] { pass(1 * us); });
    measure("a read", rounds, [&] { b->read(offset::int_status); });
    pass(100 * ms);
    bool level = false;
    measure("a pin change without INT_EN, and 1 us", rounds, [&] {
        b->set(7, level = !level);
        pass(1 * us);
    });
    measure("a rising edge, its interrupt, status, EOI, a falling edge", rounds, [&] {
        b->set(5, true);
        pass(200 * ns);
        b->read(offset::int_status);
        pass(200 * ns);
        b->write_bit(offset::port_eoi, 5, true);
        pass(200 * ns);
        b->set(5, false);
        pass(400 * ns);
    });
    std::printf("%zu changes of the line\n", b->irq.size());
    return b->irq.size() == 2 * size_t{rounds} ? 0 : 1;
}
