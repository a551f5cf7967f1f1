#include "loadclient.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace confab {

namespace {

// RFC 6455 §5.2.
constexpr int kText = 0x1;
constexpr int kClose = 0x8;
constexpr int kPing = 0x9;
constexpr int kPong = 0xA;
constexpr int kFinal = 0x80;
constexpr int kMasked = 0x80;
constexpr size_t kShort = 125;
constexpr int kLength16 = 126;
constexpr int kLength64 = 127;
constexpr size_t kMaskSize = 4;

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

size_t bigEndian(std::string_view bytes)
{
    size_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

}

LoadClient::LoadClient(quint16 port, std::string_view path)
    : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (connect(m_socket, generic, sizeof address) != 0 && errno != EINPROGRESS)
        m_state = State::Gone;
    m_output = "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

LoadClient::~LoadClient()
{
    ::close(m_socket);
}

void LoadClient::sendText(std::string_view payload)
{
    sendFrame(kText, payload);
}

void LoadClient::sendFrame(int opcode, std::string_view payload)
{
    m_output += static_cast<char>(kFinal | opcode);
    if (payload.size() <= kShort) {
        m_output += static_cast<char>(kMasked | int(payload.size()));
    } else {
        Q_ASSERT(payload.size() <= 0xFFFF);
        m_output += static_cast<char>(kMasked | kLength16);
        m_output += static_cast<char>(payload.size() >> 8);
        m_output += static_cast<char>(payload.size() & 0xFF);
    }
    m_output.append(kMaskSize, '\0');
    m_output += payload;
}

void LoadClient::flush()
{
    if (m_state == State::Gone || m_output.empty())
        return;
    const ssize_t sent = send(m_socket, m_output.data(), m_output.size(), MSG_NOSIGNAL);
    if (sent > 0)
        m_output.erase(0, size_t(sent));
    else if (sent < 0 && errno != EAGAIN && errno != ENOTCONN)
        m_state = State::Gone;
}

void LoadClient::readAll(std::string &scratch)
{
    const size_t kept = m_partial.size();
    m_partial.copy(scratch.data(), kept);
    const ssize_t got = recv(m_socket, scratch.data() + kept, scratch.size() - kept, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            m_state = State::Gone;
        return;
    }
    const std::string_view bytes(scratch.data(), kept + size_t(got));
    const size_t used = consume(bytes);
    m_partial.assign(bytes.substr(used));
}

size_t LoadClient::consume(std::string_view bytes)
{
    size_t used = 0;
    if (m_state == State::Upgrading) {
        const size_t end = bytes.find("\r\n\r\n");
        if (end == std::string_view::npos)
            return 0;
        if (bytes.substr(0, 12) != "HTTP/1.1 101") {
            m_state = State::Gone;
            return bytes.size();
        }
        m_state = State::Open;
        used = end + 4;
        if (m_openHandler)
            m_openHandler();
    }
    while (const size_t frame = consumeFrame(bytes.substr(used)))
        used += frame;
    return used;
}

size_t LoadClient::consumeFrame(std::string_view bytes)
{
    if (bytes.size() < 2)
        return 0;
    size_t head = 2;
    size_t length = static_cast<unsigned char>(bytes[1]);
    if (length == kLength16)
        head += 2;
    else if (length == kLength64)
        head += 8;
    if (bytes.size() < head)
        return 0;
    if (head > 2)
        length = bigEndian(bytes.substr(2, head - 2));
    if (bytes.size() < head + length)
        return 0;
    const std::string_view payload = bytes.substr(head, length);
    const int opcode = bytes[0] & 0x0F;
    if (opcode == kText && m_frameHandler)
        m_frameHandler(payload);
    else if (opcode == kPing)
        sendFrame(kPong, payload);
    else if (opcode == kClose)
        m_state = State::Gone;
    return head + length;
}

}
