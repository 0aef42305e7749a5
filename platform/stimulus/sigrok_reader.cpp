// SPDX-License-Identifier: Apache-2.0
//
// Sessions of sigrok, version 2: https://sigrok.org/wiki/File_format:Sigrok/v2
#include "platform/stimulus/readers.h"
#include "platform/stimulus/recording.h"

#include <charconv>
#include <cmath>
#include <dlfcn.h>
#include <memory>
#include <optional>
#include <type_traits>
#include <zip.h>

#include <fmt/format.h>

namespace rk3568 {
namespace {

// libzip is loaded when the first session is read: with the cryptography behind it, it would take a tenth of every
// start of the simulator.
struct zip_library {
    decltype(&zip_open) open;
    decltype(&zip_discard) discard;
    decltype(&zip_fopen) fopen;
    decltype(&zip_fread) fread;
    decltype(&zip_fclose) fclose;
    decltype(&zip_error_init_with_code) error_init;
    decltype(&zip_error_strerror) error_text;
    decltype(&zip_error_fini) error_fini;

    static const zip_library &get() {
        static const zip_library one;
        return one;
    }

private:
    zip_library() {
        void *const library = dlopen(RK3568_ZIP_LIBRARY, RTLD_NOW | RTLD_LOCAL);
        if (!library)
            throw stimulus_error(fmt::format("sessions of sigrok need libzip: {}", dlerror()));
        const auto find = [library](auto &to, const char *name) {
            to = reinterpret_cast<std::decay_t<decltype(to)>>(dlsym(library, name));
            if (!to)
                throw stimulus_error(fmt::format("sessions of sigrok need libzip: {}", dlerror()));
        };
        find(open, "zip_open");
        find(discard, "zip_discard");
        find(fopen, "zip_fopen");
        find(fread, "zip_fread");
        find(fclose, "zip_fclose");
        find(error_init, "zip_error_init_with_code");
        find(error_text, "zip_error_strerror");
        find(error_fini, "zip_error_fini");
    }
};

struct archive_closer {
    void operator()(zip_t *archive) const { zip_library::get().discard(archive); }
};
struct file_closer {
    void operator()(zip_file_t *file) const { zip_library::get().fclose(file); }
};

class sigrok_reader {
public:
    sigrok_reader(const std::string &path, const pin_mapping &mapping)
        : m_path(path)
        , m_out(path, mapping) {}

    stimulus read() {
        open();
        read_metadata();
        m_out.wires_complete();
        if (m_rate_hz == 0)
            fail("expected a samplerate in its metadata, found none");
        if (m_unit == 0 || m_unit > 8)
            fail(fmt::format("expected a unitsize of 1 to 8 bytes in its metadata, got {}", m_unit));
        // The samples are one file, or a row of them that are numbered from 1.
        if (!read_samples(m_capture)) {
            unsigned parts = 0;
            while (read_samples(fmt::format("{}-{}", m_capture, parts + 1)))
                ++parts;
            if (parts == 0)
                fail(fmt::format("expected samples in {} or {}-1, found neither", m_capture, m_capture));
        }
        if (m_rounded)
            m_out.note("times that are no whole number of picoseconds were rounded to the nearest one");
        return m_out.finish();
    }

private:
    [[noreturn]] void fail(std::string_view what) const { throw stimulus_error(fmt::format("{}: {}", m_path, what)); }

    void open() {
        int error = 0;
        m_archive.reset(m_zip.open(m_path.c_str(), ZIP_RDONLY, &error));
        if (m_archive)
            return;
        zip_error_t text;
        m_zip.error_init(&text, error);
        const std::string why = m_zip.error_text(&text);
        m_zip.error_fini(&text);
        fail(fmt::format("expected a session of sigrok, which is a zip archive: {}", why));
    }

    std::unique_ptr<zip_file_t, file_closer> file(const std::string &name) const {
        return std::unique_ptr<zip_file_t, file_closer>(m_zip.fopen(m_archive.get(), name.c_str(), 0));
    }

