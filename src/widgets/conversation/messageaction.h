#pragma once

#include <QFlags>
#include <QList>
#include <QString>

namespace confab {

/// What a person can do with a message. The view offers it (buttons beside the bubble, menu, keys,
/// bar of the selected ones, screen reader); the page that owns the view does it.
enum class MessageAction : quint32 {
    Reply = 1U << 0,
    React = 1U << 1,
    Edit = 1U << 2,
    Copy = 1U << 3, ///< done by the view
    CopyLink = 1U << 4, ///< an address that leads to this message
    Forward = 1U << 5,
    Pin = 1U << 6,
    Unpin = 1U << 7,
    Open = 1U << 8, ///< the first medium: play, show, open the file
    Save = 1U << 9, ///< the first medium, as a file
    History = 1U << 10, ///< its earlier versions
    Select = 1U << 11, ///< done by the view: begins the choice of several
    Retry = 1U << 12, ///< one that is stuck
    Delete = 1U << 13,
    EndPoll = 1U << 14, ///< no more answers to an own poll
};
Q_DECLARE_FLAGS(MessageActions, MessageAction)
Q_DECLARE_OPERATORS_FOR_FLAGS(MessageActions)

/// In the order in which menus show them.
QList<MessageAction> actionsInOrder(MessageActions actions);
QString actionText(MessageAction action); ///< as in a menu
QString actionIcon(MessageAction action); ///< name in resources/icons; empty: none

}
