#pragma once

#include "widgets/composer/dictionaries.h"
#include "widgets/settingsvalues.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace confab {

/// In which languages spelling is checked, and whether links get previews. Told at once.
class WritingPage : public QWidget
{
    Q_OBJECT

public:
    explicit WritingPage(QWidget *parent = nullptr);

    void setDictionaries(const QList<Dictionary> &dictionaries);
    void setWriting(const WritingSettings &settings);
    void restoreDefaults();

signals:
    void writingChanged(const confab::WritingSettings &settings);

private:
    void tell();

    QVBoxLayout *m_languages;
    QList<Dictionary> m_dictionaries;
    QList<QCheckBox *> m_boxes; ///< named after their language
    QCheckBox *m_previews;
    WritingSettings m_settings; ///< as last told or set
    bool m_filling = false; ///< values go in, nothing comes out
};

}
