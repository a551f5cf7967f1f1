#include "widgets/composer/roomlabel.h"

#include "models/rowtext.h"
#include "widgets/confabstyle.h"

#include <limits>

namespace confab {

namespace {

constexpr int kMostBytes = 4; // of a code unit with its share of styles
constexpr int kEnvelope = 1024; // what is around the content: topic, head, cid
constexpr qsizetype kPlenty = std::numeric_limits<qsizetype>::max();

}

RoomLabel::RoomLabel(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(QStringLiteral("composerRoom"));
    hide();
}

void RoomLabel::measure(qsizetype characters, const std::function<qsizetype()> &bytes)
{
    const qsizetype room = roomLeft(characters, bytes);
    m_isTooLong = room < 0;
    setVisible(room < m_limit / 8);
    if (isHidden())
        return;
    const QString size = rowtext::sizeText(qAbs(room));
    QLabel::setText(m_isTooLong ? tr("%1 too long").arg(size) : tr("%1 left").arg(size));
    confab::setText(this, "meta", m_isTooLong ? "danger" : "text2");
}

qsizetype RoomLabel::roomLeft(
    qsizetype characters, const std::function<qsizetype()> &bytes) const
{
    // Far from the limit nobody needs to know, and encoding takes its time.
    if (m_limit == 0 || characters * kMostBytes < m_limit / 2)
        return kPlenty;
    return m_limit - kEnvelope - bytes();
}

}
