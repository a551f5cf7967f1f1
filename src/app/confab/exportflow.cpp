#include "app/confab/exportflow.h"

#include <QDesktopServices>
#include <QUrl>

namespace confab {

void ExportFlow::openForAccount(Account &account, QWidget *window)
{
    auto *dialog = new ExportDialog(tr("all chats of %1").arg(account.title()), window);
    new ExportFlow(*dialog, account, {});
    dialog->open();
}

void ExportFlow::openForChat(Account &account, const TopicName &chat, QWidget *window)
{
    const Topic *topic = account.topics().find(chat);
    if (!topic)
        return;
    auto *dialog = new ExportDialog(topic->title(), window);
    new ExportFlow(*dialog, account, {chat});
    dialog->open();
}

ExportFlow::ExportFlow(ExportDialog &dialog, Account &account, const QList<TopicName> &chats)
    : QObject(&dialog)
    , m_dialog(dialog)
    , m_job(account)
    , m_chats(chats)
{
    connect(&dialog, &ExportDialog::exportRequested, this,
        [this](ExportFormat format, bool withFiles, const QString &file) {
            m_job.start({format, file, m_chats, withFiles});
        });
    connect(&dialog, &ExportDialog::cancelRequested, &m_job, &ExportJob::cancel);
    connect(&dialog, &ExportDialog::openFolderRequested, this, [](const QString &folder) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    connect(&m_job, &ExportJob::fetchingMessages, &dialog, &ExportDialog::setFetching);
    connect(&m_job, &ExportJob::fetchingFiles, &dialog, &ExportDialog::setFetchingFiles);
    connect(&m_job, &ExportJob::writing, &dialog, &ExportDialog::setProgress);
    connect(&m_job, &ExportJob::ended, &dialog, &ExportDialog::setEnded);
    const ChatService *service = &account.service();
    connect(service, &ChatService::phaseChanged, this, [this, service] { showNote(*service); });
    showNote(*service);
}

void ExportFlow::showNote(const ChatService &service)
{
    m_dialog.setNote(service.isOnline()
            ? QString()
            : tr("Confab is not connected, so messages and files that are not on this computer will be "
                 "missing."));
}

}
