#include "widgets/conversation/chatsdialog.h"

#include "models/rowtext.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/messagerights.h"
#include "widgets/fieldhelpers.h"
#include "widgets/persondelegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace confab {

namespace {

constexpr int kWidth = 400;
constexpr int kHeight = 480;

QList<FoundPerson> listed(
    const TopicList &topics, const std::function<bool(const Topic &)> &isWanted)
{
    QList<const Topic *> chats;
    for (int row = 0; row < topics.count(); ++row) {
        if (isWanted(*topics.at(row)))
            chats.append(topics.at(row));
    }
    std::stable_sort(chats.begin(), chats.end(),
        [](const Topic *a, const Topic *b) { return a->info().touched > b->info().touched; });
    QList<FoundPerson> result;
    for (const Topic *topic : std::as_const(chats)) {
        const QString detail = subtitleText(topics, *topic);
        result.append({topic->name(), topic->title(), topic->info().card.photo,
            {detail.isEmpty() ? topic->name() : detail}});
    }
    return result;
}

bool matches(const FoundPerson &chat, const QString &folded)
{
    return rowtext::folded(chat.name).contains(folded)
        || rowtext::folded(chat.topic).contains(folded);
}

}

QList<FoundPerson> chatsToWriteTo(const TopicList &topics)
{
    return listed(topics, [](const Topic &topic) { return isRich(topic) && topic.canWrite(); });
}

QList<FoundPerson> peopleWrittenTo(const TopicList &topics)
{
    return listed(
        topics, [](const Topic &topic) { return topic.kind() == wire::TopicKind::Direct; });
}

ChatsDialog::ChatsDialog(
    const Theme &theme, const QList<FoundPerson> &chats, const Words &words, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_chats(chats)
    , m_words(words)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_count(new QLabel(this))
    , m_choose(new QPushButton(words.action, this))
{
    setObjectName(QStringLiteral("chatsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    build();
    filter();
    m_field->setFocus();
}

void ChatsDialog::build()
{
    setWindowTitle(m_words.title);
    auto *heading = new QLabel(windowTitle(), this);
    setText(heading, "heading", "text");
    m_field->setObjectName(QStringLiteral("chatsFilter"));
    m_field->setPlaceholderText(tr("Find a chat"));
    m_field->setAccessibleName(tr("Find a chat"));
    addLeadingIcon(m_field, m_theme, QStringLiteral("search"));
    m_list->setObjectName(QStringLiteral("chatsList"));
    m_list->setAccessibleName(tr("Chats"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PersonDelegate(m_theme, m_list));
    m_list->setSelectionMode(QAbstractItemView::MultiSelection);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->viewport()->setBackgroundRole(QPalette::Button);
    m_count->setObjectName(QStringLiteral("chatsCount"));
    setText(m_count, "body", "text2");
    m_choose->setObjectName(QStringLiteral("chatsButton"));
    m_choose->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    m_choose->setAutoDefault(false);
    m_choose->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("chatsCancelButton"));
    cancel->setAutoDefault(false);
    cancel->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_count, 1);
    foot->addWidget(cancel);
    foot->addWidget(m_choose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 20);
    column->setSpacing(12);
    column->addWidget(heading);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    resize(kWidth, kHeight);
    m_field->installEventFilter(this);
    m_list->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, &ChatsDialog::filter);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ChatsDialog::takeSelection);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_choose, &QPushButton::clicked, this, &ChatsDialog::choose);
}

void ChatsDialog::filter()
{
    const QString folded = rowtext::folded(m_field->text().trimmed());
    QList<FoundPerson> shown;
    for (const FoundPerson &chat : std::as_const(m_chats)) {
        if (matches(chat, folded))
            shown.append(chat);
    }
    m_filtering = true; // what is out of sight stays chosen
    m_model.setPeople(shown);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        if (m_chosen.contains(PersonModel::personAt(index).topic))
            m_list->selectionModel()->select(index, QItemSelectionModel::Select);
    }
    m_list->selectionModel()->setCurrentIndex(m_model.index(0, 0), QItemSelectionModel::NoUpdate);
    m_filtering = false;
    showCount();
}

void ChatsDialog::takeSelection()
{
    if (m_filtering)
        return;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const TopicName topic = PersonModel::personAt(index).topic;
        if (m_list->selectionModel()->isSelected(index))
            m_chosen.insert(topic);
        else
            m_chosen.remove(topic);
    }
    showCount();
}

void ChatsDialog::showCount()
{
    const int count = int(m_chosen.size());
    m_count->setText(m_model.rowCount() == 0 ? tr("No such chat")
            : count == 0                     ? m_words.enterActs
                                             : tr("%1 chosen").arg(count));
    m_choose->setEnabled(count > 0);
}

void ChatsDialog::choose()
{
    if (m_chosen.isEmpty() && m_list->currentIndex().isValid())
        m_chosen.insert(PersonModel::personAt(m_list->currentIndex()).topic);
    QList<TopicName> topics;
    for (const FoundPerson &chat : std::as_const(m_chats)) {
        if (m_chosen.contains(chat.topic))
            topics.append(chat.topic);
    }
    if (topics.isEmpty())
        return;
    emit chosen(topics);
    accept();
}

bool ChatsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose();
        return true;
    }
    if (watched == m_field && key == Qt::Key_Down && m_model.rowCount() > 0) {
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched == m_list && key == Qt::Key_Space) {
        m_list->selectionModel()->select(m_list->currentIndex(), QItemSelectionModel::Toggle);
        return true;
    }
    const bool atTop = m_list->currentIndex().row() <= 0;
    if (watched == m_list && key == Qt::Key_Up && atTop) {
        m_field->setFocus(Qt::BacktabFocusReason);
        return true;
    }
    if (watched == m_list && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        // Arrows move; they choose nothing.
        const int row = m_list->currentIndex().row() + (key == Qt::Key_Up ? -1 : 1);
        if (row < m_model.rowCount())
            m_list->selectionModel()->setCurrentIndex(
                m_model.index(row, 0), QItemSelectionModel::NoUpdate);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

}
