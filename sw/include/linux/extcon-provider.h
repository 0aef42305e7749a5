/* SPDX-License-Identifier: Apache-2.0 */
/* What drivers of external connectors use (Linux 6.1, include/linux/extcon-provider.h). */
#ifndef __LINUX_EXTCON_PROVIDER_H__
#define __LINUX_EXTCON_PROVIDER_H__

#include <linux/extcon.h>

__BEGIN_DECLS

/* `cable`: the ids that the connector has, ended by EXTCON_NONE; at most 32. ERR_PTR(-EINVAL), ERR_PTR(-ENOMEM). */
struct extcon_dev *extcon_dev_allocate(const unsigned int *cable);
void extcon_dev_free(struct extcon_dev *edev);
struct extcon_dev *devm_extcon_dev_allocate(struct device *dev, const unsigned int *cable);
void devm_extcon_dev_free(struct device *dev, struct extcon_dev *edev);

/* Process context. */
int extcon_dev_register(struct extcon_dev *edev);
void extcon_dev_unregister(struct extcon_dev *edev);
int devm_extcon_dev_register(struct device *dev, struct extcon_dev *edev);
void devm_extcon_dev_unregister(struct device *dev, struct extcon_dev *edev);

/* set_state only keeps the state, sync tells those who wait for it, set_state_sync does both if it is a new one. */
int extcon_set_state(struct extcon_dev *edev, unsigned int id, bool state);
int extcon_sync(struct extcon_dev *edev, unsigned int id);
int extcon_set_state_sync(struct extcon_dev *edev, unsigned int id, bool state);

__END_DECLS

#endif
