#pragma once

#include "server/db/database.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace confab {

/// Fills the data folder of a server with accounts and groups and makes tokens for them: signing up
/// thousands over the wire would hash thousands of passwords. On disk once the object is gone.
class Population
{
public:
    /// What it says of the folder stays empty if it can't be written.
    explicit Population(const QString &dataDir);

    struct User {
        wire::UserId id;
        QByteArray token; ///< base64, as the protocol carries it
    };
    User addUser();
    struct Group {
        wire::TopicName name;
        qint64 id = 0; ///< in the database
    };
    /// The first one owns it. Says that it has so many messages, which it doesn't write.
    Group addGroup(const QList<User> &members, int messages = 0);

private:
    server::Database m_database;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};

}
