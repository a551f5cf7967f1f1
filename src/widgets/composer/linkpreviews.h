#pragma once

#include "wire/drafty/drafty.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

namespace confab {

/// What a picture of a page becomes before it travels in a message.
struct SmallPicture {
    QByteArray jpeg; ///< empty: it could not be read
    wire::PixelSize pixels;
};

/// The preview of the first link in a text being written: asked for when the link is complete,
/// shown before it is sent, dropped by the person or with the link, and put into the message. Asks
/// only while it is enabled, each address once. GUI thread.
class LinkPreviews : public QObject
{
    Q_OBJECT

public:
    explicit LinkPreviews(QObject *parent = nullptr);
    ~LinkPreviews() override;

    void setEnabled(bool on);
    /// The text as it stands.
    void look(const wire::Drafty &content);
    /// What was found; the picture may have any size and is made small on another thread.
    void take(const QString &url, const wire::LinkPreview &found);
    void drop(); ///< this one and no other one for this address
    void reset(); ///< another text

    const wire::LinkPreview &preview() const { return m_preview; } ///< empty: none to be shown
    /// The text with the preview in its link.
    wire::Drafty added(const wire::Drafty &content) const;

signals:
    void requested(const QString &url); ///< take() answers, or nothing is found
    void changed(); ///< preview()

private:
    void ask();
    void show(const QString &url, const wire::LinkPreview &preview);
    void clear();

    bool m_enabled = false;
    QString m_url; ///< in the text now
    wire::LinkPreview m_preview;
    QSet<QString> m_done; ///< asked for, or dropped, in this text
    QThreadPool m_pool; ///< one thread: pictures are made small
    QTimer m_pause; ///< until a link at the end of the text counts as complete
};

}
