# SPDX-License-Identifier: Apache-2.0
"""gdb's side of platform/gdb: symbols of the simulated kernel and its modules, and what they are doing."""
import gdb

for setting in ('set breakpoint pending on', 'set confirm off', 'set print thread-events off', 'set python print-stack message',
                # The simulator turns its software's faults into the exceptions of the cores.
                'handle SIGSEGV nostop noprint pass', 'handle SIGBUS nostop noprint pass', 'handle SIGFPE nostop noprint pass',
                'handle SIGILL nostop noprint pass'):
    gdb.execute(setting, to_string=True)


class ImageLoaded(gdb.Breakpoint):
    """An image was mapped: its symbols are read, and breakpoints that waited for them are set."""

    def __init__(self):
        super().__init__('*rk3568_image_loaded', internal=True)
        self.silent = True

    def stop(self):
        # The platform has line tables alone: arguments are where the x86-64 ABI has them.
        path = gdb.parse_and_eval('(char *) $rdi').string()
        base = int(gdb.parse_and_eval('(unsigned long) $rsi'))
        gdb.execute(f'add-symbol-file "{path}" -o {base:#x}', to_string=True)
        return False


class ImageGone(gdb.Breakpoint):
    def __init__(self):
        super().__init__('*rk3568_image_gone', internal=True)
        self.silent = True

    def stop(self):
        base = int(gdb.parse_and_eval('(unsigned long) $rdi'))
        try:
            gdb.execute(f'remove-symbol-file -a {base:#x}', to_string=True)
        except gdb.error:
            pass  # it was never linked
        return False


ImageLoaded()
ImageGone()


def entries(head, kind, member):
    """The elements of a list_head."""
    struct = gdb.lookup_type(kind)
    offset = next(f.bitpos // 8 for f in struct.fields() if f.name == member)
    node = head['next']
    while int(node) != int(head.address):
        yield (int(node) - offset), gdb.Value(int(node) - offset).cast(struct.pointer()).dereference()
        node = node['next']


def of_tree(root):
    """(index, pointer) of each entry of an xarray."""
    kind = gdb.lookup_type('xa_node').pointer()

    def walk(node, prefix):
        for i in range(64):
            entry = int(node['slots'][i])
            if entry and int(node['shift']):
                yield from walk(gdb.Value(entry).cast(kind).dereference(), prefix + (i << int(node['shift'])))
            elif entry:
                yield prefix + i, entry

    if int(root['root']):
        yield from walk(root['root'].dereference(), 0)


class Command(gdb.Command):
    """rk-help: the commands for the simulated kernel"""

    def __init__(self, name, show):
        super().__init__(name, gdb.COMMAND_STATUS)
        self.show = show

    def invoke(self, argument, from_tty):
        try:
            self.show(argument)
        except gdb.error as error:
            raise gdb.GdbError(f'{error} (is the kernel running?)')


def tasks(_):
    print('%6s %-16s %-8s %4s' % ('PID', 'NAME', 'STATE', 'PRIO'))
    for _, task in entries(gdb.parse_and_eval('init_task.tasks'), 'task_struct', 'tasks'):
        bits = int(task['__state'])
        state = 'running' if int(task['on_cpu']) else 'idle' if bits & 0x400 else \
            {0: 'ready', 1: 'sleeps', 2: 'blocked'}.get(bits & 3, '?')
        print('%6d %-16s %-8s %4d' % (task['pid'], task['comm'].string(), state, task['prio']))


def irqs(_):
    print('%4s %8s %-20s %5s %8s  %s' % ('IRQ', 'HWIRQ', 'CHIP', 'DEPTH', 'COUNT', 'HANDLERS'))
    for number, at in of_tree(gdb.parse_and_eval("'(anonymous namespace)::lines'")):
        desc = gdb.Value(at).cast(gdb.lookup_type('irq_desc').pointer()).dereference()
        names, action = [], desc['action']
        while int(action):
            names.append(action['name'].string() if int(action['name']) else '?')
            action = action['next']
        chip = desc['irq_data']['chip']
        print('%4d %8d %-20s %5d %8d  %s' % (number, desc['irq_data']['hwirq'], chip['name'].string() if int(chip['name']) else '-',
                                              desc['depth'], desc['tot_count'], ', '.join(names)))


def workqueues(_):
    for _, queue in entries(gdb.parse_and_eval('workqueues'), 'workqueue_struct', 'list'):
        print('%-24s flags %#x' % (queue['name'].string(), queue['flags']))


def explain(_):
    print('''rk-tasks       the simulated kernel's tasks
rk-irqs        its interrupt lines and their handlers
rk-workqueues  its workqueues
break FILE:LINE works before the module is loaded; bt goes through the kernel down to the vector.''')


Command('rk-tasks', tasks)
Command('rk-irqs', irqs)
Command('rk-workqueues', workqueues)
Command('rk-help', explain)
