#pragma once

#include "widgets/stallwatch.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace confab {

class MessageView;

/// Tells in the log what the program does: layouts, texts laid out, paints of the conversation, queries, when its
/// first messages are on the screen, and when the GUI thread was busy for too long. A line every ten seconds
/// in which something happened, and one at the end. GUI thread.
class Diagnostics : public QObject
{
    Q_OBJECT

public:
    /// What is written is also wanted in the log: switches the categories on.
    explicit Diagnostics(const MessageView *view, QObject *parent = nullptr);
    ~Diagnostics() override;

    QString line() const; ///< counts since the start

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tell();
    void tellOfMessages();

    QPointer<const MessageView> m_view;
    StallWatch m_stalls;
    QTimer m_timer;
    QString m_told;
    bool m_toldOfMessages = false;
};

}
