#pragma once

#include "store/draft.h"
#include "widgets/theme.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QAbstractButton;
class QKeyEvent;

namespace confab {

class ComposerEdit;

/// Where messages are written. The text stays until the caller says that it is kept elsewhere
/// (reliability.md R1); until then nothing more is sent. Knows no topic: the page swaps texts.
class Composer : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(const Theme &theme, QWidget *parent = nullptr);

    QString text() const;
    Draft draft() const; ///< also of what is being sent, until that is safe
    /// Another conversation: as it was left there, nothing to undo.
    void restore(const Draft &draft, const QString &waitingFor);
    /// Whom the placeholder names.
    void setRecipient(const QString &name);
    /// Why nothing can be written; empty: it can.
    void setRefusal(const QString &reason);
    void takeKey(QKeyEvent *event); ///< typed elsewhere: focus, then type
    void setFocusToText();
    /// A text to go on with, below what is there already; can be undone.
    void append(const QString &text);

    /// The text sent is safe: takes it out, keeps what was typed behind it since.
    void accept();
    void refuse(); ///< it is not: the same text may be sent again
    bool isWaiting() const { return !m_waitingFor.isNull(); }
    /// Reports what has not been reported yet.
    void flush();

signals:
    void sendRequested(const QString &text);
    void edited(); ///< by the person
    void settled(const confab::Draft &draft); ///< 300 ms after the last change of the text
    void escapePressed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void send();
    void textChanged();
    void settle();
    void updateSend();
    void applyTheme();

    const Theme &m_theme;
    ComposerEdit *m_edit;
    QAbstractButton *m_send;
    QLabel *m_refusal;
    QTimer m_settle;
    QString m_waitingFor; ///< the text that was sent; null while nothing is on its way
    Draft m_settled; ///< as last reported or restored
    bool m_restoring = false;
};

/// What is left of a text after the part that was sent.
QString textAfterSending(const QString &text, const QString &sent);

}
