// SPDX-License-Identifier: Apache-2.0
/*
 * The console on a DesignWare UART (Linux: drivers/tty/serial/8250). There are no terminals here, so a port that no
 * console= names is left alone. Written as Linux writes it while nothing has opened the terminal: interrupts masked,
 * the UART's interrupts off, and before each character a wait until the transmitter has taken the one before.
 */
#include <linux/console.h>
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/module.h>
#include <linux/nmi.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/serial_reg.h>
#include <linux/spinlock.h>

namespace {

constexpr unsigned nr_ports = 10;
constexpr unsigned both_empty = UART_LSR_TEMT | UART_LSR_THRE;

struct uart_port {
    spinlock_t lock;
    void __iomem *membase; // null: no such port
    u32 uartclk;           // Hz
};
uart_port ports[nr_ports];

u32 serial_in(const uart_port *port, unsigned offset) {
    return readl(static_cast<char __iomem *>(port->membase) + (offset << 2));
}

void serial_out(const uart_port *port, unsigned offset, u32 value) {
    writel(value, static_cast<char __iomem *>(port->membase) + (offset << 2));
}

// Gives up after 10 ms: a slow line loses characters rather than the system its time.
void wait_for_lsr(const uart_port *port, unsigned bits) {
    for (unsigned tries = 10000; tries; tries--) {
        if ((serial_in(port, UART_LSR) & bits) == bits)
            return;
        udelay(1);
        touch_nmi_watchdog();
    }
}

void put_character(const uart_port *port, char c) {
    wait_for_lsr(port, UART_LSR_THRE);
    serial_out(port, UART_TX, static_cast<u8>(c));
}

void serial8250_console_write(struct console *co, const char *s, unsigned int count) {
    uart_port *port = &ports[co->index];
    unsigned long flags = 0;
    bool locked = true;

    touch_nmi_watchdog();
    // In an oops the lock's owner may be the one who fell.
    if (oops_in_progress)
        locked = spin_trylock_irqsave(&port->lock, flags);
    else
        spin_lock_irqsave(&port->lock, flags);
    u32 ier = serial_in(port, UART_IER);
    serial_out(port, UART_IER, 0);
    for (unsigned int i = 0; i < count; i++) {
        if (s[i] == '\n')
            put_character(port, '\r');
        put_character(port, s[i]);
    }
    wait_for_lsr(port, both_empty);
    serial_out(port, UART_IER, ier);
    if (locked)
        spin_unlock_irqrestore(&port->lock, flags);
}

// BAUD, then perhaps a letter for the parity and a digit for the bits: 1500000n8. A flow control behind it is ignored.
int serial8250_console_setup(struct console *co, char *options) {
    unsigned long baud = 9600;
    u32 lcr = UART_LCR_WLEN8;

    if (co->index >= static_cast<int>(nr_ports) || !ports[co->index].membase)
        return -ENODEV;
    const uart_port *port = &ports[co->index];
    if (options) {
        char *rest = options;

        baud = simple_strtoul(options, &rest, 10);
        char parity = *rest ? *rest++ : 'n';
        if (parity == 'o' || parity == 'e')
            lcr |= UART_LCR_PARITY | (parity == 'e' ? UART_LCR_EPAR : 0);
        if (*rest == '7')
            lcr = (lcr & ~3u) | UART_LCR_WLEN7;
    }
    if (!baud)
        baud = 9600;
    u32 divisor = static_cast<u32>(clamp(DIV_ROUND_CLOSEST(port->uartclk, 16 * baud), 1ul, 0xfffful));
    serial_out(port, UART_IER, 0);
    serial_out(port, UART_LCR, lcr | UART_LCR_DLAB);
    serial_out(port, UART_DLL, divisor & 0xff);
    serial_out(port, UART_DLM, divisor >> 8);
    serial_out(port, UART_LCR, lcr);
    serial_out(port, UART_FCR, UART_FCR_ENABLE_FIFO);
    serial_out(port, UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_R_TRIG_10);
    serial_out(port, UART_MCR, UART_MCR_DTR | UART_MCR_RTS);
    return 0;
}

struct console univ8250_console = {
    .name = "ttyS",
    .write = serial8250_console_write,
    .setup = serial8250_console_setup,
    .flags = CON_PRINTBUFFER,
    .index = -1,
};

u32 clock_rate(device_node *np) {
    of_phandle_args args;
    u32 rate = 24000000;

    if (of_property_read_u32(np, "clock-frequency", &rate) &&
        !of_parse_phandle_with_args(np, "clocks", "#clock-cells", 0, &args))
        of_property_read_u32(args.np, "clock-frequency", &rate);
    return rate;
}

int dw8250_probe(platform_device *pdev) {
    int line = of_alias_get_id(pdev->dev.of_node, "serial");
    resource *regs = platform_get_resource(pdev, IORESOURCE_MEM, 0);

    if (!console_set_on_cmdline || line < 0 || line >= static_cast<int>(nr_ports) || !regs)
        return -ENODEV;
    void __iomem *membase = devm_platform_ioremap_resource(pdev, 0);
    if (IS_ERR(membase))
        return PTR_ERR(membase);
    uart_port *port = &ports[line];
    spin_lock_init(&port->lock);
    port->uartclk = clock_rate(pdev->dev.of_node);
    port->membase = membase;
    dev_info(&pdev->dev, "ttyS%d at MMIO 0x%llx (irq = 0, base_baud = %u) is a 16550A\n", line,
             static_cast<unsigned long long>(regs->start), port->uartclk / 16);
    if (!(univ8250_console.flags & CON_ENABLED))
        register_console(&univ8250_console);
    return 0;
}

const of_device_id dw8250_of_match[] = {
    {.compatible = "snps,dw-apb-uart"},
    {},
};

platform_driver dw8250_platform_driver = {
    .probe = dw8250_probe,
    .driver =
        {
            .name = "dw-apb-uart",
            .suppress_bind_attrs = true,
            .of_match_table = dw8250_of_match,
        },
};

} // namespace

static int __init dw8250_init(void) {
    return platform_driver_register(&dw8250_platform_driver);
}
device_initcall(dw8250_init);
