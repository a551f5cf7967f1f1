#include "widgets/conversation/conversationpage.h"

#include "models/messagelistmodel.h"
#include "models/searchresultsmodel.h"
#include "widgets/conversation/choicebar.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/conversationheader.h"
#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/keytips.h"
#include "widgets/conversation/messageview.h"
#include "widgets/media/medialibrary.h"
#include "widgets/media/mediaopener.h"
#include "widgets/media/mediasender.h"
#include "widgets/search/findbar.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace confab {

ConversationPage::ConversationPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_header(new ConversationHeader(theme, this))
    , m_body(new QStackedWidget(this))
    , m_tips(new KeyTips(theme, this))
    , m_conversation(new QWidget(this))
    , m_view(new MessageView(theme, m_conversation))
    , m_composer(new Composer(theme, m_conversation))
    , m_media(new MediaLibrary(this))
    , m_opener(new MediaOpener(theme, m_view, m_media, this))
    , m_sender(new MediaSender(theme, m_composer, this))
{
    setObjectName(QStringLiteral("conversationPage"));
    setAccessibleName(tr("Conversation"));
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addWidget(m_header);
    m_column->addWidget(m_body, 1);
    buildConversation();
    m_body->addWidget(m_tips);
    m_body->addWidget(m_conversation);
    connectParts();
    connectMedia();
    showTopic();
}

ConversationPage::~ConversationPage()
{
    m_view->setModel(nullptr);
}

void ConversationPage::buildConversation()
{
    constexpr int kSide = MessageLayout::kSide;
    auto *composerRow = new QHBoxLayout;
    // Beside the scroll bar the composer has the room of the messages, so that the edges meet.
    const int bar = m_view->verticalScrollBar()->sizeHint().width();
    composerRow->setContentsMargins(kSide, 0, kSide + bar, MessageLayout::kFoot);
    composerRow->addWidget(m_composer);
    auto *choice = new ChoiceBar(m_theme, m_view, m_conversation);
    composerRow->addWidget(choice);
    connect(m_view, &MessageView::choiceChanged, this, [this, choice] {
        const bool choosing = m_view->choice().isActive();
        m_composer->setVisible(!choosing);
        choice->setVisible(choosing);
        if (choosing)
            m_view->setFocus();
    });
    auto *column = new QVBoxLayout(m_conversation);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addLayout(composerRow);
}

void ConversationPage::connectParts()
{
    connect(m_header, &ConversationHeader::backRequested, this, &ConversationPage::backRequested);
    connect(m_header, &ConversationHeader::exportRequested, this,
        [this] { emit exportRequested(name()); });
    connect(m_header, &ConversationHeader::leaveRequested, this,
        [this] { emit leaveRequested(name()); });
    connect(m_view, &MessageView::olderRequested, this,
        [this](Seq seq) { emit olderRequested(name(), seq); });
    connect(m_view, &MessageView::newerRequested, this,
        [this](Seq seq) { emit newerRequested(name(), seq); });
    connect(m_view, &MessageView::seen, this, [this](Seq seq) { emit seen(name(), seq); });
    connect(m_view, &MessageView::retryRequested, this,
        [this](const QString &cid) { emit retryRequested(name(), cid); });
    connect(m_view, &MessageView::discardRequested, this,
        [this](const QString &cid) { emit discardRequested(name(), cid); });
    connect(m_view, &MessageView::editRequested, this, &ConversationPage::editStuck);
    connect(m_view, &MessageView::linkActivated, this, [](const QUrl &link) {
        if (isSafeLink(link))
            QDesktopServices::openUrl(link);
    });
    connect(m_view, &MessageView::messageRequested, this, [this](Seq seq) {
        m_goal = seq;
        approachGoal();
    });
    connect(m_view, &MessageView::buttonPressed, this,
        [this](Seq seq, const MessagePart::Button &button) {
            emit buttonPressed(name(), seq, button.title, button.action);
        });
    auto *back = new QShortcut(QKeySequence(QKeySequence::Back), this);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, m_view, &MessageView::returnToPlace);
    connect(m_view, &MessageView::keyForComposer, m_composer, &Composer::takeKey);
    connect(m_composer, &Composer::sendRequested, this, &ConversationPage::send);
    connect(m_composer, &Composer::edited, this, [this] { emit typed(name()); });
    connect(m_composer, &Composer::settled, this,
        [this](const Draft &draft) { emit draftChanged(name(), draft); });
    connect(m_composer, &Composer::escapePressed, m_view, &MessageView::scrollToEnd);
}

void ConversationPage::connectMedia()
{
    m_view->setMedia(m_media);
    connect(m_opener, &MediaOpener::problem, this, &ConversationPage::problemArose);
    connect(m_opener, &MediaOpener::chatRequested, this, &ConversationPage::chatRequested);
    connect(m_opener, &MediaOpener::discardRequested, this,
        [this](const QString &cid) { emit discardRequested(name(), cid); });
    connect(m_sender, &MediaSender::problem, this, &ConversationPage::problemArose);
    connect(m_sender, &MediaSender::sendRequested, this, &ConversationPage::sendRequested);
    connect(m_view, &MessageView::actionRequested, this,
        [this](MessageAction action, const RowKey &key) {
            if (action == MessageAction::Open)
                m_opener->openFirst(key);
            else if (action == MessageAction::Save)
                m_opener->saveFirst(key);
        });
}

void ConversationPage::setUploads(const QString &folder)
{
    m_sender->setUploads(folder);
}

