#pragma once

#include "store/topiclist.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QHash>
#include <QWidget>

class QToolButton;

namespace confab {

/// Below the header: the pinned messages of the chat, one at a time. A click or Enter shows the
/// message and brings the next older pin. Hidden while there are none.
class PinStrip : public QWidget
{
    Q_OBJECT

public:
    explicit PinStrip(const Theme &theme, QWidget *parent = nullptr);

    void setTopic(TopicList *topics, Topic *topic); ///< nullptr: none
    Seq current() const; ///< 0 if there is no pin
    /// From the disk, in answer to messageWanted(); others do no harm.
    void takeMessages(const QList<Message> &messages);

signals:
    void messageRequested(confab::Seq seq);
    void messageWanted(confab::Seq seq); ///< to name it: it is not loaded. Once for each
    void unpinRequested(confab::Seq seq);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void refresh();
    void showNext();
    QString line();
    QString lineOf(const Message &message) const;
    void applyTheme();

    const Theme &m_theme;
    QToolButton *m_unpin;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QList<Seq> m_pins; ///< the newest last
    int m_shown = 0; ///< counted from the newest
    QString m_line;
    QHash<Seq, QString> m_far; ///< of pins that are not loaded; empty while they are asked for
};

}
