#pragma once

#include "store/archive/database.h"
#include "store/seqranges.h"
#include "store/topic.h"

#include <QHash>

namespace confab {

/// The chats of an archive.db, their numbers, and what is known of their histories. Changes gather in
/// memory until write(), since a burst of messages changes the same few rows again and again. Same
/// thread and errors as Database.
class TopicTable
{
public:
    explicit TopicTable(Database &database);

    void forget(); ///< after each opening, and when a transaction with changes was rolled back
    bool load(QList<TopicInfo> &topics);
    bool loadKnown(qint64 topic, SeqRanges &known);

    bool number(const TopicName &name, qint64 &number); ///< 0 if there is none
    bool makeNumber(const TopicName &name, qint64 &number);
    TopicName nameOf(qint64 number); ///< empty if there is none

    bool save(const TopicInfo &info);
    void addKnown(qint64 topic, SeqRange range);
    bool remove(const TopicName &name);
    bool clearKnown();
    bool write();

private:
    bool writeInfo(const TopicInfo &info);
    bool writeKnown(qint64 topic, SeqRange range);

    Database &m_database;
    QHash<TopicName, qint64> m_numbers;
    QHash<qint64, TopicName> m_names;
    QHash<TopicName, TopicInfo> m_unsaved;
    QHash<qint64, SeqRanges> m_unsavedKnown;
};

}
