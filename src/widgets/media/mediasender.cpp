#include "widgets/media/mediasender.h"

#include "widgets/conversation/composer.h"
#include "widgets/media/sendfilesdialog.h"
#include "widgets/media/voicepanel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QToolButton>
#include <QUuid>

namespace confab {

namespace {

/// A shorter press is a click: recording goes on until the person sends it.
constexpr int kClickMs = 400;
constexpr int kLeastMs = 700; // shorter ones are slips

}

MediaSender::MediaSender(const Theme &theme, Composer *composer, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_composer(composer)
{
    m_pool.setMaxThreadCount(1); // in the order chosen
    connect(composer, &Composer::attachRequested, this, &MediaSender::choose);
    connect(composer, &Composer::filesPasted, this, &MediaSender::takeFiles);
    connect(composer, &Composer::imagePasted, this, &MediaSender::takeImage);
    connect(composer, &Composer::recordRequested, this, &MediaSender::startRecording);
    connect(composer, &Composer::recordReleased, this, &MediaSender::releaseRecording);
    composer->recordButton()->installEventFilter(this);
}

MediaSender::~MediaSender()
{
    m_pool.waitForDone(); // what was given to be sent has its copy
}

void MediaSender::setUploads(const QString &folder)
{
    m_uploads = folder;
    m_composer->setAttaching(!folder.isEmpty());
    m_composer->setRecording(!folder.isEmpty());
}

void MediaSender::setTopic(const TopicName &topic, const QString &title)
{
    if (topic != m_topic) {
        endRecording(false);
        delete m_dialog;
    }
    m_topic = topic;
    m_title = title;
}

void MediaSender::choose(AttachKind kind)
{
    if (kind != AttachKind::Pictures && kind != AttachKind::Files)
        return;
    auto *dialog = new QFileDialog(m_composer->window(),
        kind == AttachKind::Pictures ? tr("Choose pictures and videos") : tr("Choose files"));
    dialog->setObjectName(QStringLiteral("attachDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    if (kind == AttachKind::Pictures) {
        const QString names = QStringLiteral("*.png *.jpg *.jpeg *.gif *.webp *.bmp *.tif *.tiff "
                                             "*.heic *.avif *.mp4 *.m4v *.mov *.webm *.mkv *.avi");
        // Linux file systems tell .JPG from .jpg.
        dialog->setNameFilters(
            {QStringLiteral("%1 (%2 %3)").arg(tr("Pictures and videos"), names, names.toUpper()),
                tr("All files (*)")});
    }
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        QList<QUrl> files;
        for (const QString &path : paths)
            files.append(QUrl::fromLocalFile(path));
        takeFiles(files);
    });
    dialog->open();
}

void MediaSender::takeFiles(const QList<QUrl> &files)
{
    QList<Attachment> attachments;
    for (const QUrl &file : files) {
        const QString path = file.toLocalFile();
        if (QFileInfo(path).isFile())
            attachments.append({path, {}, false});
    }
    if (attachments.isEmpty())
        emit problem({tr("Folders can't be sent."), tr("Pack it into an archive and send that.")});
    else
        openDialog(attachments);
}

void MediaSender::takeImage(const QImage &image)
{
    openDialog({{{}, image, false}});
}

void MediaSender::openDialog(const QList<Attachment> &attachments)
{
    if (m_uploads.isEmpty() || m_topic.isEmpty())
        return;
    if (!m_dialog) {
        m_dialog = new SendFilesDialog(m_theme, m_title, m_composer->window());
        connect(m_dialog, &SendFilesDialog::sendRequested, this, &MediaSender::make);
    }
    m_dialog->add(attachments);
    m_dialog->open();
}

/// The caption belongs to the first: it is read before the others are seen.
void MediaSender::make(const QList<Attachment> &attachments, const QString &caption)
{
    bool isFirst = true;
    for (const Attachment &attachment : attachments) {
        const QString words = std::exchange(isFirst, false) ? caption : QString();
        sendMade(m_topic, [attachment, words, uploads = m_uploads] {
            return makeMessage(attachment, words, uploads);
        });
    }
}

bool MediaSender::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn)
        prepareSoundModule();
    return QObject::eventFilter(watched, event);
}

/// Runs `make` on a worker, and sends what it made.
void MediaSender::sendMade(
    const TopicName &topic, std::function<wire::Result<OutgoingMessage, QString>()> make)
{
    m_pool.start([this, topic, make = std::move(make)] {
        const auto made = make();
        QMetaObject::invokeMethod(
            this,
            [this, made, topic] {
                if (made)
                    emit sendRequested(topic, *made);
                else
                    emit problem({made.error(), {}});
            },
            Qt::QueuedConnection);
    });
}

bool MediaSender::prepareRecorder()
{
    if (m_recorder)
        return true;
    AbstractSound *module = soundModule();
    if (!module) {
        emit problem({noSoundSentence(), {}});
        return false;
    }
    setRecorder(module->makeRecorder(this));
    return true;
}

void MediaSender::setRecorder(AbstractVoiceRecorder *recorder)
{
    m_recorder = recorder;
    recorder->setParent(this);
    connect(recorder, &AbstractVoiceRecorder::levelChanged, this, [this](qreal level) {
        if (m_panel)
            m_panel->addLevel(level);
    });
    connect(recorder, &AbstractVoiceRecorder::durationChanged, this, [this](int duration) {
        if (m_panel)
            m_panel->setDuration(duration);
    });
    connect(recorder, &AbstractVoiceRecorder::finished, this, &MediaSender::takeRecording);
    connect(recorder, &AbstractVoiceRecorder::failed, this, [this](const QString &sentence) {
        removePanel();
        emit problem({sentence, {}});
    });
}

void MediaSender::startRecording()
{
    if (m_panel || m_uploads.isEmpty() || m_topic.isEmpty() || !prepareRecorder())
        return;
    m_recordedFor = m_topic;
    m_panel = new VoicePanel(m_theme, m_composer);
    connect(m_panel, &VoicePanel::cancelled, this, [this] { endRecording(false); });
    connect(m_panel, &VoicePanel::finishRequested, this, [this] { endRecording(true); });
    m_composer->setPanel(m_panel);
    m_panel->setFocus();
    m_held.start();
    QDir().mkpath(m_uploads);
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_recorder->start(m_uploads + QStringLiteral("/recording-") + name);
}

void MediaSender::releaseRecording()
{
    if (m_panel && m_held.isValid() && m_held.elapsed() >= kClickMs)
        endRecording(true);
    m_held.invalidate();
}

void MediaSender::endRecording(bool send)
{
    if (!m_panel)
        return;
    removePanel();
    if (send)
        m_recorder->finish();
    else
        m_recorder->cancel();
}

void MediaSender::removePanel()
{
    if (!m_panel)
        return;
    m_panel = nullptr;
    m_composer->setPanel(nullptr);
    m_composer->setFocusToText();
}

void MediaSender::takeRecording(const VoiceRecording &recording)
{
    removePanel();
    if (recording.duration < kLeastMs) {
        QFile::remove(recording.path);
        emit problem({tr("That was too short for a voice message."),
            tr("Hold the microphone while you speak, or click it and send when you are done.")});
        return;
    }
    sendMade(m_recordedFor, [recording, uploads = m_uploads] {
        return makeVoiceMessage(recording.path, recording.duration, recording.bars, uploads);
    });
}

}
