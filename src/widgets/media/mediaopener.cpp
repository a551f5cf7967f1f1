#include "widgets/media/mediaopener.h"

#include "store/upload.h"
#include "widgets/conversation/conversationtext.h"
#include "widgets/media/contactfile.h"
#include "widgets/media/lightbox.h"
#include "widgets/media/voiceplayer.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QStandardPaths>
#include <QUrl>

namespace confab {

namespace {

/// How far the next voice message or picture is looked for.
constexpr int kFarthest = 2000;

bool isPicture(const wire::Entity &medium)
{
    return std::holds_alternative<wire::Image>(medium)
        || std::holds_alternative<wire::Video>(medium);
}

bool isVoice(const wire::Entity &medium)
{
    return std::holds_alternative<wire::Audio>(medium);
}

}

MediaOpener::MediaOpener(
    const Theme &theme, MessageView *view, MediaLibrary *library, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_view(view)
    , m_library(library)
{
    connect(view, &MessageView::mediumClicked, this, &MediaOpener::click);
    connect(&library->files(), &MediaFiles::changed, this, &MediaOpener::runWaiting);
    connect(&library->voice(), &VoicePlayer::ended, this, &MediaOpener::playNext);
    connect(&library->voice(), &VoicePlayer::failed, this, &MediaOpener::tell);
}

void MediaOpener::tell(const QString &sentence)
{
    emit problem({sentence, {}});
}

void MediaOpener::leave()
{
    m_waiting.clear();
    m_library->voice().stop();
    delete m_lightbox;
}

MediaOpener::Place MediaOpener::placeOf(const RowKey &key, int part) const
{
    const MessageRows &rows = m_view->rows();
    const int row = rows.rowOf(key);
    if (row < 0)
        return {};
    const auto text = MessageText::ofMessage(rows.contentAt(row), rows.textAt(row), true);
    const QList<MessagePart> &parts = text.parts();
    if (part < 0 || part >= parts.size() || !parts.at(part).medium)
        return {};
    return {key, part, *parts.at(part).medium};
}

MediaOpener::Place MediaOpener::firstIn(const RowKey &key) const
{
    const MessageRows &rows = m_view->rows();
    const int row = rows.rowOf(key);
    if (row < 0)
        return {};
    const auto text = MessageText::ofMessage(rows.contentAt(row), rows.textAt(row), true);
    for (int part = 0; part < text.parts().size(); ++part) {
        if (text.parts().at(part).medium)
            return {key, part, *text.parts().at(part).medium};
    }
    return {};
}

/// The next of this kind, in the same message or in others, older (-1) or newer (1).
template <typename Is>
MediaOpener::Place MediaOpener::beside(const Place &place, int step, Is is) const
{
    const MessageRows &rows = m_view->rows();
    int part = place.part + step;
    const int first = rows.rowOf(place.key);
    for (int row = first; row >= 0 && row < rows.count() && qAbs(row - first) < kFarthest;
         row += step) {
        if (rows.contentAt(row).isString() || rows.contentAt(row).isAbsent()) {
            part = step > 0 ? 0 : -1;
            continue;
        }
        const auto text = MessageText::ofMessage(rows.contentAt(row), {}, true);
        const int count = int(text.parts().size());
        if (row != first)
            part = step > 0 ? 0 : count - 1;
        for (; part >= 0 && part < count; part += step) {
            const auto &medium = text.parts().at(part).medium;
            if (medium && is(*medium))
                return {rows.keyAt(row), part, *medium};
        }
    }
    return {};
}

void MediaOpener::click(const RowKey &key, int part, PartLayout::Zone zone, qreal fraction)
{
    const Place place = placeOf(key, part);
    if (!place.isValid())
        return;
    if (isVoice(place.medium)) {
        VoicePlayer &voice = m_library->voice();
        const QString id = MediaLibrary::idOf(*wire::mediaSource(place.medium));
        if (zone == PartLayout::Zone::Speed && voice.isCurrent(id)) {
            voice.cycleRate();
            return;
        }
        if (zone == PartLayout::Zone::Bars && voice.isCurrent(id)) {
            voice.seek(id, fraction);
            return;
        }
    }
    open(place);
}

void MediaOpener::openFirst(const RowKey &key)
{
    const Place place = firstIn(key);
    if (place.isValid())
        open(place);
}

void MediaOpener::saveFirst(const RowKey &key)
{
    const Place place = firstIn(key);
    if (place.isValid())
        save(place);
}

void MediaOpener::open(const Place &place)
{
    if (const auto *contact = std::get_if<wire::Contact>(&place.medium)) {
        openContact(*contact);
        return;
    }
    const wire::MediaSource *source = wire::mediaSource(place.medium);
    if (!source || stopOrFetch(place, *source))
        return;
    if (isVoice(place.medium))
        play(place);
    else if (isPicture(place.medium))
        show(place);
    else
        openFile(*source);
}

/// Whether the click was for the file's way here: it stops it, or begins it.
bool MediaOpener::stopOrFetch(const Place &place, const wire::MediaSource &source)
{
    if (source.ref.isEmpty())
        return false;
    if (!Upload::idOf(source.ref).isEmpty() && !isPicture(place.medium)) {
        emit discardRequested(place.key.cid);
        return true;
    }
    const MediaFile file = m_library->files().file(source.ref);
    if (file.state == MediaFile::State::Loading) {
        m_waiting.remove(source.ref);
        m_library->files().cancel(source.ref);
        return true;
    }
    if (file.state == MediaFile::State::Failed && file.isElsewhere) {
        QDesktopServices::openUrl(QUrl(source.ref));
        return true;
    }
    return false;
}

void MediaOpener::withFile(const wire::MediaSource &source, WithPath then)
{
    if (source.ref.isEmpty()) {
        m_saver.saveInline(MediaLibrary::idOf(source), source.base64.toLatin1(),
            [this, then](const QString &path, const QString &error) {
                if (error.isEmpty())
                    then(path);
                else
                    tell(error);
            });
        return;
    }
    const MediaFile file = m_library->files().file(source.ref);
    if (file.state == MediaFile::State::Ready) {
        then(file.path);
        return;
    }
    m_waiting.insert(source.ref, std::move(then));
    m_library->files().fetch(source.ref);
}

void MediaOpener::runWaiting(const QString &reference)
{
    const MediaFile file = m_library->files().file(reference);
    const bool isOver
        = file.state == MediaFile::State::Ready || file.state == MediaFile::State::Failed;
    if (!isOver || !m_waiting.contains(reference))
        return;
    const WithPath then = m_waiting.take(reference);
    if (file.state == MediaFile::State::Ready)
        then(file.path);
    else
        tell(file.error);
}

void MediaOpener::openFile(const wire::MediaSource &source)
{
    const QString name = FileSaver::safeName(source.name, source.mime);
    withFile(source, [this, name](const QString &path) {
        m_saver.saveForOpening(path, name, [this](const QString &copy, const QString &error) {
            if (!error.isEmpty())
                tell(error);
            else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(copy)))
                tell(tr("No program here opens this kind of file. Save it instead."));
        });
    });
}

