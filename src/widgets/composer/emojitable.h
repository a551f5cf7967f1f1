#pragma once

#include <QHash>
#include <QList>
#include <QLocale>
#include <QString>
#include <QStringList>

namespace confab {

struct Emoji {
    QString text;
    QString light; ///< with the lightest skin; empty if it has none
    QStringList codes; ///< shortcodes, without colons
    QString name; ///< in the language of the table, or else English

    /// With a skin tone from 1, light, to 5, dark; 0: as it is.
    QString withTone(int tone) const;
};

/// All emoji in Unicode's order, with words to find them by (resources/emoji). Immutable; belongs
/// to any thread. Takes some milliseconds to read.
class EmojiTable
{
public:
    struct Group {
        QString name; ///< as Unicode's file has it: an id
        int first = 0;
        int count = 0;
    };

    explicit EmojiTable(const QLocale &locale);

    const QList<Emoji> &emoji() const { return m_emoji; }
    const QList<Group> &groups() const { return m_groups; }
    /// Place of an emoji whatever its tone; -1 if it is none.
    int find(const QString &emoji) const;
    /// Place of the one with exactly this shortcode; -1 if there is none.
    int findCode(const QString &code) const { return m_codes.value(code, -1); }
    /// Places of those that have each word of the query, at the begin of a word or, from three
    /// letters on, within; in the table's language or English. Best first.
    QList<int> search(const QString &query, int limit) const;

private:
    /// What is searched: folded, words begin behind a blank.
    struct Words {
        QString codes;
        QString names;
        QString more;
    };

    void readEmoji();
    void readWords(const QString &language);
    int rank(const Words &words, const QString &query) const;

    QList<Emoji> m_emoji;
    QList<Group> m_groups;
    QList<Words> m_words;
    QHash<QString, int> m_codes;
    QHash<QString, int> m_places; ///< without tones and style selectors
};

}
