#include "widgets/media/mediafiles.h"

#include "store/upload.h"

#include <utility>

namespace confab {

MediaFiles::MediaFiles(QObject *parent)
    : QObject(parent)
{
    m_ask.setSingleShot(true);
    m_ask.setInterval(0);
    connect(&m_ask, &QTimer::timeout, this, &MediaFiles::askForWanted);
}

const MediaFile &MediaFiles::file(const QString &reference) const
{
    static const MediaFile kUnknown;
    const auto found = m_files.constFind(reference);
    return found == m_files.constEnd() ? kUnknown : *found;
}

void MediaFiles::want(const QString &reference, qint64 automatic)
{
    if (reference.isEmpty() || file(reference).state != MediaFile::State::Unknown)
        return;
    m_files[reference].state = MediaFile::State::Asked;
    m_wanted.insert(reference, automatic);
    m_ask.start();
}

void MediaFiles::askForWanted()
{
    const QHash<QString, qint64> wanted = std::exchange(m_wanted, {});
    for (auto one = wanted.begin(); one != wanted.end(); ++one)
        emit fetchRequested(one.key(), one.value());
}

void MediaFiles::fetch(const QString &reference)
{
    MediaFile &known = m_files[reference];
    if (known.state == MediaFile::State::Ready || known.state == MediaFile::State::Loading)
        return;
    known.state = MediaFile::State::Loading;
    known.done = 0;
    known.error.clear();
    emit fetchRequested(reference, kMost);
    emit changed(reference);
}

void MediaFiles::cancel(const QString &reference)
{
    const auto known = m_files.find(reference);
    if (known == m_files.end() || known->state != MediaFile::State::Loading)
        return;
    known->state = MediaFile::State::Missing;
    emit cancelRequested(reference);
    emit changed(reference);
}

qreal MediaFiles::uploaded(const QString &reference) const
{
    return Upload::idOf(reference).isEmpty() ? -1 : m_uploads.value(reference, 0);
}

void MediaFiles::clear()
{
    m_files.clear();
    m_uploads.clear();
    m_wanted.clear();
}

void MediaFiles::noteProgress(const QString &reference, qint64 done, qint64 total)
{
    const auto known = m_files.find(reference);
    if (known == m_files.end() || known->state == MediaFile::State::Ready
        || known->state == MediaFile::State::Missing)
        return;
    known->state = MediaFile::State::Loading;
    known->done = done;
    known->total = total;
    emit changed(reference);
}

void MediaFiles::noteFetched(const QString &reference, const QString &path)
{
    MediaFile &known = m_files[reference];
    known.state = MediaFile::State::Ready;
    known.path = path;
    emit changed(reference);
}

void MediaFiles::noteMissing(const QString &reference)
{
    const auto known = m_files.find(reference);
    if (known == m_files.end() || known->state != MediaFile::State::Asked)
        return; // asked for in earnest meanwhile
    known->state = MediaFile::State::Missing;
    emit changed(reference);
}

void MediaFiles::noteFailed(const QString &reference, const QString &error, bool isElsewhere)
{
    MediaFile &known = m_files[reference];
    known.state = MediaFile::State::Failed;
    known.error = error;
    known.isElsewhere = isElsewhere;
    emit changed(reference);
}

void MediaFiles::noteUpload(const QString &id, qint64 sent, qint64 total)
{
    const QString reference = Upload::placeholderOf(id);
    m_uploads.insert(reference, total > 0 ? qreal(sent) / qreal(total) : 0);
    emit changed(reference);
}

}
