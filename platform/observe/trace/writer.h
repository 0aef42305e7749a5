// SPDX-License-Identifier: Apache-2.0
//
// The formats of the trace.
#ifndef RK3568_PLATFORM_OBSERVE_TRACE_WRITER_H
#define RK3568_PLATFORM_OBSERVE_TRACE_WRITER_H

#include "platform/observe/output_file.h"
#include "platform/observe/trace/event.h"

#include <memory>
#include <string>

namespace rk3568 {

// Takes events in order of time. Everything may throw output_error.
class trace_writer {
public:
    virtual ~trace_writer() = default;
    virtual void write(const trace_event &e) = 0;
    // Completes the file. `ps` is the end of the run.
    virtual void finish(const trace_decoder &decoder, uint64_t ps) = 0;
};

// By the ending of the file's name: .dat is trace-cmd's binary format (trace-cmd and KernelShark read it), .json is
// Chrome's trace event format (chrome://tracing and Perfetto in a browser), any other the kernel's own text
// (/sys/kernel/tracing/trace; people, Perfetto, and scripts).
std::unique_ptr<trace_writer> make_trace_writer(const std::string &path, unsigned cpus);

std::unique_ptr<trace_writer> make_ftrace_text(const std::string &path, unsigned cpus);
std::unique_ptr<trace_writer> make_trace_dat(const std::string &path, unsigned cpus);
std::unique_ptr<trace_writer> make_chrome_json(const std::string &path, unsigned cpus);

} // namespace rk3568

#endif
