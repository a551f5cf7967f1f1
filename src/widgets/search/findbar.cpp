#include "widgets/search/findbar.h"

#include "widgets/confabstyle.h"
#include "widgets/iconbutton.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kButton = 32;

}

FindBar::FindBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_older(makeIconButton(theme, this, QStringLiteral("chevron-up"),
          QStringLiteral("findOlder"), tr("Older match (Enter)"), kButton))
    , m_newer(makeIconButton(theme, this, QStringLiteral("chevron-down"),
          QStringLiteral("findNewer"), tr("Newer match (Shift+Enter)"), kButton))
{
    setObjectName(QStringLiteral("findBar"));
    setAccessibleName(tr("Search in this chat"));
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setAccessibleName(tr("Search in this chat"));
    m_field->setPlaceholderText(tr("Search in this chat"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaximumWidth(320);
    m_field->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setTextFormat(Qt::PlainText);
    setText(m_count, "small", "text2");
    auto *done = new QPushButton(tr("Done"), this);
    done->setObjectName(QStringLiteral("findDone"));
    done->setProperty(ConfabStyle::kRole, QStringLiteral("text"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 4, 8, 5);
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_older);
    row->addWidget(m_newer);
    row->addWidget(done);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_older, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { step(-1); });
    connect(done, &QPushButton::clicked, this, &FindBar::closed);
    showCount();
}

void FindBar::setModel(TopicList *topics, SearchResultsModel *model)
{
    if (m_model && m_model != model) {
        disconnect(m_model, nullptr, this, nullptr);
        m_model->clear();
    }
    if (m_model == model)
        return;
    m_topics = topics;
    m_model = model;
    if (model)
        connect(model, &SearchResultsModel::changed, this, &FindBar::takeChange);
    m_field->clear();
    showCount();
}

void FindBar::setTopic(const TopicName &topic)
{
    if (topic == m_topic)
        return;
    m_topic = topic;
    m_field->clear();
    search();
}

void FindBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::search()
{
    if (!m_model || !m_topics)
        return;
    SearchQuery query = parseSearch(m_field->text(), *m_topics);
    m_stepping = false;
    if (query.isEmpty()) {
        m_shown = {};
        m_row = -1;
        m_model->clear();
        emit hitShown(0, {});
        return;
    }
    query.topics = QList<TopicName>{m_topic};
    if (query != m_model->query())
        m_model->begin(query);
}

void FindBar::takeChange()
{
    if (!m_model->isSearching() && m_model->query() != m_shown) {
        m_shown = m_model->query();
        m_row = -1;
        if (m_model->rowCount() > 0)
            goTo(0);
        else
            emit hitShown(0, {});
    } else if (std::exchange(m_stepping, m_stepping && m_model->isSearching()) && !m_model->isSearching()) {
        step(1);
    }
    showCount();
}

void FindBar::step(int by)
{
    if (!m_model || m_model->rowCount() == 0)
        return;
    const int row = m_row + by;
    if (row >= m_model->rowCount() && m_model->canFetchMore({})) {
        m_stepping = true;
        m_model->fetchMore({});
    } else if (row >= 0 && row < m_model->rowCount()) {
        goTo(row);
    }
}

void FindBar::goTo(int row)
{
    m_row = row;
    showCount();
    emit hitShown(m_model->hit(row).seq, m_model->query());
}

void FindBar::showCount()
{
    const int rows = m_model ? m_model->rowCount() : 0;
    const bool asked = m_model && !m_model->query().isEmpty();
    m_older->setEnabled(rows > 0 && (m_row + 1 < rows || m_model->canFetchMore({})));
    m_newer->setEnabled(m_row > 0);
    if (!asked)
        m_count->clear();
    else if (rows == 0)
        m_count->setText(m_model->isSearching() ? QString() : tr("No match"));
    else if (m_model->total() < 0)
        m_count->setText(tr("Match %1").arg(m_row + 1));
    else
        m_count->setText(tr("Match %1 of %2").arg(m_row + 1).arg(m_model->total()));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        if (key->key() == Qt::Key_Escape)
            event->accept(); // also a key of the window
        return QWidget::eventFilter(watched, event);
    }
    switch (key->key()) {
    case Qt::Key_Escape:
        emit closed();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        step(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Up:
        step(1);
        return true;
    case Qt::Key_Down:
        step(-1);
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.colors().divider);
}

}
