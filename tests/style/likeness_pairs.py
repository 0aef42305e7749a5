# SPDX-License-Identifier: Apache-2.0
"""Functions compared without their names: each of ours with every one of the Linux files that its file stands for.

A unit is a function, a lambda, a macro of several lines, or a family: the macros of several lines of one header taken
together. The names of the units do not matter, only their tokens. Which Linux files a file stands for:

  - those that the comment at its head names: "(Linux: kernel/time/timer.c, timerqueue.c)"
  - those of the same folder, or of the folders that FOLDERS lists for it (a header: only the one of the same path)
  - those of the same name in any folder

Stretches of tokens that both have (an index of shingles) decide which pairs are worth an alignment."""
import bisect
import collections
import os
import re

FOLDERS = {
    'sw/bare': 'lib/string.c',
    'sw/drivers/tty': 'drivers/tty/serial/8250',
    'sw/kernel/entry': 'arch/arm64/kernel kernel/entry',
    'sw/kernel/fs': 'fs fs/sysfs fs/proc fs/kernfs fs/debugfs lib/kobject.c lib/kobject_uevent.c drivers/char/misc.c',
    'sw/kernel/init': 'init',
    'sw/kernel/module': 'kernel/module kernel/params.c',
    'sw/kernel/power': 'kernel/power drivers/base/power',
    'sw/kernel/proc': 'fs/proc',
    'sw/kernel/softirq': 'kernel/softirq.c',
    'sw/kernel/workqueue': 'kernel/workqueue.c',
}
HEADERS = ('sw/include/', 'include/')
HEAD_LINES = 12

MACRO = re.compile(r'^[ \t]*#[ \t]*define[ \t]+(\w+)(\([^)]*\))?((?:[^\n]*\\\n)+[^\n]*)', re.M)
NAMED = re.compile(r'[\w-]+(?:/[\w-]+)*(?:\.[ch])?')
FAMILY = '(macros)'

# What a pair may have in common, by the tokens that ours has: (tokens, exact, shape). A short function is half signature,
# and short code has the shape of some other code by chance: these are what unrelated folders of Linux do not reach.
FAMILY_LIMITS = .80, .90  # most of a family of macros is names and arguments, which are interface
LIMITS = (45, .80, .95), (60, .50, .75), (80, .50, .70), (120, .50, .60)
EXACT_SHINGLE, SHAPE_SHINGLE, COMMON = 4, 6, 150

Unit = collections.namedtuple('Unit', 'name file first last exact shape')
Pair = collections.namedtuple('Pair', 'exact shape ours theirs')


def stands_for(file, text, linux_files):
    """The Linux files that one of ours stands for."""
    by_name, by_folder = linux_files
    wanted = set()
    head = re.search(r'\(Linux:([^)]*)\)', ' '.join(line.strip('/* \t') for line in text.split('\n')[:HEAD_LINES]))
    said = NAMED.findall(head[1]) if head else []
    folder, base = os.path.split(file)
    stem = base.rsplit('.', 1)[0]
    if file.startswith(HEADERS[0]):
        places = [HEADERS[1] + file[len(HEADERS[0]):]]
        if places[0].startswith('include/asm/'):
            places += ['arch/arm64/' + places[0], places[0].replace('include/asm/', 'include/asm-generic/')]
    else:
        places = FOLDERS.get(folder, folder[len('sw/'):]).split()
    for place in places + said:
        wanted |= by_folder.get(place, set())
        wanted |= by_name.get(os.path.basename(place), set()) & ({place} if '/' in place else by_name.get(place, set()))
    for name in {stem, stem.replace('_', '-'), stem.replace('-', '_')} if not said or base.endswith('.h') else ():
        wanted |= {f for f in by_name.get(name + '.c', ()) if f.startswith(('kernel/', 'lib/', 'mm/', 'fs/', 'drivers/base/'))}
    return wanted


def index_of_files(names):
    by_name, by_folder = collections.defaultdict(set), collections.defaultdict(set)
    for name in names:
        folder, base = os.path.split(name)
        by_name[base].add(name)
        by_folder[folder].add(name)
    return by_name, by_folder


def limits(size):
    """The exact share and the shape that a unit of this size may have in common with one of Linux; None: too short."""
    if size < LIMITS[0][0]:
        return None
    for (low, *at_low), (high, *at_high) in zip(LIMITS, LIMITS[1:]):
        if size < high:
            return tuple(x + (y - x) * (size - low) / (high - low) for x, y in zip(at_low, at_high))
    return LIMITS[-1][1:]


def sliced(name, file, first, last, source, skip=0):
    a, b = bisect.bisect_left(source.lines, first) + skip, bisect.bisect_right(source.lines, last)
    return Unit(name, file, first, last, source.exact[a:b], source.shape[a:b])


