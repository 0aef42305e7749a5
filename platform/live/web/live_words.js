// SPDX-License-Identifier: Apache-2.0
// What the live page says besides the report's words.

export const LIVE_WORDS = {
  en: {
    title: "The board, live", board: "Board", console: "Console of the kernel", load: "insmod", unload: "rmmod",
    run: "run", pause: "pause", step_edge: "to the next edge", step_irq: "interrupt", step_switch: "context switch",
    step_finding: "finding", speed: "speed", speed_max: "as fast as it goes", follow: "follow", bounce: "bouncing contacts",
    save: "save the recording", end: "end the run", is_high: "high", is_low: "low", no_listener: "no driver listens on a pin yet",
    pins_help: "Click: press while held · Shift and click, or t: change the level · Space or Enter on a pin: press",
    state_running: "running", state_paused: "time stands still", state_booting: "booting", state_ending: "ending",
    state_gone: "The run has ended.", stopped_at: "last step: {0}", module: "driver.c, driver.ko, or a name",
    last: "The last press", last_handler: "{0} {1}: {2} from the edge to the handler.",
    last_thread: "{0} {1}: {2} from the edge to the handler, {3} to the thread.", last_busy: "Meanwhile ran: {0}.",
    last_none: "Press a button that a driver listens on.",
  },
  zh: {
    title: "实时开发板", board: "开发板", console: "内核控制台", load: "加载模块", unload: "卸载模块",
    run: "运行", pause: "暂停", step_edge: "到下一个边沿", step_irq: "到下一次中断", step_switch: "到下一次任务切换",
    step_finding: "到下一个问题", speed: "速度", speed_max: "全速", follow: "跟随", bounce: "触点抖动",
    save: "保存录制", end: "结束运行", is_high: "高电平", is_low: "低电平", no_listener: "还没有驱动监听任何引脚",
    pins_help: "点击：按住期间为按下 · Shift 加点击，或按 t：切换电平 · 选中引脚后按空格或 Enter：按下",
    state_running: "运行中", state_paused: "时间已停", state_booting: "正在启动", state_ending: "正在结束",
    state_gone: "运行已结束。", stopped_at: "上一步停在 {0}", module: "driver.c、driver.ko 或模块名",
    last: "最近一次按键", last_handler: "{0} {1}：从边沿到处理函数 {2}。",
    last_thread: "{0} {1}：从边沿到处理函数 {2}，到线程 {3}。", last_busy: "其间运行了：{0}。",
    last_none: "请按下有驱动监听的按键。",
  },
};
