#include "widgets/composer/completer.h"

#include "widgets/composer/completionpopup.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/fixedparts.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTextBlock>

#include <algorithm>

namespace confab {

namespace {

constexpr int kMaxOffers = 50;
constexpr int kMaxWidth = 400;
constexpr int kGap = 8; // to what it stands on

const QRegularExpression &wordPattern()
{
    static const QRegularExpression pattern(
        QStringLiteral(R"((?:^|[\s(])(@[\p{L}\p{M}\p{N}._-]{0,40}|:[\p{L}\p{M}\p{N}_+-]{2,40})$)"),
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

const QRegularExpression &codePattern()
{
    static const QRegularExpression pattern(QStringLiteral(R"((?:^|[\s(]):([a-z0-9_+-]{2,40}):$)"));
    return pattern;
}

/// A name fits if it, or a word in it, begins with what was typed.
bool fits(const QString &name, const QString &typed)
{
    if (name.startsWith(typed, Qt::CaseInsensitive))
        return true;
    const qsizetype at = name.indexOf(u' ' + typed, 0, Qt::CaseInsensitive);
    return at >= 0;
}

}

Completer::Completer(const Theme &theme, EmojiBook &book, QPlainTextEdit &edit)
    : QObject(&edit)
    , m_theme(theme)
    , m_book(book)
    , m_edit(edit)
{
}

void Completer::setEnabled(bool on)
{
    m_enabled = on;
    if (!on)
        close();
}

bool Completer::isOpen() const
{
    return m_popup && m_popup->isVisible();
}

bool Completer::takeKey(const QKeyEvent &event)
{
    return isOpen() && m_popup->takeKey(event);
}

void Completer::close()
{
    m_begin = -1;
    hide();
}

void Completer::hide()
{
    if (!isOpen())
        return;
    const bool wasInList = m_popup->choice() >= 0;
    m_popup->hide();
    m_edit.setAccessibleDescription({});
    if (!wasInList)
        return;
    QAccessibleEvent event(&m_edit, QAccessible::Focus); // back from the list
    QAccessible::updateAccessibility(&event);
}

void Completer::update(bool inCode, bool byColon)
{
    const QTextCursor cursor = m_edit.textCursor();
    if (!m_enabled || inCode || cursor.hasSelection()) {
        close();
        return;
    }
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (byColon && closeCode(before))
        return;
    const QRegularExpressionMatch match = wordPattern().match(before);
    if (!match.hasMatch()) {
        m_dismissed = -1;
        close();
        return;
    }
    m_begin = cursor.block().position() + int(match.capturedStart(1));
    if (m_begin == m_dismissed)
        return;
    openFor(match.capturedView(1).at(0), match.captured(1).mid(1));
}

void Completer::openFor(QChar sign, const QString &word)
{
    m_offers.clear();
    if (!m_popup) {
        m_popup = new CompletionPopup(m_theme, m_edit.window());
        connect(m_popup, &CompletionPopup::accepted, this, &Completer::accept);
        connect(m_popup, &CompletionPopup::dismissed, this, [this] {
            m_dismissed = m_begin;
            close();
        });
    }
    if (sign == u'@')
        offerPeople(word);
    else
        offerEmoji(word);
}

void Completer::offerPeople(const QString &word)
{
    QList<CompletionPopup::Entry> entries;
    QList<MentionCandidate> people = m_mentions ? m_mentions() : QList<MentionCandidate>();
    // Sam comes before Robin Sample.
    std::stable_partition(
        people.begin(), people.end(), [&word](const MentionCandidate &person) {
            return person.name.startsWith(word, Qt::CaseInsensitive);
        });
    for (const MentionCandidate &person : std::as_const(people)) {
        if (!fits(person.name, word) || entries.size() == kMaxOffers)
            continue;
        entries += CompletionPopup::Entry{
            {}, {person.user, person.name, person.photo}, person.name, {}};
        m_offers += Offer{person.user, u'@' + person.name};
    }
    show(entries);
}

void Completer::offerEmoji(const QString &word)
{
    QList<CompletionPopup::Entry> entries;
    const EmojiTable &table = m_book.table();
    for (const int place : table.search(word, kMaxOffers)) {
        const Emoji &emoji = table.emoji().at(place);
        const QString text = emoji.withTone(m_book.tone());
        const QString code
            = emoji.codes.isEmpty() ? QString() : QStringLiteral(":%1:").arg(emoji.codes.first());
        entries += CompletionPopup::Entry{text, {}, emoji.name, code};
        m_offers += Offer{{}, text};
    }
    show(entries);
}

void Completer::show(const QList<CompletionPopup::Entry> &entries)
{
    if (entries.isEmpty()) {
        hide();
        return;
    }
    m_edit.setAccessibleDescription(
        tr("%1 suggestions; arrow keys choose").arg(entries.size()));
    // Above the whole box, so that it covers nothing of what is being written.
    const QWidget *box = m_edit.parentWidget() ? m_edit.parentWidget() : &m_edit;
    const QPoint top = box->mapTo(m_popup->parentWidget(), QPoint(0, -kGap));
    m_popup->open(entries, top, qMin(box->width(), m_theme.scaled(kMaxWidth)));
}

/// ":code:" has been typed to its end.
bool Completer::closeCode(const QString &before)
{
    const QRegularExpressionMatch match = codePattern().match(before);
    const int place = match.hasMatch() ? m_book.table().findCode(match.captured(1)) : -1;
    if (place < 0)
        return false;
    const QString emoji = m_book.table().emoji().at(place).withTone(m_book.tone());
    m_begin = m_edit.textCursor().block().position() + int(match.capturedStart(1)) - 1;
    QTextCursor word = wordCursor();
    close();
    word.insertText(emoji, QTextCharFormat());
    m_book.noteUse(emoji);
    return true;
}

QTextCursor Completer::wordCursor() const
{
    QTextCursor word = m_edit.textCursor();
    word.setPosition(m_begin, QTextCursor::KeepAnchor);
    return word;
}

void Completer::accept(int index)
{
    const Offer offer = m_offers.value(index);
    if (m_begin < 0 || offer.text.isEmpty())
        return;
    QTextCursor word = wordCursor();
    close();
    word.beginEditBlock();
    if (offer.user.isEmpty()) {
        word.insertText(offer.text, QTextCharFormat());
        m_book.noteUse(offer.text);
    } else {
        insertFixed(word, wire::Drafty::fromEntity(offer.text, wire::Mention{offer.user}));
        word.insertText(QStringLiteral(" "), QTextCharFormat());
    }
    word.endEditBlock();
    m_edit.setTextCursor(word);
}

}
