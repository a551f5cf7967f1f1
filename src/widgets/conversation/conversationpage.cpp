#include "widgets/conversation/conversationpage.h"

#include "models/messagelistmodel.h"
#include "models/searchresultsmodel.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojipicker.h"
#include "widgets/composer/mentions.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/cardsender.h"
#include "widgets/conversation/choicebar.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/composertarget.h"
#include "widgets/conversation/conversationheader.h"
#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/keytips.h"
#include "widgets/conversation/messagecommands.h"
#include "widgets/conversation/messageseeker.h"
#include "widgets/conversation/messagesender.h"
#include "widgets/conversation/messageview.h"
#include "widgets/conversation/pinstrip.h"
#include "widgets/conversation/undobar.h"
#include "widgets/media/medialibrary.h"
#include "widgets/media/mediaopener.h"
#include "widgets/media/mediasender.h"
#include "widgets/search/findbar.h"

#include <QCoreApplication>
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
    , m_speller(std::make_unique<SpellChecker>())
    , m_emojiBook(std::make_unique<EmojiBook>())
    , m_column(new QVBoxLayout(this))
    , m_header(new ConversationHeader(theme, this))
    , m_body(new QStackedWidget(this))
    , m_tips(new KeyTips(theme, this))
    , m_conversation(new QWidget(this))
    , m_view(new MessageView(theme, m_conversation))
    , m_composer(new Composer(theme, *m_speller, *m_emojiBook, m_conversation))
    , m_media(new MediaLibrary(this))
    , m_opener(new MediaOpener(theme, m_view, m_media, this))
    , m_sender(new MediaSender(theme, m_composer, this))
    , m_cards(new CardSender(theme, this))
    , m_target(new ComposerTarget(theme, m_view, m_composer, this))
    , m_outgoing(new MessageSender(m_composer, m_target, this))
    , m_commands(new MessageCommands(theme, m_view, m_target, this))
    , m_seeker(new MessageSeeker(theme, m_view, this))
    , m_pins(new PinStrip(theme, this))
    , m_undo(new UndoBar(theme, m_view))
{
    setObjectName(QStringLiteral("conversationPage"));
    setAccessibleName(tr("Conversation"));
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addWidget(m_header);
    m_column->addWidget(m_pins);
    m_column->addWidget(m_body, 1);
    buildConversation();
    m_body->addWidget(m_tips);
    m_body->addWidget(m_conversation);
    connectParts();
    connectMedia();
    connectCommands();
    showTopic();
}

ConversationPage::~ConversationPage()
{
    m_view->setModel(nullptr);
    delete m_composer; // before what it writes with
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
    connect(m_header, &ConversationHeader::findRequested, this, [this] {
        if (closeFind())
            focusComposer();
        else
            openFind();
    });
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
    connect(m_view, &MessageView::linkActivated, this, [](const QUrl &link) {
        if (isSafeLink(link))
            QDesktopServices::openUrl(link);
    });
    connect(m_seeker, &MessageSeeker::aroundRequested, this,
        [this](Seq seq) { emit aroundRequested(name(), seq); });
    connect(m_header, &ConversationHeader::dateRequested, this, [this] {
        const QPoint below(m_view->width() / 2, 8);
        m_seeker->chooseDate(m_view->mapToGlobal(below), m_view->dayOnTop());
    });
    connect(m_view, &MessageView::copyPageWanted, this, [this](Seq before) {
        m_copyBefore = before;
        emit copyPageWanted(name(), before);
    });
    auto *back = new QShortcut(QKeySequence(QKeySequence::Back), this);
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, m_view, &MessageView::returnToPlace);
    connect(m_view, &MessageView::keyForComposer, m_composer, &Composer::takeKey);
    connect(m_composer, &Composer::keyForMessages, this,
        [this](QKeyEvent *event) { QCoreApplication::sendEvent(m_view, event); });
    connect(m_composer, &Composer::edited, this, [this] { emit typed(name()); });
    connect(m_composer, &Composer::settled, this,
        [this](const Draft &draft) { emit draftChanged(name(), draft); });
    connect(m_composer, &Composer::refusalHelpRequested, this,
        [this] { emit writingRequested(name()); });
    m_composer->setMentionSource([this] { return mentionCandidates(m_topics, m_topic); });
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
    connect(m_sender, &MediaSender::sendRequested, m_outgoing, &MessageSender::sendMedia);
    connect(m_composer, &Composer::attachRequested, m_cards, &CardSender::open);
    connect(m_cards, &CardSender::sendRequested, m_outgoing, &MessageSender::sendMedia);
    connect(m_outgoing, &MessageSender::sendRequested, this, &ConversationPage::sendRequested);
    connect(m_outgoing, &MessageSender::draftChanged, this, &ConversationPage::draftChanged);
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

