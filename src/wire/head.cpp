#include "wire/head.h"

#include "wire/drafty/graphemes.h"

#include <QJsonObject>

#include <algorithm>

namespace confab::wire {

namespace {

constexpr QLatin1String kMime("mime");
constexpr QLatin1String kCid("x-confab-cid");
constexpr QLatin1String kReplace("replace");
constexpr QLatin1String kReply("reply");
constexpr QLatin1String kForwarded("forwarded");
constexpr QLatin1String kWebrtc("webrtc");
constexpr QLatin1String kReaction("x-confab-reaction");
constexpr QLatin1String kPoll("x-confab-poll");
constexpr int kMaxReaction = 64; ///< code units: the longest emoji have 35

struct PollWord {
    PollRole role;
    QLatin1String word;
};
constexpr PollWord kPollWords[] = {
    {PollRole::Single, QLatin1String("single")},
    {PollRole::Multiple, QLatin1String("multiple")},
    {PollRole::Closed, QLatin1String("closed")},
    {PollRole::Answer, QLatin1String("answer")},
};

/// One cluster that is to be seen: no blank, no letter that would make a word of reactions in a row.
bool isReaction(const QString &emoji)
{
    if (emoji.size() > kMaxReaction || Graphemes(emoji).count() != 1)
        return false;
    const QChar first = emoji.front();
    return first.isSurrogate() || first.isSymbol() || first.isDigit() || first.isPunct();
}

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

void Head::setForwarded(const TopicName &topic, Seq seq)
{
    setText(kForwarded, topic.isEmpty() ? QString() : topic + u':' + QString::number(seq));
}

QString Head::webrtc() const
{
    return text(kWebrtc);
}

std::optional<QString> Head::reaction() const
{
    const QJsonValue value = m_blob.value().toObject().value(kReaction);
    const QString emoji = value.toString();
    if (!value.isString() || !(emoji.isEmpty() || isReaction(emoji)))
        return std::nullopt;
    return emoji;
}

void Head::setReaction(const QString &emoji)
{
    QJsonObject object = m_blob.value().toObject();
    object.insert(kReaction, emoji);
    *this = Head(JsonBlob(object));
}

PollRole Head::poll() const
{
    const QString word = text(kPoll);
    const auto found = std::find_if(std::begin(kPollWords), std::end(kPollWords),
        [&word](const PollWord &known) { return word == known.word; });
    return found == std::end(kPollWords) ? PollRole::None : found->role;
}

void Head::setPoll(PollRole role)
{
    const auto found = std::find_if(std::begin(kPollWords), std::end(kPollWords),
        [role](const PollWord &known) { return role == known.role; });
    setText(kPoll, found == std::end(kPollWords) ? QString() : found->word);
}

Seq Head::foldsOnto() const
{
    if (isEmpty())
        return 0; // as for most
    if (const Seq original = replaces())
        return original;
    const bool isPart = !reaction().value_or(QString()).isEmpty() || poll() == PollRole::Answer;
    return isPart ? replyTo() : 0;
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
