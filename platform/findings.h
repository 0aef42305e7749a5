// SPDX-License-Identifier: Apache-2.0
//
// What the kernel reported as a defect of a driver: the summary at the end of a run, and --junit.
#ifndef RK3568_PLATFORM_FINDINGS_H
#define RK3568_PLATFORM_FINDINGS_H

#include "platform/port/finding_log.h"

#include <string>
#include <vector>

namespace rk3568 {

// What to look at for a finding with this text; empty where the text says it all.
std::string advice_for(const std::string &text);

// A few lines for each, for standard error; empty without findings.
std::string summary_of(const finding_log &log);

// The array of objects that --latency's JSON has, see docs/OUTPUTS.md.
std::string findings_json(const finding_log &log);

// JUnit's XML: one test case for the run, or one failed case for each finding.
std::string junit_of(const finding_log &log, const std::string &command);

} // namespace rk3568

#endif
