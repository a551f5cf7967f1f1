#include "widgets/conversation/composer.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/sendbutton.h"
#include "widgets/shapes.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

#include <utility>

namespace confab {

namespace {

constexpr int kSettleMs = 300;
constexpr int kMinHeight = 44;
constexpr int kTextStart = 16;
constexpr int kButtonEdge = 4;
constexpr int kMaxLines = 8;
constexpr qreal kRadius = 12;

}

QString textAfterSending(const QString &text, const QString &sent)
{
    if (!text.startsWith(sent))
        return text == sent.trimmed() ? QString() : text;
    QString rest = text.mid(sent.size());
    while (rest.startsWith(u'\n'))
        rest.remove(0, 1);
    return rest;
}

Composer::Composer(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_edit(new ComposerEdit(this))
    , m_send(new SendButton(theme, this))
    , m_refusal(new QLabel(this))
{
    setObjectName(QStringLiteral("composer"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMaximumWidth(MessageLayout::kColumn);
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_edit->setMaxLines(kMaxLines);
    m_refusal->setObjectName(QStringLiteral("composerRefusal"));
    m_refusal->setWordWrap(true);
    m_refusal->setTextFormat(Qt::PlainText);
    m_refusal->hide();
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    setFocusProxy(m_edit);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kTextStart, kButtonEdge, kButtonEdge, kButtonEdge);
    row->setSpacing(8);
    row->addWidget(m_edit, 1, Qt::AlignVCenter);
    row->addWidget(m_refusal, 1, Qt::AlignVCenter);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    setMinimumHeight(kMinHeight);

    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit, &ComposerEdit::sendPressed, this, &Composer::send);
    connect(m_edit, &ComposerEdit::escapePressed, this, &Composer::escapePressed);
    connect(m_edit, &ComposerEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(m_send, &QAbstractButton::clicked, this, &Composer::send);
    connect(&m_settle, &QTimer::timeout, this, &Composer::settle);
    connect(&m_theme, &Theme::changed, this, &Composer::applyTheme);
    applyTheme();
    updateSend();
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

Draft Composer::draft() const
{
    Draft draft = m_settled;
    draft.text = text();
    const int caret = m_edit->textCursor().position();
    draft.caret = caret == int(draft.text.size()) ? -1 : caret;
    return draft;
}

void Composer::restore(const Draft &draft, const QString &waitingFor)
{
    m_settle.stop();
    m_restoring = true;
    m_edit->setPlainText(draft.text);
    QTextCursor cursor = m_edit->textCursor();
    const int end = int(draft.text.size());
    cursor.setPosition(draft.caret < 0 ? end : qMin(draft.caret, end));
    m_edit->setTextCursor(cursor);
    m_restoring = false;
    m_waitingFor = waitingFor;
    m_settled = draft;
    updateSend();
}

void Composer::setRecipient(const QString &name)
{
    const QString placeholder = name.isEmpty() ? tr("Message") : tr("Message %1").arg(name);
    m_edit->setPlaceholderText(placeholder);
    m_edit->setAccessibleName(placeholder);
}

void Composer::setRefusal(const QString &reason)
{
    m_refusal->setText(reason);
    m_refusal->setVisible(!reason.isEmpty());
    m_edit->setVisible(reason.isEmpty());
    m_send->setVisible(reason.isEmpty());
    update();
}

void Composer::takeKey(QKeyEvent *event)
{
    if (!m_edit->isVisible())
        return;
    setFocusToText();
    QCoreApplication::sendEvent(m_edit, event);
}

void Composer::setFocusToText()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::send()
{
    if (isWaiting() || m_edit->isComposing() || text().trimmed().isEmpty() || !m_refusal->isHidden())
        return;
    m_waitingFor = text();
    m_settle.stop(); // as a draft it would outlive the message; accept() and refuse() settle
    updateSend();
    emit sendRequested(m_waitingFor);
}

void Composer::accept()
{
    if (!isWaiting())
        return;
    const QString sent = std::exchange(m_waitingFor, QString());
    const QString rest = textAfterSending(text(), sent);
    if (rest != text()) {
        // Taken out as one step, so that undo brings back what was typed before.
        QTextCursor cursor(m_edit->document());
        cursor.setPosition(int(text().size() - rest.size()), QTextCursor::KeepAnchor);
        m_restoring = true;
        cursor.removeSelectedText();
        m_restoring = false;
    }
    updateSend();
    settle();
}

void Composer::refuse()
{
    m_waitingFor = QString();
    updateSend();
    settle();
}

void Composer::append(const QString &text)
{
    QTextCursor cursor(m_edit->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(m_edit->document()->isEmpty() ? text : QLatin1Char('\n') + text);
    m_edit->setTextCursor(cursor);
    setFocusToText();
}

void Composer::flush()
{
    if (draft() != m_settled)
        settle();
}

void Composer::settle()
{
    m_settle.stop();
    m_settled = draft();
    emit settled(m_settled);
}

void Composer::textChanged()
{
    updateSend();
    if (m_restoring)
        return;
    if (!isWaiting())
        m_settle.start();
    emit edited();
}

void Composer::updateSend()
{
    m_send->setEnabled(!isWaiting() && !text().trimmed().isEmpty());
}

void Composer::applyTheme()
{
    const QFont font = m_theme.font(TextStyle::Body);
    m_edit->setFont(font);
    QPalette palette = m_theme.palette();
    palette.setColor(QPalette::Base, Qt::transparent);
    m_edit->setPalette(palette);
    setText(m_refusal, "body", "text2");
    setMinimumHeight(qMax(kMinHeight, m_theme.scaled(kMinHeight)));
    update();
}

void Composer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    const bool refused = !m_refusal->isHidden();
    fillRound(painter, rect(), kRadius, refused ? colors.window : colors.panel);
    const QColor edge = refused ? colors.divider : m_edit->hasFocus() ? colors.accentText : colors.border;
    strokeRound(painter, rect(), kRadius, edge);
}

}
