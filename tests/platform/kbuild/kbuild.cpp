// SPDX-License-Identifier: Apache-2.0
//
// Folders of modules, as their authors have them: the same Makefile serves the board and the simulator.
#include "tests/sim.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

using namespace rk3568::test;

namespace {

struct folder : simulation {
    folder() { std::filesystem::create_directories(path("drv/sub")); }
    std::string drv() const { return path("drv"); }
    int make(const std::string &arguments) const {
        const std::string command =
            "cd '" + drv() + "' && make KDIR=" KDIR " " + arguments + " >'" + path("make.out") + "' 2>&1";
        return std::system(command.c_str());
    }
    outcome load(const std::string &what, std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--insmod", what, "--for", "1ms"});
        return run_plain(more);
    }
};

constexpr const char *hello = "#include <linux/module.h>\nstatic int number = 1;\nmodule_param(number, int, 0644);\n"
                              "static int __init in(void) { pr_info(\"hello=%d\\n\", number); return 0; }\n"
                              "static void __exit out(void) { pr_info(\"bye=%d\\n\", number); }\n"
                              "module_init(in);\nmodule_exit(out);\nMODULE_LICENSE(\"GPL\");\n";
constexpr const char *two_lines = "obj-m := hello.o\nall:\n\tmake -C $(KDIR) M=$(PWD) modules\n"
                                  "clean:\n\tmake -C $(KDIR) M=$(PWD) clean\n";
constexpr const char *provider = "#include <linux/module.h>\nint answer(void);\nint answer(void) { return 42; }\n"
                                 "EXPORT_SYMBOL_GPL(answer);\nMODULE_LICENSE(\"GPL\");\n"
                                 "static int __init in(void) { return 0; }\nstatic void __exit out(void) { }\n"
                                 "module_init(in);\nmodule_exit(out);\n";
constexpr const char *user = "#include <linux/module.h>\nint answer(void);\nMODULE_LICENSE(\"GPL\");\n"
                             "static int __init in(void) { pr_info(\"answer=%d\\n\", answer()); return 0; }\n"
                             "static void __exit out(void) { }\nmodule_init(in);\nmodule_exit(out);\n";

} // namespace

BOOST_AUTO_TEST_CASE(the_usual_makefile_builds_with_kdir_loads_and_cleans_up_after_itself) {
    folder f;
    f.file("drv/hello.c", hello);
    f.file("drv/Makefile", two_lines);
    BOOST_REQUIRE(f.make("ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-") == 0);
    BOOST_TEST(f.read("make.out").find("CC [M]") != std::string::npos, f.read("make.out"));
    const outcome r = f.load(f.drv() + "/hello.ko:number=7");
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("hello") == 7);
    BOOST_TEST(r.number("bye") == 7);
    BOOST_REQUIRE(f.make("clean") == 0);
    unsigned left = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(f.drv()))
        left += entry.is_regular_file();
    BOOST_TEST(left == 2u);
}

