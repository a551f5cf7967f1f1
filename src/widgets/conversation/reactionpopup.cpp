#include "widgets/conversation/reactionpopup.h"

#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kButton = 36;
constexpr int kMargin = 4;
constexpr int kEmoji = 20;

/// One emoji, painted large; chosen by click, Space and Return.
class EmojiButton : public QAbstractButton
{
public:
    EmojiButton(const Theme &theme, const QString &emoji, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
    {
        setText(emoji);
        setObjectName(QStringLiteral("reaction-") + emoji);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setFixedSize(theme.scaled(kButton), theme.scaled(kButton));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const ThemeColors &colors = m_theme.colors();
        const QRectF box = QRectF(rect()).adjusted(2, 2, -2, -2);
        if (isChecked())
            fillRound(painter, box, 8, colors.selected);
        else if (underMouse())
            fillRound(painter, box, 8, colors.hoverRaised);
        if (hasFocus())
            strokeRound(painter, box, 8, colors.focus, 2);
        QFont font = m_theme.font(TextStyle::Body);
        font.setFamilies({QStringLiteral("Noto Color Emoji")});
        font.setPixelSize(m_theme.scaled(kEmoji));
        painter.setFont(font);
        painter.setPen(colors.text);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
            event->ignore(); // the popup moves the focus
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    const Theme &m_theme;
};

}

QStringList ReactionPopup::frequent()
{
    return {QStringLiteral("\U0001F44D"), QStringLiteral("\u2764\uFE0F"),
        QStringLiteral("\U0001F602"), QStringLiteral("\U0001F62E"), QStringLiteral("\U0001F622"),
        QStringLiteral("\U0001F64F"), QStringLiteral("\U0001F389"), QStringLiteral("\u2705")};
}

ReactionPopup::ReactionPopup(
    const Theme &theme, const QStringList &mine, bool withMore, QWidget *owner)
    : Popover(theme, owner)
{
    setObjectName(QStringLiteral("reactionPopup"));
    setAccessibleName(tr("React with"));
    connect(this, &Popover::closed, this, &QObject::deleteLater);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    row->setSpacing(0);
    QStringList emoji = frequent();
    for (const QString &one : mine) {
        if (!emoji.contains(one))
            emoji.append(one);
    }
    for (const QString &one : std::as_const(emoji))
        addEmoji(row, one, mine.contains(one));
    if (withMore)
        addMore(row);
}

void ReactionPopup::addMore(QHBoxLayout *row)
{
    auto *more = new QToolButton(this);
    more->setObjectName(QStringLiteral("reactionMoreButton"));
    more->setAccessibleName(tr("More emoji"));
    more->setToolTip(more->accessibleName());
    more->setIcon(theme().icon(QStringLiteral("plus")));
    more->setIconSize({18, 18});
    more->setFixedSize(kButton, kButton);
    more->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(more);
    connect(more, &QAbstractButton::clicked, this, [this] {
        const QRect place(mapToGlobal(QPoint()), size());
        hide();
        emit moreRequested(place);
    });
}

void ReactionPopup::addEmoji(QHBoxLayout *row, const QString &emoji, bool isMine)
{
    auto *button = new EmojiButton(theme(), emoji, this);
    button->setAccessibleName(
        isMine ? tr("Take %1 back").arg(emoji) : tr("React with %1").arg(emoji));
    button->setToolTip(button->accessibleName());
    button->setChecked(isMine);
    row->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, emoji] {
        emit chosen(emoji);
        hide();
    });
}

void ReactionPopup::popUpAt(const QRect &global)
{
    adjustSize();
    openBy(global, Qt::AlignHCenter, findChild<QAbstractButton *>());
}

void ReactionPopup::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->key() == Qt::Key_Left;
    if (back || event->key() == Qt::Key_Right)
        focusNextPrevChild(back == isRightToLeft());
    else
        Popover::keyPressEvent(event);
}

}
