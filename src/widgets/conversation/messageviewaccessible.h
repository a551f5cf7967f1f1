#pragma once

namespace confab {

class MessageView;

/// Makes the view a list whose items are the messages, one sentence each (the model's
/// AccessibleTextRole) and whose actions are those of the message. To be called last in its
/// constructor.
void makeAccessible(MessageView *view);
/// The view shows another conversation: the items handed out so far are gone.
void forgetAccessibleMessages(MessageView *view);

}
