#pragma once

#include "server/db/records.h"

#include <QHash>

namespace confab::server {

class Connection;

/// Looks users and groups up by their tags and names, as Reader reads: committed, indexed, on the
/// thread of the Database, and an SQL failure finds nothing and is logged.
class Finder
{
public:
    /// A set of equally good tags, and of words that begin a name.
    struct Term {
        QStringList tags;
        QString nameWord; ///< lower case; empty: tags only
    };

    explicit Finder(Connection &connection)
        : m_connection(connection)
    {
    }

    /// Who has all of allOf and one of anyOf (when not empty), the most matches first. At most
    /// limit.
    QList<FoundRecord> find(const QList<Term> &allOf, const QList<Term> &anyOf, int limit) const;

private:
    using Hits = QHash<QString, QStringList>; ///< owner, and its tags that matched

    void collect(const Term &term, Hits &hits) const;
    static void keepCommon(Hits &hits, const Hits &others);

    Connection &m_connection;
};

} // namespace confab::server
