#pragma once

#include "store/topic.h"
#include "widgets/conversation/dateseeker.h"
#include "widgets/theme.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace confab {

class MessageView;

/// Brings the view to a message, a place or a date of the open topic, loading what that takes. Child of
/// the page.
class MessageSeeker : public QObject
{
    Q_OBJECT

public:
    MessageSeeker(const Theme &theme, MessageView *view, QWidget *page);

    void setTopic(Topic *topic); ///< ends what was sought
    void goTo(Seq seq); ///< a message, shown with a flash; Back leads away from it
    void goToPlace(Seq seq); ///< only to be read there
    /// To the first message of this day or a later one.
    void goToDate(const QDate &day);
    void chooseDate(const QPoint &where, const QDate &day); ///< asks for it, at a point of the screen
    void stop();

signals:
    /// A message that is not loaded; asked again each time the topic ends loading without it.
    void aroundRequested(confab::Seq seq);

private:
    enum class Goal { Message, Place, Date }; ///< where a date begins is found in steps
    void setGoal(Seq seq, Goal kind);
    void approach();
    void seekDate();

    const Theme &m_theme;
    MessageView *m_view;
    QWidget *m_page;
    QPointer<Topic> m_topic;
    std::optional<DateSeeker> m_date; ///< while one is looked for
    Goal m_kind = Goal::Message;
    Seq m_goal = 0; ///< message to go to once it is loaded; 0: none
};

}
