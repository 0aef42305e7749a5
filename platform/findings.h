// SPDX-License-Identifier: Apache-2.0
//
// What the kernel reported as a defect of a driver: the summary at the end of a run, --junit, and the objects of the
// other outputs.
#ifndef RK3568_PLATFORM_FINDINGS_H
#define RK3568_PLATFORM_FINDINGS_H

#include "platform/baseline.h"
#include "platform/port/finding_log.h"

#include <string>
#include <vector>

namespace rk3568 {

// The name of the check that made it, and what to look at; that is empty where the text says it all.
std::string name_of_kind(const finding &f);
std::string hint_for(const finding &f);
bool is_kind(const std::string &name);

// Those that no waiver is for.
size_t open_findings(const finding_log &log, const baseline &known);

// A few lines for each, for standard error; empty without findings.
std::string summary_of(const finding_log &log, const baseline &known);

// The array of objects that --latency's JSON has, see docs/OUTPUTS.md.
std::string findings_json(const finding_log &log, const baseline &known);

// JUnit's XML: one test case for the run, or one failed (or skipped) case for each finding.
std::string junit_of(const finding_log &log, const baseline &known, const std::string &command);

} // namespace rk3568

#endif
