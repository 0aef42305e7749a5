// SPDX-License-Identifier: Apache-2.0
#include "kernel/init/shell_paths.h"

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "kernel/fs/vfs.h"
#include "kernel/init/shell.h"

namespace {

enum : size_t { MAX_PATH = 256, MAX_NAMES = 512, LONGEST_WORD = 40 };

const char *name_of(const struct dentry *dentry) {
    return reinterpret_cast<const char *>(dentry->d_name.name);
}

int by_name(const void *a, const void *b) {
    return strcmp(name_of(*static_cast<struct dentry *const *>(a)), name_of(*static_cast<struct dentry *const *>(b)));
}

// The children of a folder that fit, sorted by name, each with a reference.
struct matching_children {
    const char *pattern;
    unsigned count;
    struct dentry *entries[MAX_NAMES];
};

bool add_if_matching(struct dentry *child, void *arg) {
    matching_children *list = static_cast<matching_children *>(arg);
    if (list->count < MAX_NAMES && name_matches(list->pattern, name_of(child)))
        list->entries[list->count++] = vfs_get(child);
    return list->count < MAX_NAMES;
}

// Walks a pattern component by component. `path` holds what is fixed so far, without a '/' at its end.
struct matcher {
    char path[MAX_PATH];
    void (*found)(const char *path, void *arg);
    void *arg;
    bool any;

    void walk(const char *rest) {
        while (*rest == '/')
            rest++;
        if (!*rest) {
            any = true;
            found(path, arg);
            return;
        }
        struct dentry *folder = vfs_lookup(path[0] ? path : "/", true);
        if (IS_ERR(folder))
            return;
        matching_children *list = static_cast<matching_children *>(kzalloc(sizeof(*list), GFP_KERNEL));
        if (list && S_ISDIR(folder->d_inode->i_mode))
            walk_children(*list, folder, rest);
        kfree(list);
        vfs_put(folder);
    }

    void walk_children(matching_children &list, struct dentry *folder, const char *rest) {
        char component[MAX_PATH];
        const size_t length = strcspn(rest, "/");
        if (length >= sizeof(component))
            return;
        memcpy(component, rest, length);
        component[length] = '\0';
        list.pattern = component;
        vfs_for_each_child(folder, add_if_matching, &list);
        sort(list.entries, list.count, sizeof(list.entries[0]), by_name, nullptr);
        const size_t before = strlen(path);
        for (unsigned i = 0; i < list.count; i++) {
            scnprintf(path + before, sizeof(path) - before, "/%s", name_of(list.entries[i]));
            walk(rest + length);
            path[before] = '\0';
            vfs_put(list.entries[i]);
        }
    }
};

// One character against one element of a pattern; the element's end in *after.
bool element_matches(const char *element, char c, const char **after) {
    if (*element != '[' || !strchr(element + 1, ']')) {
        *after = element + 1;
        return *element == '?' || *element == c;
    }
    const char *p = element + 1;
    const bool inverted = *p == '!' || *p == '^';
    bool inside = false;
    p += inverted;
    do {
        const char low = *p;
        const char high = p[1] == '-' && p[2] != ']' ? p[2] : low;
        inside |= low <= c && c <= high;
        p += high == low && p[1] != '-' ? 1 : 3;
    } while (*p && *p != ']');
    *after = p + (*p == ']');
    return inside != inverted;
}

// How many letters have to be added, dropped or changed to make one word of the other.
unsigned distance(const char *a, const char *b) {
    const size_t width = strlen(b);
    if (width > LONGEST_WORD || strlen(a) > LONGEST_WORD)
        return UINT_MAX;
    unsigned row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            const unsigned changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = min3(changed, row[j] + 1, row[j - 1] + 1);
        }
    }
    return row[width];
}

// The nearest of the words that are offered; nothing that differs in more than a third of its letters.
struct nearest {
    const char *word;
    unsigned best;
    char name[LONGEST_WORD + 1];

    explicit nearest(const char *wanted)
        : word(wanted)
        , best(min<size_t>(3, (strlen(wanted) + 2) / 3) + 1)
        , name{} {}

    void offer(const char *candidate) {
        const unsigned d = distance(word, candidate);
        if (d < best) {
            best = d;
            strscpy(name, candidate, sizeof(name));
        }
    }
};

bool offer_child(struct dentry *child, void *arg) {
    static_cast<nearest *>(arg)->offer(name_of(child));
    return true;
}

} // namespace

bool name_matches(const char *pattern, const char *name) {
    const char *star = nullptr, *resume = nullptr, *after;
    if (*name == '.' && *pattern != '.')
        return false;
    while (*name) {
        if (*pattern == '*') {
            star = ++pattern;
            resume = name;
        } else if (*pattern && element_matches(pattern, *name, &after)) {
            pattern = after;
            name++;
        } else if (star) {
            pattern = star;
            name = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

bool paths_that_match(const char *pattern, void (*found)(const char *path, void *arg), void *arg) {
    if (*pattern != '/')
        return false;
    matcher m = {"", found, arg, false};
    m.walk(pattern);
    return m.any;
}

void suggest_path(const char *path, char *text, size_t size) {
    char folder[MAX_PATH];
    text[0] = '\0';
    // The longest part of the path that is there; what follows it is the word that may be mistyped.
    if (*path != '/' || strscpy(folder, path, sizeof(folder)) < 0)
        return;
    for (char *cut = strrchr(folder, '/'); cut; cut = strrchr(folder, '/')) {
        char word[MAX_PATH];
        const size_t length = cut - folder;
        const char *wrong = path + length + 1;
        const size_t wrong_length = strcspn(wrong, "/");
        *cut = '\0';
        struct dentry *dir = vfs_lookup(length ? folder : "/", true);
        if (IS_ERR(dir))
            continue;
        scnprintf(word, sizeof(word), "%.*s", static_cast<int>(wrong_length), wrong);
        nearest near(word);
        if (S_ISDIR(dir->d_inode->i_mode))
            vfs_for_each_child(dir, offer_child, &near);
        vfs_put(dir);
        if (near.name[0])
            scnprintf(text, size, " (did you mean %s/%s%s?)", folder, near.name, wrong + wrong_length);
        return;
    }
}

void suggest_command(const char *name, char *text, size_t size) {
    nearest near(name);
    for_each_command([&](const struct shell_command &command) { near.offer(command.name); });
    text[0] = '\0';
    if (near.name[0])
        scnprintf(text, size, " (did you mean %s?)", near.name);
    else
        scnprintf(text, size, " (help lists the commands)");
}
