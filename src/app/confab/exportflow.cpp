#include "app/confab/exportflow.h"

#include "store/export/accountexport.h"

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
    , m_account(&account)
    , m_chats(chats)
{
    connect(&dialog, &ExportDialog::exportRequested, this, &ExportFlow::begin);
    connect(&dialog, &ExportDialog::cancelRequested, this, &ExportFlow::cancel);
    connect(&dialog, &ExportDialog::openFolderRequested, this, [](const QString &folder) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    connect(&account.service(), &ChatService::phaseChanged, this, &ExportFlow::showNote);
    connect(&account.service(), &ChatService::historyFilled, this, [this] {
        if (m_state == State::Fetching)
            write();
    });
    connect(&account.archive(), &Archive::exportAdvanced, &dialog, &ExportDialog::setProgress);
    connect(&account.archive(), &Archive::exportEnded, this, [this](bool cancelled, const QString &error) {
        m_state = State::Idle;
        m_dialog.setEnded(cancelled, error);
    });
    showNote();
}

void ExportFlow::showNote()
{
    m_dialog.setNote(m_account->service().isOnline()
            ? QString()
            : tr("Confab is not connected, so messages that are not on this computer will be missing."));
}

void ExportFlow::begin(ExportFormat format, const QString &file)
{
    if (!m_account)
        return;
    m_format = format;
    m_file = file;
    if (!m_account->service().isOnline()) {
        write();
        return;
    }
    m_state = State::Fetching;
    m_dialog.setFetching();
    m_account->service().fillHistory(m_chats);
}

void ExportFlow::write()
{
    const TopicList &topics = m_account->topics();
    QList<const Topic *> chats;
    for (int row = 0; row < topics.count(); ++row) {
        if (m_chats.isEmpty() || m_chats.contains(topics.at(row)->name()))
            chats.append(topics.at(row));
    }
    m_state = State::Writing;
    m_dialog.setProgress(0, 0);
    m_account->archive().exportChats(exportOrder(m_format, m_file, m_account->title(), topics, chats));
}

void ExportFlow::cancel()
{
    if (m_state == State::Writing && m_account) {
        m_account->archive().cancelExport();
    } else {
        m_state = State::Idle;
        m_dialog.setEnded(true, {});
    }
}

}
