#pragma once

#include "server/db/connection.h"
#include "server/db/filelinks.h"
#include "server/db/messageappender.h"
#include "server/db/operations.h"

namespace confab::server {

/// Turns operations into SQL on the writer's connection, inside a transaction that the caller
/// opened. Duplicate and Refused have written nothing; after Failed the caller must roll back.
/// Before the commit comes settle(), after a rollback forget().
class Applier
{
public:
    explicit Applier(Connection &connection)
        : m_connection(connection)
        , m_fileLinks(connection)
        , m_messages(connection)
    {
    }

    WriteOutcome apply(const WriteOperation &operation);
    /// Writes what messages left for the end. If it fails, the caller must roll back.
    bool settle() { return m_messages.settle(); }
    void forget() { m_messages.forget(); }

private:
    WriteOutcome operator()(const AddUser &operation);
    WriteOutcome operator()(const UpdateUser &operation);
    WriteOutcome operator()(const SetLogin &operation);
    WriteOutcome operator()(const RenewHash &operation);
    WriteOutcome operator()(const MarkSeen &operation);
    WriteOutcome operator()(const SetTags &operation);
    WriteOutcome operator()(const RemoveUser &operation);
    WriteOutcome operator()(const AddTopic &operation);
    WriteOutcome operator()(const UpdateTopic &operation);
    WriteOutcome operator()(const RemoveTopic &operation);
    WriteOutcome operator()(const PutMembers &operation);
    WriteOutcome operator()(const MoveMarks &operation);
    WriteOutcome operator()(const StoreMessage &operation);
    WriteOutcome operator()(const RemoveMessages &operation);
    WriteOutcome operator()(const AddFile &operation);
    WriteOutcome operator()(const RemoveUnlinkedFile &operation);

    bool isLoginTaken(const LoginRecord &login);
    bool isTagTaken(const QString &owner, const QStringList &tags);
    bool useInvite(const QByteArray &hash, const QDateTime &now);
    bool putLogin(const LoginRecord &login);
    bool replaceTags(const QString &owner, const QStringList &tags);
    bool replaceNames(const wire::UserId &user, const QStringList &words);
    bool removeTopic(const RemoveTopic &topic);
    bool putMember(const MemberRecord &member);

    template <typename... Values>
    bool run(const QString &sql, const Values &...values);
    template <typename... Values>
    int number(const QString &sql, const Values &...values);
    WriteOutcome outcome(bool ok, int number = 0) const;

    Connection &m_connection;
    FileLinks m_fileLinks;
    MessageAppender m_messages;
};

} // namespace confab::server
