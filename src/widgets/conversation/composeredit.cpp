#include "widgets/conversation/composeredit.h"

#include "widgets/composer/composerhighlighter.h"
#include "widgets/composer/composermenu.h"
#include "widgets/composer/fixedparts.h"
#include "widgets/composer/pastedtext.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/composer/textmarks.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <functional>

namespace confab {

namespace {

constexpr int kPadding = 10; // above and below the lines

/// Of this computer, all of them; else none.
QList<QUrl> localFiles(const QMimeData &source)
{
    const QList<QUrl> urls = source.urls();
    const bool areLocal
        = std::all_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
    return areLocal ? urls : QList<QUrl>();
}

}

ComposerEdit::ComposerEdit(
    const Theme &theme, SpellChecker &speller, EmojiBook &book, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_speller(speller)
    , m_highlighter(new ComposerHighlighter(document(), theme, speller))
    , m_completer(new Completer(theme, book, *this))
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    setViewportMargins(0, kPadding, 0, kPadding);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    // A plain text document measures itself in lines, not in pixels.
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &ComposerEdit::fit);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this,
        [this] { m_highlighter->setCaret(textCursor().position()); });
}

/// Not toPlainText(), which makes other characters of some.
QString ComposerEdit::text() const
{
    QString text = document()->toRawText();
    for (const QChar separator : {QChar(QChar::ParagraphSeparator), QChar(QChar::LineSeparator)})
        text.replace(separator, u'\n');
    return text;
}

wire::MarkedText ComposerEdit::marked() const
{
    return {text(), fixedParts(*document()), {}};
}

void ComposerEdit::setMarked(const wire::MarkedText &text, int caret)
{
    m_completer->close();
    if (text.fixed.isEmpty()) {
        setPlainText(text.text);
    } else {
        setPlainText({});
        QTextCursor whole(document());
        insertMarked(whole, text);
        document()->clearUndoRedoStacks();
    }
    QTextCursor cursor = textCursor();
    const int end = document()->characterCount() - 1;
    cursor.setPosition(caret < 0 ? end : qMin(caret, end));
    setTextCursor(cursor);
}

void ComposerEdit::setMarkup(bool on)
{
    m_markup = on;
    m_highlighter->setMarkup(on);
    m_completer->setEnabled(on);
}

void ComposerEdit::setMaxLines(int lines)
{
    m_maxLines = lines;
    fit();
}

void ComposerEdit::fit()
{
    const int all = qMax(1, int(std::ceil(document()->size().height())));
    const int lines = qMin(m_maxLines, all);
    m_overflows = all > m_maxLines;
    setVerticalScrollBarPolicy(m_overflows ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (lines == m_lines)
        return;
    m_lines = lines;
    updateGeometry();
}

QSize ComposerEdit::sizeHint() const
{
    return {120, m_lines * fontMetrics().lineSpacing() + 2 * kPadding};
}

/// The caret's line was scrolled to before there was room for all of them.
void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (!m_overflows)
        verticalScrollBar()->setValue(0);
}

void ComposerEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

/// Keys of the window have no use while the text has the focus and one for them.
bool ComposerEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (key.key() == Qt::Key_Escape || takeChord(key, false)) {
            event->accept();
            return true;
        }
    }
    // Tab would leave the field before any other handler sees it.
    if (event->type() == QEvent::KeyPress && !m_composing) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (key.key() == Qt::Key_Tab && m_completer->takeKey(key))
            return true;
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (!m_composing && m_completer->takeKey(*event))
        return;
    const int revision = document()->revision();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter)
        takeEnter(event);
    else if (event->key() == Qt::Key_Escape)
        emit escapePressed();
    else if (!takeChord(*event, true) && !takeArrow(*event) && !takePage(event))
        QPlainTextEdit::keyPressEvent(event);
    if (revision != document()->revision() || m_completer->isOpen())
        updateCompleter(event->text());
}

void ComposerEdit::takeEnter(QKeyEvent *event)
{
    if (m_composing) {
        event->ignore();
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        textCursor().insertBlock();
        ensureCursorVisible();
    } else {
        m_completer->close();
        emit sendPressed();
    }
}

