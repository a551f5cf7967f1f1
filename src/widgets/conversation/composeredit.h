#pragma once

#include <QPlainTextEdit>

class QImage;
class QUrl;

namespace confab {

/// The text field of the composer: grows with its lines up to a limit, then scrolls. Enter asks to
/// send, Shift+Enter breaks the line; while an input method composes, Enter is the method's.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    void setMaxLines(int lines);
    bool isComposing() const { return m_composing; }
    /// Whether files and pictures that are pasted or dropped are told, or fall through as text.
    void setTakesFiles(bool takes) { m_takesFiles = takes; }
    bool takesFiles() const { return m_takesFiles; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void sendPressed();
    void escapePressed();
    void focusChanged();
    void upPressedWhileEmpty();
    void replyTargetMoved(int step); ///< Ctrl+Up: -1, Ctrl+Down: +1
    void filesPasted(const QList<QUrl> &files);
    void imagePasted(const QImage &image);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    bool takeArrow(const QKeyEvent &event);

    int m_maxLines = 8;
    int m_lines = 1; ///< shown now, of those it wraps to
    bool m_overflows = false;
    bool m_composing = false;
    bool m_takesFiles = false;
};

}
