#pragma once

#include "widgets/conversation/messagestyle.h"

#include <QCoreApplication>
#include <QRectF>
#include <QTextLayout>

#include <memory>

namespace confab {

/// Geometry of what stands below a message that could not be sent: why, and what can be done about
/// it. Reason and actions share a line where they fit. Made, then moved to its place once; rects
/// are empty where nothing has failed. A part of MessageLayout.
class FailureNote
{
    Q_DECLARE_TR_FUNCTIONS(confab::FailureNote)

public:
    FailureNote() = default;
    /// `error`: the reason, if one is known. At most `maxWidth` wide.
    FailureNote(const QString &error, const MessageStyle &style, qreal maxWidth);

    bool isEmpty() const { return !m_reason; }
    void moveToLeft(const QPointF &topLeft);
    void moveToRight(const QPointF &topRight);

    const QRectF &reasonRect() const { return m_reasonRect; }
    const QRectF &retryRect() const { return m_retryRect; }
    const QRectF &deleteRect() const { return m_deleteRect; }
    qreal bottom() const { return m_deleteRect.bottom(); }
    /// Only where something has failed.
    const QTextLayout &reason() const { return *m_reason; }
    const QTextLayout &retryLine() const { return *m_retry; }
    const QTextLayout &deleteLine() const { return *m_delete; }

    static constexpr int kTexts = 3; ///< shaped for it
    static constexpr int kIcon = 14; ///< before each action

private:
    void place(qreal reasonLeft, qreal actionsLeft, qreal top);

    std::unique_ptr<QTextLayout> m_reason;
    std::unique_ptr<QTextLayout> m_retry;
    std::unique_ptr<QTextLayout> m_delete;
    QSizeF m_reasonSize;
    qreal m_retryWidth = 0;
    qreal m_deleteWidth = 0;
    qreal m_actionHeight = 0;
    bool m_isOneLine = false;
    QRectF m_reasonRect;
    QRectF m_retryRect;
    QRectF m_deleteRect;
};

}
