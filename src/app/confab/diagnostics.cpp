#include "app/confab/diagnostics.h"

#include "app/common/applog.h"
#include "store/archive/database.h"
#include "widgets/conversation/messageview.h"

#include <QEvent>
#include <QLoggingCategory>

namespace confab {

namespace {

constexpr std::chrono::seconds kEvery(10);

}

Diagnostics::Diagnostics(const MessageView *view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    QLoggingCategory::setFilterRules(QStringLiteral("confab.*=true"));
    connect(&m_timer, &QTimer::timeout, this, &Diagnostics::tell);
    connect(&m_stalls, &StallWatch::stalled, this,
        [](std::chrono::milliseconds busy, const QString &stack) {
            qCWarning(lcApp).noquote() << "the window did not answer for" << busy.count()
                                       << QStringLiteral("ms\n") + stack;
        });
    m_timer.start(kEvery);
    if (view)
        view->viewport()->installEventFilter(this);
}

Diagnostics::~Diagnostics()
{
    qCInfo(lcApp).noquote() << line();
}

bool Diagnostics::eventFilter(QObject *watched, QEvent *event)
{
    // Told when that is done; a paint before the first layout shows none.
    if (event->type() == QEvent::Paint && !m_toldOfMessages && m_view->counters().layouts > 0)
        QTimer::singleShot(0, this, &Diagnostics::tellOfMessages);
    return QObject::eventFilter(watched, event);
}

void Diagnostics::tellOfMessages()
{
    if (!std::exchange(m_toldOfMessages, true))
        qCInfo(lcApp) << "the first messages are on the screen";
}

QString Diagnostics::line() const
{
    const ViewCounters counters = m_view ? m_view->counters() : ViewCounters();
    return QStringLiteral(
        "layouts %1, texts laid out %2, paints %3, queries %4, stalls %5, longest stretch %6 ms")
        .arg(counters.layouts)
        .arg(counters.texts)
        .arg(counters.paints)
        .arg(Database::statementsMade())
        .arg(m_stalls.stalls())
        .arg(m_stalls.longest().count());
}

void Diagnostics::tell()
{
    const QString now = line();
    if (now == m_told)
        return;
    m_told = now;
    qCInfo(lcApp).noquote() << now;
}

}
