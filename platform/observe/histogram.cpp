// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/histogram.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace rk3568 {

// One that is not in the table yet.
void histogram::add_value(uint64_t ps) {
    if (m_different == most_values && m_count <= exact_limit) {
        m_way = way::samples;
        for (const counted &known : m_values)
            for (uint64_t n = known.count; n > 0; --n)
                keep(known.ps);
    } else if (m_different == most_values) {
        m_way = way::buckets;
        for (const counted &known : m_values)
            if (known.count)
                count(known.ps, known.count);
    }
    if (m_way != way::values) {
        m_values = {};
        if (m_way == way::samples)
            keep(ps);
        else
            count(ps);
        return;
    }
    if (2 * m_different >= m_values.size()) {
        std::vector<counted> old(std::max<size_t>(64, 2 * m_values.size()));
        old.swap(m_values);
        for (const counted &known : old)
            if (known.count)
                m_values[place_of(known.ps)] = known;
    }
    m_values[place_of(ps)] = {ps, 1};
    ++m_different;
}

void histogram::keep(uint64_t ps) {
    if (m_kept == exact_limit) {
        fold();
        count(ps);
        return;
    }
    if (m_kept % chunk_size == 0)
        m_chunks.emplace_back(new uint64_t[chunk_size]);
    m_chunks[m_kept / chunk_size][m_kept % chunk_size] = ps;
    ++m_kept;
}

void histogram::fold() {
    m_way = way::buckets;
    for (size_t i = 0; i < m_kept; ++i)
        count(m_chunks[i / chunk_size][i % chunk_size]);
    m_chunks.clear();
    m_chunks.shrink_to_fit();
}

std::vector<histogram::counted> histogram::sorted() const {
    std::vector<counted> all;
    if (m_way == way::values) {
        std::copy_if(m_values.begin(), m_values.end(), std::back_inserter(all),
                     [](const counted &known) { return known.count != 0; });
        std::sort(all.begin(), all.end(), [](const counted &a, const counted &b) { return a.ps < b.ps; });
    }
    return all;
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
    if (m_way == way::values) {
        const std::vector<counted> all = sorted();
        uint64_t passed = 0;
        auto at = all.begin();
        for (size_t i = 0; i < per_mille.size(); ++i) {
            while (passed + at->count <= rank(per_mille[i]))
                passed += at++->count;
            out[i] = at->ps;
        }
        return out;
    }
    if (m_way == way::samples) {
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
    if (m_way == way::values) {
        for (const counted &known : sorted())
            put(known.ps, known.count);
    } else if (m_way == way::buckets) {
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
