#pragma once

#include <QPlainTextEdit>

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
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void sendPressed();
    void escapePressed();
    void focusChanged();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    int m_maxLines = 8;
    int m_lines = 1; ///< shown now, of those it wraps to
    bool m_overflows = false;
    bool m_composing = false;
};

}