BOOST_AUTO_TEST_CASE(a_folder_is_built_outside_of_itself_and_loaded) {
    folder f;
    f.file("drv/hello.c", hello);
    f.file("drv/Makefile", two_lines);
    const outcome r = f.load(f.drv() + ":number=3");
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("hello") == 3);
    BOOST_TEST(!f.exists("drv/hello.o"));
    BOOST_TEST(!f.exists("drv/hello.ko"));
    BOOST_TEST(r.err.find("CC [M]") == std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_module_of_several_files_has_its_flags_and_one_name) {
    folder f;
    f.file("drv/Makefile", "ifneq ($(KERNELRELEASE),)\nobj-$(subst y,m,$(CONFIG_OF)) += two-part.o\ntwo-part-y := "
                           "main.o\ntwo-part-objs += sub/helper.o\n"
                           "ccflags-y := -DVALUE=5 -I$(src)/sub\nCFLAGS_main.o := -DONLY_MAIN\n"
                           "else\nall:\n\tmake -C $(KDIR) M=$(PWD)\nendif\n");
    f.file("drv/sub/helper.h", "int helper(void);\n");
    f.file("drv/sub/helper.c", "#include <linux/module.h>\n#include \"helper.h\"\n#ifdef ONLY_MAIN\n#error\n#endif\n"
                               "int helper(void) { pr_info(\"in %s\\n\", KBUILD_MODNAME); return VALUE; }\n");
    f.file("drv/main.c", "#include <linux/module.h>\n#include <helper.h>\n#ifndef ONLY_MAIN\n#error\n#endif\n"
                         "static int __init in(void) { pr_info(\"value=%d\\n\", helper()); return 0; }\n"
                         "static void __exit out(void) { }\nmodule_init(in);\nmodule_exit(out);\n"
                         "MODULE_LICENSE(\"GPL\");\n");
    const outcome r = f.load(f.drv(), {"--exec", "1us cat /proc/modules"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("value") == 5);
    BOOST_TEST(r.said("in two_part\n") == 1u, r.out);
    BOOST_TEST(r.said("two_part ") >= 1u, r.out);
    BOOST_REQUIRE(f.make("") == 0);
    BOOST_TEST(f.exists("drv/two-part.ko"));
}

BOOST_AUTO_TEST_CASE(modules_that_use_each_other_load_in_order_and_hold_each_other) {
    folder f;
    f.file("drv/a_user.c", user);
    f.file("drv/sub/provider.c", provider);
    f.file("drv/Makefile", "obj-m += a_user.o sub/\n");
    f.file("drv/sub/Makefile", "obj-m += provider.o\n");
    const outcome r =
        f.load(f.drv(), {"--exec", "1us cat /proc/modules", "--exec", "2us cat /sys/module/provider/refcnt", "--exec",
                         "3us ls /sys/module/provider/holders"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("answer") == 42);
    BOOST_TEST(r.out.find(" 1 a_user, Live 0x") != std::string::npos, r.out);
    const outcome held = f.load(f.drv(), {"--exec", "1us rmmod provider"});
    BOOST_TEST(held.status == 1);
    BOOST_TEST(held.err.find("Module provider is in use by: a_user") != std::string::npos, held.err);
}

BOOST_AUTO_TEST_CASE(parameters_of_a_folder_with_several_modules_say_whose_they_are) {
    folder f;
    f.file("drv/hello.c", hello);
    f.file("drv/other.c", hello);
    f.file("drv/Makefile", "obj-m := hello.o other.o\n");
    const outcome r = f.load(f.drv() + ":other.number=9");
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.said("hello=1\n") == 1u, r.out);
    BOOST_TEST(r.said("hello=9\n") == 1u, r.out);
    const outcome unclear = f.load(f.drv() + ":number=9");
    BOOST_TEST(unclear.status == 1);
    BOOST_TEST(unclear.err.find("it has 2 modules; expected MODULE.number=..., got number=...") != std::string::npos,
               unclear.err);
    const outcome nothing = f.load(f.drv() + ":third.number=9");
    BOOST_TEST(nothing.status == 1);
    BOOST_TEST(nothing.err.find("is for a module third, which is not there") != std::string::npos, nothing.err);
}

BOOST_AUTO_TEST_CASE(a_folder_without_makefile_module_or_source_is_refused_in_a_line) {
    folder f;
    outcome r = f.load(f.drv());
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("expected a Kbuild or a Makefile that names obj-m, found neither") != std::string::npos,
               r.err);
    f.file("drv/Makefile", "all:\n\ttrue\n");
    r = f.load(f.drv());
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("expected a module in obj-m, found none") != std::string::npos, r.err);
    f.file("drv/Makefile", "obj-m := gone.o\n");
    r = f.load(f.drv());
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.err.find("names gone.o, but") != std::string::npos, r.err);
    f.file("drv/gone.S", "nop\n");
    r = f.load(f.drv());
    BOOST_TEST(r.err.find("assembly for arm64 does not run on the simulated cores") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_change_of_a_header_builds_again_what_includes_it) {
    folder f;
    f.file("drv/Makefile", two_lines);
    f.file("drv/text.h", "#define TEXT \"first\"\n");
    f.file("drv/hello.c", "#include <linux/module.h>\n#include \"text.h\"\nMODULE_LICENSE(\"GPL\");\n"
                          "static int __init in(void) { pr_info(\"%s\\n\", TEXT); return 0; }\nmodule_init(in);\n"
                          "static void __exit out(void) { }\nmodule_exit(out);\n");
    BOOST_REQUIRE(f.make("") == 0);
    f.file("drv/text.h", "#define TEXT \"second\"\n");
    std::filesystem::last_write_time(f.path("drv/text.h"), std::filesystem::last_write_time(f.path("drv/hello.ko")) +
                                                               std::chrono::seconds(1));
    BOOST_REQUIRE(f.make("") == 0);
    const outcome r = f.load(f.drv() + "/hello.ko");
    BOOST_TEST(r.said("second\n") == 1u, r.out);
}

BOOST_AUTO_TEST_CASE(an_unknown_symbol_is_refused_in_the_kernels_words) {
    folder f;
    f.file("drv/a_user.c", user);
    f.file("drv/Makefile", "obj-m := a_user.o\n");
    const outcome r = f.load(f.drv());
    BOOST_TEST(r.status == 1);
    BOOST_TEST(r.said("a_user: Unknown symbol answer (err -2)") == 1u, r.out);
    BOOST_TEST(r.err.find("could not insert module a_user.ko: Unknown symbol in module") != std::string::npos, r.err);
}

