#include "wire/drafty/linkfinder.h"

#include <QRegularExpression>

#include <algorithm>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

const QRegularExpression &linkPattern()
{
    static const QRegularExpression pattern(
        uR"((?<![\p{L}\p{N}_])(?:(?:https?|ftps?)://|www\.)[^\s<>"`{}|\\^\x{FFFC}]+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

const QRegularExpression &namePattern()
{
    static const QRegularExpression pattern(
        uR"((?<![\p{L}\p{M}\p{N}_\x{FFFC}])[@#][\p{L}\p{N}][\p{L}\p{M}\p{N}._]*[\p{L}\p{M}\p{N}])"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

/// Code units of the address without the punctuation of the sentence around it.
qsizetype addressLength(QStringView address)
{
    static constexpr QStringView kPunctuation = u".,;:!?'*\u2026\u00BB\u201D\u2019\u3002\u3001";
    qsizetype round = address.count(u')') - address.count(u'(');
    qsizetype square = address.count(u']') - address.count(u'[');
    qsizetype length = address.size();
    while (length > 0) {
        const QChar last = address.at(length - 1);
        const bool isOpen = last == u'(' || last == u'[';
        if (last == u')' && round > 0)
            --round;
        else if (last == u']' && square > 0)
            --square;
        else if (!isOpen && !kPunctuation.contains(last))
            break;
        --length;
    }
    return length;
}

QString urlOf(QStringView address)
{
    const bool isBare = address.startsWith("www."_L1, Qt::CaseInsensitive);
    QString url = isBare ? u"http://"_s : QString();
    return url += address;
}

bool overlaps(const FoundEntity &found, qsizetype begin, qsizetype end)
{
    return found.begin < end && begin < found.begin + found.length;
}

}

QList<FoundEntity> findLinks(QStringView text)
{
    QList<FoundEntity> links;
    // Most texts have none, and a search for these is cheaper than the pattern.
    if (!text.contains("://"_L1) && !text.contains("www."_L1, Qt::CaseInsensitive))
        return links;
    auto matches = linkPattern().globalMatch(text.toString());
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype begin = match.capturedStart();
        const QStringView address = text.mid(begin, addressLength(match.capturedView()));
        const QString url = urlOf(address);
        if (isSafeLink(url))
            links += FoundEntity{begin, address.size(), Link{url, {}}};
    }
    return links;
}

QList<FoundEntity> findEntities(QStringView text)
{
    QList<FoundEntity> found = findLinks(text);
    if (!text.contains(u'@') && !text.contains(u'#'))
        return found;
    const qsizetype links = found.size();
    qsizetype link = 0;
    auto matches = namePattern().globalMatch(text.toString());
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype begin = match.capturedStart();
        while (link < links && found.at(link).begin + found.at(link).length <= begin)
            ++link;
        if (link < links && overlaps(found.at(link), begin, match.capturedEnd()))
            continue;
        const QString name = match.capturedView().mid(1).toString();
        if (text.at(begin) == u'@')
            found += FoundEntity{begin, match.capturedLength(), Mention{name}};
        else
            found += FoundEntity{begin, match.capturedLength(), Hashtag{name}};
    }
    std::sort(found.begin(), found.end(),
        [](const FoundEntity &a, const FoundEntity &b) { return a.begin < b.begin; });
    return found;
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c == u'_' || c == Drafty::kMedium;
}

}
