#include "widgets/conversation/composer.h"

#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojipicker.h"
#include "widgets/composer/fixedparts.h"
#include "widgets/composer/linkpreviewstrip.h"
#include "widgets/composer/roomlabel.h"
#include "widgets/composer/sentpart.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/composerstrips.h"
#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/sendbutton.h"
#include "widgets/conversation/writerefusal.h"
#include "widgets/iconbutton.h"
#include "widgets/shapes.h"
#include "wire/drafty/markup.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
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

Composer::Composer(const Theme &theme, SpellChecker &speller, EmojiBook &book, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_book(book)
    , m_column(new QVBoxLayout(this))
    , m_row(new QHBoxLayout)
    , m_edit(new ComposerEdit(theme, speller, book, this))
    , m_attach(makeIconButton(
          theme, this, QStringLiteral("paperclip"), QStringLiteral("attachButton"), tr("Attach")))
    , m_room(new RoomLabel(this))
    , m_emoji(makeIconButton(theme, this, QStringLiteral("smile"), QStringLiteral("emojiButton"),
          tr("Emoji (Ctrl+Shift+J)")))
    , m_record(makeIconButton(theme, this, QStringLiteral("mic"), QStringLiteral("recordButton"),
          tr("Record a voice message")))
    , m_send(new SendButton(theme, this))
    , m_refusal(new WriteRefusal(this))
    , m_strips(new ComposerStrips(theme, this))
{
    setObjectName(QStringLiteral("composer"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_edit->setMaxLines(kMaxLines);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    setFocusProxy(m_edit);
    build();
    connectParts();
    applyTheme();
    updateParts();
}

void Composer::build()
{
    m_row->setContentsMargins(kTextStart, kButtonEdge, kButtonEdge, kButtonEdge);
    m_row->setSpacing(kButtonEdge);
    m_row->addWidget(m_attach, 0, Qt::AlignBottom);
    m_row->addWidget(m_edit, 1, Qt::AlignVCenter);
    m_row->addWidget(m_refusal, 1, Qt::AlignVCenter);
    m_row->addWidget(m_room, 0, Qt::AlignVCenter);
    m_row->addWidget(m_emoji, 0, Qt::AlignBottom);
    m_row->addWidget(m_record, 0, Qt::AlignBottom);
    m_row->addWidget(m_send, 0, Qt::AlignBottom);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    m_column->addWidget(m_strips);
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
    connect(m_edit, &ComposerEdit::keyForMessages, this, &Composer::keyForMessages);
    connect(m_edit, &ComposerEdit::filesPasted, this, &Composer::filesPasted);
    connect(m_edit, &ComposerEdit::imagePasted, this, &Composer::imagePasted);
    connect(m_edit, &ComposerEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(m_edit, &ComposerEdit::emojiRequested, this, &Composer::showEmojiPicker);
    connect(m_edit, &ComposerEdit::filesRequested, this, [this] {
        if (m_attach->isVisibleTo(this))
            emit attachRequested(AttachKind::Files);
    });
    connect(m_edit, &ComposerEdit::languagesChosen, this, &Composer::languagesChosen);
    connect(&m_previews, &LinkPreviews::changed, this, &Composer::showPreview);
    connect(m_emoji, &QAbstractButton::clicked, this, &Composer::showEmojiPicker);
    connect(m_refusal, &WriteRefusal::helpRequested, this, &Composer::refusalHelpRequested);
    connect(m_attach, &QAbstractButton::clicked, this, &Composer::showAttachMenu);
    connect(m_record, &QAbstractButton::pressed, this, &Composer::recordRequested);
    connect(m_record, &QAbstractButton::released, this, &Composer::recordReleased);
    connect(m_send, &QAbstractButton::clicked, this, &Composer::send);
    connect(&m_settle, &QTimer::timeout, this, &Composer::settle);
    connect(&m_theme, &Theme::changed, this, &Composer::applyTheme);
}

QString Composer::text() const
{
    return m_edit->text();
}

Draft Composer::draft() const
{
    Draft draft = m_settled;
    const wire::MarkedText typed = m_edit->marked();
    draft.text = typed.text;
    draft.fixed = typed.fixed;
    const int caret = m_edit->textCursor().position();
    draft.caret = caret == int(draft.text.size()) ? -1 : caret;
    return draft;
}

void Composer::restore(const Draft &draft, const QString &waitingFor)
{
    m_settle.stop();
    m_restoring = true;
    m_edit->setMarked({draft.text, draft.fixed, {}}, draft.caret);
    m_restoring = false;
    m_waitingFor = waitingFor;
    m_settled = draft;
    m_strips->setTarget(nullptr);
    setPanel(nullptr);
    m_previews.reset();
    m_previews.look(content());
    measure();
    updateParts();
}

void Composer::setTarget(Seq replyTo, Seq edits, QWidget *strip)
{
    m_strips->setTarget(strip);
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
    discardWidget(m_panel);
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

void Composer::setRefusal(const QString &reason, const QString &help)
{
    m_refusal->setReason(reason, help);
    updateParts();
    update();
}

void Composer::setMarkup(bool on)
{
    m_edit->setMarkup(on);
}

void Composer::setMentionSource(MentionSource source)
{
    m_edit->setMentionSource(std::move(source));
}

void Composer::setSizeLimit(int bytes)
{
    m_room->setLimit(bytes);
    measure();
}

bool Composer::canSend() const
{
    return !isWaiting() && !isRefused() && !m_room->isTooLong() && !text().trimmed().isEmpty();
}

/// As it would be sent now.
wire::Drafty Composer::content() const
{
    if (!m_edit->hasMarkup())
        return wire::Drafty(text());
    return m_previews.added(wire::parseMarkup(m_edit->marked()).trimmed());
}

/// How far the message is from what the server takes.
void Composer::measure()
{
    m_room->measure(text().size(), [this] { return content().toContent().bytes().size(); });
    updateParts();
}

bool Composer::isRefused() const
{
    return m_refusal->isRefused();
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
    measure();
    if (!canSend() || m_edit->isComposing())
        return;
    m_waitingFor = text();
    m_settle.stop(); // as a draft it would outlive the message; accept() and refuse() settle
    updateParts();
    emit sendRequested(content());
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
    m_strips->setTarget(nullptr);
    m_previews.reset();
    updateParts();
    settle();
}

void Composer::refuse()
{
    m_waitingFor = QString();
    updateParts();
    settle();
}

void Composer::showAttachMenu()
{
    if (!m_attachMenu) {
        m_attachMenu = new AttachMenu(m_theme, this);
        connect(m_attachMenu, &AttachMenu::chosen, this, &Composer::attachRequested);
    }
    m_attachMenu->openAbove(m_attach);
}

void Composer::showEmojiPicker()
{
    if (!m_picker) {
        m_picker = new EmojiPicker(m_theme, m_book, this);
        connect(m_picker, &EmojiPicker::emojiChosen, m_edit, &ComposerEdit::insertEmoji);
        connect(m_picker, &EmojiPicker::closed, this, &Composer::setFocusToText);
    }
    m_picker->showAt(QRect(m_emoji->mapToGlobal(QPoint(0, 0)), m_emoji->size()));
}

void Composer::showPreview()
{
    if (m_previews.preview().isEmpty()) {
        m_strips->setPreview(nullptr);
        return;
    }
    auto *strip = new LinkPreviewStrip(m_theme, m_previews.preview(), this);
    connect(strip, &LinkPreviewStrip::dropped, this, [this] {
        m_previews.drop();
        setFocusToText();
    });
    m_strips->setPreview(strip);
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

void Composer::append(const wire::MarkedText &text)
{
    QTextCursor cursor(m_edit->document());
    cursor.movePosition(QTextCursor::End);
    if (!m_edit->document()->isEmpty())
        cursor.insertBlock();
    insertMarked(cursor, text);
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
    m_previews.look(content());
    measure();
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
    const bool hasText = !m_panel && !isRefused();
    const bool records = m_isRecording && !isWaiting() && text().trimmed().isEmpty();
    m_send->setEnabled(canSend());
    m_edit->setVisible(hasText);
    m_emoji->setVisible(hasText);
    m_send->setVisible(hasText && !records);
    m_record->setVisible(hasText && records);
    m_attach->setVisible(hasText && m_edit->takesFiles());
    const int left = m_attach->isHidden() ? kTextStart : kButtonEdge;
    m_row->setContentsMargins(
        m_panel ? QMargins() : QMargins(left, kButtonEdge, kButtonEdge, kButtonEdge));
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
    m_refusal->applyTheme();
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
}

}
