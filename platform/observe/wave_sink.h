// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_WAVE_SINK_H
#define RK3568_PLATFORM_OBSERVE_WAVE_SINK_H

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rk3568 {

// Where signals go: a file, the report, or something that passes on a part of them. Changes come with explicit times,
// in picoseconds and in order; signals may be added at any time, and then have had their initial value from time 0 on.
// Everything may throw output_error.
class wave_sink {
public:
    using signal = uint32_t;

    virtual ~wave_sink() = default;

    // `scope` is a path such as "gpio3" or "cores.core0". `width` is 1 to 64.
    virtual signal add(std::string_view scope, std::string_view name, unsigned width, uint64_t initial = 0) = 0;
    virtual signal add_text(std::string_view scope, std::string_view name, std::string_view initial = "-") = 0;

    // The signal has that value from `ps` on. What is not a change is not recorded.
    virtual void change(signal s, uint64_t ps, uint64_t value) = 0;
    virtual void change(signal s, uint64_t ps, std::string_view text) = 0;

    // From `ps` on nothing is recorded and values are unknown, until resume(). Changes in between count as what
    // resume() finds. pause(0) before everything else: the recording begins with the first resume().
    virtual void pause(uint64_t ps) = 0;
    virtual void resume(uint64_t ps) = 0;

    // Completes what is recorded; `ps` is its end.
    virtual void finish(uint64_t ps) = 0;
};

// A waveform file, in the format that its name says: FST (.fst) or VCD (any other).
std::unique_ptr<wave_sink> make_wave_file(const std::string &path);

} // namespace rk3568

#endif
