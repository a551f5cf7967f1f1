#include "widgets/conversation/pollcard.h"

#include "widgets/conversation/textlines.h"
#include "widgets/shapes.h"
#include "wire/drafty/poll.h"

#include <QCoreApplication>
#include <QPainter>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace confab {

namespace {

constexpr qreal kMinWidth = 220;
constexpr qreal kMark = 16; // circle or box
constexpr qreal kMarkGap = 8;
constexpr qreal kCountGap = 12;
constexpr qreal kBar = 4;
constexpr qreal kBarGap = 2;
constexpr qreal kRowGap = 8;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::PollCard)
};

}

PollState pollOf(const TopicList &topics, const Topic &topic, int row)
{
    PollState state;
    const Message poll = topic.timeline().original(row);
    const wire::PollRole role = poll.head.poll();
    if (role != wire::PollRole::Single && role != wire::PollRole::Multiple)
        return state;
    state.multiple = role == wire::PollRole::Multiple;
    state.closed = topic.timeline().message(row).head.poll() == wire::PollRole::Closed;
    const QList<PollCount> counts = topic.timeline().folded().answers(poll, topics.self());
    QSet<UserId> voters;
    const QList<wire::PollChoice> choices
        = wire::pollChoices(wire::Drafty::fromContent(poll.content));
    for (const wire::PollChoice &choice : choices) {
        const auto found = std::find_if(counts.begin(), counts.end(),
            [&choice](const PollCount &count) { return count.choice == choice.name; });
        const QList<UserId> users = found == counts.end() ? QList<UserId>() : found->users;
        QStringList names;
        for (const UserId &user : users) {
            voters.insert(user);
            names.append(user == topics.self() ? Words::tr("You") : topics.nameOf(user));
        }
        state.rows.append({choice.name, choice.title, int(users.size()),
            users.contains(topics.self()), names.join(QStringLiteral(", "))});
    }
    state.voters = int(voters.size());
    return state;
}

MessagePart::Button buttonOf(const PollState::Row &answer)
{
    return {answer.title, {wire::Button::Action::Publish, answer.name, {}, {}}};
}

QString PollCard::summary(const PollState &state)
{
    const QString votes
        = state.voters == 1 ? Words::tr("1 vote") : Words::tr("%1 votes").arg(state.voters);
    if (state.closed)
        return Words::tr("%1, ended", "votes").arg(votes);
    return state.multiple ? Words::tr("%1, several answers possible", "votes").arg(votes)
                          : Words::tr("%1, one answer each", "votes").arg(votes);
}

PollCard::PollCard(const PollState &state, const MessageStyle &style, qreal maxWidth)
    : m_state(state)
{
    if (isEmpty())
        return;
    const qreal beside = kMark + kMarkGap;
    const qreal count = textWidth(style.small, QStringLiteral("0000")) + kCountGap;
    m_summaryWidth = std::ceil(textWidth(style.small, summary(state)));
    m_width = std::max(kMinWidth, m_summaryWidth);
    const qreal rowHeight = style.bodyLine + kBarGap + kBar;
    qreal y = 0;
    for (const PollState::Row &row : state.rows) {
        std::shared_ptr<QTextLayout> title = makeLine(row.title, style.body, style.emoji,
            std::max<qreal>(1, maxWidth - beside - count), style.bodyLine);
        m_width
            = std::max(m_width, beside + std::ceil(title->lineAt(0).naturalTextWidth()) + count);
        m_titles.push_back(std::move(title));
        m_rows.append(QRectF(0, y, 0, rowHeight));
        y += rowHeight + kRowGap;
    }
    m_summary = QRectF(0, y, 0, style.smallLine);
    m_width = std::min(m_width, maxWidth);
    m_height = m_summary.bottom();
}

void PollCard::moveTo(const QPointF &topLeft, qreal width)
{
    const auto place = [&](QRectF &rect) {
        rect.setWidth(width);
        rect.translate(topLeft);
    };
    for (QRectF &row : m_rows)
        place(row);
    place(m_summary);
}

int PollCard::rowAt(const QPointF &point) const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).adjusted(0, -kRowGap / 2, 0, kRowGap / 2).contains(point))
            return int(i);
    }
    return -1;
}

void PollCard::paint(
    QPainter &painter, const Theme &theme, const MessageStyle &style, bool onOwnFill) const
{
    for (int row = 0; row < int(m_rows.size()); ++row)
        paintRow(painter, theme, style, row, onOwnFill);
    painter.setFont(style.small);
    painter.setPen(onOwnFill ? theme.colors().ownMeta : theme.colors().otherMeta);
    painter.drawText(
        m_summary, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, summary(m_state));
}

void PollCard::paintRow(
    QPainter &painter, const Theme &theme, const MessageStyle &style, int row, bool onOwnFill) const
{
    const ThemeColors &colors = theme.colors();
    const PollState::Row &answer = m_state.rows.at(row);
    const QRectF &rect = m_rows.at(row);
    const QColor meta = onOwnFill ? colors.ownMeta : colors.otherMeta;
    const QRectF mark(rect.left(), rect.top() + (style.bodyLine - kMark) / 2, kMark, kMark);
    const qreal radius = m_state.multiple ? 4 : kMark / 2;
    const qreal ratio = painter.device()->devicePixelRatioF();
    if (answer.mine) {
        fillRound(painter, mark, radius, colors.accent);
        painter.drawPixmap(mark.topLeft() + QPointF(2, 2),
            theme.pixmap(QStringLiteral("check"), int(kMark) - 4, colors.onAccent, ratio));
    } else if (!m_state.closed) {
        fillRound(painter, mark, radius, colors.panel);
        strokeRound(painter, mark, radius, colors.border);
    }
    painter.setPen(colors.text);
    const qreal left = rect.left() + kMark + kMarkGap;
    m_titles.at(size_t(row))->draw(&painter, {left, rect.top()});
    painter.setFont(style.small);
    painter.setPen(meta);
    painter.drawText(QRectF(rect.left(), rect.top(), rect.width(), style.bodyLine),
        int(Qt::AlignRight | Qt::AlignVCenter) | Qt::TextSingleLine, QString::number(answer.count));
    const QRectF bar(left, rect.bottom() - kBar, rect.right() - left, kBar);
    fillRound(painter, bar, kBar / 2, onOwnFill ? colors.quoteOwn : colors.quoteOther);
    const int most = std::max(1, m_state.voters);
    QRectF share = bar;
    share.setWidth(std::max(kBar, bar.width() * answer.count / most));
    if (answer.count > 0)
        fillRound(painter, share, kBar / 2, colors.accentText);
}

}
