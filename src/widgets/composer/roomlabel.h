#pragma once

#include <QLabel>

#include <functional>

namespace confab {

/// How much may still be written, shown when that is not much any more.
class RoomLabel : public QLabel
{
    Q_OBJECT

public:
    explicit RoomLabel(QWidget *parent = nullptr);

    /// Bytes that a message may have on its way; 0: not known.
    void setLimit(int bytes) { m_limit = bytes; }
    /// `bytes` encodes the message and is asked only where so many characters come near the limit.
    void measure(qsizetype characters, const std::function<qsizetype()> &bytes);
    bool isTooLong() const { return m_isTooLong; }

private:
    qsizetype roomLeft(qsizetype characters, const std::function<qsizetype()> &bytes) const;

    int m_limit = 0;
    bool m_isTooLong = false;
};

}
