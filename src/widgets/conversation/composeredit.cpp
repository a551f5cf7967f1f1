#include "widgets/conversation/composeredit.h"

#include <QAbstractTextDocumentLayout>
#include <QImage>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>
#include <cmath>

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

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
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

/// Escape is also a key of the window, which has no use for it while the text has the focus.
bool ComposerEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_composing) {
        event->ignore();
    } else if (isEnter && event->modifiers().testFlag(Qt::ShiftModifier)) {
        textCursor().insertBlock();
        ensureCursorVisible();
    } else if (isEnter) {
        emit sendPressed();
    } else if (event->key() == Qt::Key_Escape) {
        emit escapePressed();
    } else if (!takeArrow(*event)) {
        QPlainTextEdit::keyPressEvent(event);
    }
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

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || (m_takesFiles && (source->hasImage() || source->hasUrls()));
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
    if (source->hasText())
        textCursor().insertText(source->text());
    ensureCursorVisible();
}

void ComposerEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    emit focusChanged();
}

void ComposerEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    emit focusChanged();
}

}
