// SPDX-License-Identifier: Apache-2.0
//
// One page and its WebSockets on 127.0.0.1, for those who know the token in its address. Everything happens within
// calls of the io_context's.
#ifndef RK3568_PLATFORM_LIVE_SERVER_H
#define RK3568_PLATFORM_LIVE_SERVER_H

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/io_context.hpp>

namespace rk3568::live {

struct message {
    std::string bytes;
    bool text;
};
using shared_message = std::shared_ptr<const message>;

// A browser that looks on.
class viewer {
public:
    virtual ~viewer() = default;
    // Sent when those before it are. A viewer that does not read for too long is left.
    virtual void send(shared_message what) = 0;
};

class server {
public:
    // Port 0: any that is free. Throws std::runtime_error, one line, if it cannot be had.
    server(boost::asio::io_context &io, unsigned port, std::string_view page);
    ~server();
    server(const server &) = delete;
    server &operator=(const server &) = delete;

    std::string address() const; // with the token
    // A browser came; said something.
    std::function<void(viewer &)> on_open;
    std::function<void(viewer &, const std::string &)> on_text;

    void send_all(const shared_message &what);
    size_t viewers() const;

    struct state; // that connections share

private:
    std::shared_ptr<state> m_state;
};

} // namespace rk3568::live

#endif
