#include "widgets/conversation/composer.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/sendbutton.h"
#include "widgets/shapes.h"
#include "wire/drafty/markup.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

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
    , m_column(new QVBoxLayout(this))
    , m_row(new QHBoxLayout)
    , m_edit(new ComposerEdit(this))
    , m_attach(makeButton(
          QStringLiteral("paperclip"), QStringLiteral("attachButton"), tr("Attach files")))
    , m_record(makeButton(
          QStringLiteral("mic"), QStringLiteral("recordButton"), tr("Record a voice message")))
    , m_send(new SendButton(theme, this))
    , m_refusal(new QLabel(this))
{
    setObjectName(QStringLiteral("composer"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_edit->setMaxLines(kMaxLines);
    m_refusal->setObjectName(QStringLiteral("composerRefusal"));
    m_refusal->setWordWrap(true);
    m_refusal->setTextFormat(Qt::PlainText);
    m_refusal->hide();
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    setFocusProxy(m_edit);
    build();
    connectParts();
    applyTheme();
    updateParts();
}

QToolButton *Composer::makeButton(const QString &icon, const QString &name, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setIcon(m_theme.icon(icon));
    button->setIconSize({20, 20});
    button->setFixedSize(36, 36);
    button->setFocusPolicy(Qt::TabFocus);
    button->hide();
    return button;
}

void Composer::build()
{
    m_row->setContentsMargins(kTextStart, kButtonEdge, kButtonEdge, kButtonEdge);
    m_row->setSpacing(kButtonEdge);
    m_row->addWidget(m_attach, 0, Qt::AlignBottom);
    m_row->addWidget(m_edit, 1, Qt::AlignVCenter);
    m_row->addWidget(m_refusal, 1, Qt::AlignVCenter);
    m_row->addWidget(m_record, 0, Qt::AlignBottom);
    m_row->addWidget(m_send, 0, Qt::AlignBottom);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addLayout(m_row);
    setMinimumHeight(kMinHeight);
}

void Composer::connectParts()
{
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit, &ComposerEdit::sendPressed, this, &Composer::send);
    connect(m_edit, &ComposerEdit::escapePressed, this, &Composer::escape);
    connect(m_edit, &ComposerEdit::upPressedWhileEmpty, this, &Composer::editLastRequested);
    connect(m_edit, &ComposerEdit::replyTargetMoved, this, &Composer::replyTargetMoved);
    connect(m_edit, &ComposerEdit::filesPasted, this, &Composer::filesPasted);
    connect(m_edit, &ComposerEdit::imagePasted, this, &Composer::imagePasted);
    connect(m_edit, &ComposerEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(m_attach, &QAbstractButton::clicked, this, &Composer::attachRequested);
    connect(m_record, &QAbstractButton::pressed, this, &Composer::recordRequested);
    connect(m_record, &QAbstractButton::released, this, &Composer::recordReleased);
    connect(m_send, &QAbstractButton::clicked, this, &Composer::send);
    connect(&m_settle, &QTimer::timeout, this, &Composer::settle);
    connect(&m_theme, &Theme::changed, this, &Composer::applyTheme);
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
    delete std::exchange(m_strip, nullptr);
    setPanel(nullptr);
    updateParts();
}

void Composer::setTarget(Seq replyTo, Seq edits, QWidget *strip)
{
    if (m_strip != strip) {
        delete std::exchange(m_strip, strip);
        if (strip) {
            m_column->insertWidget(0, strip);
            strip->show();
        }
    }
    update();
    Draft now = draft();
    now.replyTo = replyTo;
    now.edits = edits;
    if (now == m_settled)
        return;
    m_settled = now;
    if (!isWaiting())
        settle();
}

void Composer::setPanel(QWidget *panel)
{
    if (m_panel == panel)
        return;
    if (m_panel)
        m_panel->deleteLater(); // perhaps by a button of its own
    m_panel = panel;
    if (panel) {
        m_column->addWidget(panel);
        panel->show();
    }
    updateParts();
}

void Composer::setAttaching(bool on)
{
    m_edit->setTakesFiles(on);
    updateParts();
    const int left = on ? kButtonEdge : kTextStart;
    m_row->setContentsMargins(left, kButtonEdge, kButtonEdge, kButtonEdge);
}

void Composer::setRecording(bool on)
{
    m_isRecording = on;
    updateParts();
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
    updateParts();
    update();
}

bool Composer::isRefused() const
{
    return !m_refusal->text().isEmpty();
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
    if (isWaiting() || m_edit->isComposing() || text().trimmed().isEmpty() || isRefused())
        return;
    m_waitingFor = text();
    m_settle.stop(); // as a draft it would outlive the message; accept() and refuse() settle
    updateParts();
    emit sendRequested(wire::parseMarkup(m_waitingFor).trimmed());
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
    m_settled.replyTo = 0;
    m_settled.edits = 0;
    delete std::exchange(m_strip, nullptr);
    updateParts();
    settle();
}

void Composer::refuse()
{
    m_waitingFor = QString();
    updateParts();
    settle();
}

void Composer::escape()
{
    if (!hasTarget()) {
        emit escapePressed();
        return;
    }
    setTarget(0, 0, nullptr);
    emit targetCancelled();
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
    updateParts();
    if (m_restoring)
        return;
    if (!isWaiting())
        m_settle.start();
    emit edited();
}

void Composer::updateParts()
{
    const bool isBlank = text().trimmed().isEmpty();
    const bool hasText = !m_panel && !isRefused();
    const bool records = m_isRecording && isBlank && !isWaiting();
    m_send->setEnabled(!isWaiting() && !isBlank);
    m_edit->setVisible(hasText);
    m_send->setVisible(hasText && !records);
    m_record->setVisible(hasText && records);
    m_attach->setVisible(hasText && m_edit->takesFiles());
    m_refusal->setVisible(!m_panel && isRefused());
}

void Composer::applyTheme()
{
    setMaximumWidth(m_theme.isCompact() ? QWIDGETSIZE_MAX : MessageLayout::kColumn);
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
    const bool refused = isRefused();
    fillRound(painter, rect(), kRadius, refused ? colors.window : colors.panel);
    const QColor edge = refused ? colors.divider
        : m_edit->hasFocus()    ? colors.accentText
                                : colors.border;
    strokeRound(painter, rect(), kRadius, edge);
    if (m_strip && m_strip->isVisible())
        painter.fillRect(QRect(1, m_strip->geometry().bottom(), width() - 2, 1), colors.divider);
}

}
