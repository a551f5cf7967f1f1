#pragma once

#include "widgets/composer/completer.h"
#include "wire/drafty/markup.h"

#include <QPlainTextEdit>

class QImage;
class QUrl;

namespace confab {

class ComposerHighlighter;
class SpellChecker;

/// The text field of the composer: grows with its lines up to a limit, then scrolls. Enter asks to
/// send, Shift+Enter breaks the line; while an input method composes, Enter is the method's. Shows
/// marks as they will act, completes names and emoji, underlines what is written wrong.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// All outlive it.
    ComposerEdit(
        const Theme &theme, SpellChecker &speller, EmojiBook &book, QWidget *parent = nullptr);

    QString text() const;
    wire::MarkedText marked() const;
    /// Another text, with nothing to undo.
    void setMarked(const wire::MarkedText &text, int caret);
    /// Off: the text is sent as it is, and nothing in it means more.
    void setMarkup(bool on);
    bool hasMarkup() const { return m_markup; }
    void setMentionSource(MentionSource source)
    {
        m_completer->setMentionSource(std::move(source));
    }

    void setMaxLines(int lines);
    bool isComposing() const { return m_composing; }
    /// Whether files and pictures that are pasted or dropped are told, or fall through as text.
    void setTakesFiles(bool takes) { m_takesFiles = takes; }
    bool takesFiles() const { return m_takesFiles; }
    void insertEmoji(const QString &emoji);
    void toggle(wire::SpanKind kind); ///< marks around the selection, or the word at the caret
    void pastePlain();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void sendPressed();
    void escapePressed();
    void focusChanged();
    void emojiRequested();
    void filesRequested(); ///< Ctrl+O: to be chosen
    void upPressedWhileEmpty();
    void replyTargetMoved(int step); ///< Ctrl+Up: -1, Ctrl+Down: +1
    void keyForMessages(QKeyEvent *event); ///< by pages, which this field has not
    void filesPasted(const QList<QUrl> &files);
    void imagePasted(const QImage &image);
    void languagesChosen(const QStringList &languages); ///< for spelling, in the context menu

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    QMimeData *createMimeDataFromSelection() const override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void takeEnter(QKeyEvent *event);
    bool takeArrow(const QKeyEvent &event);
    bool takePage(QKeyEvent *event);
    bool takeChord(const QKeyEvent &event, bool act);
    void updateCompleter(const QString &typed);
    void insertPasted(const wire::MarkedText &text);

    SpellChecker &m_speller;
    ComposerHighlighter *m_highlighter;
    Completer *m_completer;
    int m_maxLines = 8;
    int m_lines = 1; ///< shown now, of those it wraps to
    bool m_overflows = false;
    bool m_composing = false;
    bool m_takesFiles = false;
    bool m_markup = true;
};

}
