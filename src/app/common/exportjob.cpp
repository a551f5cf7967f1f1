#include "app/common/exportjob.h"

#include "store/export/accountexport.h"

namespace confab {

namespace {

constexpr int kFilesAtOnce = 4;
constexpr qint64 kLargestFile = 2LL * 1024 * 1024 * 1024;

}

ExportJob::ExportJob(Account &account, QObject *parent)
    : QObject(parent)
    , m_account(&account)
{
    const Archive *archive = &account.archive();
    connect(&account.service(), &ChatService::historyFilled, this, [this] {
        if (m_state == State::FetchingMessages)
            write();
    });
    connect(archive, &Archive::exportAdvanced, this, [this](qint64 written, qint64 total) {
        if (isRunning())
            emit writing(written, total);
    });
    connect(archive, &Archive::exportNeedsFiles, this, &ExportJob::fetchFiles);
    connect(archive, &Archive::exportEnded, this, &ExportJob::end);
    const Transfers *transfers = &account.service().transfers();
    connect(transfers, &Transfers::copied, this,
        [this](const QString &reference) { takeFile(reference, {}); });
    connect(transfers, &Transfers::copiesCancelled, this, [this] {
        if (m_state == State::Cancelling)
            m_account->archive().cancelExport();
    });
    connect(transfers, &Transfers::copyFailed, this,
        [this](const QString &reference, const ServiceError &error) {
            takeFile(reference, error.sentence);
        });
}

ExportJob::~ExportJob()
{
    if (m_account && m_state != State::Idle && m_state != State::FetchingMessages) {
        m_account->service().transfers().cancelCopies();
        m_account->archive().cancelExport();
    }
}

void ExportJob::start(const Wish &wish)
{
    if (!m_account || isRunning())
        return;
    m_wish = wish;
    if (!m_account->service().isOnline()) {
        write();
        return;
    }
    m_state = State::FetchingMessages;
    emit fetchingMessages();
    m_account->service().fillHistory(m_wish.chats);
}

void ExportJob::write()
{
    const TopicList &topics = m_account->topics();
    QList<const Topic *> chats;
    for (int row = 0; row < topics.count(); ++row) {
        if (m_wish.chats.isEmpty() || m_wish.chats.contains(topics.at(row)->name()))
            chats.append(topics.at(row));
    }
    m_state = State::Writing;
    m_missing.clear();
    ExportOrder order = exportOrder(m_wish.format, m_wish.file, m_account->title(), topics, chats);
    order.withFiles = m_wish.withFiles;
    m_account->archive().exportChats(order);
}

void ExportJob::fetchFiles(const QString &folder, const QList<ExportFile> &files)
{
    if (m_state != State::Writing)
        return;
    m_state = State::FetchingFiles;
    m_folder = folder;
    m_files = files;
    m_asked = 0;
    m_taken = 0;
    emit fetchingFiles(0, m_files.size());
    fetchNext();
}

/// A few at a time, so that what people look at meanwhile does not wait behind all of them.
void ExportJob::fetchNext()
{
    Transfers &transfers = m_account->service().transfers();
    while (m_asked < m_files.size() && m_asked - m_taken < kFilesAtOnce) {
        const ExportFile &file = m_files.at(m_asked++);
        transfers.copy(file.reference, m_folder + u'/' + file.path, kLargestFile);
    }
}

void ExportJob::takeFile(const QString &reference, const QString &missing)
{
    if (m_state != State::FetchingFiles)
        return;
    if (!missing.isEmpty())
        m_missing.insert(reference, missing);
    emit fetchingFiles(++m_taken, m_files.size());
    if (m_taken < m_files.size()) {
        fetchNext();
        return;
    }
    m_state = State::Writing;
    m_account->archive().continueExport(m_missing);
}

/// Files before the folder that they are put into.
void ExportJob::cancel()
{
    if (!m_account)
        return;
    switch (m_state) {
    case State::FetchingMessages:
        end(true, {});
        return;
    case State::FetchingFiles:
        m_state = State::Cancelling;
        m_account->service().transfers().cancelCopies();
        return;
    case State::Writing:
        m_account->archive().cancelExport();
        return;
    case State::Idle:
    case State::Cancelling:
        return;
    }
}

void ExportJob::end(bool cancelled, const QString &error)
{
    if (!isRunning())
        return;
    m_state = State::Idle;
    m_files.clear();
    emit ended(cancelled, error, int(m_missing.size()));
}

}
