#pragma once

#include "wire/drafty/drafty.h"

// Messages that carry others, made as the official clients make them (protocol.md §4, §8).
namespace confab::wire {

/// What an answer begins with: who wrote, and the first words of it, without the quotes that the
/// original has itself. The answer is this + the words; head.reply names the original. The name is
/// cleaned. For channels, whose messages have no author, user is the channel.
Drafty replyQuote(const QString &name, const QString &user, const Drafty &original);

/// The original under a line that names its author; one that was forwarded before names the last
/// one only. head.forwarded says where it is from.
Drafty forwarded(const QString &name, const QString &user, const Drafty &original);

/// The answer of somebody who presses this button of the message form.
Drafty buttonReply(const QString &title, const Button &button, Seq form);

}
