#pragma once

#include "store/outgoing.h"
#include "widgets/media/abstractsound.h"
#include "widgets/composer/attachmenu.h"
#include "widgets/media/attachmentmaker.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>

#include <functional>

namespace confab {

class Composer;
class SendFilesDialog;
class VoicePanel;

/// How files, pictures and voice get from a person into messages: chosen, pasted, dropped,
/// recorded. GUI thread; copies and pictures are made on a thread of its own.
class MediaSender : public QObject
{
    Q_OBJECT

public:
    MediaSender(const Theme &theme, Composer *composer, QObject *parent);
    ~MediaSender() override;

    /// Where copies are kept until they are sent; empty: this account sends no files.
    void setUploads(const QString &folder);
    void setTopic(const TopicName &topic, const QString &title); ///< ends a recording

    void choose(AttachKind kind);
    void takeFiles(const QList<QUrl> &files);
    void takeImage(const QImage &image);
    /// For tests; the program's comes from the module.
    void setRecorder(AbstractVoiceRecorder *recorder);

signals:
    void sendRequested(const TopicName &topic, const confab::OutgoingMessage &message);
    void problem(const confab::ErrorText &problem);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< of the microphone

private:
    void openDialog(const QList<Attachment> &attachments);
    void make(const QList<Attachment> &attachments, const QString &caption);
    void sendMade(const TopicName &topic, std::function<wire::Result<OutgoingMessage, QString>()> make);
    void startRecording();
    void releaseRecording();
    void endRecording(bool send);
    void takeRecording(const VoiceRecording &recording);
    void removePanel();
    bool prepareRecorder();

    const Theme &m_theme;
    Composer *m_composer;
    QString m_uploads;
    TopicName m_topic;
    QString m_title;
    QThreadPool m_pool;
    QPointer<SendFilesDialog> m_dialog;
    AbstractVoiceRecorder *m_recorder = nullptr;
    QPointer<VoicePanel> m_panel;
    QElapsedTimer m_held; ///< since the microphone went down
    TopicName m_recordedFor;
};

}
