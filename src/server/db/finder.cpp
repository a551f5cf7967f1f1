#include "server/db/finder.h"

#include "server/db/connection.h"

#include <algorithm>

namespace confab::server {

namespace {

/// Hits of one search term that are looked at; a term that finds more is too common to be useful.
constexpr int kMaxHitsPerTerm = 500;

} // namespace

void Finder::collect(const Term &term, Hits &hits) const
{
    for (const QString &tag : term.tags) {
        Statement row(
            m_connection.prepared(QStringLiteral("SELECT owner FROM tags WHERE tag = ? LIMIT ?")));
        if (!ran(row, row.run(tag, kMaxHitsPerTerm)))
            return;
        while (row.next())
            hits[row.text(0)].append(tag);
    }
    if (term.nameWord.isEmpty())
        return;
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT DISTINCT user FROM names WHERE word >= ? AND word < ? LIMIT ?")));
    // The end of all words that begin with this one, in the order of code points that SQLite uses.
    const QString end = term.nameWord + QString::fromUcs4(U"\U0010FFFF", 1);
    if (!ran(row, row.run(term.nameWord, end, kMaxHitsPerTerm)))
        return;
    while (row.next())
        hits[row.text(0)]; // found by name: no tag to show
}

void Finder::keepCommon(Hits &hits, const Hits &others)
{
    for (auto it = hits.begin(); it != hits.end();) {
        const auto other = others.constFind(it.key());
        if (other == others.constEnd()) {
            it = hits.erase(it);
        } else {
            it.value() += *other;
            ++it;
        }
    }
}

QList<FoundRecord> Finder::find(const QList<Term> &allOf, const QList<Term> &anyOf, int limit) const
{
    Hits hits;
    for (const Term &term : anyOf)
        collect(term, hits);
    bool first = anyOf.isEmpty();
    for (const Term &term : allOf) {
        Hits matches;
        collect(term, matches);
        if (first)
            hits = matches;
        else
            keepCommon(hits, matches);
        first = false;
    }
    QList<FoundRecord> found;
    for (auto it = hits.cbegin(); it != hits.cend(); ++it) {
        QStringList matched = it.value(); // two terms may mean the same tag
        matched.removeDuplicates();
        found.append({it.key(), matched});
    }
    std::sort(found.begin(), found.end(), [](const FoundRecord &a, const FoundRecord &b) {
        return std::pair(-a.matched.size(), a.owner) < std::pair(-b.matched.size(), b.owner);
    });
    return found.mid(0, limit);
}

} // namespace confab::server
