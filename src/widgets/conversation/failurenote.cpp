#include "widgets/conversation/failurenote.h"

#include "widgets/conversation/textlines.h"

namespace confab {

namespace {

constexpr qreal kGap = 20;
constexpr qreal kIconGap = 8;

}

FailureNote::FailureNote(const QString &error, const MessageStyle &style, qreal maxWidth)
{
    const QString words = error.isEmpty() ? tr("Not sent") : tr("Not sent: %1").arg(error);
    m_retry = makeWholeLine(tr("Retry"), style.action, style.emoji, style.actionHeight);
    m_delete = makeWholeLine(tr("Delete"), style.action, style.emoji, style.actionHeight);
    m_retryWidth = kIcon + kIconGap + widthOf(*m_retry);
    m_deleteWidth = kIcon + kIconGap + widthOf(*m_delete);
    m_actionHeight = style.actionHeight;
    m_reason = makeLayout(words, style.small, words.isRightToLeft());
    const qreal width = breakLines(*m_reason, maxWidth, style.smallLine);
    m_reasonSize = QSizeF(width, m_reason->lineCount() * style.smallLine);
    m_isOneLine = m_reason->lineCount() == 1
        && width + kGap + m_retryWidth + kGap + m_deleteWidth <= maxWidth;
}

void FailureNote::moveToLeft(const QPointF &topLeft)
{
    const qreal beside = topLeft.x() + m_reasonSize.width() + kGap;
    place(topLeft.x(), m_isOneLine ? beside : topLeft.x(), topLeft.y());
}

void FailureNote::moveToRight(const QPointF &topRight)
{
    const qreal actions = topRight.x() - m_deleteWidth - kGap - m_retryWidth;
    const qreal end = m_isOneLine ? actions - kGap : topRight.x();
    place(end - m_reasonSize.width(), actions, topRight.y());
}

void FailureNote::place(qreal reasonLeft, qreal actionsLeft, qreal top)
{
    const qreal drop = m_isOneLine ? (m_actionHeight - m_reasonSize.height()) / 2 : 0;
    m_reasonRect = QRectF(QPointF(reasonLeft, top + drop), m_reasonSize);
    const qreal actionsTop = m_isOneLine ? top : top + m_reasonSize.height();
    m_retryRect = QRectF(actionsLeft, actionsTop, m_retryWidth, m_actionHeight);
    m_deleteRect = QRectF(m_retryRect.right() + kGap, actionsTop, m_deleteWidth, m_actionHeight);
}

}
