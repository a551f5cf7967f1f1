#pragma once

#include "models/messagelistmodel.h"
#include "widgets/conversation/messageitem.h"

#include <QPointer>
#include <QSet>

namespace confab {

/// Reads the model for the view: keys of rows, and items with what their neighbours decide (groups,
/// days, the unread divider). GUI thread; does not own the model.
class MessageRows
{
public:
    void setModel(MessageListModel *model); ///< forgets divider and expanded rows
    MessageListModel *model() const { return m_model; }

    int count() const;
    RowKey keyAt(int row) const;
    /// -1 if it is not loaded. A cid is also found after its message was numbered.
    int rowOf(const RowKey &key) const;
    MessageItem itemAt(int row) const;
    QDate dayAt(int row) const;
    QDateTime timeAt(int row) const;
    QString textAt(int row) const;
    const wire::JsonBlob &contentAt(int row) const;
    Seq replyTo(int row) const { return headAt(row).replyTo(); }
    QString senderAt(int row) const;
    QString labelOf(const Message &message) const; ///< of one that need not be loaded
    QString labelAt(int row) const; ///< "[time] name: ", as copied before one of several
    bool isOwn(int row) const;
    bool isFailed(int row) const; ///< stuck in the outbox
    /// By rights, content and state.
    MessageActions actionsAt(int row) const;
    MessageActions mediaActionsAt(int row) const;
    QString footAt(int row) const; ///< reactions and count of a poll, for screen readers
    /// What can be pressed in it: answers of a poll that is open, or buttons of a form.
    QList<MessagePart::Button> buttonsAt(int row) const;
    Seq seqAt(int row) const { return keyAt(row).seq; }

    /// Whether messages between this row and the one above it are not loaded. Rows on both sides are
    /// never shown together, unless join() has told that nothing of what is missing can be had now.
    bool isCutAbove(int row) const;
    void join(Seq seq); ///< the part that holds this one, with the part above it

    /// Place in the whole history, loaded or not: numbers count from the first message that there is,
    /// what is still to be sent comes last.
    int placeOf(int row) const;
    int placeOf(const RowKey &key) const; ///< -1 if there is no such row, loaded or not
    int places() const;
    int rowAtPlace(int place) const; ///< the first one there or after it; -1 if there are no rows
    Seq seqAtPlace(int place) const; ///< 0 behind the newest message
    int placeOfSeq(Seq seq) const { return seq - firstSeq(); }
    bool isLoaded(Seq seq) const; ///< with all that is around it
    Seq loadedFrom(Seq seq) const; ///< where the loaded part that holds it begins

    /// The divider stands above the first row from this number on; 0: none.
    void setFirstUnread(Seq seq) { m_firstUnread = seq; }
    Seq firstUnread() const { return m_firstUnread; }
    bool startsUnread(int row) const;
    void expand(const RowKey &key) { m_expanded.insert(key); }
    bool isExpanded(const RowKey &key) const { return m_expanded.contains(key); }

private:
    const wire::Head &headAt(int row) const;
    void addFoot(int row, MessageItem &item) const;
    bool areGrouped(int upper, int lower) const;
    Seq firstSeq() const;
    const Timeline &timeline() const { return m_model->topic()->timeline(); }
    QVariant data(int row, int role) const;

    QPointer<MessageListModel> m_model;
    QSet<RowKey> m_expanded;
    QSet<Seq> m_joined; ///< first numbers of parts shown together with the part above
    Seq m_firstUnread = 0;
    bool m_manySenders = false;
};

}
