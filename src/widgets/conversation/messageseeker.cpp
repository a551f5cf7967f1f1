#include "widgets/conversation/messageseeker.h"

#include "widgets/conversation/datepopup.h"
#include "widgets/conversation/messageview.h"

#include <utility>

namespace confab {

MessageSeeker::MessageSeeker(const Theme &theme, MessageView *view, QWidget *page)
    : QObject(page)
    , m_theme(theme)
    , m_view(view)
    , m_page(page)
{
    connect(view, &MessageView::messageRequested, this, &MessageSeeker::goTo);
    connect(view, &MessageView::placeRequested, this, &MessageSeeker::goToPlace);
    connect(view, &MessageView::dateClicked, this,
        [this](const QDate &day, const QPoint &where) { chooseDate(where, day); });
}

void MessageSeeker::setTopic(Topic *topic)
{
    if (m_topic)
        disconnect(m_topic, nullptr, this, nullptr);
    stop();
    m_topic = topic;
    if (topic)
        connect(topic, &Topic::loadingChanged, this, &MessageSeeker::approach);
}

void MessageSeeker::stop()
{
    m_goal = 0;
    m_date.reset();
}

void MessageSeeker::goTo(Seq seq)
{
    setGoal(seq, Goal::Message);
}

void MessageSeeker::goToPlace(Seq seq)
{
    setGoal(seq, Goal::Place);
}

void MessageSeeker::setGoal(Seq seq, Goal kind)
{
    m_goal = seq;
    m_kind = kind;
    approach();
}

void MessageSeeker::approach()
{
    if (m_goal == 0 || !m_topic || m_topic->isLoading())
        return;
    m_goal = m_topic->timeline().shownBy(m_goal); // an edit or a reaction is found as its message
    const bool isThere = m_topic->timeline().known().contains(m_goal);
    if (!isThere)
        emit aroundRequested(m_goal);
    if (!isThere && m_topic->isLoading())
        return;
    const Seq seq = std::exchange(m_goal, 0); // or nobody has it
    if (m_kind == Goal::Date)
        seekDate();
    else if (m_kind == Goal::Place)
        m_view->showPlace(seq);
    else if (const int row = m_topic->timeline().rowOfSeq(seq); row >= 0)
        m_view->showFound(row);
}

void MessageSeeker::chooseDate(const QPoint &where, const QDate &day)
{
    if (!m_topic)
        return;
    auto *popup = new DatePopup(m_theme, m_page);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    connect(popup, &DatePopup::chosen, this, &MessageSeeker::goToDate);
    popup->open(where, day);
}

void MessageSeeker::goToDate(const QDate &day)
{
    if (!m_topic)
        return;
    m_date.emplace(day);
    seekDate();
}

void MessageSeeker::seekDate()
{
    if (!m_date)
        return;
    const DateSeeker::Look look = m_date->look(m_view->rows());
    if (!look.found) {
        setGoal(look.seq, Goal::Date);
        return;
    }
    m_date.reset();
    if (look.seq > 0)
        m_view->showPlace(look.seq);
    else
        m_view->scrollToEnd();
}

}
