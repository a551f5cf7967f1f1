#include "wire/drafty/quoting.h"

#include "wire/cleantext.h"
#include "wire/drafty/preview.h"

namespace confab::wire {

namespace {

constexpr qsizetype kQuoteLength = 30; // as in the official clients
constexpr qsizetype kMaxThumbnail = 4096; ///< base64 characters: a picture of 64 pixels
constexpr qsizetype kMaxName = 128;

Drafty mention(const QString &words, const QString &user)
{
    return Drafty::fromEntity(words, Mention{user});
}

QString nameOrUser(const QString &name, const QString &user)
{
    const QString clean = cleanLine(name, kMaxName);
    return clean.isEmpty() ? user : clean;
}

Drafty lineBreak()
{
    return Drafty(QStringLiteral("\n"));
}

/// Whoever forwarded the original is not named in a quote of it.
Drafty withBareForwardMark(const Drafty &original)
{
    const qsizetype length = forwardHeaderLength(original);
    if (length == 0)
        return original;
    return mention(QString(kForwardMark), {}) + original.removed(0, length - 1);
}

}

Drafty replyQuote(const QString &name, const QString &user, const Drafty &original)
{
    const Drafty said = withBareForwardMark(withoutQuotes(original.visible()).trimmed());
    const Drafty body = shortened(condensed(said, kMaxThumbnail), kQuoteLength);
    return (mention(nameOrUser(name, user), user) + lineBreak() + body).wrapped(SpanKind::Quote);
}

Drafty forwarded(const QString &name, const QString &user, const Drafty &original)
{
    const Drafty body = original.removed(0, forwardHeaderLength(original));
    const QString header = kForwardMark + QStringLiteral(" ") + nameOrUser(name, user);
    return mention(header, user) + lineBreak() + body;
}

Drafty buttonReply(const QString &title, const Button &button, Seq form)
{
    FormReply reply{form, {}};
    if (!button.name.isEmpty())
        reply.answers.insert(button.name, button.value);
    return Drafty(title).withAttachment(reply);
}

}
