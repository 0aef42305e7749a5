// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/output_file.h"

#include "tests/platform/scratch_folder.h"

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rk3568;
namespace fs = std::filesystem;

BOOST_FIXTURE_TEST_SUITE(output_files, scratch_folder)

BOOST_AUTO_TEST_CASE(a_file_appears_whole_and_only_when_it_is_committed) {
    output_file out(file("a"));
    out.write("hello ");
    BOOST_TEST(!fs::exists(file("a")));
    out.write(std::string(1'000'000, 'x'));
    BOOST_TEST(!fs::exists(file("a")));
    out.commit();
    BOOST_TEST(content(file("a")) == "hello " + std::string(1'000'000, 'x'));
    BOOST_TEST(count() == 1u);
    struct stat status;
    stat(file("a").c_str(), &status);
    const mode_t mask = umask(0);
    umask(mask);
    BOOST_TEST((status.st_mode & 0777) == (0666 & ~mask));
}

BOOST_AUTO_TEST_CASE(without_commit_the_old_file_stays_and_nothing_else) {
    std::ofstream(file("a")) << "old";
    {
        output_file out(file("a"));
        out.write(std::string(1'000'000, 'x'));
    }
    BOOST_TEST(content(file("a")) == "old");
    BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_link_stays_a_link) {
    std::ofstream(file("target")) << "old";
    fs::create_symlink(file("target"), file("link"));
    output_file out(file("link"));
    out.write("new");
    out.commit();
    BOOST_TEST(fs::is_symlink(file("link")));
    BOOST_TEST(content(file("target")) == "new");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written_is_one_line_at_once) {
    const std::string path = file("missing/a");
    BOOST_CHECK_EXCEPTION(output_file out(path), output_error, [&](const output_error &e) {
        return e.what() == path + ": cannot be written: No such file or directory";
    });
    const std::string dir = this->path.string();
    BOOST_CHECK_EXCEPTION(output_file out(dir), output_error, [&](const output_error &e) {
        return e.what() == dir + ": cannot be written: Is a directory";
    });
}

BOOST_AUTO_TEST_CASE(a_device_is_written_directly) {
    output_file out("/dev/null");
    out.write("x");
    out.commit();
    BOOST_TEST(fs::is_character_file("/dev/null"));
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_nothing_half_written) {
    // /dev/full answers as a full disk does.
    output_file full("/dev/full");
    full.write("x");
    BOOST_CHECK_EXCEPTION(full.commit(), output_error, [](const output_error &e) {
        return std::string(e.what()) == "/dev/full: cannot be written: No space left on device";
    });
    // A limit on the size of files stands for one that fills up on the way.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100'000, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &small);
    std::ofstream(file("a")) << "old";
    output_file out(file("a"));
    BOOST_CHECK_THROW(for (int i = 0; i < 100; ++i) out.write(std::string(10'000, 'x')); out.commit(), output_error);
    BOOST_TEST(content(file("a")) == "old");
    BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_name_leaves_no_trace) {
    spool body(file("a"));
    BOOST_TEST(count() == 0u);
    const std::string much(1'000'000, 'x');
    body.write("body");
    body.write(much);
    BOOST_TEST(body.size() == 4 + much.size());
    output_file out(file("a"));
    out.write("head ");
    body.append_to(out);
    out.commit();
    BOOST_TEST(content(file("a")) == "head body" + much);
    BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
