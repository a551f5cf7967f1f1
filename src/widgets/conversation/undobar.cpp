#include "widgets/conversation/undobar.h"

#include "widgets/confabstyle.h"
#include "widgets/shapes.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace confab {

namespace {

constexpr int kFoot = 12;
constexpr qreal kRadius = 12;

}

UndoBar::UndoBar(const Theme &theme, QWidget *view)
    : QWidget(view->parentWidget())
    , m_theme(theme)
    , m_view(view)
    , m_text(new QLabel(this))
    , m_undo(new QPushButton(tr("Undo"), this))
{
    setObjectName(QStringLiteral("undoBar"));
    m_text->setObjectName(QStringLiteral("undoText"));
    m_text->setTextFormat(Qt::PlainText);
    setText(m_text, "body", "text");
    m_undo->setObjectName(QStringLiteral("undoButton"));
    m_undo->setAccessibleName(tr("Undo the deletion"));
    m_undo->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    m_undo->setProperty(ConfabStyle::kSmall, true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_text);
    row->addWidget(m_undo);
    connect(m_undo, &QPushButton::clicked, this, &UndoBar::undone);
    view->installEventFilter(this);
    hide();
}

void UndoBar::offer(const QString &sentence)
{
    m_text->setText(sentence);
    setAccessibleName(sentence);
    place();
    show();
    raise();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void UndoBar::place()
{
    adjustSize();
    const QRect room = m_view->geometry();
    move(room.center().x() - width() / 2, room.bottom() + 1 - height() - kFoot);
}

bool UndoBar::eventFilter(QObject *watched, QEvent *event)
{
    if ((event->type() == QEvent::Resize || event->type() == QEvent::Move) && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    fillRound(painter, rect(), kRadius, m_theme.colors().raised);
    strokeRound(painter, rect(), kRadius, m_theme.colors().border);
}

}
