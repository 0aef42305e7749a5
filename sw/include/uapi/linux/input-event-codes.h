/* SPDX-License-Identifier: Apache-2.0 */
/* Event types and codes, the part that drivers of buttons, switches and knobs use. */
#ifndef _UAPI_INPUT_EVENT_CODES_H
#define _UAPI_INPUT_EVENT_CODES_H
#define INPUT_PROP_MAX 0x1f
#define INPUT_PROP_CNT (INPUT_PROP_MAX + 1)
#define EV_SYN 0x00
#define EV_KEY 0x01
#define EV_REL 0x02
#define EV_ABS 0x03
#define EV_MSC 0x04
#define EV_SW 0x05
#define EV_LED 0x11
#define EV_SND 0x12
#define EV_REP 0x14
#define EV_FF 0x15
#define EV_MAX 0x1f
#define EV_CNT (EV_MAX + 1)
#define SYN_REPORT 0
#define KEY_RESERVED 0
#define KEY_ESC 1
#define KEY_1 2
#define KEY_0 11
#define KEY_TAB 15
#define KEY_Q 16
#define KEY_ENTER 28
#define KEY_A 30
#define KEY_SPACE 57
#define KEY_F1 59
#define KEY_HOME 102
#define KEY_UP 103
#define KEY_LEFT 105
#define KEY_RIGHT 106
#define KEY_DOWN 108
#define KEY_MUTE 113
#define KEY_VOLUMEDOWN 114
#define KEY_VOLUMEUP 115
#define KEY_POWER 116
#define KEY_LEFTMETA 125
#define KEY_MENU 139
#define KEY_SLEEP 142
#define KEY_WAKEUP 143
#define KEY_BACK 158
#define KEY_CAMERA 212
#define BTN_MISC 0x100
#define BTN_0 0x100
#define BTN_1 0x101
#define BTN_LEFT 0x110
#define BTN_RIGHT 0x111
#define BTN_MIDDLE 0x112
#define KEY_ROTATE_LOCK_TOGGLE 0x231
#define KEY_MAX 0x2ff
#define KEY_CNT (KEY_MAX + 1)
#define REL_X 0x00
#define REL_Y 0x01
#define REL_Z 0x02
#define REL_HWHEEL 0x06
#define REL_DIAL 0x07
#define REL_WHEEL 0x08
#define REL_MISC 0x09
#define REL_MAX 0x0f
#define REL_CNT (REL_MAX + 1)
#define ABS_X 0x00
#define ABS_Y 0x01
#define ABS_Z 0x02
#define ABS_WHEEL 0x08
#define ABS_MISC 0x28
#define ABS_MAX 0x3f
#define ABS_CNT (ABS_MAX + 1)
#define SW_LID 0x00
#define SW_TABLET_MODE 0x01
#define SW_HEADPHONE_INSERT 0x02
#define SW_DOCK 0x05
#define SW_MAX 0x10
#define SW_CNT (SW_MAX + 1)
#define MSC_SERIAL 0x00
#define MSC_SCAN 0x04
#define MSC_MAX 0x07
#define MSC_CNT (MSC_MAX + 1)
#define LED_MAX 0x0f
#define LED_CNT (LED_MAX + 1)
#define SND_CLICK 0x00
#define SND_BELL 0x01
#define SND_TONE 0x02
#define SND_MAX 0x07
#define SND_CNT (SND_MAX + 1)
#endif
