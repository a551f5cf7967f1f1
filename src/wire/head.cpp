#include "wire/head.h"

#include <QJsonObject>

namespace confab::wire {

namespace {

constexpr QLatin1String kMime("mime");
constexpr QLatin1String kCid("x-confab-cid");
constexpr QLatin1String kReplace("replace");
constexpr QLatin1String kReply("reply");
constexpr QLatin1String kForwarded("forwarded");
constexpr QLatin1String kWebrtc("webrtc");

/// The number in "123", ":123" or "topic:123"; 0 if there is none that a server could have given.
Seq seqIn(const QString &reference)
{
    const QStringView digits = QStringView(reference).mid(reference.lastIndexOf(u':') + 1);
    bool ok = false;
    const int seq = digits.toInt(&ok);
    return ok && seq >= 1 && seq <= kMaxSeq ? seq : 0;
}

}

Head::Head(JsonBlob blob)
{
    if (!blob.value().toObject().isEmpty())
        m_blob = std::move(blob);
}

bool Head::isEmpty() const
{
    return m_blob.isAbsent();
}

QString Head::mime() const
{
    return text(kMime);
}

void Head::setMime(const QString &mime)
{
    setText(kMime, mime);
}

QString Head::cid() const
{
    return text(kCid);
}

void Head::setCid(const QString &cid)
{
    setText(kCid, cid);
}

Seq Head::replaces() const
{
    return seqIn(text(kReplace));
}

void Head::setReplaces(Seq seq)
{
    setText(kReplace, seq > 0 ? u':' + QString::number(seq) : QString());
}

Seq Head::replyTo() const
{
    return seqIn(text(kReply));
}

void Head::setReplyTo(Seq seq)
{
    setText(kReply, seq > 0 ? QString::number(seq) : QString());
}

QString Head::forwarded() const
{
    return text(kForwarded);
}

QString Head::webrtc() const
{
    return text(kWebrtc);
}

QString Head::text(QLatin1String key) const
{
    return m_blob.value().toObject().value(key).toString();
}

void Head::setText(QLatin1String key, const QString &value)
{
    QJsonObject object = m_blob.value().toObject();
    if (value.isEmpty())
        object.remove(key);
    else
        object.insert(key, value);
    *this = Head(JsonBlob(object));
}

}
