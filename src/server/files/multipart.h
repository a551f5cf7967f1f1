#pragma once

#include <QByteArray>

namespace confab::server {

/// Reads a multipart/form-data body (RFC 7578) that comes in pieces of any size, and hands its
/// parts on as they come: what it keeps is bounded by the size of a part's head, whatever is sent.
/// The same body gives the same parts however it was cut. Any thread, one at a time.
class Multipart
{
public:
    struct Part {
        QByteArray name;
        bool isFile = false; ///< it says a file name; which one is nobody's business here (T27)
    };

    /// Told in the order of the body: began, any number of data, ended; then the next part.
    class Handler
    {
    public:
        virtual ~Handler() = default;
        /// False ends the reading.
        virtual bool partBegan(const Part &part) = 0;
        virtual bool partData(const QByteArray &bytes) = 0;
        virtual bool partEnded() = 0;
    };

    enum class State {
        Reading,
        Complete, ///< the closing boundary was there; whatever follows is ignored
        Malformed,
        Refused ///< by the handler
    };

    /// The boundary is not empty. The handler outlives this object.
    Multipart(const QByteArray &boundary, Handler &handler);

    State feed(const QByteArray &bytes);
    State state() const { return m_state; }

    /// The boundary that a Content-Type names; empty if it is no form data or no usable boundary.
    static QByteArray boundaryOf(const QByteArray &contentType);

private:
    enum class Step { Data, AfterBoundary, Head };

    /// Whether there may be more to do with what is buffered.
    bool advance();
    bool readData();
    bool readAfterBoundary();
    bool readHead();
    bool beginPart(const QByteArray &head);
    bool fail(State state);

    const QByteArray m_delimiter; ///< line end, two dashes, boundary
    Handler &m_handler;
    QByteArray m_buffer;
    State m_state = State::Reading;
    Step m_step = Step::Data;
    bool m_inPart = false;
    int m_parts = 0;
};

}
