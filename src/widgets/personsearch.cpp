#include "widgets/personsearch.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/persondelegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>

namespace confab {

namespace {

constexpr auto kPause = std::chrono::milliseconds(300);

}

PersonSearch::PersonSearch(
    const Theme &theme, QLineEdit *field, QListView *list, QLabel *status, QObject *parent)
    : QObject(parent)
    , m_field(field)
    , m_list(list)
    , m_status(status)
{
    addLeadingIcon(field, theme, QStringLiteral("search"));
    list->setModel(&m_model);
    list->setItemDelegate(new PersonDelegate(theme, list));
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->viewport()->setBackgroundRole(QPalette::Button);
    list->installEventFilter(this);
    field->installEventFilter(this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &PersonSearch::ask);
    connect(field, &QLineEdit::textEdited, this, [this] { m_pause.start(); });
    connect(list, &QListView::clicked, this, &PersonSearch::choose);
    clear();
}

void PersonSearch::clear()
{
    m_pause.stop();
    m_asking = false;
    m_asked.clear();
    m_field->clear();
    m_model.clear();
    showStatus(tr("Type at least two letters of a login name or tag, or a whole ID."), "text2");
}

void PersonSearch::ask()
{
    const QString query = m_field->text().trimmed();
    if (query == m_asked && m_asking)
        return;
    m_asked = query;
    m_asking = query.size() > 1;
    if (!m_asking) {
        m_model.clear();
        showStatus(tr("Type at least two letters of a login name or tag, or a whole ID."), "text2");
        return;
    }
    showStatus(tr("Searching…"), "text2");
    emit searchRequested(query);
}

void PersonSearch::setResults(const QString &query, const QList<FoundPerson> &people)
{
    if (query != m_asked)
        return;
    m_asking = false;
    m_model.setPeople(people);
    if (people.isEmpty()) {
        showStatus(tr("Nobody found for “%1”. Check the spelling, or ask them for their ID.").arg(query),
            "text2");
        return;
    }
    showStatus({}, "text2");
    m_list->setCurrentIndex(m_model.index(0, 0));
}

void PersonSearch::setFailed(const ErrorText &error)
{
    m_asking = false;
    showStatus(joined(error), "danger");
}

void PersonSearch::choose(const QModelIndex &index)
{
    if (index.isValid())
        emit chosen(PersonModel::personAt(index));
}

void PersonSearch::showStatus(const QString &text, const char *color)
{
    setText(m_status, "body", color);
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

bool PersonSearch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        // What is listed belongs to an older text while the pause runs: ask first.
        if (m_pause.isActive()) {
            m_pause.stop();
            ask();
        } else {
            choose(m_list->currentIndex());
        }
        return true;
    }
    if (watched == m_field && key == Qt::Key_Down && m_model.rowCount() > 0) {
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

}
