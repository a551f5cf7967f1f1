#include "widgets/conversation/messageaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace confab {

namespace {

struct ActionFace {
    MessageAction action;
    const char *text;
    const char *icon;
};

constexpr ActionFace kFaces[] = {
    {MessageAction::Reply, QT_TRANSLATE_NOOP("confab::MessageAction", "Reply"), "reply"},
    {MessageAction::React, QT_TRANSLATE_NOOP("confab::MessageAction", "React"), "smile-plus"},
    {MessageAction::Open, QT_TRANSLATE_NOOP("confab::MessageAction", "Open"), "external-link"},
    {MessageAction::Save, QT_TRANSLATE_NOOP("confab::MessageAction", "Save as…"), "download"},
    {MessageAction::Retry, QT_TRANSLATE_NOOP("confab::MessageAction", "Retry"), "refresh-cw"},
    {MessageAction::Edit, QT_TRANSLATE_NOOP("confab::MessageAction", "Edit"), "pencil"},
    {MessageAction::Copy, QT_TRANSLATE_NOOP("confab::MessageAction", "Copy text"), "copy"},
    {MessageAction::CopyLink, QT_TRANSLATE_NOOP("confab::MessageAction", "Copy link to message"),
        "link"},
    {MessageAction::Forward, QT_TRANSLATE_NOOP("confab::MessageAction", "Forward…"), "forward"},
    {MessageAction::Pin, QT_TRANSLATE_NOOP("confab::MessageAction", "Pin"), "pin"},
    {MessageAction::Unpin, QT_TRANSLATE_NOOP("confab::MessageAction", "Unpin"), "pin-off"},
    {MessageAction::Select, QT_TRANSLATE_NOOP("confab::MessageAction", "Select"), "list-checks"},
    {MessageAction::History, QT_TRANSLATE_NOOP("confab::MessageAction", "Earlier versions"),
        "history"},
    {MessageAction::EndPoll, QT_TRANSLATE_NOOP("confab::MessageAction", "End poll"), "lock"},
    {MessageAction::Delete, QT_TRANSLATE_NOOP("confab::MessageAction", "Delete"), "trash-2"},
};

const ActionFace *faceOf(MessageAction action)
{
    return std::find_if(std::begin(kFaces), std::end(kFaces),
        [action](const ActionFace &face) { return face.action == action; });
}

}

QList<MessageAction> actionsInOrder(MessageActions actions)
{
    QList<MessageAction> ordered;
    for (const ActionFace &face : kFaces) {
        if (actions.testFlag(face.action))
            ordered.append(face.action);
    }
    return ordered;
}

QString actionText(MessageAction action)
{
    return QCoreApplication::translate("confab::MessageAction", faceOf(action)->text);
}

QString actionIcon(MessageAction action)
{
    return QLatin1String(faceOf(action)->icon);
}

}
