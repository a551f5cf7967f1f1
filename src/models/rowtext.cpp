#include "models/rowtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace confab::rowtext {

namespace {

constexpr qsizetype kMaxLine = 200;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::rowtext)
};

}

Author authorOf(const TopicList &topics, const TopicName &topic, const UserId &from)
{
    if (!from.isEmpty())
        return {from, topics.nameOf(from)};
    const Topic *channel = topics.find(topic);
    return {topic, channel ? channel->title() : topic};
}

QString stateWord(Delivery state)
{
    switch (state) {
    case Delivery::None:
        return {};
    case Delivery::Queued:
        return Words::tr("waiting to be sent");
    case Delivery::Sending:
        return Words::tr("being sent");
    case Delivery::Failed:
        return Words::tr("not sent");
    case Delivery::Sent:
        return Words::tr("sent");
    case Delivery::Received:
        return Words::tr("received");
    case Delivery::Read:
        return Words::tr("read");
    }
    return {};
}

QString timeOfDay(const QDateTime &time)
{
    // Some locales, C among them, have seconds in their short format.
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(QLatin1String(":ss"));
    return QLocale().toString(time.toLocalTime().time(), format);
}

QString sizeText(qint64 bytes)
{
    constexpr qint64 kStep = 1024;
    qint64 unit = 1;
    while (bytes / unit >= kStep)
        unit *= kStep;
    const int decimals = bytes / unit >= 10 || bytes % unit == 0 ? 0 : 1;
    return QLocale().formattedDataSize(bytes, decimals, QLocale::DataSizeTraditionalFormat);
}

QString sentence(const Spoken &message)
{
    QString result = Words::tr("%1, %2: %3").arg(message.sender, timeOfDay(message.time), message.text);
    if (message.edited)
        result = Words::tr("%1, edited").arg(result);
    if (message.state != Delivery::None)
        result = Words::tr("%1, %2").arg(result, stateWord(message.state));
    if (message.state == Delivery::Failed && !message.error.isEmpty())
        result = Words::tr("%1: %2").arg(result, message.error);
    return result;
}

QString oneLine(const QString &text)
{
    // Twice the length leaves something to show when the text starts with blanks.
    QString line = text.left(2 * kMaxLine).simplified().left(kMaxLine);
    if (!line.isEmpty() && line.back().isHighSurrogate())
        line.chop(1);
    return line;
}

QString folded(const QString &text)
{
    const bool ascii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (ascii)
        return text.toLower(); // the rest costs ten times as much, and finds nothing to do
    QString result = text.normalized(QString::NormalizationForm_KD);
    result.removeIf([](QChar c) { return c.isMark(); });
    return result.toUpper().toCaseFolded(); // upper first: only that takes ß apart
}

}
