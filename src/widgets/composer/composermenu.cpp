#include "widgets/composer/composermenu.h"

#include "widgets/composer/spellchecker.h"
#include "widgets/composer/wordfinder.h"
#include "widgets/conversation/composeredit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTextBlock>

namespace confab {

ComposerMenu::ComposerMenu(ComposerEdit &edit, SpellChecker &speller, const QTextCursor &place)
    : QMenu(&edit)
    , m_edit(edit)
    , m_speller(speller)
{
    setObjectName(QStringLiteral("composerMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    addSuggestions(place);
    addClipboard();
    if (edit.hasMarkup())
        addFormatting();
    addLanguages();
}

QAction *ComposerMenu::add(
    QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(name);
    // Shown only: the field itself knows its keys.
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setShortcutVisibleInContextMenu(true);
    return action;
}

void ComposerMenu::addSuggestions(const QTextCursor &place)
{
    const QTextBlock block = place.block();
    const TextSpan span = wordAt(block.text(), place.positionInBlock());
    const QString word = block.text().mid(span.start, span.length);
    if (span.length == 0 || !m_speller.isWrong(word))
        return;
    m_word = QTextCursor(block);
    m_word.setPosition(block.position() + span.start);
    m_word.setPosition(block.position() + span.start + span.length, QTextCursor::KeepAnchor);
    m_looking = add(this, QStringLiteral("lookingAction"), tr("Looking for suggestions…"));
    m_looking->setEnabled(false);
    connect(&m_speller, &SpellChecker::suggestionsFound, this,
        [this, word](const QString &asked, const QStringList &suggestions) {
            if (asked == word)
                fillSuggestions(suggestions);
        });
    m_speller.suggest(word);
    QAction *learn
        = add(this, QStringLiteral("learnAction"), tr("Add “%1” to dictionary").arg(word));
    connect(learn, &QAction::triggered, &m_speller, [this, word] { m_speller.addWord(word); });
    addSeparator();
}

void ComposerMenu::fillSuggestions(const QStringList &suggestions)
{
    if (!m_looking)
        return;
    for (const QString &suggestion : suggestions) {
        auto *action = new QAction(suggestion, this);
        action->setObjectName(QStringLiteral("suggestionAction"));
        connect(action, &QAction::triggered, &m_edit, [word = m_word, suggestion]() mutable {
            word.insertText(suggestion, QTextCharFormat());
        });
        insertAction(m_looking, action);
    }
    m_looking->setVisible(suggestions.isEmpty());
    m_looking->setText(tr("No suggestions"));
}

void ComposerMenu::addClipboard()
{
    const QMimeData *clip = QGuiApplication::clipboard()->mimeData();
    const bool canCopy = m_edit.textCursor().hasSelection();
    const auto addFor = [&](const QString &name, const QString &text, const QKeySequence &keys,
                            bool enabled, auto act) {
        QAction *action = add(this, name, text, keys);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, &m_edit, act);
    };
    addFor(QStringLiteral("undoAction"), tr("Undo"), QKeySequence::Undo,
        m_edit.document()->isUndoAvailable(), &QPlainTextEdit::undo);
    addFor(QStringLiteral("redoAction"), tr("Redo"), QKeySequence::Redo,
        m_edit.document()->isRedoAvailable(), &QPlainTextEdit::redo);
    addSeparator();
    addFor(
        QStringLiteral("cutAction"), tr("Cut"), QKeySequence::Cut, canCopy, &QPlainTextEdit::cut);
    addFor(QStringLiteral("copyAction"), tr("Copy"), QKeySequence::Copy, canCopy,
        &QPlainTextEdit::copy);
    addFor(QStringLiteral("pasteAction"), tr("Paste"), QKeySequence::Paste, m_edit.canPaste(),
        &QPlainTextEdit::paste);
    addFor(QStringLiteral("pastePlainAction"), tr("Paste without formatting"),
        Qt::CTRL | Qt::SHIFT | Qt::Key_V, clip && clip->hasText(), &ComposerEdit::pastePlain);
    addFor(QStringLiteral("selectAllAction"), tr("Select all"), QKeySequence::SelectAll,
        !m_edit.document()->isEmpty(), &QPlainTextEdit::selectAll);
    addSeparator();
}

void ComposerMenu::addFormatting()
{
    QMenu *menu = addMenu(tr("Formatting"));
    menu->setObjectName(QStringLiteral("formattingMenu"));
    const auto addFor
        = [&](const QString &name, const QString &text, QKeyCombination keys, wire::SpanKind kind) {
              QAction *action = add(menu, name, text, keys);
              connect(action, &QAction::triggered, &m_edit, [this, kind] { m_edit.toggle(kind); });
          };
    addFor(QStringLiteral("boldAction"), tr("Bold"), Qt::CTRL | Qt::Key_B, wire::SpanKind::Bold);
    addFor(
        QStringLiteral("italicAction"), tr("Italic"), Qt::CTRL | Qt::Key_I, wire::SpanKind::Italic);
    addFor(QStringLiteral("strikeAction"), tr("Strikethrough"), Qt::CTRL | Qt::SHIFT | Qt::Key_X,
        wire::SpanKind::Strike);
    addFor(QStringLiteral("codeAction"), tr("Code"), Qt::CTRL | Qt::Key_E, wire::SpanKind::Code);
}

void ComposerMenu::addLanguages()
{
    if (m_speller.dictionaries().isEmpty())
        return;
    QMenu *menu = addMenu(tr("Spelling"));
    menu->setObjectName(QStringLiteral("spellingMenu"));
    for (const Dictionary &dictionary : m_speller.dictionaries()) {
        QAction *action = add(menu, dictionary.language, dictionary.name());
        action->setCheckable(true);
        action->setChecked(m_speller.languages().contains(dictionary.language));
        connect(action, &QAction::toggled, this, [this, language = dictionary.language](bool on) {
            QStringList languages = m_speller.languages();
            languages.removeAll(language);
            if (on)
                languages += language;
            emit languagesChosen(languages);
        });
    }
}

}
