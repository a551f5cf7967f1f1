#include "widgets/conversation/choicebar.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/messageview.h"
#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kHeight = 46; // as the composer with one line
constexpr int kRadius = 12;
constexpr int kWordsFrom = 480; // narrower: icons alone
constexpr int kLeastWidth = 260;

}

ChoiceBar::ChoiceBar(const Theme &theme, MessageView *view, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_view(view)
    , m_close(new QToolButton(this))
    , m_count(new QLabel(this))
    , m_copy(makeButton(QStringLiteral("copy"), QStringLiteral("choiceCopy"), tr("Copy")))
    , m_forward(
          makeButton(QStringLiteral("forward"), QStringLiteral("choiceForward"), tr("Forward")))
    , m_delete(makeButton(QStringLiteral("trash-2"), QStringLiteral("choiceDelete"), tr("Delete")))
{
    setObjectName(QStringLiteral("choiceBar"));
    setAccessibleName(tr("Chosen messages"));
    m_close->setObjectName(QStringLiteral("choiceClose"));
    m_close->setAccessibleName(tr("End choosing"));
    m_close->setToolTip(tr("End choosing (Esc)"));
    m_close->setIcon(m_theme.icon(QStringLiteral("x")));
    m_close->setIconSize({20, 20});
    m_close->setFixedSize(36, 36);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_count->setObjectName(QStringLiteral("choiceCount"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(5, 5, 5, 5);
    row->setSpacing(8);
    row->addWidget(m_close);
    row->addWidget(m_count, 1);
    for (QPushButton *button : {m_copy, m_forward, m_delete})
        row->addWidget(button);
    connect(m_close, &QToolButton::clicked, m_view, &MessageView::endChoosing);
    connect(m_copy, &QPushButton::clicked, m_view, &MessageView::copyChosen);
    connect(m_forward, &QPushButton::clicked, m_view,
        [this] { m_view->performOnChosen(MessageAction::Forward); });
    connect(m_delete, &QPushButton::clicked, m_view,
        [this] { m_view->performOnChosen(MessageAction::Delete); });
    connect(m_view, &MessageView::choiceChanged, this, &ChoiceBar::showChoice);
    connect(&m_theme, &Theme::changed, this, &ChoiceBar::applyTheme);
    applyTheme();
    hide();
}

QPushButton *ChoiceBar::makeButton(const QString &icon, const QString &name, const QString &text)
{
    auto *button = new QPushButton(m_theme.icon(icon), text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    button->setIconSize({16, 16});
    return button;
}

void ChoiceBar::showChoice()
{
    const MessageChoice &choice = m_view->choice();
    m_count->setText(tr("%n chosen", nullptr, choice.count()));
    const MessageActions actions = choice.actions();
    m_copy->setEnabled(actions.testFlag(MessageAction::Copy));
    m_forward->setEnabled(actions.testFlag(MessageAction::Forward));
    m_delete->setEnabled(actions.testFlag(MessageAction::Delete));
}

QSize ChoiceBar::minimumSizeHint() const
{
    return {kLeastWidth, minimumHeight()};
}

void ChoiceBar::resizeEvent(QResizeEvent *)
{
    for (QPushButton *button : {m_copy, m_forward, m_delete}) {
        button->setText(width() < kWordsFrom ? QString() : button->accessibleName());
        button->setToolTip(width() < kWordsFrom ? button->accessibleName() : QString());
    }
}

void ChoiceBar::applyTheme()
{
    setMaximumWidth(m_theme.isCompact() ? QWIDGETSIZE_MAX : MessageLayout::kColumn);
    setFixedHeight(qMax(kHeight, m_theme.scaled(36) + 10));
    setText(m_count, "body", "text");
    update();
}

void ChoiceBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    fillRound(painter, rect(), kRadius, m_theme.colors().panel);
    strokeRound(painter, rect(), kRadius, m_theme.colors().accentText);
}

}