TopicName ConversationPage::name() const
{
    return m_topic ? m_topic->name() : TopicName();
}

Topic *ConversationPage::topic() const
{
    return m_topic;
}

void ConversationPage::setTopic(TopicList *topics, Topic *topic)
{
    if (topics == m_topics && topic == m_topic && topic)
        return;
    leaveText();
    m_opener->leave();
    m_view->setModel(nullptr);
    if (m_topic)
        disconnect(m_topic, nullptr, this, nullptr);
    if (m_topics)
        disconnect(m_topics, nullptr, this, nullptr);
    m_model = topics ? std::make_unique<MessageListModel>(*topics) : nullptr;
    m_topics = topics;
    m_topic = topic;
    m_goal = 0;
    closeFind();
    if (topic) {
        connect(topic, &Topic::loadingChanged, this, &ConversationPage::approachGoal);
        connect(topics, &TopicList::aboutToRemove, this, [this, topics](int row) {
            if (topics->at(row) == m_topic)
                setTopic(topics, nullptr);
        });
        m_model->setTopic(topic);
        m_composer->restore(topic->draft(), m_sending.value(topic->name()));
        connect(topic, &Topic::changed, this, &ConversationPage::showTopic);
    }
    m_sender->setTopic(name(), topic ? topic->title() : QString());
    m_header->setTopic(topics, topic);
    showTopic();
    m_view->setModel(topic ? m_model.get() : nullptr);
}

/// What was typed for the topic that is left becomes its draft now.
void ConversationPage::leaveText()
{
    if (m_topic)
        m_composer->flush();
}

void ConversationPage::showTopic()
{
    m_header->setVisible(m_topic || m_backVisible);
    m_body->setCurrentWidget(m_topic ? m_conversation : m_tips);
    if (!m_topic)
        return;
    m_composer->setRecipient(
        m_topic->kind() == wire::TopicKind::Self ? QString() : m_topic->title());
    m_composer->setRefusal(writeRefusal(*m_topic));
}

void ConversationPage::setBackVisible(bool visible)
{
    m_backVisible = visible;
    m_header->setBackVisible(visible);
    showTopic();
}

void ConversationPage::setBanner(QWidget *banner)
{
    m_column->insertWidget(1, banner);
}

void ConversationPage::focusComposer()
{
    if (m_topic)
        m_composer->setFocusToText();
}

void ConversationPage::showMessage(Seq seq, const SearchQuery &query)
{
    m_view->setSearch(query);
    m_goal = seq;
    approachGoal();
}

void ConversationPage::approachGoal()
{
    if (m_goal == 0 || !m_topic || m_topic->isLoading())
        return;
    const int row = m_topic->timeline().rowOfSeq(m_goal);
    if (row >= 0) {
        m_goal = 0;
        m_view->showFound(row);
    } else if (m_topic->timeline().known().contains(m_goal)) {
        m_goal = 0; // it has been deleted since it was found
    } else {
        emit aroundRequested(name(), m_goal);
    }
}

void ConversationPage::endSearch()
{
    m_goal = 0;
    m_view->setSearch({});
    m_view->returnToPlace();
}

void ConversationPage::setFindModel(SearchResultsModel *model)
{
    m_findModel = model;
    if (m_find)
        m_find->setModel(model ? m_topics.data() : nullptr, model);
}

void ConversationPage::openFind()
{
    if (!m_topic || !m_findModel)
        return;
    if (!m_find) {
        m_find = new FindBar(m_theme, this);
        m_column->insertWidget(m_column->count() - 1, m_find);
        connect(m_find, &FindBar::hitShown, this, &ConversationPage::showMessage);
        connect(m_find, &FindBar::closed, this, [this] {
            closeFind();
            focusComposer();
        });
    }
    m_find->setModel(m_topics, m_findModel);
    m_find->setTopic(name());
    m_find->show();
    m_find->focusField();
}

bool ConversationPage::closeFind()
{
    if (!m_find || m_find->isHidden())
        return false;
    m_find->hide();
    m_find->setTopic({});
    endSearch();
    return true;
}

void ConversationPage::send(const wire::Drafty &content)
{
    m_sending.insert(name(), m_composer->text());
    // A plain endpoint takes what was typed as it is.
    const bool isPlain = m_topic->kind() == wire::TopicKind::Unknown;
    emit sendRequested(name(), isPlain ? wire::Drafty(m_composer->text()) : content);
}

/// The draft is on disk before the message goes from it: both are written in this order.
void ConversationPage::editStuck(const QString &cid, const QString &text)
{
    m_composer->append(text);
    m_composer->flush();
    emit discardRequested(name(), cid);
}

void ConversationPage::messageQueued(const TopicName &topic, const QString &)
{
    const auto sending = m_sending.constFind(topic);
    if (sending == m_sending.constEnd())
        return;
    const QString text = *sending;
    m_sending.erase(sending);
    if (topic == name()) {
        m_composer->accept();
        return;
    }
    // The person has gone on to another chat: the text waits there as a draft.
    const Topic *left = m_topics ? m_topics->find(topic) : nullptr;
    if (!left)
        return;
    Draft draft = left->draft();
    draft.text = textAfterSending(draft.text, text);
    emit draftChanged(topic, draft);
}

void ConversationPage::sendRefused(const TopicName &topic)
{
    m_sending.remove(topic);
    if (topic == name())
        m_composer->refuse();
}

void ConversationPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.colors().panel);
}

}
