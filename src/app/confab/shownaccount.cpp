#include "app/confab/shownaccount.h"

#include "app/confab/exportflow.h"
#include "app/confab/viewtext.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/media/medialibrary.h"

namespace confab {

namespace {

constexpr int kCopyPage = 500; // messages

}

ShownAccount::ShownAccount(Account &account, MainWindow &window, Profile &profile)
    : m_account(account)
    , m_window(window)
    , m_profile(profile)
    , m_model(account.topics())
    , m_found(account.topics())
    , m_foundInChat(account.topics())
{
    window.setTopics(&account.topics(), &m_model);
    window.setTopicsKnown(account.topics().count() > 0);
    ChatService &service = account.service();
    connect(&service, &ChatService::synced, this, [this] { m_window.setTopicsKnown(true); });
    connect(&service, &ChatService::phaseChanged, this, &ShownAccount::showPhase);
    connect(&service, &ChatService::actionFailed, this,
        [this](const ServiceError &error) { m_window.showError(viewOf(error)); });
    connect(&service, &ChatService::noticed, this,
        [this](const ServiceError &notice) { m_window.showError(viewOf(notice)); });
    connect(&service, &ChatService::topicReady, this,
        [this](const TopicName &topic) { m_window.openTopic(topic); });
    connect(&service, &ChatService::restored, this, &ShownAccount::reopenLastChat);
    connectConversation();
    connectWindow();
    connectSearch(SearchPlace::Account, m_found);
    connectSearch(SearchPlace::Chat, m_foundInChat);
    window.setSearch(&m_found, &m_foundInChat);
    showPhase();
    reopenLastChat();
}

ShownAccount::~ShownAccount()
{
    m_window.setSearch(nullptr, nullptr);
    m_window.setTopics(nullptr, nullptr); // what was typed last becomes a draft
    // These two know each other directly, and the page is another account's next.
    m_window.conversation()->disconnect(&m_account.service());
    m_account.service().disconnect(m_window.conversation());
    MediaLibrary &media = m_window.conversation()->media();
    media.files().disconnect(&m_account.service().transfers());
    m_account.service().transfers().disconnect(&media.files());
    media.clear();
    LinkPreviews &previews = m_window.conversation()->composer().previews();
    previews.disconnect(&m_account.service().transfers());
    m_account.service().transfers().disconnect(&previews);
    m_window.conversation()->disconnect(&m_account.archive());
    m_account.archive().disconnect(m_window.conversation());
}

void ShownAccount::reopenLastChat()
{
    m_window.reopenTopic(m_profile.lastChat(m_account.id()));
}

void ShownAccount::showPhase()
{
    m_window.setBanner(bannerFor(m_account.service().phase(), m_account));
}

void ShownAccount::connectConversation()
{
    ChatService *service = &m_account.service();
    ConversationPage *page = m_window.conversation();
    connect(page, &ConversationPage::sendRequested, service, &ChatService::send);
    connect(page, &ConversationPage::deleteRequested, service, &ChatService::deleteMessages);
    connect(page, &ConversationPage::undoDeleteRequested, service, &ChatService::undoDelete);
    connect(page, &ConversationPage::deletePartsRequested, service, &ChatService::deleteParts);
    connect(page, &ConversationPage::pinsRequested, service, &ChatService::setPins);
    connect(service, &ChatService::deletionWaiting, page, &ConversationPage::deletionWaiting);
    connect(service, &ChatService::deletionSettled, page, &ConversationPage::deletionSettled);
    connect(page, &ConversationPage::draftChanged, service, &ChatService::saveDraft);
    connect(page, &ConversationPage::typed, service, &ChatService::noteTyping);
    connect(page, &ConversationPage::olderRequested, service, &ChatService::loadOlder);
    connect(page, &ConversationPage::newerRequested, service, &ChatService::loadNewer);
    connect(page, &ConversationPage::aroundRequested, service, &ChatService::loadAround);
    Archive *archive = &m_account.archive();
    connect(page, &ConversationPage::copyPageWanted, archive,
        [archive](const TopicName &topic, Seq before) { archive->loadPage(topic, before, kCopyPage); });
    connect(archive, &Archive::pageLoaded, page, [page](const ArchivePage &loaded) {
        page->takeCopyPage(loaded.topic, loaded.before, loaded.messages);
    });
    connect(page, &ConversationPage::seen, service, &ChatService::markRead);
    connect(page, &ConversationPage::retryRequested, service, &ChatService::retry);
    connect(page, &ConversationPage::discardRequested, service, &ChatService::discard);
    connect(page, &ConversationPage::writingRequested, service, &ChatService::requestWriting);
    LinkPreviews *previews = &page->composer().previews();
    connect(previews, &LinkPreviews::requested, &service->transfers(), &Transfers::findPreview);
    connect(&service->transfers(), &Transfers::previewFound, previews, &LinkPreviews::take);
    connect(page, &ConversationPage::leaveRequested, service, &ChatService::leaveTopic);
    connect(page, &ConversationPage::exportRequested, this, [this](const TopicName &topic) {
        ExportFlow::openForChat(m_account, topic, &m_window);
    });
    connectMedia();
    connect(service, &ChatService::messageQueued, page, &ConversationPage::messageQueued);
    connect(service, &ChatService::actionFailed, this, [page](const ServiceError &error) {
        if (error.kind == ErrorKind::StorageFailed && page->topic())
            page->sendRefused(page->topic()->name());
    });
}

void ShownAccount::connectMedia()
{
    ConversationPage *page = m_window.conversation();
    Transfers *transfers = &m_account.service().transfers();
    MediaFiles *files = &page->media().files();
    page->setUploads(m_account.config().kind == ServerKind::Plain
            ? QString()
            : uploadFolder(m_account.folder()));
    connect(files, &MediaFiles::fetchRequested, transfers, &Transfers::fetch);
    connect(files, &MediaFiles::cancelRequested, transfers, &Transfers::cancelFetch);
    connect(transfers, &Transfers::fetchProgressed, files, &MediaFiles::noteProgress);
    connect(transfers, &Transfers::fetched, files, &MediaFiles::noteFetched);
    connect(transfers, &Transfers::notKept, files, &MediaFiles::noteMissing);
    connect(transfers, &Transfers::fetchFailed, files,
        [files](const QString &reference, const ServiceError &error) {
            files->noteFailed(
                reference, error.sentences(), error.kind == ErrorKind::FileElsewhere);
        });
    connect(transfers, &Transfers::uploadProgressed, files, &MediaFiles::noteUpload);
    connect(page, &ConversationPage::problemArose, this,
        [this](const ErrorText &problem) { m_window.showError(problem); });
    connect(page, &ConversationPage::chatRequested, &m_account.service(), &ChatService::startChat);
}

void ShownAccount::connectSearch(SearchPlace place, SearchResultsModel &model)
{
    Archive *archive = &m_account.archive();
    connect(&model, &SearchResultsModel::pageWanted, archive,
        [archive, place](const SearchQuery &query, qint64 before) {
            archive->search(place, query, before);
        });
    connect(archive, &Archive::searched, &model, [place, &model](const SearchPage &page) {
        if (page.place == place)
            model.addPage(page);
    });
    connect(archive, &Archive::counted, &model,
        [place, &model](SearchPlace from, const SearchQuery &query, int total) {
            if (from == place)
                model.setTotal(query, total);
        });
}

void ShownAccount::connectWindow()
{
    ChatService *service = &m_account.service();
    connect(&m_window, &MainWindow::topicOpened, this, [this, service](const TopicName &topic) {
        m_profile.setLastChat(m_account.id(), topic);
        service->openTopic(topic);
    });
    connect(&m_window, &MainWindow::topicClosed, this, [service](const TopicName &topic) {
        service->closeTopic(topic);
    });
    connect(&m_window, &MainWindow::noticeClosed, this, &ShownAccount::showPhase);
    connect(&m_window, &MainWindow::reconnectRequested, this, [service] { service->reconnectNow(); });
    connect(&m_window, &MainWindow::signInRequested, this, [this](const QString &password) {
        m_account.signIn(m_account.config().login, password);
    });
}

}
