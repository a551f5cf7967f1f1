#pragma once

#include "widgets/composer/dictionaries.h"
#include "widgets/settingsvalues.h"

#include <QObject>

class QSettings;

namespace confab {

class ConversationPage;

/// What helps writing, as it is kept in the settings of the profile: put into effect in the
/// conversation pane, and kept when people change it there. GUI thread.
class Writing : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it. `wordFile` is where the words go that a person adds to the dictionary.
    Writing(QSettings &settings, ConversationPage &page, const QString &wordFile);

    /// Looks for dictionaries and reads the chosen ones, so not before the first frame.
    void start();
    const QList<Dictionary> &dictionaries() const; ///< on this computer
    const WritingSettings &current() const { return m_current; }
    void change(const WritingSettings &settings);

signals:
    void changed(); ///< current()

private:
    void apply();

    QSettings &m_settings;
    ConversationPage &m_page;
    QString m_wordFile;
    WritingSettings m_current;
};

}
