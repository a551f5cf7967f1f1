#pragma once

namespace confab {

class MessageView;

/// Makes MessageView a list whose items are the messages, one sentence each (the model's
/// AccessibleTextRole), with Retry and Delete as actions of failed ones. Idempotent.
void installMessageViewAccessibility();
/// The view shows another conversation: the items handed out so far are gone.
void forgetAccessibleMessages(MessageView *view);

}
