#pragma once

#include "widgets/conversation/messageview.h"
#include "widgets/media/filesaver.h"
#include "widgets/media/medialibrary.h"
#include "widgets/viewtypes.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

namespace confab {

class Lightbox;

/// What happens when a person opens, plays, saves or stops a medium of a conversation. GUI thread;
/// lives as long as the view.
class MediaOpener : public QObject
{
    Q_OBJECT

public:
    MediaOpener(const Theme &theme, MessageView *view, MediaLibrary *library, QObject *parent);

    void openFirst(const RowKey &key); ///< of that message
    void saveFirst(const RowKey &key);
    void click(const RowKey &key, int part, PartLayout::Zone zone, qreal fraction);
    void leave(); ///< another conversation

signals:
    void problem(const confab::ErrorText &problem);
    void discardRequested(const QString &cid); ///< a message that is still being sent is not wanted
    void chatRequested(const wire::UserId &user); ///< of a contact card

private:
    /// One medium in its row.
    struct Place {
        RowKey key;
        int part = -1;
        wire::Entity medium;
        bool isValid() const { return part >= 0; }
    };
    using WithPath = std::function<void(const QString &path)>;

    Place placeOf(const RowKey &key, int part) const;
    Place firstIn(const RowKey &key) const;
    template <typename Is>
    Place beside(const Place &place, int step, Is is) const;

    void open(const Place &place);
    void openFile(const wire::MediaSource &source);
    void openContact(const wire::Contact &contact);
    void play(const Place &place);
    void playNext(const QString &id);
    void show(const Place &place);
    void showLightbox(const Place &place, const QString &path);
    void save(const Place &place);
    bool stopOrFetch(const Place &place, const wire::MediaSource &source);
    /// Runs `then` with a file on this computer, fetching it first if need be.
    void withFile(const wire::MediaSource &source, WithPath then);
    void runWaiting(const QString &reference);
    void tell(const QString &sentence);

    const Theme &m_theme;
    MessageView *m_view;
    MediaLibrary *m_library;
    FileSaver m_saver;
    QHash<QString, WithPath> m_waiting; ///< by reference
    Place m_played;
    Place m_shown;
    QPointer<Lightbox> m_lightbox;
};

}
