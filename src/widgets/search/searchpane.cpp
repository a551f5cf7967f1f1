#include "widgets/search/searchpane.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/iconlabel.h"
#include "widgets/search/searchdelegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kBarHeight = 56;
constexpr int kButton = 36;

}

SearchPane::SearchPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_delegate(new SearchDelegate(theme, this))
{
    setObjectName(QStringLiteral("searchPane"));
    setAccessibleName(tr("Search"));
    m_view = new QListView(this);
    m_view->setObjectName(QStringLiteral("searchResults"));
    m_view->setAccessibleName(tr("Messages found"));
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setMouseTracking(true);
    m_view->viewport()->setAttribute(Qt::WA_Hover);
    m_view->viewport()->setBackgroundRole(QPalette::Window);
    m_view->installEventFilter(this);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("searchCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setContentsMargins(16, 0, 16, 4);
    confab::setText(m_count, "small", "text2");
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_view);
    m_stack->addWidget(buildNote());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildBar());
    column->addWidget(buildFilters());
    column->addWidget(m_count);
    column->addWidget(m_stack, 1);
    connect(m_view, &QListView::clicked, this, &SearchPane::choose);
    connect(&theme, &Theme::changed, m_view, &QListView::doItemsLayout);
    showState();
}

QWidget *SearchPane::buildBar()
{
    auto *bar = new QWidget(this);
    bar->setMinimumHeight(kBarHeight);
    auto *back = new QToolButton(bar);
    back->setObjectName(QStringLiteral("searchBack"));
    back->setAccessibleName(tr("Back to the chats"));
    back->setToolTip(tr("Back to the chats (Esc)"));
    back->setIcon(m_theme.icon(QStringLiteral("chevron-left")));
    back->setIconSize({20, 20});
    back->setFixedSize(kButton, kButton);
    back->setFocusPolicy(Qt::TabFocus);
    connect(back, &QToolButton::clicked, this, &SearchPane::closed);
    m_field = new QLineEdit(bar);
    m_field->setObjectName(QStringLiteral("searchField"));
    m_field->setAccessibleName(tr("Search all messages"));
    m_field->setPlaceholderText(tr("Search all messages"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &SearchPane::search);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(back);
    row->addWidget(m_field, 1);
    return bar;
}

/// What the search understands, to be clicked or to be learnt.
QWidget *SearchPane::buildFilters()
{
    auto *filters = new QWidget(this);
    auto *row = new QHBoxLayout(filters);
    row->setContentsMargins(16, 4, 16, 8);
    row->setSpacing(6);
    struct Filter {
        QString key;
        QString label;
        QString what;
    };
    const QList<Filter> offered{
        {QStringLiteral("in"), tr("in"), tr("Messages of one chat")},
        {QStringLiteral("from"), tr("from"), tr("Messages of one person")},
        {QStringLiteral("has"), tr("has"), tr("Messages with a link, image, file, audio or video")},
        {QStringLiteral("after"), tr("date"),
            tr("Messages after a day, a month or a year; \"before:\" finds those before it")},
    };
    for (const Filter &filter : offered) {
        auto *chip = new QPushButton(filter.label, filters);
        chip->setProperty(ConfabStyle::kRole, QStringLiteral("chip"));
        chip->setProperty(ConfabStyle::kSmall, true);
        chip->setObjectName(QStringLiteral("filter_") + filter.key);
        chip->setToolTip(filter.what);
        chip->setAccessibleName(tr("%1: %2", "filter and what it does").arg(filter.label, filter.what));
        chip->setFocusPolicy(Qt::TabFocus);
        connect(chip, &QPushButton::clicked, this, [this, key = filter.key] { addFilter(key); });
        row->addWidget(chip);
    }
    row->addStretch(1);
    return filters;
}

QWidget *SearchPane::buildNote()
{
    auto *note = new QWidget(this);
    auto *icon = new IconLabel(m_theme, QStringLiteral("search"), 32, &ThemeColors::text2, note);
    m_note = new QLabel(note);
    m_note->setObjectName(QStringLiteral("searchNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setAlignment(Qt::AlignHCenter);
    m_note->setWordWrap(true);
    confab::setText(m_note, "body", "text2");
    auto *column = new QVBoxLayout(note);
    column->setContentsMargins(32, 16, 32, 16);
    column->addStretch(1);
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(m_note);
    column->addStretch(2);
    return note;
}

void SearchPane::setModel(TopicList *topics, SearchResultsModel *model)
{
    if (m_model) {
        disconnect(m_model, nullptr, this, nullptr);
        m_model->clear();
    }
    m_topics = topics;
    m_model = model;
    m_view->setModel(model);
    m_delegate->setOpenRow(-1);
    if (model)
        connect(model, &SearchResultsModel::changed, this, &SearchPane::showState);
    m_field->clear();
    showState();
}

void SearchPane::setOpenTopic(const TopicName &topic)
{
    m_openTopic = topic;
}

void SearchPane::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

QString SearchPane::text() const
{
    return m_field->text();
}

void SearchPane::setText(const QString &text)
{
    m_field->setText(text);
}

void SearchPane::search()
{
    if (!m_model || !m_topics)
        return;
    const SearchQuery query = parseSearch(m_field->text(), *m_topics);
    m_delegate->setOpenRow(-1);
    if (query.isEmpty())
        m_model->clear();
    else if (query != m_model->query())
        m_model->begin(query);
}

void SearchPane::addFilter(const QString &key)
{
    QString text = m_field->text().trimmed();
    if (!text.isEmpty())
        text += u' ';
    text += key + u':';
    const Topic *open = m_topics ? m_topics->find(m_openTopic) : nullptr;
    if (key == u"in" && open)
        text += u'"' + open->title().remove(u'"') + QLatin1String("\" ");
    m_field->setText(text);
    m_field->setFocus(Qt::OtherFocusReason);
}

void SearchPane::choose(const QModelIndex &index)
{
    if (!index.isValid() || !m_model)
        return;
    const SearchHit hit = m_model->hit(index.row());
    m_delegate->setOpenRow(index.row());
    m_view->viewport()->update();
    emit hitChosen(hit.topic, hit.seq, m_model->query());
}

void SearchPane::showState()
{
    const int rows = m_model ? m_model->rowCount() : 0;
    const bool asked = m_model && !m_model->query().isEmpty();
    QString count;
    if (asked && !m_model->isSearching() && rows > 0) {
        const int total = m_model->total();
        const bool more = total < 0 || (total > rows && !m_model->isComplete() && total % 1000 == 0);
        count = total < 0 ? tr("More than %n messages", nullptr, rows)
            : more        ? tr("%n messages or more", nullptr, total)
            : total == 1  ? tr("1 message")
                          : tr("%n messages", nullptr, total);
        if (m_model->isIndexing())
            count = tr("%1, older ones are still being read", "number of messages").arg(count);
    }
    m_count->setText(count);
    m_count->setVisible(!count.isEmpty());
    if (rows > 0) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const bool none = asked && !m_model->isSearching();
    if (none)
        m_note->setText(m_model->isIndexing()
                ? tr("No message found yet. Older ones are still being read.")
                : tr("No message found. Try fewer words, or a part of one."));
    else if (!asked)
        m_note->setText(tr("Type words or a part of one, or \"an exact phrase\"."));
}

bool SearchPane::handleFieldKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_model || m_model->rowCount() == 0)
            return true;
        m_view->setCurrentIndex(m_model->index(0));
        m_view->setFocus(Qt::TabFocusReason);
        window()->setAttribute(Qt::WA_KeyboardFocusChange);
        if (key != Qt::Key_Down)
            choose(m_view->currentIndex());
        return true;
    case Qt::Key_Escape:
        emit closed();
        return true;
    default:
        return false;
    }
}

bool SearchPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (event->type() == QEvent::ShortcutOverride) {
        if (key == Qt::Key_Escape)
            event->accept(); // also a key of the window
        return QWidget::eventFilter(watched, event);
    }
    if (watched == m_field)
        return handleFieldKey(key) || QWidget::eventFilter(watched, event);
    if (key == Qt::Key_Escape) {
        emit closed();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose(m_view->currentIndex());
        return true;
    }
    if (key == Qt::Key_Up && m_view->currentIndex().row() <= 0) {
        focusField();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SearchPane::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.colors().window);
}

}
