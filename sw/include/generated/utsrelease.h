/* SPDX-License-Identifier: Apache-2.0 */
/* What uname would say: the release and the version of the kernel that this one behaves like. */
#define UTS_RELEASE "6.1.192-rk3568-sim"
#define UTS_VERSION "#1 SMP PREEMPT"
