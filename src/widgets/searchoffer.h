#pragma once

#include "widgets/theme.h"

#include <QPushButton>

namespace confab {

/// Below the chats while they are filtered: who types a word into the one field there is may mean
/// what was said and not a chat's name. Cut to its width.
class SearchOffer : public QPushButton
{
    Q_OBJECT

public:
    SearchOffer(const Theme &theme, QWidget *parent);

    /// Whether there is anything to search in.
    void setAvailable(bool available);
    void setWords(const QString &words);
    QString words() const { return m_words; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();

    QString m_words;
    bool m_available = false;
};

}
