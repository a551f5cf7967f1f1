#include "widgets/settings/writingpage.h"

#include "widgets/confabstyle.h"

#include <QCheckBox>
#include <QLabel>
#include <QVBoxLayout>

namespace confab {

namespace {

QLabel *makeLabel(const QString &text, const char *style, const char *color, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    setText(label, style, color);
    return label;
}

}

WritingPage::WritingPage(QWidget *parent)
    : QWidget(parent)
    , m_languages(new QVBoxLayout)
    , m_previews(new QCheckBox(tr("Add a preview to links that I send"), this))
{
    m_previews->setObjectName(QStringLiteral("linkPreviews"));
    m_previews->setAccessibleName(m_previews->text());
    auto *column = new QVBoxLayout(this);
    column->setSpacing(4);
    column->addWidget(makeLabel(tr("Spelling"), "bodyStrong", "text", this));
    column->addWidget(makeLabel(
        tr("A word is right if one of the chosen languages has it."), "small", "text2", this));
    column->addSpacing(4);
    column->addLayout(m_languages);
    column->addSpacing(20);
    column->addWidget(makeLabel(tr("Links"), "bodyStrong", "text", this));
    column->addSpacing(4);
    column->addWidget(m_previews);
    column->addWidget(
        makeLabel(tr("Your server looks at the page, and you see the preview before it is "
                     "sent. Links that you receive are never looked at."),
            "small", "text2", this));
    column->addStretch();
    connect(m_previews, &QCheckBox::toggled, this, &WritingPage::tell);
    setDictionaries({});
}

void WritingPage::setDictionaries(const QList<Dictionary> &dictionaries)
{
    while (QLayoutItem *item = m_languages->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_boxes.clear();
    m_dictionaries = dictionaries;
    for (const Dictionary &dictionary : dictionaries) {
        auto *box = new QCheckBox(dictionary.name(), this);
        box->setObjectName(dictionary.language);
        box->setAccessibleName(dictionary.name());
        connect(box, &QCheckBox::toggled, this, &WritingPage::tell);
        m_languages->addWidget(box);
        m_boxes += box;
    }
    if (dictionaries.isEmpty()) {
        QLabel *none
            = makeLabel(tr("There is no dictionary on this computer. Install one of the packages "
                           "“hunspell-…” of your system, such as hunspell-en-us, and start Confab "
                           "again."),
                "body", "text2", this);
        none->setObjectName(QStringLiteral("noDictionary"));
        m_languages->addWidget(none);
    }
    setWriting(m_settings);
}

void WritingPage::setWriting(const WritingSettings &settings)
{
    m_filling = true;
    m_settings = settings;
    for (QCheckBox *box : std::as_const(m_boxes))
        box->setChecked(settings.languages.contains(box->objectName()));
    m_previews->setChecked(settings.linkPreviews);
    m_filling = false;
}

void WritingPage::restoreDefaults()
{
    WritingSettings standard;
    standard.languages = preferredLanguages(m_dictionaries);
    if (standard == m_settings)
        return;
    setWriting(standard);
    emit writingChanged(standard);
}

void WritingPage::tell()
{
    if (m_filling)
        return;
    WritingSettings now;
    for (const QCheckBox *box : std::as_const(m_boxes)) {
        if (box->isChecked())
            now.languages += box->objectName();
    }
    now.linkPreviews = m_previews->isChecked();
    if (now == m_settings)
        return;
    m_settings = now;
    emit writingChanged(now);
}

}
