// SPDX-License-Identifier: Apache-2.0
// The attributes of a power supply: one for each of its properties, and "type".
#ifndef DRIVERS_POWER_SUPPLY_H
#define DRIVERS_POWER_SUPPLY_H

#include <linux/power_supply.h>

// Fills psy->attrs and psy->group. 0 or -ENOMEM.
int power_supply_make_attributes(struct power_supply *psy);
void power_supply_free_attributes(struct power_supply *psy);

#endif
