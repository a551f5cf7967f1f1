#pragma once

#include <QtGlobal>

#include <functional>
#include <string>
#include <string_view>

namespace confab {

/// One WebSocket of the load generator: RFC 6455 over a plain non-blocking socket with as little
/// work as will do, so that a benchmark measures the server and not its own client. Masks with
/// zeroes, checks nothing, answers pings. Belongs to a LoadLoop.
class LoadClient
{
public:
    using FrameHandler = std::function<void(std::string_view payload)>;

    /// Connects to this port of 127.0.0.1 and asks for a WebSocket at once.
    LoadClient(quint16 port, std::string_view path);
    ~LoadClient();
    LoadClient(const LoadClient &) = delete;
    LoadClient &operator=(const LoadClient &) = delete;

    int descriptor() const { return m_socket; }
    bool isOpen() const { return m_state == State::Open; }
    /// Refused, closed by the server, or broken.
    bool isGone() const { return m_state == State::Gone; }
    bool hasOutput() const { return !m_output.empty(); }

    void onOpen(std::function<void()> handler) { m_openHandler = std::move(handler); }
    void onFrame(FrameHandler handler) { m_frameHandler = std::move(handler); }

    /// Queued until the loop comes round: what is sent in one turn leaves in one call.
    void sendText(std::string_view payload);
    /// Called by the loop. The scratch buffer is shared by all clients of a thread.
    void readAll(std::string &scratch);
    void flush();

private:
    enum class State { Upgrading, Open, Gone };

    void sendFrame(int opcode, std::string_view payload);
    /// How many of the bytes it could use.
    size_t consume(std::string_view bytes);
    size_t consumeFrame(std::string_view bytes);

    int m_socket;
    State m_state = State::Upgrading;
    std::string m_output;
    std::string m_partial; ///< the beginning of a frame
    std::function<void()> m_openHandler;
    FrameHandler m_frameHandler;
};

}
