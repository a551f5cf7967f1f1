#pragma once

#include "store/archive/database.h"
#include "store/search/wordfolder.h"
#include "wire/drafty/attachments.h"

#include <QDateTime>
#include <QSet>

#include <array>
#include <functional>
#include <memory>

namespace confab {

/// The words of all messages of an archive.db (performance.md §4), as they are written;
/// SearchReader reads them. An FTS5 table without content holds words as WordFolder makes them, and
/// for each message words that no text can hold: its chat, its sender, what it carries. Its rows
/// are numbered by time, so that the newest hits of all chats come first without sorting, and each
/// filter is one more word. A list of all words that occur, and one of their parts in order, find
/// the words that contain a part; pairs of characters are in neither, they are what is looked for.
/// Messages are noted as they are saved and taken in later, many at once, so that a flood is on
/// disk before its words are. Only within transactions. Same thread and errors as Database.
class SearchIndex
{
public:
    explicit SearchIndex(Database &database);

    static QStringList schema(); ///< for a file with a table messages; without that of the notes
    static QStringList noteSchema();
    static QStringList partSchema(); ///< in place of the parts that an older version has made

    bool load(); ///< after each opening, and when a transaction with changes was rolled back
    /// This message is new, or may have another newest version than before.
    bool note(qint64 key);
    bool note(qint64 low, qint64 hi); ///< all that are there of these keys, half open
    /// Takes in what is noted until `isEnough`, kMostAtOnce at most; `done` when nothing is left.
    bool takeIn(bool &done, const std::function<bool()> &isEnough);
    /// By key, half open, and before any of their rows in messages goes.
    bool remove(qint64 low, qint64 hi);
    bool clear();
    void releaseMemory(); ///< which words are known is asked of the file again

    static constexpr int kMostAtOnce = 5000;
    static constexpr int kSlice = 250; ///< messages between two questions whether that is enough

private:
    /// What a row of the index is made from.
    struct Document {
        qint64 key = 0; ///< of the row in messages: topic << 40 | seq
        qint64 row = 0; ///< of the index
        qint64 sender = 0; ///< of the row in people; 0 if nobody is known
        QString text; ///< of the version that counts
        wire::EntityKinds has;
    };
    struct Noted {
        qint64 note = 0;
        QDateTime ts;
        qint64 indexedVersion = 0; ///< 0: the first one
        qint64 version = 0;
        Document document; ///< key 0: the message is gone
    };

    /// For some 50,000 words that people use, and few collisions.
    static constexpr size_t kKnownSlots = 1 << 17;
    using KnownWords = std::array<size_t, kKnownSlots>;

    bool readNotes(qint64 after, int limit, QList<Noted> &notes);
    bool prepare(Noted &noted, QList<Document> &added);
    bool readOld(const Noted &noted, Document &old);
    bool place(Noted &noted);
    bool freeRow(qint64 wanted, qint64 &row);
    bool add(const Document &document);
    bool remove(const Document &document);
    QString wordsOf(const Document &document, QStringList &words);
    bool noteWord(const QString &word);
    bool runForParts(const QString &sql, const QString &word, qint64 id);
    bool dropUnusedWords();

    Database &m_database;
    WordFolder m_folder;
    qint64 m_newestRow = 0;
    qint64 m_firstTaken = 0; ///< the run of rows in which freeRow() found its last one
    qint64 m_lastTaken = -1;
    QSet<QString> m_removed; ///< words of what was removed in this transaction
    /// Hashes of words that are in the list, one a slot; nullptr: none yet.
    std::unique_ptr<KnownWords> m_known;
};

}
