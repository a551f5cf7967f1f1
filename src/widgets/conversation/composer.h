#pragma once

#include "store/draft.h"
#include "widgets/composer/attachmenu.h"
#include "widgets/composer/completer.h"
#include "widgets/composer/linkpreviews.h"
#include "widgets/theme.h"

#include <QTimer>
#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QImage;
class QKeyEvent;
class QToolButton;
class QUrl;
class QVBoxLayout;

namespace confab {

class ComposerEdit;
class ComposerStrips;
class EmojiPicker;
class RoomLabel;
class SpellChecker;
class WriteRefusal;

/// Where messages are written: a box with what is answered or edited, the text, and the buttons.
/// The text stays until the caller says that it is kept elsewhere (reliability.md R1); until then
/// nothing more is sent. Knows no topic: the page swaps texts.
class Composer : public QWidget
{
    Q_OBJECT

public:
    /// All outlive it.
    Composer(const Theme &theme, SpellChecker &speller, EmojiBook &book, QWidget *parent = nullptr);

    QString text() const;
    Draft draft() const; ///< also of what is being sent, until that is safe
    /// Another conversation: as it was left there, nothing to undo, and no strip.
    void restore(const Draft &draft, const QString &waitingFor);
    /// What the text answers or edits becomes part of the draft; `strip` tells it inside the box,
    /// above the text, and is owned by the composer from now on. Sending ends it. Seqs of 0 and
    /// nullptr: no target.
    void setTarget(Seq replyTo, Seq edits, QWidget *strip);
    bool hasTarget() const { return m_settled.replyTo != 0 || m_settled.edits != 0; }
    /// Takes the place of the text and its buttons, such as a recorder, and is owned by the
    /// composer; nullptr: the text is back.
    void setPanel(QWidget *panel);
    /// Shows the button for files and other things; from then on dropped and pasted files and pictures are taken
    /// too.
    void setAttaching(bool on);
    /// Shows the microphone while there is no text.
    void setRecording(bool on);
    /// Whom the placeholder names.
    void setRecipient(const QString &name);
    /// Why nothing can be written, and the words of a button that helps, if there is one. An empty
    /// reason: it can.
    void setRefusal(const QString &reason, const QString &help = {});
    /// Off: the text is sent as it is, and no mark or name in it means more.
    void setMarkup(bool on);
    /// Whom an @ can mention; asked while a name is typed.
    void setMentionSource(MentionSource source);
    /// Bytes that a message may have on its way; 0: not known.
    void setSizeLimit(int bytes);
    /// What links look like at their other end: asked for by previewRequested() while they are on.
    LinkPreviews &previews() { return m_previews; }
    void takeKey(QKeyEvent *event); ///< typed elsewhere: focus, then type
    void setFocusToText();
    /// A text to go on with, below what is there already; can be undone.
    void append(const wire::MarkedText &text);

    /// The text sent is safe: takes it out, keeps what was typed behind it since.
    void accept();
    void refuse(); ///< it is not: the same text may be sent again
    bool isWaiting() const { return !m_waitingFor.isNull(); }
    /// Reports what has not been reported yet.
    void flush();
    QToolButton *recordButton() const { return m_record; }

signals:
    void sendRequested(const confab::wire::Drafty &content);
    void edited(); ///< by the person
    void settled(
        const confab::Draft &draft); ///< 300 ms after the last change, and with a new target
    void attachRequested(confab::AttachKind kind);
    void recordRequested(); ///< the microphone went down, or was pressed by a key
    void recordReleased(); ///< and came up again
    void filesPasted(const QList<QUrl> &files); ///< or dropped; all of them local
    void imagePasted(const QImage &image); ///< or dropped
    void editLastRequested(); ///< Up while there is no text
    void replyTargetMoved(int step); ///< Ctrl+Up: -1, to an older message; Ctrl+Down: +1
    void keyForMessages(QKeyEvent *event); ///< a key that belongs to the messages was pressed here
    void refusalHelpRequested(); ///< the button beside the reason
    void languagesChosen(const QStringList &languages); ///< for spelling, in the context menu
    void targetCancelled(); ///< Escape while there is a target, which is gone now
    void escapePressed(); ///< when nothing here had use for it

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void send();
    void build();
    void connectParts();
    void escape();
    void showAttachMenu();
    void showEmojiPicker();
    void showPreview();
    wire::Drafty content() const;
    void measure();
    void textChanged();
    void settle();
    void updateParts();
    void applyTheme();
    bool isRefused() const;
    bool canSend() const;

    const Theme &m_theme;
    EmojiBook &m_book;
    LinkPreviews m_previews;
    QVBoxLayout *m_column;
    QHBoxLayout *m_row; ///< the text and its buttons
    ComposerEdit *m_edit;
    QToolButton *m_attach;
    RoomLabel *m_room;
    QToolButton *m_emoji;
    QToolButton *m_record;
    QAbstractButton *m_send;
    WriteRefusal *m_refusal;
    ComposerStrips *m_strips;
    QWidget *m_panel = nullptr;
    AttachMenu *m_attachMenu = nullptr; ///< these two are made when first asked for
    EmojiPicker *m_picker = nullptr;
    QTimer m_settle;
    QString m_waitingFor; ///< the text that was sent; null while nothing is on its way
    Draft m_settled; ///< as last reported or restored
    bool m_restoring = false;
    bool m_isRecording = false;
};

}
