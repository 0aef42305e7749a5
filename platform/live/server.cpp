// SPDX-License-Identifier: Apache-2.0
#include "platform/live/server.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <stdexcept>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <fmt/format.h>

namespace rk3568::live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;

constexpr size_t most_waiting = 64 << 20, longest_request = 64 << 10; // bytes
constexpr auto patience = std::chrono::seconds(30);

// Not a part of the simulation, whose results no random number of the host may reach.
std::string make_token() {
    unsigned char bytes[16] = {};
    std::ifstream source("/dev/urandom", std::ios::binary);
    if (!source.read(reinterpret_cast<char *>(bytes), sizeof bytes))
        throw std::runtime_error("--live: /dev/urandom cannot be read");
    std::string out;
    for (const unsigned char byte : bytes)
        out += fmt::format("{:02x}", byte);
    return out;
}

std::string as_text(beast::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

struct server::state {
    state(asio::io_context &io, std::string_view page)
        : acceptor(io)
        , page(page)
        , token(make_token()) {}

    tcp::acceptor acceptor;
    const std::string_view page;
    const std::string token;
    unsigned short port = 0;
    server *owner = nullptr; // null: it has gone
    std::vector<std::shared_ptr<viewer>> viewers;

    bool is_ours(const std::string &host) const {
        return host == fmt::format("127.0.0.1:{}", port) || host == fmt::format("localhost:{}", port);
    }
    // Other pages may send requests here, too: they neither know the token nor have our origin.
    bool may_come(const http::request<http::string_body> &request) const {
        const std::string origin = as_text(request[http::field::origin]);
        if (!is_ours(as_text(request[http::field::host])))
            return false;
        if (!origin.empty() && (origin.rfind("http://", 0) != 0 || !is_ours(origin.substr(7))))
            return false;
        const std::string target = as_text(request.target());
        const size_t query = target.find("?token=");
        return query != target.npos && target.compare(query + 7, target.npos, token) == 0;
    }
};

namespace {

using shared_state = std::shared_ptr<server::state>;

class browser final : public viewer, public std::enable_shared_from_this<browser> {
public:
    browser(tcp::socket socket, shared_state of)
        : m_socket(std::move(socket))
        , m_of(std::move(of)) {}

    void start(const http::request<http::string_body> &request) {
        m_socket.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
        m_socket.read_message_max(longest_request);
        m_socket.async_accept(request, [self = shared_from_this()](beast::error_code error) {
            if (error || !self->m_of->owner)
                return;
            self->m_of->viewers.push_back(self);
            self->m_of->owner->on_open(*self);
            self->read();
        });
    }

    void send(shared_message what) override {
        if (m_left)
            return;
        m_waiting_bytes += what->bytes.size();
        m_waiting.push_back(std::move(what));
        if (m_waiting_bytes > most_waiting)
            leave();
        else if (m_waiting.size() == 1)
            write();
    }

private:
    void read() {
        m_socket.async_read(m_buffer, [self = shared_from_this()](beast::error_code error, size_t) {
            if (error)
                return self->leave();
            const std::string text = beast::buffers_to_string(self->m_buffer.data());
            self->m_buffer.consume(self->m_buffer.size());
            if (self->m_of->owner)
                self->m_of->owner->on_text(*self, text);
            self->read();
        });
    }

    void write() {
        m_socket.text(m_waiting.front()->text);
        m_socket.async_write(asio::buffer(m_waiting.front()->bytes),
                             [self = shared_from_this()](beast::error_code error, size_t) {
                                 if (error)
                                     return self->leave();
                                 self->m_waiting_bytes -= self->m_waiting.front()->bytes.size();
                                 self->m_waiting.pop_front();
                                 if (!self->m_waiting.empty() && !self->m_left)
                                     self->write();
                             });
    }

    void leave() {
        if (m_left)
            return;
        m_left = true;
        beast::get_lowest_layer(m_socket).cancel();
        const auto me = shared_from_this();
        auto &all = m_of->viewers;
        all.erase(std::remove(all.begin(), all.end(), me), all.end());
    }

    websocket::stream<beast::tcp_stream> m_socket;
    shared_state m_of;
    beast::flat_buffer m_buffer;
    std::deque<shared_message> m_waiting; // the first is being written
    size_t m_waiting_bytes = 0;
    bool m_left = false;
};

// A request, which is for the page or for a WebSocket.
class request_reader : public std::enable_shared_from_this<request_reader> {
public:
    request_reader(tcp::socket socket, shared_state of)
        : m_socket(std::move(socket))
        , m_of(std::move(of)) {}

    void start() {
        m_parser.body_limit(longest_request);
        m_socket.expires_after(patience);
        http::async_read(m_socket, m_buffer, m_parser, [self = shared_from_this()](beast::error_code error, size_t) {
            if (!error)
                self->answer();
        });
    }

private:
    void answer() {
        const auto &request = m_parser.get();
        const std::string target = as_text(request.target());
        const std::string path = target.substr(0, target.find('?'));
        if (!m_of->may_come(request))
            return reply(http::status::forbidden, "text/plain",
                         "The address with its token is in the simulator's output.\n");
        if (websocket::is_upgrade(request) && path == "/live") {
            m_socket.expires_never();
            std::make_shared<browser>(m_socket.release_socket(), m_of)->start(request);
            return;
        }
        if (request.method() != http::verb::get || path != "/")
            return reply(http::status::not_found, "text/plain", "There is one page here: /\n");
        reply(http::status::ok, "text/html; charset=utf-8", m_of->page);
    }

    void reply(http::status status, const char *type, std::string_view body) {
        m_reply = {status, m_parser.get().version()};
        m_reply.set(http::field::content_type, type);
        m_reply.set(http::field::cache_control, "no-store");
        m_reply.set("Referrer-Policy", "no-referrer");
        m_reply.set("X-Content-Type-Options", "nosniff");
        m_reply.set("Content-Security-Policy", "frame-ancestors 'none'");
        m_reply.body() = std::string(body);
        m_reply.keep_alive(false);
        m_reply.prepare_payload();
        http::async_write(m_socket, m_reply, [self = shared_from_this()](beast::error_code, size_t) {
            beast::error_code ignored;
            self->m_socket.socket().shutdown(tcp::socket::shutdown_send, ignored);
        });
    }

    beast::tcp_stream m_socket;
    shared_state m_of;
    beast::flat_buffer m_buffer;
    http::request_parser<http::string_body> m_parser;
    http::response<http::string_body> m_reply;
};

void accept(const shared_state &of) {
    of->acceptor.async_accept([of](beast::error_code error, tcp::socket socket) {
        if (!of->owner)
            return;
        if (!error)
            std::make_shared<request_reader>(std::move(socket), of)->start();
        accept(of);
    });
}

} // namespace

server::server(asio::io_context &io, unsigned port, std::string_view page)
    : m_state(std::make_shared<state>(io, page)) {
    const tcp::endpoint here(asio::ip::make_address_v4("127.0.0.1"), static_cast<unsigned short>(port));
    beast::error_code error;
    m_state->acceptor.open(here.protocol(), error);
    if (!error)
        m_state->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        m_state->acceptor.bind(here, error);
    if (!error)
        m_state->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        throw std::runtime_error(
            fmt::format("--live: expected a port that is free, got {}: {}", port, error.message()));
    m_state->port = m_state->acceptor.local_endpoint().port();
    m_state->owner = this;
    accept(m_state);
}

server::~server() {
    m_state->owner = nullptr;
    m_state->viewers.clear();
    beast::error_code ignored;
    m_state->acceptor.close(ignored);
}

std::string server::address() const {
    return fmt::format("http://127.0.0.1:{}/?token={}", m_state->port, m_state->token);
}

void server::send_all(const shared_message &what) {
    const auto all = m_state->viewers; // one that is too slow leaves
    for (const auto &one : all)
        one->send(what);
}

size_t server::viewers() const {
    return m_state->viewers.size();
}

} // namespace rk3568::live