void MediaOpener::openContact(const wire::Contact &contact)
{
    if (!contact.user.isEmpty()) {
        emit chatRequested(contact.user);
        return;
    }
    wire::MediaSource card;
    card.mime = QStringLiteral("text/vcard");
    card.name = contact.card.name + QStringLiteral(".vcf");
    card.base64 = QString::fromLatin1(vCardOf(contact).toBase64());
    openFile(card);
}

void MediaOpener::play(const Place &place)
{
    const auto &audio = std::get<wire::Audio>(place.medium);
    const QString id = MediaLibrary::idOf(audio.source);
    m_played = place;
    withFile(audio.source, [this, id, duration = audio.duration](const QString &path) {
        m_library->voice().toggle(id, path, duration);
    });
}

void MediaOpener::playNext(const QString &id)
{
    if (!m_played.isValid() || MediaLibrary::idOf(*wire::mediaSource(m_played.medium)) != id)
        return;
    const Place next = beside(m_played, 1, isVoice);
    if (next.isValid())
        play(next);
}

void MediaOpener::show(const Place &place)
{
    withFile(*wire::mediaSource(place.medium),
        [this, place](const QString &path) { showLightbox(place, path); });
}

void MediaOpener::showLightbox(const Place &place, const QString &path)
{
    m_shown = place;
    m_library->voice().stop();
    if (!m_lightbox) {
        m_lightbox = new Lightbox(m_theme, m_view->window());
        connect(m_lightbox, &Lightbox::stepRequested, this, [this](int step) {
            const Place next = beside(m_shown, step, isPicture);
            if (next.isValid())
                show(next);
        });
        connect(m_lightbox, &Lightbox::saveRequested, this, [this] { save(m_shown); });
        connect(m_lightbox, &Lightbox::problem, this, &MediaOpener::tell);
        connect(m_lightbox, &Lightbox::closed, m_view, [this] { m_view->setFocus(); });
    }
    const MessageRows &rows = m_view->rows();
    const int row = rows.rowOf(place.key);
    LightboxItem item;
    item.path = path;
    item.isFilm = std::holds_alternative<wire::Video>(place.medium);
    item.sender = row < 0 ? QString() : rows.isOwn(row) ? tr("You") : rows.senderAt(row);
    item.caption = row < 0 ? QString() : captionOf(rows.contentAt(row));
    item.hasOlder = beside(place, -1, isPicture).isValid();
    item.hasNewer = beside(place, 1, isPicture).isValid();
    m_lightbox->show(item);
}

void MediaOpener::save(const Place &place)
{
    wire::MediaSource source;
    if (const auto *contact = std::get_if<wire::Contact>(&place.medium)) {
        source.base64 = QString::fromLatin1(vCardOf(*contact).toBase64());
        source.name = contact->card.name + QStringLiteral(".vcf");
    } else if (const wire::MediaSource *known = wire::mediaSource(place.medium)) {
        source = *known;
    } else {
        return;
    }
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString name = FileSaver::safeName(source.name, source.mime);
    auto *dialog = new QFileDialog(m_view->window(), tr("Save as"), folder + u'/' + name);
    dialog->setObjectName(QStringLiteral("saveMediumDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, source](const QString &to) {
        withFile(source, [this, to](const QString &path) {
            m_saver.save(path, to, [this](const QString &, const QString &error) {
                if (!error.isEmpty())
                    tell(error);
            });
        });
    });
    dialog->open();
}

}
