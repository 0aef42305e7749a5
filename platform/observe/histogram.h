// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_HISTOGRAM_H
#define RK3568_PLATFORM_OBSERVE_HISTOGRAM_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace rk3568 {

// Durations in picoseconds and their quantiles, in bounded memory.
//
// As long as there are few different values, each has a count; else up to a million samples are kept as they are. In
// both cases quantiles are exact: the value of the sample with that rank. With the next sample all are folded into
// buckets: each octave from 2^10 ps on is divided into 1024 buckets of equal width, so a bucket is at most 1/1024 of
// its values wide, and its middle, which then stands for all of them, is off by less than 0.05 %. That takes at most 8
// MB before folding and 450 KB after it. Count, minimum, maximum and mean stay exact always.
class histogram {
public:
    static constexpr size_t exact_limit = 1'000'000;

    void add(uint64_t ps) {
        ++m_count;
        m_sum += ps;
        if (ps < m_min)
            m_min = ps;
        if (ps > m_max)
            m_max = ps;
        if (m_way == way::values)
            count_value(ps);
        else if (m_way == way::samples)
            keep(ps);
        else
            count(ps);
    }

    uint64_t count() const { return m_count; }
    uint64_t min() const { return m_count ? m_min : 0; }
    uint64_t max() const { return m_max; }
    uint64_t mean() const; // rounded to the nearest ps; 0 without samples

    // For each of `per_mille` (ascending, 0 to 1000): the smallest sample that at least so many thousandths of all do
    // not exceed (nearest rank). 0 without samples.
    std::vector<uint64_t> quantiles(const std::vector<unsigned> &per_mille) const;

    // The distribution for a picture: how many samples lie in each of the ranges [low, high] that have any. Ranges are
    // a sixteenth of an octave wide.
    struct range {
        uint64_t low, high, count;
    };
    std::vector<range> ranges() const;

private:
    static constexpr unsigned bits = 10;
    static constexpr size_t chunk_size = 1 << 12;
    static constexpr size_t most_values = 1 << 14;
    enum class way : uint8_t { values, samples, buckets };
    struct counted {
        uint64_t ps, count; // 0: no value
    };
    using chunk = std::unique_ptr<uint64_t[]>;

    // The place of a value: in a table that is at most half full, so that there is one.
    size_t place_of(uint64_t ps) const {
        size_t at = (ps * 0x9e3779b97f4a7c15ull >> 32) & (m_values.size() - 1);
        while (m_values[at].count && m_values[at].ps != ps)
            at = (at + 1) & (m_values.size() - 1);
        return at;
    }
    void count_value(uint64_t ps) {
        if (!m_values.empty())
            if (counted &known = m_values[place_of(ps)]; known.count) {
                ++known.count;
                return;
            }
        add_value(ps);
    }
    void add_value(uint64_t ps);
    void keep(uint64_t ps);
    void fold();
    // Every value with how often it was there, by value: as far as they are known.
    std::vector<counted> sorted() const;
    void count(uint64_t ps, uint64_t times = 1) {
        const size_t index = bucket(ps);
        if (index >= m_buckets.size())
            m_buckets.resize(index + 1);
        m_buckets[index] += times;
    }
    static size_t bucket(uint64_t ps) {
        if (ps < 1u << bits)
            return ps;
        const unsigned octave = 63 - static_cast<unsigned>(__builtin_clzll(ps)) - bits;
        return (static_cast<size_t>(octave) << bits) + (ps >> octave);
    }
    static uint64_t middle(size_t bucket);

    uint64_t m_count = 0;
    uint64_t m_min = ~0ull, m_max = 0;
    unsigned __int128 m_sum = 0;
    way m_way = way::values;
    std::vector<counted> m_values; // by place_of()
    size_t m_different = 0;        // of them
    std::vector<chunk> m_chunks;   // the samples, while there are few enough; chunks, so that growing copies nothing
    size_t m_kept = 0;
    std::vector<uint64_t> m_buckets;
};

} // namespace rk3568

#endif
