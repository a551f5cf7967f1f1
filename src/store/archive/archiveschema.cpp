#include "store/archive/archiveschema.h"

#include "store/archive/searchindex.h"

namespace confab {

Database::Migrations archiveSchema()
{
    return {
        {
            QStringLiteral("CREATE TABLE self("
                           "id INTEGER PRIMARY KEY CHECK (id = 1), user TEXT, card BLOB)"),
            QStringLiteral("CREATE TABLE people("
                           "id INTEGER PRIMARY KEY, user TEXT NOT NULL UNIQUE, card BLOB)"),
            // listed = 0: messages came before the chat itself
            QStringLiteral("CREATE TABLE topics("
                           "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                           "listed INTEGER NOT NULL DEFAULT 0,"
                           "card BLOB, comment TEXT, want INTEGER, given INTEGER,"
                           "seq INTEGER, read INTEGER, recv INTEGER, clear INTEGER, members INTEGER,"
                           "touched INTEGER, updated INTEGER, last_seen INTEGER,"
                           "preview_seq INTEGER, preview_from TEXT, preview_text TEXT,"
                           "preview_ts INTEGER,"
                           "pinned INTEGER, muted INTEGER, archived INTEGER)"),
            QStringLiteral("CREATE TABLE known("
                           "topic INTEGER NOT NULL REFERENCES topics(id) ON DELETE CASCADE,"
                           "low INTEGER NOT NULL, hi INTEGER NOT NULL CHECK (hi > low),"
                           "PRIMARY KEY (topic, low)) WITHOUT ROWID"),
            QStringLiteral("CREATE TABLE messages("
                           "id INTEGER PRIMARY KEY, sender INTEGER REFERENCES people(id),"
                           "ts INTEGER, head BLOB, content BLOB, text TEXT,"
                           "edited INTEGER NOT NULL, edit_of INTEGER, cid TEXT)"),
            QStringLiteral("CREATE INDEX edits ON messages(edit_of) WHERE edit_of IS NOT NULL"),
            // of own messages only: what the outbox is compared with (R4)
            QStringLiteral("CREATE INDEX cids ON messages(cid) WHERE cid IS NOT NULL"),
        },
        SearchIndex::schema() + QStringList{
            // of search_rows; NULL for edits, which are found as what they replace
            QStringLiteral("ALTER TABLE messages ADD COLUMN search_row INTEGER"),
            QStringLiteral("CREATE INDEX unindexed ON messages(id) "
                           "WHERE search_row IS NULL AND edit_of IS NULL"),
        },
        // Begins the index anew: pairs of characters are no longer in the list of words.
        QStringList{
            QStringLiteral("DROP TABLE search"),
            QStringLiteral("DROP TABLE search_rows"),
            QStringLiteral("DROP TABLE words"),
            QStringLiteral("DROP TABLE word_parts"),
        } + SearchIndex::schema() + QStringList{
            QStringLiteral("UPDATE messages SET search_row = NULL WHERE search_row IS NOT NULL"),
        },
        // Words are taken in after their messages are saved; what else belongs to a message comes with it.
        QStringList{
            QStringLiteral("DROP TABLE search"),
            QStringLiteral("DROP TABLE search_rows"),
            QStringLiteral("DROP TABLE words"),
            QStringLiteral("DROP TABLE word_parts"),
            QStringLiteral("DROP INDEX unindexed"),
            QStringLiteral("ALTER TABLE messages DROP COLUMN search_row"),
            // of reactions and answers to polls: what they belong to, as edit_of is for edits
            QStringLiteral("ALTER TABLE messages ADD COLUMN part_of INTEGER"),
            QStringLiteral("CREATE INDEX parts ON messages(part_of) WHERE part_of IS NOT NULL"),
        } + SearchIndex::schema() + SearchIndex::noteSchema(),
        // Pinned messages, in the form in which servers keep them.
        QStringList{QStringLiteral("ALTER TABLE topics ADD COLUMN pins BLOB")},
        SearchIndex::partSchema(),
    };
}

}
