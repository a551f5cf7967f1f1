#pragma once

#include <QMenu>
#include <QTextCursor>

namespace confab {

class ComposerEdit;
class SpellChecker;

/// What can be done in the text of the composer: better spellings of the word at a place, the
/// clipboard, formatting, and the languages of spelling. Deletes itself when it closes.
class ComposerMenu : public QMenu
{
    Q_OBJECT

public:
    ComposerMenu(ComposerEdit &edit, SpellChecker &speller, const QTextCursor &place);

signals:
    void languagesChosen(const QStringList &languages);

private:
    void addSuggestions(const QTextCursor &place);
    void fillSuggestions(const QStringList &suggestions);
    void addClipboard();
    void addFormatting();
    void addLanguages();
    QAction *add(
        QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys = {});

    ComposerEdit &m_edit;
    SpellChecker &m_speller;
    QTextCursor m_word; ///< what the suggestions are for
    QAction *m_looking = nullptr; ///< stands where they will
};

}
