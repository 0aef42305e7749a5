// SPDX-License-Identifier: Apache-2.0
//
// --report: one HTML file that shows the whole run, in any browser and without a network.
#ifndef RK3568_PLATFORM_OBSERVE_REPORT_REPORT_H
#define RK3568_PLATFORM_OBSERVE_REPORT_REPORT_H

#include "platform/observe/latency.h"
#include "platform/observe/output_file.h"
#include "platform/observe/record.h"
#include "platform/observe/report/recorder.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace rk3568 {

// How often each irq came on each CPU, as /proc/interrupts counts: one for each time that its handlers are called.
class irq_counts {
public:
    explicit irq_counts(unsigned cpus)
        : m_cpus(cpus)
        , m_last(cpus) {}

    static std::vector<port_trace_event> events();
    void consume(const record &r);

    struct row {
        std::string irq, domain, names;
        uint64_t hwirq = 0;
        std::vector<uint64_t> counts;
    };
    // In the order of /proc/interrupts: irqs by number, then the messages between CPUs.
    std::vector<row> rows() const;

private:
    struct irq {
        std::string domain;
        uint64_t hwirq = 0;
        std::vector<std::string> names;
        std::vector<uint64_t> counts;
        std::vector<uint64_t> actions; // called in this round
    };

    unsigned m_cpus;
    std::map<uint64_t, irq> m_irqs;
    std::map<std::string, std::vector<uint64_t>> m_ipis; // by reason
    std::vector<uint64_t> m_last;                        // the irq whose handlers each CPU called last
};

// They as the report's page has them.
std::string irqs_json(const irq_counts &irqs);

struct report_head {
    std::vector<std::string> command; // the simulator's arguments
    std::string version;
    uint64_t seed = 0;
    std::string timing;
    unsigned cpus = 0;
    uint64_t zero_ps = 0; // time zero
    std::string dmesg;
    std::string earlier_json; // --latency's of an earlier run; empty: none
};

// Throws output_error.
void write_report(output_file &out, const report_head &head, const recorder &timeline, const std::string &latency_json,
                  const irq_counts &irqs);

} // namespace rk3568

#endif
