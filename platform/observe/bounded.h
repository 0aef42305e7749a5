// SPDX-License-Identifier: Apache-2.0
//
// Waves and traces do not grow for ever: a driver that goes round and round would fill the disk before anybody sees
// that it does. What comes after so many changes or events is left out, and it is said from when on.
#ifndef RK3568_PLATFORM_OBSERVE_BOUNDED_H
#define RK3568_PLATFORM_OBSERVE_BOUNDED_H

#include "platform/observe/trace/writer.h"
#include "platform/observe/wave_sink.h"

namespace rk3568 {

constexpr uint64_t most_wave_changes = 50'000'000, most_trace_events = 10'000'000;

// `path` stands in the note.
std::unique_ptr<wave_sink> bound_waves(std::unique_ptr<wave_sink> inner, const std::string &path,
                                       uint64_t most = most_wave_changes);
std::unique_ptr<trace_writer> bound_trace(std::unique_ptr<trace_writer> inner, const std::string &path,
                                          uint64_t most = most_trace_events);

} // namespace rk3568

#endif