def macros(file, text, source, lexer):
    """What macros of several lines stand for, each and all together."""
    family = [], []
    for match in MACRO.finditer(text):
        first = text.count('\n', 0, match.start()) + 1
        skip = 3 + sum(1 for token in lexer.finditer(match[2] or '') if token.group() != '\n')
        one = sliced(match[1], file, first, first + match[3].count('\n'), source, skip)
        family[0].extend(one.exact)
        family[1].extend(one.shape)
        yield one
    if family[0]:
        yield Unit(FAMILY, file, 1, 1, *family)


def closing(tokens, i):
    """The index of the bracket that closes the one at i."""
    depth, pairs = 0, {'(': ')', '{': '}', '[': ']', '<': '>'}
    opening, end = tokens[i], pairs[tokens[i]]
    for j in range(i, len(tokens)):
        depth += (tokens[j] == opening) - (tokens[j] == end)
        if not depth:
            return j
    return len(tokens) - 1


def lambdas(file, text, lexer, tokens):
    """Each lambda of C++ as a unit of its own."""
    if '](' not in text.replace(' ', '') and '] {' not in text:
        return
    found, places, lines, line = [], [], [], 1
    for match in lexer.finditer(text):
        token = match.group()
        if token != '\n' and not match.lastgroup:
            found.append(token)
            places.append(match.span())
            lines.append(line)
        line += token.count('\n')
    for i, token in enumerate(found):
        if token != '[' or i == 0 or re.match(r'[\w\])"]', found[i - 1]) and found[i - 1] != 'return' or found[i - 1] == '[':
            continue
        j = closing(found, i) + 1
        if j < len(found) and found[j] == '(':
            j = closing(found, j) + 1
        while j < len(found) and re.match(r'mutable|noexcept|->|\w|\*|&|::|<|>', found[j]) and j < i + 40:
            j += 1
        if j < len(found) and found[j] == '{':
            end = closing(found, j)
            source = tokens(text[places[i][0]:places[end][1]])
            yield Unit(f'lambda:{lines[i]}', file, lines[i], lines[end], source.exact, source.shape)


def shingles(items, size):
    return {hash(tuple(items[p:p + size])) for p in range(len(items) - size + 1)}


class Shelf:
    """Linux's units of some files, and which of them have which stretch of tokens. What very many have says nothing."""

    def __init__(self, units):
        self.units = [u for u in units if len(u.exact) * 3 >= LIMITS[0][0] * 2]
        self.having = collections.defaultdict(list)
        for number, unit in enumerate(self.units):
            for key in keys(unit):
                self.having[key].append(number)

    def candidates(self, unit):
        """Units that have so much in common with this one that an alignment may find a copy."""
        hits = collections.Counter(), collections.Counter()
        for key in keys(unit):
            places = self.having.get(key, ())
            if len(places) < COMMON:
                hits[key[0]].update(places)
        for number in sorted(hits[0].keys() | hits[1].keys()):
            other, a = self.units[number], len(unit.exact)
            b, family = len(other.exact), unit.name == FAMILY
            if family != (other.name == FAMILY) or not family and max(a, b) >= 3 * min(a, b):
                continue
            if family or hits[0][number] * 12 >= a + b or hits[1][number] * 12 >= a + b:
                yield other


def keys(unit):
    return [(0, one) for one in shingles(unit.exact, EXACT_SHINGLE)] + [(1, one) for one in shingles(unit.shape, SHAPE_SHINGLE)]


def units_of_file(file, text, source, functions, lexer):
    for name, first, last in functions:
        if not name.startswith('__anon'):
            yield sliced(name, file, first, last, source)
    yield from macros(file, text, source, lexer)


def pairs(ours, stands, theirs, share):
    """The pairs above their limits, each of our units with the one of Linux that is most like it.

    ours: our units; stands: our file -> Linux files; theirs: Linux file -> units; share: two lists -> their common share"""
    groups = collections.defaultdict(list)
    for unit in ours:
        if limits(len(unit.exact)):
            groups[frozenset(stands[unit.file])].append(unit)
    found = []
    for files, some in groups.items():
        shelf = Shelf(u for f in sorted(files) for u in theirs.get(f, ()))
        for unit in some:
            best = None
            exact_limit, shape_limit = FAMILY_LIMITS if unit.name == FAMILY else limits(len(unit.exact))
            for other in shelf.candidates(unit):
                exact, shape = share(unit.exact, other.exact), share(unit.shape, other.shape)
                over = max(exact / exact_limit, shape / shape_limit)
                if over > 1 and (best is None or over > best[0]):
                    best = over, Pair(exact, shape, unit, other)
            if best:
                found.append(best[1])
    return sorted(found, key=lambda p: (p.ours.file, p.ours.first, p.ours.last))