BOOST_AUTO_TEST_CASE(a_parameter_is_written_while_the_module_runs) {
    folder f;
    f.file("drv/hello.c", hello);
    const outcome r = f.load(f.drv() + "/hello.c", {"--exec", "1us echo 23 > /sys/module/hello/parameters/number",
                                                    "--exec", "2us cat /sys/module/hello/parameters/number"});
    BOOST_TEST(r.status == 0, r.err);
    BOOST_TEST(r.number("bye") == 23);
}

// As kbuild does it: a dash and a comma become underscores, a dot stays.
BOOST_AUTO_TEST_CASE(a_file_name_with_a_dash_or_a_dot_is_a_modules_name_to_insmod_and_rmmod) {
    folder f;
    f.file("drv/my-hello.v2.c", hello);
    f.file("drv/Makefile", "obj-m := my-hello.v2.o\n");
    for (const char *what : {"", "/my-hello.v2.c"}) {
        const outcome r = f.load(f.drv() + what, {"--exec", "1us rmmod my-hello.v2"});
        BOOST_TEST(r.status == 0, r.err);
        BOOST_TEST(r.said("my_hello.v2: loading out-of-tree module taints kernel.") == 1u, r.out);
        BOOST_TEST(r.number("bye") == 1);
    }
}

BOOST_AUTO_TEST_CASE(kasan_instruments_a_source_and_a_folder_and_says_where) {
    folder f;
    f.file("drv/over.c", R"(
#include <linux/module.h>
#include <linux/slab.h>
static int __init in(void)
{
	char *p = kmalloc(24, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	WRITE_ONCE(p[24], 1);
	kfree(p);
	return 0;
}
static void __exit out(void) { }
module_init(in);
module_exit(out);
MODULE_LICENSE("GPL");
)");
    f.file("drv/Makefile", "obj-m := over.o\n");
    for (const char *what : {"", "/over.c"}) {
        const outcome r = f.load(f.drv() + what, {"--kasan"});
        BOOST_TEST(r.status == 2, r.err);
        BOOST_TEST(r.said("BUG: KASAN: slab-out-of-bounds in in+") == 1u, r.out);
        BOOST_TEST(r.said("Write of size 1 at addr ffff0000") == 1u, r.out);
        BOOST_TEST(r.said("Allocated by task ") == 1u, r.out);
        BOOST_TEST(r.said(" which belongs to the cache kmalloc-128 of size 128") == 1u, r.out);
        BOOST_TEST(r.said("The buggy address is located 0 bytes to the right of") == 1u, r.out);
        BOOST_TEST(r.said("over.c:9\n") == 1u, r.out);
    }
}

// A compiler that counts how often it is called.
struct counted_compiler : folder {
    counted_compiler() {
        std::filesystem::create_directories(path("bin"));
        file("bin/" CLANG, "#!/bin/sh\necho called >> '" + path("calls") + "'\nexec /usr/bin/" CLANG " \"$@\"\n");
        std::filesystem::permissions(path("bin/" CLANG), std::filesystem::perms::owner_all);
        const std::string before = std::getenv("PATH");
        setenv("PATH", (path("bin") + ":" + before).c_str(), 1);
        file("calls", "");
    }
    long calls() const {
        const std::string log = read("calls");
        return std::count(log.begin(), log.end(), '\n');
    }
};

BOOST_AUTO_TEST_CASE(a_module_is_compiled_again_only_when_something_that_it_is_made_of_changes) {
    counted_compiler f;
    const std::string source = f.file("hello.c", "#include \"value.h\"\n" + std::string(hello));
    f.file("value.h", "#define VALUE 1\n");
    const auto runs = [&](long compiled, std::vector<std::string> more = {}) {
        const outcome r = f.load(source, std::move(more));
        BOOST_TEST(r.status == 0, r.err);
        BOOST_TEST(r.number("hello") == 1);
        BOOST_TEST(f.calls() == compiled);
    };
    runs(1);
    runs(1);
    f.file("value.h", "#define VALUE 22\n");
    runs(2);
    runs(2);
    f.file("hello.c", "#include \"value.h\"\n\n" + std::string(hello));
    runs(3);
    runs(3);
    runs(4, {"--kasan"});
    runs(4);
}

BOOST_AUTO_TEST_CASE(a_warning_of_the_compiler_is_there_in_every_run) {
    counted_compiler f;
    const std::string source = f.file("hello.c", std::string(hello) + "static int unused_one;\n");
    for (int n = 0; n < 2; ++n) {
        const outcome r = f.load(source);
        BOOST_TEST(r.status == 0, r.err);
        BOOST_TEST(r.err.find("unused_one") != std::string::npos, r.err);
    }
}
