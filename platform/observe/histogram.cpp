// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/histogram.h"

#include <algorithm>
#include <map>

namespace rk3568 {

void histogram::keep(uint64_t ps) {
    const size_t index = m_count - 1;
    if (index == exact_limit) {
        fold();
        count(ps);
        return;
    }
    if (index % chunk_size == 0)
        m_chunks.emplace_back(new uint64_t[chunk_size]);
    m_chunks[index / chunk_size][index % chunk_size] = ps;
}

void histogram::fold() {
    m_folded = true;
    for (size_t i = 0; i < exact_limit; ++i)
        count(m_chunks[i / chunk_size][i % chunk_size]);
    m_chunks.clear();
    m_chunks.shrink_to_fit();
}

uint64_t histogram::middle(size_t bucket) {
    if (bucket < 2u << bits)
        return bucket; // one value wide
    const size_t octave = (bucket >> bits) - 1;
    const uint64_t low = static_cast<uint64_t>(bucket - (octave << bits)) << octave;
    return low + ((1ull << octave) - 1) / 2;
}

uint64_t histogram::mean() const {
    return m_count ? static_cast<uint64_t>((m_sum + m_count / 2) / m_count) : 0;
}

std::vector<uint64_t> histogram::quantiles(const std::vector<unsigned> &per_mille) const {
    std::vector<uint64_t> out(per_mille.size());
    if (!m_count)
        return out;
    const auto rank = [this](unsigned q) { // from 0
        const auto needed = (static_cast<unsigned __int128>(m_count) * q + 999) / 1000;
        return needed ? static_cast<uint64_t>(needed) - 1 : 0;
    };
    if (!m_folded) {
        std::vector<uint64_t> all(m_count);
        for (size_t begin = 0; begin < m_count; begin += chunk_size)
            std::copy_n(m_chunks[begin / chunk_size].get(), std::min<size_t>(chunk_size, m_count - begin), &all[begin]);
        auto from = all.begin(); // what lies before is settled by the quantile before
        for (size_t i = 0; i < per_mille.size(); ++i) {
            const auto at = all.begin() + static_cast<std::ptrdiff_t>(rank(per_mille[i]));
            std::nth_element(from, at, all.end());
            out[i] = *at;
            from = at;
        }
        return out;
    }
    uint64_t passed = 0;
    size_t bucket = 0;
    for (size_t i = 0; i < per_mille.size(); ++i) {
        const uint64_t wanted = rank(per_mille[i]);
        while (passed + m_buckets[bucket] <= wanted)
            passed += m_buckets[bucket++];
        // A bucket's middle may lie outside of what was really seen.
        out[i] = std::clamp(middle(bucket), m_min, m_max);
    }
    return out;
}

std::vector<histogram::range> histogram::ranges() const {
    static constexpr unsigned fine = 4; // bits
    std::map<uint64_t, range> found;
    const auto put = [&found](uint64_t ps, uint64_t count) {
        const unsigned octave = ps >> fine ? 63 - static_cast<unsigned>(__builtin_clzll(ps)) - fine : 0;
        const uint64_t low = ps >> octave << octave;
        found.try_emplace(low, range{low, low + ((1ull << octave) - 1), 0}).first->second.count += count;
    };
    if (m_folded) {
        for (size_t i = 0; i < m_buckets.size(); ++i)
            if (m_buckets[i])
                put(middle(i), m_buckets[i]);
    } else {
        for (size_t i = 0; i < m_count; ++i)
            put(m_chunks[i / chunk_size][i % chunk_size], 1);
    }
    std::vector<range> out;
    for (const auto &[low, r] : found)
        out.push_back(r);
    return out;
}

} // namespace rk3568
