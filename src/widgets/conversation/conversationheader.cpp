#include "widgets/conversation/conversationheader.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/confirmdialog.h"
#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/elidedlabel.h"
#include "widgets/conversation/headeravatar.h"
#include "widgets/iconbutton.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kHeight = 56;
constexpr int kCompactHeight = 44;

bool canLeave(const Topic &topic)
{
    return topic.kind() == wire::TopicKind::Direct || topic.kind() == wire::TopicKind::Group
        || topic.kind() == wire::TopicKind::Channel;
}

}

ConversationHeader::ConversationHeader(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_back(makeIconButton(theme, this, QStringLiteral("chevron-left"),
          QStringLiteral("backButton"), tr("Back to the chats")))
    , m_avatar(new HeaderAvatar(theme, this))
    , m_title(new ElidedLabel(this))
    , m_subtitle(new ElidedLabel(this))
    , m_find(makeIconButton(theme, this, QStringLiteral("search"), QStringLiteral("findButton"),
          tr("Find in this chat")))
    , m_more(makeIconButton(theme, this, QStringLiteral("ellipsis-vertical"),
          QStringLiteral("moreButton"), tr("More actions")))
    , m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("conversationHeader"));
    m_title->setObjectName(QStringLiteral("conversationTitle"));
    m_subtitle->setObjectName(QStringLiteral("conversationSubtitle"));
    auto *lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addStretch();
    lines->addWidget(m_title);
    lines->addWidget(m_subtitle);
    lines->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 8, 1);
    row->setSpacing(12);
    row->addWidget(m_back);
    row->addWidget(m_avatar);
    row->addLayout(lines, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    buttons->addWidget(m_find);
    buttons->addWidget(m_more);
    row->addLayout(buttons);
    setBackVisible(false);
    m_find->setToolTip(tr("Find in this chat (Ctrl+F)"));
    setFindVisible(false);
    buildMenu();
    connect(m_back, &QToolButton::clicked, this, &ConversationHeader::backRequested);
    connect(m_find, &QToolButton::clicked, this, &ConversationHeader::findRequested);
    connect(&m_theme, &Theme::changed, this, &ConversationHeader::applyTheme);
    applyTheme();
}

void ConversationHeader::buildMenu()
{
    m_menu->setObjectName(QStringLiteral("moreMenu"));
    QAction *copyId = m_menu->addAction(m_theme.icon(QStringLiteral("copy")), tr("&Copy ID"));
    copyId->setObjectName(QStringLiteral("copyIdAction"));
    QAction *goToDate = m_menu->addAction(m_theme.icon(QStringLiteral("calendar-days")),
        tr("&Go to date…"), this, &ConversationHeader::dateRequested);
    goToDate->setObjectName(QStringLiteral("dateAction"));
    QAction *exportChat
        = m_menu->addAction(m_theme.icon(QStringLiteral("download")), tr("&Export chat…"));
    exportChat->setObjectName(QStringLiteral("exportAction"));
    m_leave = m_menu->addAction(m_theme.icon(QStringLiteral("log-out")), tr("&Leave chat…"));
    m_leave->setObjectName(QStringLiteral("leaveAction"));
    connect(copyId, &QAction::triggered, this, [this] {
        if (m_topic)
            QApplication::clipboard()->setText(m_topic->name());
    });
    connect(exportChat, &QAction::triggered, this, &ConversationHeader::exportRequested);
    connect(m_leave, &QAction::triggered, this, &ConversationHeader::confirmLeave);
    connect(m_more, &QToolButton::clicked, this, [this] {
        const QSize size = m_menu->sizeHint();
        const bool mirrored = isRightToLeft();
        const QPoint corner(mirrored ? 0 : m_more->width() - size.width(), m_more->height());
        m_menu->popup(m_more->mapToGlobal(corner));
    });
}

void ConversationHeader::setTopic(TopicList *topics, Topic *topic)
{
    if (m_topic)
        disconnect(m_topic, nullptr, this, nullptr);
    m_topics = topics;
    m_topic = topic;
    if (topic)
        connect(topic, &Topic::changed, this, &ConversationHeader::showTopic);
    showTopic();
}

void ConversationHeader::showTopic()
{
    if (!m_topic || !m_topics)
        return;
    AvatarSource source;
    source.id = m_topic->name();
    source.title = m_topic->title();
    source.photo = m_topic->info().card.photo;
    source.savedMessages = m_topic->kind() == wire::TopicKind::Self;
    const bool direct = m_topic->kind() == wire::TopicKind::Direct;
    m_avatar->setSource(source, direct && m_topic->isOnline());
    m_title->setFullText(m_topic->title());
    const QString subtitle = subtitleText(*m_topics, *m_topic);
    m_subtitle->setFullText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    setText(m_subtitle, "small", m_topic->typing().isEmpty() ? "text2" : "accentText");
    m_leave->setVisible(canLeave(*m_topic));
}

void ConversationHeader::setBackVisible(bool visible)
{
    m_back->setVisible(visible);
    layout()->setContentsMargins(visible ? 8 : 16, 0, 8, 1);
    update();
}

void ConversationHeader::setFindVisible(bool visible)
{
    m_find->setVisible(visible);
}

void ConversationHeader::confirmLeave()
{
    if (!m_topic)
        return;
    auto *dialog = new ConfirmDialog(window());
    dialog->setObjectName(QStringLiteral("leaveDialog"));
    const bool direct = m_topic->kind() == wire::TopicKind::Direct;
    dialog->setQuestion(tr("Leave this chat?"),
        direct ? tr("The chat with %1 goes from your list, with its messages. They keep theirs.")
                     .arg(m_topic->title())
               : tr("%1 goes from your list, and you no longer get its messages.")
                     .arg(m_topic->title()));
    dialog->setButtons(tr("Stay"), tr("Leave chat"));
    const QPointer<Topic> asked = m_topic;
    connect(dialog, &QDialog::accepted, this, [this, asked] {
        if (asked && asked == m_topic)
            emit leaveRequested();
    });
    dialog->open();
}

void ConversationHeader::applyTheme()
{
    setFixedHeight(m_theme.isCompact() ? qMax(kCompactHeight, m_theme.scaled(36) + 8)
                                       : qMax(kHeight, m_theme.scaled(36) + 20));
    m_title->setFixedHeight(m_theme.lineHeight(TextStyle::Title));
    m_subtitle->setFixedHeight(m_theme.lineHeight(TextStyle::Small));
    setText(m_title, "title", "text");
    const bool typing = m_topic && !m_topic->typing().isEmpty();
    setText(m_subtitle, "small", typing ? "accentText" : "text2");
    update();
}

void ConversationHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().panel);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.colors().divider);
}

}
