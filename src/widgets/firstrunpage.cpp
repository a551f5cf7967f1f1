#include "widgets/firstrunpage.h"

#include "widgets/choicecard.h"
#include "widgets/confabstyle.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>

namespace confab {

namespace {

constexpr int kCardWidth = 340;
constexpr int kCardGap = 16;
constexpr int kSide = 16;

QLabel *centeredLabel(const QString &text, const char *style, const char *color)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    setText(label, style, color);
    return label;
}

}

FirstRunPage::FirstRunPage(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_cards(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setObjectName(QStringLiteral("firstRunPage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kSide, 24, kSide, 24);
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(buildWelcome());
    column->addSpacing(32);
    buildCards();
    auto *center = new QHBoxLayout;
    center->addStretch(1);
    center->addLayout(m_cards, 1000);
    center->addStretch(1);
    column->addLayout(center);
    column->addSpacing(24);
    column->addWidget(buildPlainLink(), 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(buildBack(), 0, Qt::AlignHCenter);
    column->addStretch(1);
    setAdding(false);
    setWidget(content);
    arrangeCards();
    connect(&theme, &Theme::changed, this, &FirstRunPage::arrangeCards);
}

QWidget *FirstRunPage::buildWelcome()
{
    auto *welcome = new QWidget;
    auto *column = new QVBoxLayout(welcome);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(
        new IconLabel(m_theme, QStringLiteral("confab-mark"), 56, &ThemeColors::accent), 0,
        Qt::AlignHCenter);
    column->addSpacing(16);
    m_heading = centeredLabel({}, "display", "text");
    m_heading->setObjectName(QStringLiteral("welcome"));
    column->addWidget(m_heading);
    column->addSpacing(4);
    m_question = centeredLabel({}, "body", "text2");
    m_question->setObjectName(QStringLiteral("question"));
    column->addWidget(m_question);
    return welcome;
}

void FirstRunPage::setAdding(bool adding)
{
    m_heading->setText(adding ? tr("Add an account") : tr("Welcome to Confab"));
    m_question->setText(adding
            ? tr("Where is it? The accounts that you have stay as they are.")
            : tr("How would you like to start? You can add the other one later."));
    setAccessibleName(m_heading->text());
    m_back->setVisible(adding);
}

void FirstRunPage::buildCards()
{
    m_startHere = new ChoiceCard(m_theme,
        {QStringLiteral("laptop"), tr("Start on this computer"),
            tr("Chat right away with a server that runs inside Confab. No account elsewhere, no "
               "internet needed. Echo, a practice contact, answers your first message."),
            QStringLiteral("check"), tr("Ready in a few seconds"), &ThemeColors::success});
    m_startHere->setObjectName(QStringLiteral("startHere"));
    m_connect = new ChoiceCard(m_theme,
        {QStringLiteral("server"), tr("Connect to a server"),
            tr("Sign in to a Tinode server of your company, your club or your own. You need its "
               "address; an account can be made there."),
            QStringLiteral("lock"), tr("Asks for an address")});
    m_connect->setObjectName(QStringLiteral("connectToServer"));
    m_cards->setSpacing(kCardGap);
    m_cards->addWidget(m_startHere);
    m_cards->addWidget(m_connect);
    connect(m_startHere, &ChoiceCard::clicked, this, &FirstRunPage::startHereChosen);
    connect(m_connect, &ChoiceCard::clicked, this, &FirstRunPage::connectChosen);
}

QWidget *FirstRunPage::buildPlainLink()
{
    auto *plain = new QPushButton(
        m_theme.icon(QStringLiteral("plug")), tr("Use a plain &WebSocket address"));
    plain->setObjectName(QStringLiteral("plainWebSocket"));
    plain->setAccessibleName(tr("Use a plain WebSocket address"));
    plain->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    connect(plain, &QPushButton::clicked, this, &FirstRunPage::plainChosen);
    return plain;
}

QWidget *FirstRunPage::buildBack()
{
    m_back = new QPushButton(m_theme.icon(QStringLiteral("chevron-left")), tr("&Back to your chats"));
    m_back->setObjectName(QStringLiteral("backToChats"));
    m_back->setAccessibleName(tr("Back to your chats"));
    m_back->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    connect(m_back, &QPushButton::clicked, this, &FirstRunPage::backRequested);
    return m_back;
}

void FirstRunPage::arrangeCards()
{
    const int card = m_theme.scaled(kCardWidth);
    const bool sideBySide = viewport()->width() >= 2 * card + kCardGap + 2 * kSide;
    m_cards->setDirection(sideBySide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (ChoiceCard *choice : {m_startHere, m_connect})
        choice->setMaximumWidth(card);
    m_cards->invalidate();
}

void FirstRunPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrangeCards();
}

void FirstRunPage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    // Shown with its ring from the start: somebody new sees at once that Enter will do.
    window()->setAttribute(Qt::WA_KeyboardFocusChange);
    m_startHere->setFocus(Qt::TabFocusReason);
}

}
