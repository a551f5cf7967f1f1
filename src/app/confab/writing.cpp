#include "app/confab/writing.h"

#include "widgets/composer/emojibook.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/conversationpage.h"

#include <QSettings>

namespace confab {

namespace {

const auto kLanguagesKey = QStringLiteral("writing/spelling");
const auto kPreviewsKey = QStringLiteral("writing/linkPreviews");
const auto kRecentsKey = QStringLiteral("writing/emoji");
const auto kToneKey = QStringLiteral("writing/skinTone");

}

Writing::Writing(QSettings &settings, ConversationPage &page, const QString &wordFile)
    : m_settings(settings)
    , m_page(page)
    , m_wordFile(wordFile)
{
    EmojiBook &book = page.emojiBook();
    book.restore(settings.value(kRecentsKey).toStringList(), settings.value(kToneKey).toInt());
    connect(&book, &EmojiBook::changed, this, [this, &book] {
        m_settings.setValue(kRecentsKey, book.recents());
        m_settings.setValue(kToneKey, book.tone());
    });
    connect(
        &page.composer(), &Composer::languagesChosen, this, [this](const QStringList &languages) {
            WritingSettings chosen = m_current;
            chosen.languages = languages;
            change(chosen);
        });
}

void Writing::start()
{
    SpellChecker &speller = m_page.speller();
    speller.setWordFile(m_wordFile);
    m_current.linkPreviews = m_settings.value(kPreviewsKey, true).toBool();
    // Until a person chooses, the languages of the desktop are checked.
    m_current.languages = m_settings.contains(kLanguagesKey)
        ? m_settings.value(kLanguagesKey).toStringList()
        : preferredLanguages(speller.dictionaries());
    apply();
}

const QList<Dictionary> &Writing::dictionaries() const
{
    return m_page.speller().dictionaries();
}

void Writing::change(const WritingSettings &settings)
{
    m_current = settings;
    m_settings.setValue(kLanguagesKey, settings.languages);
    m_settings.setValue(kPreviewsKey, settings.linkPreviews);
    apply();
    emit changed();
}

void Writing::apply()
{
    m_page.speller().setLanguages(m_current.languages);
    m_page.composer().previews().setEnabled(m_current.linkPreviews);
}

}
