#include "server/hub/find.h"

#include "server/hub/access.h"
#include "server/hub/limits.h"

#include <QRegularExpression>

namespace confab::server {

using wire::What;

namespace {

constexpr qsizetype kMaxQuery = 512;

struct Query {
    QList<Finder::Term> allOf;
    QList<Finder::Term> anyOf;
};

/// A bare word may be a tag, a login, an alias or the beginning of a name; one with a prefix is
/// exact.
Finder::Term termOf(const QString &word)
{
    if (word.contains(u':'))
        return {{word}, {}};
    return {{word, QLatin1String("basic:") + word, QLatin1String("alias:") + word}, word};
}

/// Words beside a comma are alternatives, all others are required; quotes count as gaps.
Query parse(const QString &text)
{
    static const QRegularExpression kPart(QStringLiteral("([^\\s,\"]+)|([\\s\"]*,[\\s\",]*)"));
    Query query;
    QString pending;
    bool alternative = false;
    auto flush = [&] {
        if (!pending.isEmpty())
            (alternative ? query.anyOf : query.allOf).append(termOf(pending));
        pending.clear();
    };
    QRegularExpressionMatchIterator parts = kPart.globalMatch(text.left(kMaxQuery).toLower());
    bool afterComma = false;
    while (parts.hasNext()) {
        const QRegularExpressionMatch part = parts.next();
        if (part.captured(1).isEmpty()) {
            alternative = true;
            afterComma = true;
            flush();
            continue;
        }
        flush();
        pending = part.captured(1);
        alternative = afterComma;
        afterComma = false;
    }
    flush();
    return query;
}

/// Official clients ask for the owner of a tag by setting it as their query first.
QStringList tagOfQuery(const Session &session)
{
    const QString tag = session.findQuery.trimmed();
    return tag.isEmpty() ? QStringList() : QStringList{tag};
}

} // namespace

void Find::set(const RequestPtr &request, const wire::SetQuery &query)
{
    if (!query.desc || query.sub || query.tags || query.cred || !query.aux.isAbsent())
        return request->reply(kNotAllowed);
    if (!query.desc->pub.isString())
        return request->reply(query.desc->pub.isAbsent() ? kNotModified : kMalformed);
    const QString text = query.desc->pub.string();
    const bool clears = text == QChar(0x2421);
    request->session().findQuery = clears ? QString() : text.left(kMaxQuery);
    request->reply(kOk);
}

void Find::answer(const RequestPtr &request, const wire::GetQuery &query)
{
    if (!request->session().onFind)
        return request->reply(kAttachFirst);
    for (const What part :
        {What::Desc, What::Sub, What::Data, What::Del, What::Tags, What::Cred, What::Aux}) {
        if (!query.what.testFlag(part))
            continue;
        if (part == What::Sub)
            answerSub(request);
        else if (part == What::Tags)
            answerTags(request, query.tags.isEmpty() ? tagOfQuery(request->session()) : query.tags);
        else
            request->reply(kDenied);
    }
}

void Find::answerSub(const RequestPtr &request)
{
    const QString text = request->session().findQuery.trimmed();
    QList<wire::Subscription> lines;
    if (wire::isUserId(text)) {
        if (const std::optional<wire::Subscription> hit = line({text, {}}, request->userId()))
            lines.append(*hit);
    } else {
        const Query query = parse(text);
        for (const FoundRecord &found :
            m_hub.database.finder().find(query.allOf, query.anyOf, kMaxFound)) {
            if (const std::optional<wire::Subscription> hit = line(found, request->userId()))
                lines.append(*hit);
        }
    }
    if (lines.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("sub"));
    wire::Meta meta;
    meta.sub = lines;
    request->reply(meta);
}

std::optional<wire::Subscription> Find::line(const FoundRecord &found, const wire::UserId &seeker)
{
    if (found.owner == seeker)
        return std::nullopt;
    wire::Subscription line;
    line.topic = found.owner;
    if (!found.matched.isEmpty())
        line.priv = wire::Subscription::fromMatchedTags(found.matched);
    if (const UserPtr user = m_hub.users.find(found.owner)) {
        line.updated = user->record.updated;
        line.pub = user->record.pub;
        line.trusted = user->record.trusted;
        line.acs = wire::Acs{user->record.defaultAuth, user->record.defaultAuth};
        return line;
    }
    if (const TopicPtr topic = m_hub.topics.find(found.owner)) {
        line.updated = topic->record.updated;
        line.pub = topic->record.pub;
        line.trusted = topic->record.trusted;
        line.acs = wire::Acs{topic->record.defaultAuth, topic->record.defaultAuth};
        line.subcnt = topic->subscriberCount();
        // Who does not belong to a channel finds it as its readers see it (protocol.md §9.2).
        const MemberRecord *member = topic->member(seeker);
        if (topic->record.channel && (!member || member->reader)) {
            line.topic = channelName(found.owner);
            line.acs = wire::Acs{access::kChannelReader, access::kChannelReader};
        }
        return line;
    }
    return std::nullopt;
}

void Find::answerTags(const RequestPtr &request, const QStringList &tags)
{
    QStringList owners;
    for (const QString &tag : tags.mid(0, m_hub.options.maxTags))
        owners += m_hub.reader.ownersOfTag(tag.toLower());
    owners.removeDuplicates();
    if (owners.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("tags"));
    wire::Meta meta;
    meta.tags = owners;
    request->reply(meta);
}

} // namespace confab::server
