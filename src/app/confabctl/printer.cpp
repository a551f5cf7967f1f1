#include "app/confabctl/printer.h"

#include "wire/drafty/drafty.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace confab {

namespace {

void line(const QByteArray &utf8)
{
    std::fwrite(utf8.constData(), 1, size_t(utf8.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void line(const QJsonObject &object)
{
    line(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// What there is besides words: the rich text as it was understood, and what it is part of.
void addStructure(QJsonObject &object, const Message &message)
{
    const wire::JsonBlob content = wire::Drafty::fromContent(message.content).toContent();
    if (!content.isString())
        object.insert(QStringLiteral("content"), QJsonDocument::fromJson(content.bytes()).object());
    if (message.head.replyTo() > 0)
        object.insert(QStringLiteral("reply"), message.head.replyTo());
    if (message.edited)
        object.insert(QStringLiteral("edited"), true);
}

QString stamp(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

/// Readable output is a line a message: other lines are indented below it, and control characters of
/// strangers do not reach the terminal.
QString forTerminal(QString text)
{
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; });
    return text.replace(u'\n', QLatin1String("\n    "));
}

}

void Printer::message(const TopicList &topics, const TopicName &topic, const Message &message) const
{
    if (m_json) {
        QJsonObject object{{QStringLiteral("topic"), topic}, {QStringLiteral("seq"), message.seq},
            {QStringLiteral("from"), message.from},
            {QStringLiteral("name"), topics.nameOf(message.from)},
            {QStringLiteral("ts"), stamp(message.ts)}, {QStringLiteral("text"), message.text}};
        addStructure(object, message);
        line(object);
        return;
    }
    const QString when = message.ts.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    line(QStringLiteral("[%1] %2: %3")
             .arg(when, forTerminal(topics.nameOf(message.from)), forTerminal(message.text))
             .toUtf8());
}

void Printer::topic(const Topic &topic) const
{
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), topic.name()},
            {QStringLiteral("name"), topic.title()}, {QStringLiteral("unread"), topic.unread()},
            {QStringLiteral("seq"), topic.info().seq}, {QStringLiteral("online"), topic.isOnline()}});
        return;
    }
    const QString unread = topic.unread() > 0 ? QStringLiteral("  (%1)").arg(topic.unread()) : QString();
    line((topic.name().leftJustified(16) + forTerminal(topic.title()) + unread).toUtf8());
}

void Printer::hit(const TopicList &topics, const SearchHit &hit, const QString &snippet) const
{
    const Topic *topic = topics.find(hit.topic);
    const QString title = topic ? topic->title() : hit.topic;
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), hit.topic}, {QStringLiteral("title"), title},
            {QStringLiteral("seq"), hit.seq}, {QStringLiteral("from"), hit.from},
            {QStringLiteral("name"), topics.nameOf(hit.from)},
            {QStringLiteral("ts"), stamp(hit.ts)}, {QStringLiteral("snippet"), snippet}});
        return;
    }
    const QString when = hit.ts.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    line(QStringLiteral("[%1] %2, %3: %4")
             .arg(when, forTerminal(title), forTerminal(topics.nameOf(hit.from)),
                 forTerminal(snippet))
             .toUtf8());
}

void Printer::found(const FoundTopic &found) const
{
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), found.topic},
            {QStringLiteral("name"), found.card.name},
            {QStringLiteral("tags"), QJsonArray::fromStringList(found.tags)}});
        return;
    }
    line((found.topic.leftJustified(16) + forTerminal(found.card.name) + QStringLiteral("  ")
        + found.tags.join(QLatin1String(", ")))
             .toUtf8());
}

void Printer::pending(const PendingMessage &message) const
{
    const bool isStuck = message.state == Delivery::Failed;
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), message.topic},
            {QStringLiteral("cid"), message.cid}, {QStringLiteral("ts"), stamp(message.created)},
            {QStringLiteral("state"), isStuck ? QStringLiteral("stuck") : QStringLiteral("waiting")},
            {QStringLiteral("why"), message.error}, {QStringLiteral("text"), message.text}});
        return;
    }
    line((message.cid + QStringLiteral("  ") + message.topic.leftJustified(16)
        + forTerminal(message.text))
             .toUtf8());
    if (isStuck)
        line((QStringLiteral("    ") + forTerminal(message.error)).toUtf8());
}

void Printer::queued(const TopicName &topic, const QString &cid) const
{
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), topic}, {QStringLiteral("cid"), cid},
            {QStringLiteral("state"), QStringLiteral("queued")}});
    }
}

void Printer::sent(const TopicName &topic, const QString &cid, Seq seq) const
{
    if (m_json) {
        line(QJsonObject{{QStringLiteral("topic"), topic}, {QStringLiteral("cid"), cid},
            {QStringLiteral("state"), QStringLiteral("sent")}, {QStringLiteral("seq"), seq}});
    }
}

void Printer::whoAmI(
    const UserId &user, const QString &name, const QString &login, const QString &server) const
{
    if (m_json) {
        line(QJsonObject{{QStringLiteral("user"), user}, {QStringLiteral("name"), name},
            {QStringLiteral("login"), login}, {QStringLiteral("server"), server}});
        return;
    }
    line(QStringLiteral("%1  %2  %3  %4").arg(user, forTerminal(name), login, server).trimmed().toUtf8());
}

void complain(const QString &sentence)
{
    std::fprintf(stderr, "confabctl: %s\n", qPrintable(sentence));
}

}
