#pragma once

#include "store/outgoing.h"
#include "store/search/searchquery.h"
#include "store/topiclist.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QVBoxLayout;

namespace confab {

class CardSender;
class Composer;
class ComposerTarget;
class EmojiBook;
class SpellChecker;
class ConversationHeader;
class EmojiPicker;
class FindBar;
class KeyTips;
class MediaLibrary;
class MediaOpener;
class MediaSender;
class MessageCommands;
class MessageListModel;
class MessageSeeker;
class MessageSender;
class MessageView;
class PinStrip;
class SearchResultsModel;
class UndoBar;

/// The conversation pane: header, messages, composer; with no topic, the tips of the empty state.
/// Reads the store, emits intents, calls no service (design.md §2).
class ConversationPage : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationPage(const Theme &theme, QWidget *parent = nullptr);
    ~ConversationPage() override;

    /// The account shown; both nullptr when there is none. Ends what was shown before.
    void setTopic(TopicList *topics, Topic *topic);
    Topic *topic() const;
    const MessageView *messages() const { return m_view; }
    /// One-pane windows get a Back button before the avatar.
    void setBackVisible(bool visible);
    /// A strip that stands right below the header, or at the top while there is no header; the page
    /// becomes its parent and leaves showing and hiding to it. Called once.
    void setBanner(QWidget *banner);
    void focusComposer();
    /// What helps writing; the program keeps what people set in it.
    SpellChecker &speller() { return *m_speller; }
    EmojiBook &emojiBook() { return *m_emojiBook; }
    Composer &composer() { return *m_composer; }
    /// Goes to a message of the open topic, loading what lies between, and marks what was looked for.
    void showMessage(Seq seq, const SearchQuery &query);
    /// To the first message of this day or a later one, loading what is needed to find it.
    void goToDate(const QDate &day);
    void endSearch(); ///< no marks, and back to where the person was reading
    /// What the search in the open chat finds; nullptr: none. Outlives the page or is taken away first.
    void setFindModel(SearchResultsModel *model);
    void takeCopyPage(const TopicName &topic, Seq before, const QList<Message> &messages);
    void openFind();
    bool closeFind(); ///< whether it was open
    /// The text is on disk now: only then it leaves the composer (reliability.md R1).
    void messageQueued(const TopicName &topic, const QString &cid);
    MediaLibrary &media() { return *m_media; }
    /// Where files are kept until they are sent; empty: the account shown sends none.
    void setUploads(const QString &folder);
    /// Could not be queued: the text stays and may be sent again.
    void sendRefused(const TopicName &topic);
    /// Messages are out of sight, and can be brought back until deletionSettled().
    void deletionWaiting(const TopicName &topic, int count, bool forAll);
    void deletionSettled(const TopicName &topic);
    /// Reactions, edits and the like; what its emoji picker gives goes to toggleReaction().
    MessageCommands *commands() const { return m_commands; }

signals:
    void sendRequested(const TopicName &topic, const confab::OutgoingMessage &message);
    void draftChanged(const TopicName &topic, const confab::Draft &draft); ///< 300 ms after the last key
    void typed(const TopicName &topic); ///< at every change by the person
    /// As MessageView tells.
    void olderRequested(const TopicName &topic, Seq seq);
    void newerRequested(const TopicName &topic, Seq seq);
    /// A message that is not loaded; asked again each time the topic ends loading without it.
    void aroundRequested(const TopicName &topic, Seq seq);
    /// Messages on disk before this number are to be copied, or named as pins; takeCopyPage() is the answer.
    void copyPageWanted(const TopicName &topic, Seq before);
    /// Visible in an active window for a second, up to and including seq.
    void seen(const TopicName &topic, Seq seq);
    void retryRequested(const TopicName &topic, const QString &cid);
    void discardRequested(const TopicName &topic, const QString &cid);
    void deleteRequested(const TopicName &topic, const QList<Seq> &messages, bool forAll);
    void undoDeleteRequested(const TopicName &topic);
    void deletePartsRequested(const TopicName &topic, const QList<Seq> &parts);
    void pinsRequested(const TopicName &topic, const QList<Seq> &pins);
    void exportRequested(const TopicName &topic);
    void leaveRequested(const TopicName &topic);
    /// The right to write there, which oneself has given up or not taken.
    void writingRequested(const TopicName &topic);
    void backRequested();
    void chatRequested(const UserId &user); ///< of a contact card
    void problemArose(const confab::ErrorText &problem);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildConversation();
    void connectParts();
    void connectMedia();
    void showTopic();
    void leaveText();
    void pickReaction(Seq seq, const QRect &place);
    void connectCommands();
    TopicName name() const;

    const Theme &m_theme;
    std::unique_ptr<SpellChecker> m_speller;
    std::unique_ptr<EmojiBook> m_emojiBook;
    QVBoxLayout *m_column;
    ConversationHeader *m_header;
    QStackedWidget *m_body;
    KeyTips *m_tips;
    QWidget *m_conversation;
    MessageView *m_view;
    Composer *m_composer;
    MediaLibrary *m_media;
    MediaOpener *m_opener;
    MediaSender *m_sender;
    CardSender *m_cards;
    ComposerTarget *m_target;
    MessageSender *m_outgoing;
    MessageCommands *m_commands;
    MessageSeeker *m_seeker;
    EmojiPicker *m_reactions = nullptr; ///< made when first asked for
    PinStrip *m_pins;
    UndoBar *m_undo;
    std::unique_ptr<MessageListModel> m_model;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    FindBar *m_find = nullptr; ///< made when first asked for
    QPointer<SearchResultsModel> m_findModel;
    Seq m_copyBefore = 0; ///< of the page that is awaited for copying
    bool m_backVisible = false;
};

}