    // `key=value` lines of the first device.
    void read_metadata() {
        const auto metadata = file("metadata");
        if (!metadata)
            fail("expected a session of sigrok, found no file `metadata` in it");
        std::string text;
        char block[4096];
        for (zip_int64_t got; (got = m_zip.fread(metadata.get(), block, sizeof block)) > 0;)
            text.append(block, static_cast<size_t>(got));
        std::string section;
        for (size_t at = 0; at < text.size();) {
            const size_t end = std::min(text.find('\n', at), text.size());
            std::string line = text.substr(at, end - at);
            at = end + 1;
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            if (!line.empty() && line[0] == '[')
                section = line;
            const size_t equals = line.find('=');
            if (section == "[device 1]" && equals != line.npos)
                read_key(line.substr(0, equals), line.substr(equals + 1));
        }
    }

    void read_key(const std::string &key, const std::string &value) {
        if (key == "capturefile") {
            m_capture = value;
        } else if (key == "unitsize") {
            m_unit = static_cast<unsigned>(whole(value));
        } else if (key == "samplerate") {
            const size_t digits = std::min(value.find_first_not_of("0123456789."), value.size());
            double amount = 0;
            std::from_chars(value.data(), value.data() + digits, amount);
            const std::string unit = value.substr(std::min(value.find_first_not_of(' ', digits), value.size()));
            m_rate_hz = amount * (unit == "GHz" ? 1e9 : unit == "MHz" ? 1e6 : unit == "kHz" ? 1e3 : 1);
        } else if (key.compare(0, 5, "probe") == 0) {
            const uint64_t number = whole(key.substr(5));
            const auto pin = m_out.pin_of(value);
            if (pin && number >= 1 && number <= 64) {
                if (!m_out.declare(*pin))
                    fail(fmt::format("expected each pin once, got {} twice", pin_name(*pin)));
                m_pins.emplace_back(static_cast<unsigned>(number - 1), *pin);
            }
        } else if (key.compare(0, 6, "analog") == 0) {
            m_out.leave_out(value);
        }
    }

    static uint64_t whole(const std::string &text) {
        uint64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    bool read_samples(const std::string &name) {
        const auto samples = file(name);
        if (!samples)
            return false;
        std::vector<unsigned char> block(m_unit * 65536);
        size_t kept = 0; // bytes of a sample that the last block began
        for (zip_int64_t got; (got = m_zip.fread(samples.get(), block.data() + kept, block.size() - kept)) > 0;) {
            const size_t bytes = kept + static_cast<size_t>(got);
            size_t at = 0;
            for (; at + m_unit <= bytes; at += m_unit)
                sample(&block[at]);
            kept = bytes - at;
            std::copy(block.begin() + at, block.begin() + bytes, block.begin());
        }
        return true;
    }

    void sample(const unsigned char *bytes) {
        uint64_t levels = 0;
        for (unsigned i = 0; i < m_unit; ++i)
            levels |= uint64_t{bytes[i]} << (8 * i);
        const uint64_t n = m_samples++;
        if (n && levels == m_levels)
            return;
        m_levels = levels;
        const long double exact = static_cast<long double>(n) * 1e12L / m_rate_hz;
        const auto ps = static_cast<uint64_t>(std::llround(exact));
        m_rounded |= static_cast<long double>(ps) != exact;
        for (const auto &[bit, pin] : m_pins)
            m_out.value(pin, ps, levels >> bit & 1 ? '1' : '0');
    }

    const std::string &m_path;
    recording m_out;
    const zip_library &m_zip = zip_library::get();
    std::unique_ptr<zip_t, archive_closer> m_archive;
    std::string m_capture = "logic-1";
    double m_rate_hz = 0;
    unsigned m_unit = 1;
    std::vector<std::pair<unsigned, unsigned>> m_pins; // bit of the sample, pin
    uint64_t m_samples = 0, m_levels = 0;
    bool m_rounded = false;
};

} // namespace

stimulus read_sigrok(const std::string &path, const pin_mapping &mapping) {
    return sigrok_reader(path, mapping).read();
}

} // namespace rk3568
