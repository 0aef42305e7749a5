# What platform/gdb needs, on top of packages.run.
gdb                         the debugger
