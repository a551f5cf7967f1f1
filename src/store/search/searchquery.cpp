#include "store/search/searchquery.h"

#include "store/search/wordfolder.h"

#include <QSet>

namespace confab {

namespace {

/// A piece of what was typed: up to the next space that is not in quotes.
struct Piece {
    QString key; ///< before the colon, lower case; empty if there is none
    QString value; ///< without quotes
    bool quoted = false;
};

QList<Piece> cut(const QString &typed)
{
    QList<Piece> pieces;
    Piece piece;
    bool inQuotes = false;
    const auto end = [&] {
        if (!piece.value.isEmpty() || !piece.key.isEmpty())
            pieces.append(std::exchange(piece, {}));
        piece = {};
    };
    for (const QChar character : typed) {
        if (character == u'"') {
            inQuotes = !inQuotes;
            if (inQuotes && !piece.value.isEmpty())
                end(); // a phrase begins right behind a word
            piece.quoted = true;
            if (!inQuotes)
                end();
        } else if (character.isSpace() && !inQuotes) {
            end();
        } else if (character == u':' && !inQuotes && piece.key.isEmpty() && !piece.quoted) {
            piece.key = std::exchange(piece.value, {}).toLower();
        } else {
            piece.value += character;
        }
    }
    end();
    return pieces;
}

/// The folded words as one text, for comparing names.
QString folded(WordFolder &folder, const QString &text)
{
    QStringList words;
    const QList<FoldedWord> parts = folder.words(text);
    for (const FoldedWord &part : parts)
        words.append(part.word);
    return words.join(u' ');
}

bool isNamed(WordFolder &folder, const QString &name, const QString &wanted)
{
    const QString wantedWords = folded(folder, wanted);
    return !wantedWords.isEmpty() && (u' ' + folded(folder, name)).contains(u' ' + wantedWords);
}

QList<TopicName> topicsNamed(WordFolder &folder, const TopicList &topics, const QString &wanted)
{
    QList<TopicName> result;
    for (int row = 0; row < topics.count(); ++row) {
        const Topic *topic = topics.at(row);
        if (topic->name() == wanted || isNamed(folder, topic->title(), wanted))
            result.append(topic->name());
    }
    return result;
}

QList<UserId> peopleNamed(WordFolder &folder, const TopicList &topics, const QString &wanted)
{
    QSet<UserId> people;
    for (const UserId &user : topics.people()) {
        if (user == wanted || isNamed(folder, topics.nameOf(user), wanted))
            people.insert(user);
    }
    if (wanted.compare(QLatin1String("me"), Qt::CaseInsensitive) == 0)
        people = {topics.self()};
    return people.values();
}

wire::EntityKinds kindsNamed(const QString &wanted)
{
    const QString word = wanted.toLower();
    if (word == u"link" || word == u"url")
        return wire::EntityKind::Link;
    if (word == u"image" || word == u"picture" || word == u"photo")
        return wire::EntityKind::Image;
    if (word == u"file")
        return wire::EntityKind::File;
    if (word == u"audio" || word == u"voice")
        return wire::EntityKind::Audio;
    return word == u"video" ? wire::EntityKind::Video : wire::EntityKinds();
}

/// First and last day of a year, a month or a day.
std::optional<std::pair<QDate, QDate>> daysNamed(const QString &wanted, const QDate &today)
{
    if (wanted.compare(QLatin1String("today"), Qt::CaseInsensitive) == 0)
        return std::pair(today, today);
    if (wanted.compare(QLatin1String("yesterday"), Qt::CaseInsensitive) == 0)
        return std::pair(today.addDays(-1), today.addDays(-1));
    const QStringList parts = wanted.split(u'-');
    QList<int> numbers;
    for (const QString &part : parts) {
        bool ok = false;
        numbers.append(part.toInt(&ok));
        if (!ok)
            return std::nullopt;
    }
    const QDate first(numbers.at(0), numbers.value(1, 1), numbers.value(2, 1));
    if (!first.isValid() || parts.first().size() != 4 || numbers.size() > 3)
        return std::nullopt;
    const QDate last = numbers.size() == 3 ? first
        : numbers.size() == 2              ? first.addMonths(1).addDays(-1)
                                           : first.addYears(1).addDays(-1);
    return std::pair(first, last);
}

void addWords(SearchQuery &query, WordFolder &folder, const QString &text, bool exact)
{
    SearchTerm term;
    term.exact = exact;
    const QList<FoldedWord> words = folder.words(text, false);
    for (const FoldedWord &word : words)
        term.words.append(word.word);
    if (!term.words.isEmpty())
        query.terms.append(term);
}

/// Whether the piece was a filter.
bool addFilter(SearchQuery &query, WordFolder &folder, const Piece &piece, const TopicList &topics,
               const QDate &today)
{
    if (piece.key == u"in") {
        query.topics = topicsNamed(folder, topics, piece.value);
        return true;
    }
    if (piece.key == u"from") {
        query.senders = peopleNamed(folder, topics, piece.value);
        return true;
    }
    if (piece.key == u"has") {
        const wire::EntityKinds kinds = kindsNamed(piece.value);
        query.has |= kinds;
        return bool(kinds);
    }
    if (piece.key != u"before" && piece.key != u"after")
        return false;
    const auto days = daysNamed(piece.value, today);
    if (!days)
        return false;
    if (piece.key == u"before")
        query.before = days->first.startOfDay().toUTC();
    else
        query.after = days->second.addDays(1).startOfDay().toUTC();
    return true;
}

}

bool SearchQuery::isEmpty() const
{
    return *this == SearchQuery();
}

SearchQuery parseSearch(const QString &typed, const TopicList &topics, const QDate &today)
{
    SearchQuery query;
    WordFolder folder;
    const QList<Piece> pieces = cut(typed);
    for (const Piece &piece : pieces) {
        if (piece.key.isEmpty()) {
            addWords(query, folder, piece.value, piece.quoted);
        } else if (piece.value.isEmpty() && !piece.quoted
                   && QStringList{QStringLiteral("from"), QStringLiteral("in"), QStringLiteral("has"),
                                  QStringLiteral("before"), QStringLiteral("after")}
                          .contains(piece.key)) {
            continue; // a filter that is still being typed
        } else if (!addFilter(query, folder, piece, topics, today)) {
            addWords(query, folder, piece.key + u':' + piece.value, piece.quoted);
        }
    }
    return query;
}

}
