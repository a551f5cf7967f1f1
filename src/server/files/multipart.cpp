#include "server/files/multipart.h"

#include <algorithm>
#include <optional>

namespace confab::server {

namespace {

constexpr qsizetype kMaxPartHead = 4 * 1024;
constexpr int kMaxParts = 16;
constexpr qsizetype kMaxBoundary = 70; // RFC 2046 §5.1.1

/// One `name=value` or `name="value"` of a header; nothing if it is absent or not closed.
std::optional<QByteArray> parameter(const QByteArray &header, QByteArrayView name)
{
    for (qsizetype at = header.indexOf(';'); at >= 0;) {
        QByteArray rest = header.mid(at + 1).trimmed();
        const qsizetype equals = rest.indexOf('=');
        if (equals < 0)
            return std::nullopt;
        const bool wanted = rest.left(equals).trimmed().compare(name, Qt::CaseInsensitive) == 0;
        const qsizetype valueAt = header.indexOf('=', at) + 1;
        QByteArray value;
        qsizetype end = valueAt;
        if (valueAt < header.size() && header[valueAt] == '"') {
            for (end = valueAt + 1; end < header.size() && header[end] != '"'; ++end) {
                if (header[end] == '\\' && end + 1 < header.size())
                    ++end;
                value += header[end];
            }
            if (end >= header.size())
                return std::nullopt;
        } else {
            end = header.indexOf(';', valueAt);
            value = header.mid(valueAt, end < 0 ? -1 : end - valueAt).trimmed();
        }
        if (wanted)
            return value;
        at = end < 0 ? -1 : header.indexOf(';', end);
    }
    return std::nullopt;
}

bool isBoundaryChar(char c)
{
    const bool alphanumeric
        = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || (c != '\0' && QByteArrayView("'()+_,-./:=? ").contains(c));
}

/// Whether a header line is of this name (lower case).
bool isNamed(const QByteArray &line, QByteArrayView name)
{
    return line.left(line.indexOf(':')).trimmed().toLower() == name;
}

}

Multipart::Multipart(const QByteArray &boundary, Handler &handler)
    : m_delimiter("\r\n--" + boundary)
    , m_handler(handler)
    , m_buffer("\r\n") // so that the first boundary looks like every other
{
    Q_ASSERT(!boundary.isEmpty());
}

Multipart::State Multipart::feed(const QByteArray &bytes)
{
    if (m_state != State::Reading)
        return m_state;
    m_buffer += bytes;
    while (m_state == State::Reading && advance()) { }
    return m_state;
}

bool Multipart::advance()
{
    switch (m_step) {
    case Step::Data:
        return readData();
    case Step::AfterBoundary:
        return readAfterBoundary();
    case Step::Head:
        return readHead();
    }
    return false;
}

bool Multipart::readData()
{
    const qsizetype found = m_buffer.indexOf(m_delimiter);
    // The end of the buffer may be the beginning of a delimiter.
    const qsizetype sure
        = found >= 0 ? found : std::max<qsizetype>(m_buffer.size() - m_delimiter.size() + 1, 0);
    if (sure > 0) {
        if (!m_inPart) // nobody writes anything before the first boundary
            return fail(State::Malformed);
        if (!m_handler.partData(m_buffer.left(sure)))
            return fail(State::Refused);
        m_buffer.remove(0, sure);
    }
    if (found < 0)
        return false;
    m_buffer.remove(0, m_delimiter.size());
    if (m_inPart && !m_handler.partEnded())
        return fail(State::Refused);
    m_inPart = false;
    m_step = Step::AfterBoundary;
    return true;
}

bool Multipart::readAfterBoundary()
{
    if (m_buffer.size() < 2)
        return false;
    if (m_buffer.startsWith("--")) {
        m_state = State::Complete;
        m_buffer.clear();
        return false;
    }
    if (!m_buffer.startsWith("\r\n") || ++m_parts > kMaxParts)
        return fail(State::Malformed);
    m_buffer.remove(0, 2);
    m_step = Step::Head;
    return true;
}

bool Multipart::readHead()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end > kMaxPartHead || (end < 0 && m_buffer.size() > kMaxPartHead + 3))
        return fail(State::Malformed);
    if (end < 0)
        return false;
    const QByteArray head = m_buffer.left(end);
    m_buffer.remove(0, end + 4);
    return beginPart(head);
}

bool Multipart::beginPart(const QByteArray &head)
{
    std::optional<QByteArray> disposition;
    qsizetype start = 0;
    while (start <= head.size()) {
        qsizetype end = head.indexOf("\r\n", start);
        end = end < 0 ? head.size() : end;
        const QByteArray line = head.mid(start, end - start);
        start = end + 2;
        if (!isNamed(line, "content-disposition"))
            continue;
        if (disposition)
            return fail(State::Malformed);
        disposition = line.mid(line.indexOf(':') + 1).trimmed();
    }
    if (!disposition || !disposition->toLower().startsWith("form-data"))
        return fail(State::Malformed);
    const std::optional<QByteArray> name = parameter(*disposition, "name");
    if (!name || name->isEmpty())
        return fail(State::Malformed);
    const bool isFile = parameter(*disposition, "filename") || parameter(*disposition, "filename*");
    m_inPart = true;
    m_step = Step::Data;
    return m_handler.partBegan({*name, isFile}) || fail(State::Refused);
}

bool Multipart::fail(State state)
{
    m_state = state;
    m_buffer.clear();
    return false;
}

QByteArray Multipart::boundaryOf(const QByteArray &contentType)
{
    if (contentType.left(contentType.indexOf(';')).trimmed().toLower() != "multipart/form-data")
        return {};
    const QByteArray boundary = parameter(contentType, "boundary").value_or(QByteArray());
    const bool usable = !boundary.isEmpty() && boundary.size() <= kMaxBoundary
        && !boundary.endsWith(' ') && std::all_of(boundary.begin(), boundary.end(), isBoundaryChar);
    return usable ? boundary : QByteArray();
}

}
