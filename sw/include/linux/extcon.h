/* SPDX-License-Identifier: Apache-2.0 */
/* External connectors, and who wants to know what is plugged in (Linux 6.1, include/linux/extcon.h). */
#ifndef __LINUX_EXTCON_H__
#define __LINUX_EXTCON_H__

#include <linux/device.h>
#include <linux/notifier.h>

#define EXTCON_NONE	       0
#define EXTCON_USB	       1
#define EXTCON_USB_HOST	       2
#define EXTCON_CHG_USB_SDP     5
#define EXTCON_CHG_USB_DCP     6
#define EXTCON_CHG_USB_CDP     7
#define EXTCON_CHG_USB_ACA     8
#define EXTCON_CHG_USB_FAST    9
#define EXTCON_CHG_USB_SLOW    10
#define EXTCON_CHG_WPT	       11
#define EXTCON_CHG_USB_PD      12
#define EXTCON_JACK_MICROPHONE 20
#define EXTCON_JACK_HEADPHONE  21
#define EXTCON_JACK_LINE_IN    22
#define EXTCON_JACK_LINE_OUT   23
#define EXTCON_JACK_VIDEO_IN   24
#define EXTCON_JACK_VIDEO_OUT  25
#define EXTCON_JACK_SPDIF_IN   26
#define EXTCON_JACK_SPDIF_OUT  27
#define EXTCON_DISP_HDMI       40
#define EXTCON_DISP_MHL	       41
#define EXTCON_DISP_DVI	       42
#define EXTCON_DISP_VGA	       43
#define EXTCON_DISP_DP	       44
#define EXTCON_DISP_HMD	       45
#define EXTCON_DISP_CVBS       46
#define EXTCON_DISP_EDP	       47
#define EXTCON_DOCK	       60
#define EXTCON_JIG	       61
#define EXTCON_MECHANICAL      62
#define EXTCON_NUM	       63

struct extcon_dev;

__BEGIN_DECLS

/* 0 or 1; -EINVAL without a device or for a cable that it does not have. Any context. */
int extcon_get_state(struct extcon_dev *edev, unsigned int id);

/* Called with the state as the action and the extcon_dev as the data, in the context of extcon_sync's caller. */
int extcon_register_notifier(struct extcon_dev *edev, unsigned int id, struct notifier_block *nb);
int extcon_unregister_notifier(struct extcon_dev *edev, unsigned int id, struct notifier_block *nb);
int devm_extcon_register_notifier(struct device *dev, struct extcon_dev *edev, unsigned int id,
				  struct notifier_block *nb);
int extcon_register_notifier_all(struct extcon_dev *edev, struct notifier_block *nb);
int extcon_unregister_notifier_all(struct extcon_dev *edev, struct notifier_block *nb);

/* ERR_PTR(-EPROBE_DEFER) while there is none. */
struct extcon_dev *extcon_get_extcon_dev(const char *extcon_name);
struct extcon_dev *extcon_find_edev_by_node(struct device_node *node);
/* The device's property "extcon". */
struct extcon_dev *extcon_get_edev_by_phandle(struct device *dev, int index);
const char *extcon_get_edev_name(struct extcon_dev *edev);

__END_DECLS

#endif
