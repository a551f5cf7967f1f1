#include "server/hub/tags.h"

#include "server/hub/limits.h"

#include <QRegularExpression>

#include <algorithm>

namespace confab::server {

namespace {

constexpr QLatin1String kAlias("alias:");

bool isTag(const QString &tag)
{
    static const QRegularExpression kForbidden(QStringLiteral("[\\s,\"\\p{Cc}]"));
    return tag.size() >= kMinTagLength && tag.size() <= kMaxTagLength && !tag.contains(kForbidden);
}

bool isGoodAlias(const QString &tag)
{
    static const QRegularExpression kPattern(QStringLiteral("^alias:[a-z0-9_-]{4,24}$"));
    return kPattern.match(tag).hasMatch();
}

QStringList reserved(const QStringList &tags)
{
    return tags.filter(QRegularExpression(QStringLiteral("^(basic|email|tel):")));
}

} // namespace

QStringList cleanTags(const QStringList &tags)
{
    QStringList result;
    for (const QString &tag : tags) {
        const QString clean = tag.trimmed().toLower();
        if (isTag(clean))
            result.append(clean);
    }
    result.removeDuplicates();
    result.sort();
    return result;
}

bool isReservedTag(const QString &tag)
{
    return !reserved({tag}).isEmpty();
}

bool isAliasTag(const QString &tag)
{
    return tag.startsWith(kAlias);
}

wire::Result<QStringList, Answer> changedTags(
    const QStringList &present, const QStringList &wish, int most)
{
    const QStringList wanted = cleanTags(wish);
    QStringList kept = reserved(present);
    kept.sort();
    if (reserved(wanted) != kept)
        return kDenied;
    const QStringList aliases = wanted.filter(QRegularExpression(QStringLiteral("^alias:")));
    if (wanted.size() > most || aliases.size() > 1
        || (aliases.size() == 1 && !isGoodAlias(aliases.first())))
        return kPolicy;
    return wanted;
}

QStringList nameWords(const QString &name)
{
    static const QRegularExpression kGap(QStringLiteral("[^\\p{L}\\p{N}]+"));
    constexpr int kMostWords = 8;
    return name.toLower().split(kGap, Qt::SkipEmptyParts).mid(0, kMostWords);
}

} // namespace confab::server
