// SPDX-License-Identifier: Apache-2.0
//
// --baseline: findings that are known and waived for a while. A line each:
//
//     KIND FILE:LINE DATE REASON          # comments and empty lines
//     left-at-unload panel.c:175 2027-03-31 the firmware frees it
//
// KIND is a name of sw/port/findings.h; FILE is the end of a path, LINE a number or `*`; from the day after DATE
// (YYYY-MM-DD) on the waiver counts no more. Today's date is the host's, or that of SOURCE_DATE_EPOCH.
#ifndef RK3568_PLATFORM_BASELINE_H
#define RK3568_PLATFORM_BASELINE_H

#include "platform/port/finding_log.h"

#include <string>
#include <vector>

namespace rk3568 {

struct waiver {
    std::string kind, file, line, until, reason;
    unsigned number; // of its line in the file
};

class baseline {
public:
    baseline() = default;
    // Throws std::runtime_error with one line.
    explicit baseline(const std::string &path);

    // Null: the finding is open.
    const waiver *waiver_for(const finding &f) const;
    // A line for each waiver that has expired, and for each that was not needed.
    std::string remarks(const finding_log &log) const;

private:
    std::string m_path, m_today;
    std::vector<waiver> m_waivers;
};

} // namespace rk3568

#endif
