#pragma once

#include "widgets/composer/completionpopup.h"
#include "wire/ids.h"

#include <QByteArray>
#include <QObject>
#include <QTextCursor>

#include <functional>

class QKeyEvent;
class QPlainTextEdit;

namespace confab {

class EmojiBook;

/// Somebody whom a message can mention.
struct MentionCandidate {
    wire::UserId user;
    QString name;
    QByteArray photo; ///< encoded, may be empty
};
using MentionSource = std::function<QList<MentionCandidate>()>;

/// Completes the word at the caret of a text: "@na" to a mention of a person, ":he" to an emoji,
/// and
/// ":heart:" at its second colon. Asks for people only while somebody types a name.
class Completer : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; the popup is made in the window of `edit` when first needed.
    Completer(const Theme &theme, EmojiBook &book, QPlainTextEdit &edit);

    void setMentionSource(MentionSource source) { m_mentions = std::move(source); }
    /// Words that mean more than they say; off: nothing is completed.
    void setEnabled(bool on);
    /// A popup that is open may have use for it.
    bool takeKey(const QKeyEvent &event);
    bool isOpen() const;
    void close();
    /// The text before the caret has changed; by a colon that was typed, if `byColon`.
    void update(bool inCode, bool byColon);

private:
    struct Offer {
        wire::UserId user; ///< or else
        QString text; ///< what is typed in place
    };

    void hide();
    void openFor(QChar sign, const QString &word);
    void offerPeople(const QString &word);
    void offerEmoji(const QString &word);
    void show(const QList<CompletionPopup::Entry> &entries);
    bool closeCode(const QString &before);
    void accept(int index);
    QTextCursor wordCursor() const;

    const Theme &m_theme;
    EmojiBook &m_book;
    QPlainTextEdit &m_edit;
    CompletionPopup *m_popup = nullptr;
    MentionSource m_mentions;
    QList<Offer> m_offers;
    int m_begin = -1; ///< of the word with its sign, in the document; -1: none
    int m_dismissed = -1; ///< the begin of a word that the person wants no help with
    bool m_enabled = true;
};

}