void ConversationPage::connectCommands()
{
    connect(m_commands, &MessageCommands::sendRequested, this, &ConversationPage::sendRequested);
    connect(m_commands, &MessageCommands::discardRequested, this, &ConversationPage::discardRequested);
    connect(m_commands, &MessageCommands::deleteRequested, this, &ConversationPage::deleteRequested);
    connect(m_commands, &MessageCommands::deletePartsRequested, this,
        &ConversationPage::deletePartsRequested);
    connect(m_commands, &MessageCommands::pinsRequested, this, &ConversationPage::pinsRequested);
    connect(m_target, &ComposerTarget::discardRequested, this, &ConversationPage::discardRequested);
    connect(m_target, &ComposerTarget::messageRequested, m_seeker, &MessageSeeker::goTo);
    connect(m_commands, &MessageCommands::pickerRequested, this, &ConversationPage::pickReaction);
    connect(m_pins, &PinStrip::messageRequested, m_seeker, &MessageSeeker::goTo);
    connect(m_pins, &PinStrip::messageWanted, this,
        [this](Seq seq) { emit copyPageWanted(name(), seq + 1); });
    connect(m_pins, &PinStrip::unpinRequested, this,
        [this](Seq seq) { m_commands->perform(MessageAction::Unpin, seq); });
    connect(m_undo, &UndoBar::undone, this, [this] { emit undoDeleteRequested(name()); });
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
    m_outgoing->setTopic(topics, topic);
    m_seeker->setTopic(topic);
    closeFind();
    if (topic) {
        connect(topics, &TopicList::aboutToRemove, this, [this, topics](int row) {
            if (topics->at(row) == m_topic)
                setTopic(topics, nullptr);
        });
        m_model->setTopic(topic);
        // A plain endpoint takes what was typed as it is.
        m_composer->setMarkup(topic->kind() != wire::TopicKind::Unknown);
        m_composer->setSizeLimit(topics->maxMessageSize());
        connect(topics, &TopicList::limitsChanged, this,
            [this, topics] { m_composer->setSizeLimit(topics->maxMessageSize()); });
        m_composer->restore(topic->draft(), m_outgoing->waitingFor(topic->name()));
        connect(topic, &Topic::changed, this, &ConversationPage::showTopic);
    }
    m_sender->setTopic(name(), topic ? topic->title() : QString());
    m_cards->setTopic(topics, topic);
    m_header->setTopic(topics, topic);
    m_target->setTopic(topics, topic);
    m_commands->setTopic(topics, topic);
    m_pins->setTopic(topics, topic);
    m_undo->hide();
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
    m_composer->setRefusal(writeRefusal(*m_topic), writeHelp(*m_topic));
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
    m_seeker->goTo(seq);
}

/// Any emoji, where those used most are not enough.
void ConversationPage::pickReaction(Seq seq, const QRect &place)
{
    if (!m_reactions)
        m_reactions = new EmojiPicker(m_theme, *m_emojiBook, this);
    m_reactions->disconnect(m_commands);
    connect(m_reactions, &EmojiPicker::emojiChosen, m_commands,
        [this, seq](const QString &emoji) { m_commands->toggleReaction(seq, emoji); });
    m_reactions->showAt(place);
}

void ConversationPage::goToDate(const QDate &day)
{
    m_seeker->goToDate(day);
}

void ConversationPage::takeCopyPage(
    const TopicName &topic, Seq before, const QList<Message> &messages)
{
    if (topic != name())
        return;
    if (before == m_copyBefore) {
        m_copyBefore = 0;
        m_view->takeCopyPage(messages);
    } else {
        m_pins->takeMessages(messages);
    }
}

void ConversationPage::endSearch()
{
    m_seeker->stop();
    m_view->setSearch({});
    m_view->returnToPlace();
}

void ConversationPage::setFindModel(SearchResultsModel *model)
{
    m_findModel = model;
    m_header->setFindVisible(model);
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

void ConversationPage::messageQueued(const TopicName &topic, const QString &cid)
{
    m_outgoing->noteQueued(topic, cid);
}

void ConversationPage::deletionWaiting(const TopicName &topic, int count, bool forAll)
{
    if (topic != name())
        return;
    const QString what = count == 1 ? tr("Message deleted") : tr("%1 messages deleted").arg(count);
    m_undo->offer(forAll ? tr("%1 for everyone", "what was deleted").arg(what) : what);
}

void ConversationPage::deletionSettled(const TopicName &topic)
{
    if (topic == name())
        m_undo->hide();
}

void ConversationPage::sendRefused(const TopicName &topic)
{
    m_outgoing->noteRefused(topic);
}

void ConversationPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.colors().panel);
}

}
