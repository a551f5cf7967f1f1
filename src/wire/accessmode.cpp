#include "wire/accessmode.h"

namespace confab::wire {

namespace {

constexpr QStringView kLetters = u"JRWPASDO";

std::optional<Access> rightOf(QChar letter)
{
    // Not by Unicode's folding, which also takes other letters for S.
    const bool isSmall = letter >= u'a' && letter <= u'z';
    const qsizetype bit = kLetters.indexOf(isSmall ? letter.toUpper() : letter);
    if (bit < 0)
        return std::nullopt;
    return Access(1 << bit);
}

QString letters(AccessMode mode)
{
    QString text;
    for (const QChar letter : kLetters) {
        if (mode.testFlag(*rightOf(letter)))
            text += letter;
    }
    return text;
}

bool isSign(QChar c)
{
    return c == u'+' || c == u'-';
}

}

std::optional<AccessMode> parseAccess(QStringView text)
{
    if (text.isEmpty())
        return std::nullopt;
    if (text.compare(u"N", Qt::CaseInsensitive) == 0)
        return AccessMode();
    AccessMode mode;
    for (const QChar letter : text) {
        const std::optional<Access> right = rightOf(letter);
        if (!right)
            return std::nullopt;
        mode |= *right;
    }
    return mode;
}

QString formatAccess(AccessMode mode)
{
    const QString text = letters(mode);
    return text.isEmpty() ? QStringLiteral("N") : text;
}

std::optional<AccessMode> applyAccessDelta(AccessMode base, QStringView delta)
{
    if (delta.isEmpty())
        return base;
    if (!isSign(delta.front()))
        return parseAccess(delta);
    AccessMode mode = base;
    bool adding = false;
    bool signIsOpen = false; // a sign that no letter follows yet
    for (const QChar c : delta) {
        if (isSign(c)) {
            if (signIsOpen)
                return std::nullopt;
            adding = c == u'+';
            signIsOpen = true;
            continue;
        }
        const std::optional<Access> right = rightOf(c);
        if (!right)
            return std::nullopt;
        mode.setFlag(*right, adding);
        signIsOpen = false;
    }
    if (signIsOpen)
        return std::nullopt;
    return mode;
}

QString accessDelta(AccessMode from, AccessMode to)
{
    const QString added = letters(to & ~from);
    const QString removed = letters(from & ~to);
    QString delta;
    if (!added.isEmpty())
        delta += u'+' + added;
    if (!removed.isEmpty())
        delta += u'-' + removed;
    return delta;
}

}