/// Keys with Ctrl that this field has a use for; done only if `act`.
bool ComposerEdit::takeChord(const QKeyEvent &event, bool act)
{
    struct Chord {
        QKeyCombination keys;
        std::function<void()> act;
        bool needsMarkup = true;
    };
    const Chord chords[] = {
        {Qt::CTRL | Qt::Key_B, [this] { toggle(wire::SpanKind::Bold); }},
        {Qt::CTRL | Qt::Key_I, [this] { toggle(wire::SpanKind::Italic); }},
        {Qt::CTRL | Qt::Key_E, [this] { toggle(wire::SpanKind::Code); }},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_X, [this] { toggle(wire::SpanKind::Strike); }},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_V, [this] { pastePlain(); }, false},
        {Qt::CTRL | Qt::SHIFT | Qt::Key_J, [this] { emit emojiRequested(); }, false},
        {Qt::CTRL | Qt::Key_O, [this] { emit filesRequested(); }, false},
    };
    for (const Chord &chord : chords) {
        if (event.keyCombination() != chord.keys || (chord.needsMarkup && !m_markup))
            continue;
        if (act)
            chord.act();
        return true;
    }
    return false;
}

void ComposerEdit::updateCompleter(const QString &typed)
{
    if (!m_composing)
        m_completer->update(m_highlighter->isCode(textCursor().position()), typed.endsWith(u':'));
}

void ComposerEdit::toggle(wire::SpanKind kind)
{
    setTextCursor(toggleMark(textCursor(), kind));
}

void ComposerEdit::insertEmoji(const QString &emoji)
{
    QTextCursor cursor = textCursor();
    cursor.insertText(emoji, QTextCharFormat());
    setTextCursor(cursor);
}

void ComposerEdit::pastePlain()
{
    const QMimeData *clip = QGuiApplication::clipboard()->mimeData();
    if (clip && clip->hasText())
        insertPasted(m_markup ? plainPastedText(*clip) : wire::MarkedText{clip->text(), {}, {}});
}

bool ComposerEdit::takeArrow(const QKeyEvent &event)
{
    const int step = event.key() == Qt::Key_Up ? -1 : event.key() == Qt::Key_Down ? 1 : 0;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (step == 0 || m_composing)
        return false;
    if (modifiers == Qt::ControlModifier)
        emit replyTargetMoved(step);
    else if (modifiers == Qt::NoModifier && step < 0 && document()->isEmpty())
        emit upPressedWhileEmpty();
    else
        return false;
    return true;
}

/// A text that is all on screen has no pages: those of the conversation are meant.
bool ComposerEdit::takePage(QKeyEvent *event)
{
    const bool isPage = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    if (!isPage || m_composing || m_overflows)
        return false;
    emit keyForMessages(event);
    return true;
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
    if (!event->commitString().isEmpty())
        updateCompleter(event->commitString());
    else if (m_composing)
        m_completer->close();
}

void ComposerEdit::mousePressEvent(QMouseEvent *event)
{
    m_completer->close();
    QPlainTextEdit::mousePressEvent(event);
}

void ComposerEdit::contextMenuEvent(QContextMenuEvent *event)
{
    m_completer->close();
    const QTextCursor place = event->reason() == QContextMenuEvent::Mouse
        ? cursorForPosition(event->pos())
        : textCursor();
    auto *menu = new ComposerMenu(*this, m_speller, place);
    connect(menu, &ComposerMenu::languagesChosen, this, &ComposerEdit::languagesChosen);
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(isByKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || source->hasHtml()
        || (m_takesFiles && (source->hasImage() || source->hasUrls()));
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    const QList<QUrl> files = m_takesFiles ? localFiles(*source) : QList<QUrl>();
    if (!files.isEmpty()) {
        emit filesPasted(files);
        return;
    }
    if (m_takesFiles && source->hasImage() && !source->hasText()) {
        emit imagePasted(qvariant_cast<QImage>(source->imageData()));
        return;
    }
    if (!source->hasText() && !source->hasHtml())
        return;
    if (!m_markup) {
        insertPasted({source->text(), {}, {}});
        return;
    }
    const QString word = source->text().trimmed();
    const bool isLink = wire::isSafeLink(word) && !word.contains(u' ') && !word.contains(u'\n');
    if (!isLink || !linkSelection(textCursor(), word))
        insertPasted(pastedText(*source));
    ensureCursorVisible();
}

void ComposerEdit::insertPasted(const wire::MarkedText &text)
{
    QTextCursor cursor = textCursor();
    insertMarked(cursor, text);
    setTextCursor(cursor);
    ensureCursorVisible();
}

QMimeData *ComposerEdit::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    const int begin = cursor.selectionStart();
    const int end = cursor.selectionEnd();
    return copiedText({text().mid(begin, end - begin), fixedParts(*document(), begin, end), {}});
}

void ComposerEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    emit focusChanged();
}

void ComposerEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completer->close();
    emit focusChanged();
}

}
